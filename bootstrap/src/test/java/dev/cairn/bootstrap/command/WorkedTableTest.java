package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.files.definition.DefinitionDirectory;
import dev.cairn.adapters.files.definition.DefinitionReader;
import dev.cairn.adapters.graphql.analysis.AnalysisInput;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaParser.ParsedDimension;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.problem.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Each form of the grammar, each part of a question and each rule of what formulas mean is shown by a worked example. */
class WorkedTableTest {
    private static final Pattern WORD = Pattern.compile("[a-z_][a-z0-9_]*");

    /** What no question of an example can say. */
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "after",
                    "the cursor of a page is not known beforehand",
                    "knownAt",
                    "nor is when a file is imported: WorkedExamplesTest asks before and after",
                    "targets",
                    "they are of the catalogue, and in no file: docs/targets.md is run",
                    "baselines",
                    "they are kept in the catalogue, and in no file: BaselineCommandsTest keeps some");

    private final Map<String, Map<String, Set<String>>> formulas = new HashMap<>();

    @Test
    void each_form_of_the_grammar_is_shown() {
        var missing = SyntaxForms.all();
        for (var example : WorkedExample.all()) {
            missing.removeAll(forms(example));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void each_part_of_a_question_is_shown() {
        var missing =
                Arrays.stream(AnalysisInput.class.getRecordComponents())
                        .map(java.lang.reflect.RecordComponent::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        WorkedExample.all().forEach(example -> missing.removeAll(example.question().keySet()));
        assertThat(missing).isEqualTo(ELSEWHERE.keySet());
    }

    @Test
    void each_rule_is_shown_by_examples_that_are_there() {
        var names =
                WorkedExample.all().stream()
                        .map(example -> example.file().replace(".yaml", ""))
                        .collect(Collectors.toSet());
        var unshown = new LinkedHashMap<String, List<String>>();
        rules().forEach((rule, shown) -> {
            if (shown.isEmpty() || !names.containsAll(shown)) {
                unshown.put(rule, shown);
            }
        });
        assertThat(unshown).isEmpty();
    }

    /** {@code examples/rules.yaml}: under each heading the rules, each with the names of examples. */
    private static Map<String, List<String>> rules() {
        var rules = new LinkedHashMap<String, List<String>>();
        try {
            Map<String, Map<String, List<String>>> headings =
                    new Yaml(new SafeConstructor(new LoaderOptions()))
                            .load(
                                    Files.readString(
                                            RunningCairn.inRepository("examples/rules.yaml")));
            headings.values().forEach(rules::putAll);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rules;
    }

    // ---- what an example has

    private SortedSet<String> forms(WorkedExample example) {
        var forms = new TreeSet<String>();
        var question = example.question();
        var groupBy = strings(question.getOrDefault("groupBy", List.of())).toList();
        groupBy.stream().map(WorkedTableTest::dimension).forEach(forms::addAll);
        var known = formulas.computeIfAbsent(example.data(), WorkedTableTest::formulasOf);
        var passed = new HashSet<String>();
        var open = new ArrayDeque<String>();
        open.addAll(groupBy);
        strings(question.get("metrics")).forEach(open::add);
        Stream.ofNullable(question.get("where")).map(Object::toString).forEach(open::add);
        while (!open.isEmpty()) {
            var text = open.remove();
            if (!groupBy.contains(text)) {
                forms.addAll(formula(text));
            }
            var words = WORD.matcher(text);
            while (words.find()) {
                if (passed.add(words.group())) {
                    open.addAll(known.getOrDefault(words.group(), Set.of()));
                }
            }
        }
        return forms;
    }

    private static Stream<String> strings(@Nullable Object value) {
        return switch (value) {
            case null -> Stream.empty();
            case String text -> Stream.of(text);
            case List<?> many -> many.stream().flatMap(WorkedTableTest::strings);
            case Map<?, ?> named -> named.values().stream().flatMap(WorkedTableTest::strings);
            default -> Stream.empty();
        };
    }

    private static Set<String> formula(String text) {
        return FormulaParser.parse(text, Place.NOWHERE) instanceof Parsed.Ok(var formula)
                ? SyntaxForms.in(formula)
                : Set.of();
    }

    private static Set<String> dimension(String text) {
        return FormulaParser.parseDimension(text, Place.NOWHERE)
                        instanceof ParsedDimension.Ok(var dimension)
                ? SyntaxForms.in(dimension)
                : Set.of();
    }

    /** The formulas that a data set has under each name, of definitions and of computed fields. */
    private static Map<String, Set<String>> formulasOf(String data) {
        var formulas = new HashMap<String, Set<String>>();
        try {
            var files =
                    DefinitionDirectory.read(RunningCairn.inRepository("examples/" + data)).files();
            DefinitionReader.read(files).drafts().stream()
                    .map(Draft::definition)
                    .forEach(definition -> put(definition, formulas));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return formulas;
    }

    private static void put(Definition definition, Map<String, Set<String>> formulas) {
        switch (definition) {
            case Metric metric -> put(metric.name(), metric.formula(), formulas);
            case Slice slice -> {
                put(slice.name(), slice.where(), formulas);
                put(slice.name(), slice.of(), formulas);
            }
            case Cohort cohort -> {
                if (cohort.members() instanceof Cohort.Members.Rule(var rule)) {
                    put(cohort.name(), rule, formulas);
                }
            }
            case Source source ->
                    source.fields().stream()
                            .filter(field -> field.compute() != null)
                            .forEach(field -> put(field, formulas));
            case Entity entity ->
                    entity.attributes().stream()
                            .map(Entity.Attribute::field)
                            .filter(field -> field.compute() != null)
                            .forEach(field -> put(field, formulas));
            case Success success -> put(success.name(), success.rule(), formulas);
            case Calendar _,
                    ConformedDimension _,
                    Target _,
                    Baseline _,
                    Scope _,
                    Question _,
                    Alert _ -> {}
        }
    }

    private static void put(Field field, Map<String, Set<String>> formulas) {
        put(field.name(), String.valueOf(field.compute()), formulas);
    }

    private static void put(String name, String formula, Map<String, Set<String>> formulas) {
        formulas.computeIfAbsent(name, _ -> new HashSet<>()).add(formula);
    }
}
