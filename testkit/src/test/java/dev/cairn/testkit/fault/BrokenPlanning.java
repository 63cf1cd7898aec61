package dev.cairn.testkit.fault;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.formula.FormulaRewriter;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.formula.Window;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.fault.Misreading.Asked;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Questions as a planner would take them that gets a rule wrong. Both executors get their plans of the one planner, so only what a contract says by hand can notice.
 */
final class BrokenPlanning {
    private static final Span NOWHERE = new Span(0, 0, 1, 1);

    private BrokenPlanning() {}

    // ---- windows and shifts

    static Asked outerWindowsWin(Asked asked) {
        return formulas(
                asked,
                formula ->
                        formula instanceof Formula.Over(var operand, var window, var span)
                                ? new Formula.Over(withoutWindows(operand), window, span)
                                : formula);
    }

    private static Formula withoutWindows(Formula formula) {
        return everywhere(
                formula, piece -> piece instanceof Formula.Over over ? over.operand() : piece);
    }

    static Asked windowToDateIsAsLongAsItsGrain(Asked asked) {
        return windows(
                asked,
                window ->
                        window instanceof Window.ToDate(Grain grain)
                                ? new Window.Last(
                                        new TimeSpan("1", TimeSpan.unitOf(grain), NOWHERE))
                                : window);
    }

    static Asked windowOfAllBeforeEndsWithTheBucket(Asked asked) {
        return windows(
                asked, window -> window instanceof Window.All ? new Window.All(false) : window);
    }

    static Asked windowOfEverEndsWithTheBucket(Asked asked) {
        return windows(
                asked, window -> window instanceof Window.Ever ? new Window.All(false) : window);
    }

    static Asked windowOfTheRangeEndsWithTheBucket(Asked asked) {
        return windows(
                asked,
                window ->
                        window instanceof Window.QuestionRange
                                ? new Window.QuestionRange(true)
                                : window);
    }

    static Asked everyShiftIsByOneBucket(Asked asked) {
        return formulas(
                asked,
                formula ->
                        formula instanceof Formula.Shift shift && shift.by() != null
                                ? shift(shift, null)
                                : formula);
    }

    static Asked shiftToTheStartOfAGrainIsByOneBucket(Asked asked) {
        return formulas(
                asked,
                formula ->
                        formula instanceof Formula.Shift shift && shift.toStartOf() != null
                                ? shift(shift, null)
                                : formula);
    }

    private static Formula shift(Formula.Shift shift, @Nullable TimeSpan by) {
        return new Formula.Shift(shift.forward(), shift.operand(), by, null, shift.span());
    }

    static Asked everyRangeIsComparedWithTheOneBefore(Asked asked) {
        return asked.query().compareTo() == null
                ? asked
                : new Asked(
                        asked.query().withCompareTo(new Comparison.Previous()), asked.catalog());
    }

    // ---- calendars

    static Asked yearOfEveryCalendarBeginsInJanuary(Asked asked) {
        return definitions(
                asked,
                definition ->
                        definition instanceof Calendar calendar && calendar.rows() == null
                                ? new Calendar(
                                        calendar.name(),
                                        calendar.label(),
                                        calendar.description(),
                                        1,
                                        1)
                                : definition);
    }

    static Asked yearOfEveryCalendarBeginsWithTheMonth(Asked asked) {
        return definitions(
                asked,
                definition ->
                        definition instanceof Calendar calendar && calendar.rows() == null
                                ? new Calendar(
                                        calendar.name(),
                                        calendar.label(),
                                        calendar.description(),
                                        calendar.beginsMonth(),
                                        1)
                                : definition);
    }

    // ---- what a metric is a value of, and of which rows

    static Asked onlyChangesNothing(Asked asked) {
        return formulas(
                asked, formula -> formula instanceof Formula.Only only ? only.operand() : formula);
    }

    static Asked slicesHaveAllRowsOfTheirSource(Asked asked) {
        return definitions(
                asked,
                definition ->
                        definition instanceof Slice slice
                                ? new Slice(
                                        slice.name(),
                                        slice.label(),
                                        slice.description(),
                                        slice.of(),
                                        "true")
                                : definition);
    }

    static Asked rollUpIsTheGreatest(Asked asked) {
        return rolledUp(asked, "max");
    }

    static Asked rollUpIsTheAverage(Asked asked) {
        return rolledUp(asked, "avg");
    }

    private static Asked rolledUp(Asked asked, String how) {
        return new Asked(
                asked.query()
                        .withMetrics(
                                asked.query().metrics().stream()
                                        .map(metric -> rolledUp(metric, how, asked.catalog()))
                                        .toList()),
                asked.catalog());
    }

    private static AskedMetric rolledUp(AskedMetric asked, String how, Catalog catalog) {
        return asked.metric() instanceof MetricReference.ByKey(var key)
                        && catalog.metric(key)
                                .filter(metric -> metric.level() == Metric.Level.ACCOUNT)
                                .filter(metric -> metric.rollUp() != null)
                                .isPresent()
                ? new AskedMetric(
                        new MetricReference.Inline("%s(account : %s)".formatted(how, key)), key)
                : asked;
    }

    static Asked totalByAKeyIsOfAllGroups(Asked asked) {
        return formulas(
                asked,
                formula ->
                        formula instanceof Formula.Total(var operand, _, var span)
                                ? new Formula.Total(operand, List.of(), span)
                                : formula);
    }

    // ---- parameters

    static Asked parametersGivenInAFormulaAreIgnored(Asked asked) {
        return formulas(
                asked,
                formula ->
                        formula instanceof Formula.Call(var name, var given, var span)
                                        && given.stream()
                                                .anyMatch(argument -> argument.name() != null)
                                ? new Formula.Path(List.of(name), span)
                                : formula);
    }

    static Asked parametersGivenInAQuestionAreIgnored(Asked asked) {
        return new Asked(
                asked.query()
                        .withMetrics(
                                asked.query().metrics().stream().map(AskedMetric::with).toList()),
                asked.catalog());
    }

    // ---- scores

    static Asked weightOfAMissingPartIsLost(Asked asked) {
        return scores(
                asked,
                score ->
                        new Formula.Weighted(
                                score.parts(),
                                Stream.concat(
                                                Stream.of(
                                                        new Formula.Option(
                                                                "missing", "zero", null)),
                                                score.options().stream()
                                                        .filter(option ->
                                                                !option.name().equals("missing")))
                                        .toList(),
                                score.span()));
    }

    static Asked coverageOfAScoreIsIgnored(Asked asked) {
        return scores(
                asked,
                score ->
                        new Formula.Weighted(
                                score.parts(),
                                score.options().stream()
                                        .filter(option -> !option.name().equals("coverage"))
                                        .toList(),
                                score.span()));
    }

    static Asked partsOfAScoreWeighAlike(Asked asked) {
        return scores(
                asked,
                score ->
                        new Formula.Weighted(
                                score.parts().stream()
                                        .map(part ->
                                                new Formula.Part(
                                                        part.name(), BigDecimal.ONE, part.value()))
                                        .toList(),
                                score.options(),
                                score.span()));
    }

    private static Asked scores(Asked asked, UnaryOperator<Formula.Weighted> change) {
        return formulas(
                asked,
                formula ->
                        formula instanceof Formula.Weighted score ? change.apply(score) : formula);
    }

    // ---- moments

    static Asked momentOfAnAttributeIsNotSaid(Asked asked) {
        return formulas(
                asked, formula -> formula instanceof Formula.PathAsOf of ? of.path() : formula);
    }

    static Asked momentOfARateIsNotSaid(Asked asked) {
        return formulas(
                asked,
                formula ->
                        formula instanceof Formula.Convert(var operand, var to, _, var span)
                                ? new Formula.Convert(operand, to, null, span)
                                : formula);
    }

    static Asked ageIsFromTheStartOfTheAccount(Asked asked) {
        return new Asked(
                asked.query()
                        .withGroupBy(
                                asked.query().groupBy().stream()
                                        .map(key -> key.replaceFirst("^(age \\w+) from .*", "$1"))
                                        .toList()),
                asked.catalog());
    }

    // ---- in general

    private static Asked windows(Asked asked, UnaryOperator<Window> change) {
        return formulas(
                asked,
                formula ->
                        formula instanceof Formula.Over(var operand, var window, var span)
                                ? new Formula.Over(operand, change.apply(window), span)
                                : formula);
    }

    /** Of the columns of a question and of the metrics they name. */
    private static Asked formulas(Asked asked, UnaryOperator<Formula> change) {
        var metrics =
                asked.query().metrics().stream()
                        .map(metric ->
                                metric.metric() instanceof MetricReference.Inline(var formula)
                                        ? new AskedMetric(
                                                new MetricReference.Inline(text(formula, change)),
                                                metric.as(),
                                                metric.emptyIsNone(),
                                                metric.parameters())
                                        : metric)
                        .toList();
        return definitions(
                new Asked(asked.query().withMetrics(metrics), asked.catalog()),
                definition ->
                        definition instanceof Metric metric
                                ? metric.withFormula(text(metric.formula(), change))
                                : definition);
    }

    private static String text(String formula, UnaryOperator<Formula> change) {
        return FormulaParser.parse(formula, Place.NOWHERE) instanceof Parsed.Ok(var parsed)
                ? FormulaPrinter.print(everywhere(parsed, change))
                : formula;
    }

    /** The pieces first, then what is made of them. */
    private static Formula everywhere(Formula formula, UnaryOperator<Formula> change) {
        return new Everywhere(change).of(formula);
    }

    private record Everywhere(UnaryOperator<Formula> change) {
        Formula of(Formula formula) {
            return change.apply(rewriter().copy(formula));
        }

        private FormulaRewriter rewriter() {
            return new FormulaRewriter(
                    this::of, relation -> rewriter().copy(relation), UnaryOperator.identity());
        }
    }

    static Asked definitions(Asked asked, UnaryOperator<Definition> change) {
        var catalog = asked.catalog();
        var changed =
                catalog.entries().stream()
                        .filter(entry ->
                                !change.apply(entry.definition()).equals(entry.definition()))
                        .map(entry ->
                                new Entry(
                                        change.apply(entry.definition()),
                                        entry.version(),
                                        entry.bindings()))
                        .toList();
        return changed.isEmpty()
                ? asked
                : new Asked(asked.query(), known(catalog.with(changed, List.of()), catalog));
    }

    /** What is known of the facts stays known. */
    private static Catalog known(Catalog changed, Catalog catalog) {
        var days =
                catalog.names(Calendar.class).stream()
                        .filter(name -> catalog.daysOf(name).isPresent())
                        .collect(
                                Collectors.toMap(
                                        name -> name, name -> catalog.daysOf(name).orElseThrow()));
        var starts =
                catalog.all(Source.class).stream()
                        .filter(source -> source.coverageFrom() == null)
                        .filter(source -> catalog.coverageStart(source).isPresent())
                        .collect(
                                Collectors.toMap(
                                        Source::name,
                                        source -> catalog.coverageStart(source).orElseThrow()));
        return changed.knowing(days).knowingStarts(starts);
    }
}
