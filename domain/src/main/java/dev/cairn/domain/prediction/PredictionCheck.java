package dev.cairn.domain.prediction;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.RelationClause.Timing;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.time.Grain;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is wrong with what is asked of a prediction, as far as that can be told before its questions are asked. */
public final class PredictionCheck {
    /** Of one page. */
    public static final int MOST_ROWS = 1_000;

    private static final int MOST_YEARS = 10;
    private static final Place OF_TRANSACTIONS = Place.of("transactions");
    private static final Place OF_VALUE = Place.of("value");

    private final PredictionQuery query;
    private final Catalog catalog;
    private final Problems problems = new Problems();

    private PredictionCheck(PredictionQuery query, Catalog catalog) {
        this.query = query;
        this.catalog = catalog;
    }

    /** What came of it. */
    public sealed interface Checked {
        record Sound(PredictionQuestion question) implements Checked {}

        record Unsound(List<Problem> problems) implements Checked {
            public Unsound {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * @param asOf what counts as now
     * @param calibratedUntil as asked, or the day that is today at {@code asOf}
     */
    public static Checked of(
            PredictionQuery query, Catalog catalog, Instant asOf, LocalDate calibratedUntil) {
        var check = new PredictionCheck(query, catalog);
        check.numbers();
        check.calibration(asOf, calibratedUntil);
        var until = check.horizon(calibratedUntil);
        var day = check.relation().flatMap(check::day);
        check.value();
        return day.isPresent() && until.isPresent() && check.problems.isEmpty()
                ? new Checked.Sound(
                        new PredictionQuestion(
                                query, day.get(), calibratedUntil, until.get(), asOf))
                : new Checked.Unsound(check.problems.all());
    }

    /** The same for what could not be read wholly, without regard to time. */
    public static List<Problem> problems(PredictionQuery query, Catalog catalog) {
        var check = new PredictionCheck(query, catalog);
        check.numbers();
        check.horizon(LocalDate.EPOCH);
        check.relation().ifPresent(check::day);
        check.value();
        return check.problems.all();
    }

    private void numbers() {
        if (!(query.discount() >= 0 && query.discount() <= 1)) {
            problem(
                    ProblemCode.BAD_VALUE,
                    Place.of("discount"),
                    "A discount is from 0 to 1 a year, 0.1 being ten percent, not %s.",
                    query.discount());
        }
        if (query.first() < 1 || query.first() > MOST_ROWS) {
            problem(
                    ProblemCode.BAD_PAGE,
                    Place.of("first"),
                    "Ask for a page of 1 to %d accounts, not %d.",
                    MOST_ROWS,
                    query.first());
        }
    }

    private void calibration(Instant asOf, LocalDate calibratedUntil) {
        var today = asOf.atZone(query.zone()).toLocalDate();
        if (calibratedUntil.isAfter(today)) {
            problem(
                    ProblemCode.BAD_RANGE,
                    Place.of("calibratedUntil"),
                    "The calibration ends before %s, which has not come: today is %s. What is known ends before today.",
                    calibratedUntil,
                    today);
        }
    }

    private Optional<LocalDate> horizon(LocalDate from) {
        var horizon = query.horizon();
        try {
            if (horizon.unit() != Grain.HOUR && horizon.count() > 0) {
                var until = horizon.from(from);
                if (!until.isAfter(from.plusYears(MOST_YEARS))) {
                    return Optional.of(until);
                }
            }
        } catch (DateTimeException tooFar) {
            // As any that is too long.
        }
        problem(
                ProblemCode.BAD_VALUE,
                Place.of("horizon"),
                "A horizon is from 1 day to %d years, in days, weeks, months, quarters or years.",
                MOST_YEARS);
        return Optional.empty();
    }

    /** A source or slice, by a time of its own: members, sequences and what links lead to do not buy. */
    private Optional<RelationClause> relation() {
        String text = query.transactions();
        return switch (FormulaParser.parse("count(\n" + text + "\n)", OF_TRANSACTIONS)) {
            case Parsed.Failed(var found) -> {
                found.forEach(problem -> problems.add(problem.in(lineBefore(problem.place()))));
                yield Optional.empty();
            }
            case Parsed.Ok(Formula.Aggregate(var function, var relation, var value, _))
                    when function == AggregateFunction.Named.COUNT
                            && value == null
                            && relation.head() instanceof Head.Named named
                            && named.path().names().size() == 1
                            && named.via() == null
                            && named.by().isEmpty()
                            && relation.weight() == null
                            && isPointInTime(relation) ->
                    Optional.of(relation);
            case Parsed.Ok _ -> {
                problem(
                        ProblemCode.BAD_VALUE,
                        OF_TRANSACTIONS,
                        "Purchases are the rows of a source or a slice, with 'on' and 'where' if need be, such as: invoice_line where amount > 0.");
                yield Optional.empty();
            }
        };
    }

    private static boolean isPointInTime(RelationClause relation) {
        return switch (relation.timing()) {
            case null -> true;
            case Timing.On _ -> true;
            case Timing.At _, Timing.During _ -> false;
        };
    }

    private static Place lineBefore(Place place) {
        return place.line() > 1
                ? OF_TRANSACTIONS.at(place.line() - 1, place.column())
                : OF_TRANSACTIONS;
    }

    /** The local day of a row. */
    private Optional<String> day(RelationClause relation) {
        var named = (Head.Named) relation.head();
        var source = catalog.sourceUnder(named.name());
        if (source.isEmpty()) {
            problems.add(
                    Problem.of(
                            ProblemCode.UNKNOWN_SOURCE,
                            at(named.span()),
                            "No source or slice '%s'.",
                            named.name()),
                    named.name(),
                    this::sourcesAndSlices);
            return Optional.empty();
        }
        var field =
                relation.timing() instanceof Timing.On on ? on.field() : source.get().timeField();
        if (field == null) {
            problem(
                    ProblemCode.BAD_VALUE,
                    at(named.span()),
                    "Rows of '%s' hold for a time; say by which of its times a purchase happens: %s on FIELD.",
                    named.name(),
                    named.name());
            return Optional.empty();
        }
        return Optional.of("trunc(%s, day)".formatted(FormulaPrinter.name(field)));
    }

    private List<String> sourcesAndSlices() {
        return Stream.concat(
                        catalog.names(Source.class).stream(), catalog.names(Slice.class).stream())
                .toList();
    }

    private static Place at(Span span) {
        return OF_TRANSACTIONS.at(span.line() - 1, span.column());
    }

    private void value() {
        if (FormulaParser.parse(query.value(), OF_VALUE) instanceof Parsed.Failed(var found)) {
            problems.addAll(found);
        }
    }

    private void problem(ProblemCode code, Place place, String message, Object... arguments) {
        problems.add(Problem.of(code, place, message, arguments));
    }
}
