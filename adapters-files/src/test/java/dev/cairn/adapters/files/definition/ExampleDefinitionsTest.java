package dev.cairn.adapters.files.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleDefinitionsTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    private static Map<String, Definition> byName(ReadDefinitions read) {
        assertThat(read.problems()).isEmpty();
        return read.drafts().stream()
                .map(Draft::definition)
                .collect(
                        Collectors.toMap(
                                Definition::name,
                                definition -> definition,
                                (a, _) -> a,
                                TreeMap::new));
    }

    private static ReadDefinitions read(Path directory) throws IOException {
        var found = DefinitionDirectory.read(directory);
        assertThat(found.problems()).isEmpty();
        return DefinitionReader.read(found.files());
    }

    @Test
    void every_example_is_read() throws IOException {
        for (var set : List.of("sfo-survey", "online-retail")) {
            var written = new StringBuilder();
            DefinitionDirectory.read(EXAMPLES.resolve(set))
                    .files()
                    .forEach(file -> written.append(file.text()));
            var documents =
                    Pattern.compile("^(source|entity|slice|metric|cohort): ", Pattern.MULTILINE)
                            .matcher(written)
                            .results()
                            .count();
            assertThat(byName(read(EXAMPLES.resolve(set))))
                    .hasSize(Math.toIntExact(documents))
                    .hasSizeGreaterThan(20);
        }
    }

    @Test
    void what_is_exported_is_read_as_the_very_same(@TempDir Path directory) throws IOException {
        for (var set : List.of("sfo-survey", "online-retail")) {
            var read = byName(read(EXAMPLES.resolve(set)));
            var entries = read.values().stream().map(each -> new Entry(each, 1, Map.of())).toList();

            assertThat(DefinitionDirectory.write(directory.resolve(set), entries)).isEmpty();
            assertThat(byName(read(directory.resolve(set)))).isEqualTo(read);
            assertThat(DefinitionDirectory.write(directory.resolve(set), entries)).isEmpty();
        }
    }

    /** The line of every formula, and of every word in it, is that of the file. */
    @Test
    void every_word_of_every_formula_is_found_in_its_file() throws IOException {
        for (var set : List.of("sfo-survey", "online-retail")) {
            var found = DefinitionDirectory.read(EXAMPLES.resolve(set));
            var texts =
                    found.files().stream()
                            .collect(
                                    Collectors.toMap(
                                            DefinitionFile::name, file -> file.text().split("\n")));
            var read = DefinitionReader.read(found.files());
            for (var draft : read.drafts()) {
                formulas(draft.definition())
                        .forEach((part, formula) -> {
                            for (int at = 0; at < formula.length(); at++) {
                                var place = draft.place().then(part).at(1, at + 1);
                                var inFile =
                                        read.positions()
                                                .inFile(Problem.of(ProblemCode.SYNTAX, place, "?"))
                                                .place();
                                if (formula.charAt(at) != ' ') {
                                    var line =
                                            texts.get(inFile.path().getFirst())[inFile.line() - 1];
                                    assertThat(line.charAt(inFile.column() - 1))
                                            .isEqualTo(formula.charAt(at));
                                }
                            }
                        });
            }
        }
    }

    private static Map<String, String> formulas(Definition definition) {
        return switch (definition) {
            // what is computed of a declared entity stands in no file: when its members exist
            case Source source when source.isEntity() -> Map.of();
            case Source source ->
                    source.fields().stream()
                            .filter(field -> field.compute() != null)
                            .collect(
                                    Collectors.toMap(
                                            field -> "fields." + field.name() + ".compute",
                                            field -> String.valueOf(field.compute())));
            case Slice slice -> Map.of("where", slice.where());
            case Metric metric -> Map.of("formula", metric.formula());
            case Scope scope -> Map.of("where", scope.where());
            case Success success ->
                    success.size() == null
                            ? Map.of("rule", success.rule())
                            : Map.of("rule", success.rule(), "size", success.size());
            case Question question ->
                    question.asked().where() == null
                            ? Map.of()
                            : Map.of("where", question.asked().where());
            case Entity _,
                    Cohort _,
                    Calendar _,
                    ConformedDimension _,
                    Target _,
                    Baseline _,
                    Alert _ ->
                    Map.of();
        };
    }
}
