package dev.cairn.domain.calibration;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What questions about scores and contracts have in common. */
final class ScoreChecks {
    private static final int MOST_DAYS = 3660;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private final Catalog catalog;
    private final Problems problems = new Problems();

    ScoreChecks(Catalog catalog) {
        this.catalog = catalog;
    }

    List<Problem> problems() {
        return problems.all();
    }

    void problem(ProblemCode code, Place place, String message, Object... arguments) {
        problems.add(Problem.of(code, place, message, arguments));
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    static boolean isOfDays(int days) {
        return days >= 1 && days <= MOST_DAYS;
    }

    void days(List<Integer> days, Place place) {
        if (!days.stream().allMatch(ScoreChecks::isOfDays)) {
            problem(
                    ProblemCode.BAD_VALUE,
                    place,
                    "Days are from 1 to %d, not %s.",
                    MOST_DAYS,
                    days.stream().filter(one -> !isOfDays(one)).toList());
        }
    }

    void parses(String formula, Place place) {
        if (FormulaParser.parse(formula, place) instanceof Parsed.Failed(var found)) {
            problems.addAll(found);
        }
    }

    private Optional<Metric> metric(String score) {
        return NAME.matcher(score).matches() ? catalog.metric(score) : Optional.empty();
    }

    /** The formula of a metric of account, or what was written. */
    String score(String score, String part) {
        var place = Place.of(part);
        if (!NAME.matcher(score).matches()) {
            parses(score, place);
            return score;
        }
        var metric = catalog.metric(score);
        if (metric.isEmpty()) {
            problems.add(
                    Problem.of(ProblemCode.UNKNOWN_METRIC, place, "No metric '%s'.", score),
                    score,
                    () -> catalog.names(Metric.class));
        } else if (metric.get().level() != Metric.Level.ACCOUNT) {
            problem(
                    ProblemCode.LEVEL_MISMATCH,
                    place,
                    "'%s' is a metric of %s. What is held against what became of accounts is a metric of account, or a formula of one.",
                    score,
                    metric.get().of());
        }
        return FormulaPrinter.name(score);
    }

    /** Those that are asked for, else the metric's. */
    Optional<ScoreBands> bands(String score, @Nullable Double alarm, String part) {
        var metric = metric(score);
        boolean isHigherBetter =
                metric.map(one -> one.direction() != Metric.Direction.LOWER).orElse(true);
        if (alarm != null) {
            if (!Double.isFinite(alarm)) {
                problem(ProblemCode.BAD_VALUE, Place.of(part), "What is an alarm is a number.");
                return Optional.empty();
            }
            return Optional.of(ScoreBands.at(alarm, isHigherBetter));
        }
        var bands = metric.map(Metric::bands).orElse(List.of());
        if (bands.size() >= 2) {
            return Optional.of(new ScoreBands(bands, isHigherBetter));
        }
        problem(
                ProblemCode.MISSING,
                Place.of(part),
                "'%s' has no bands: say from where on a score is an alarm.",
                score);
        return Optional.empty();
    }

    /** The question for contracts, where what is said of them can be read. */
    Optional<ContractsQuestion> contracts(Contracts contracts) {
        parses(contracts.decided(), Place.of("contracts", "decided"));
        parses(contracts.renewed(), Place.of("contracts", "renewed"));
        if (contracts.value() != null) {
            parses(contracts.value(), Place.of("contracts", "value"));
        }
        return source(contracts.rows())
                .map(source -> {
                    field(source, contracts.due(), "due");
                    if (contracts.decidedOn() != null) {
                        field(source, contracts.decidedOn(), "decidedOn");
                    }
                    return new ContractsQuestion(contracts, source.name());
                });
    }

    private Optional<Source> source(String rows) {
        var place = Place.of("contracts", "rows");
        return switch (FormulaParser.parse("count(\n" + rows + "\n)", place)) {
            case Parsed.Failed(var found) -> {
                found.forEach(one -> problems.add(one.in(place)));
                yield Optional.empty();
            }
            case Parsed.Ok(Formula.Aggregate(var function, var relation, var value, _))
                    when function == AggregateFunction.Named.COUNT
                            && value == null
                            && relation.head() instanceof Head.Named named
                            && named.path().names().size() == 1 -> {
                var source = catalog.sourceUnder(named.name());
                if (source.isEmpty()) {
                    problems.add(
                            Problem.of(
                                    ProblemCode.UNKNOWN_SOURCE,
                                    place,
                                    "No source or slice '%s'.",
                                    named.name()),
                            named.name(),
                            this::sourcesAndSlices);
                }
                yield source;
            }
            case Parsed.Ok _ -> {
                problem(
                        ProblemCode.BAD_VALUE,
                        place,
                        "Contracts are the rows of a source or a slice, with 'on' and 'where' if need be, such as: contract on starts_on.");
                yield Optional.empty();
            }
        };
    }

    private List<String> sourcesAndSlices() {
        return Stream.concat(
                        catalog.names(Source.class).stream(), catalog.names(Slice.class).stream())
                .toList();
    }

    private void field(Source source, String name, String part) {
        var names = source.fields().stream().map(Field::name).toList();
        var field = source.field(name);
        if (field.isEmpty()) {
            problems.add(
                    Problem.of(
                            ProblemCode.UNKNOWN_FIELD,
                            Place.of("contracts", part),
                            "'%s' has no field '%s'.",
                            source.name(),
                            name),
                    name,
                    () -> names);
        } else if (field.get().type() != DataType.DATE
                && field.get().type() != DataType.TIMESTAMP) {
            problem(
                    ProblemCode.TYPE_MISMATCH,
                    Place.of("contracts", part),
                    "'%s' is no day and no instant, but of type %s.",
                    name,
                    field.get().type().name().toLowerCase(Locale.ROOT));
        }
    }
}
