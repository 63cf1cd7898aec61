package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many of those who start in a period come back in later ones.
 *
 * @param frame the periods in which they start, by its grain, whose periods ages are counted in; groups are read as of the start of each period
 * @param of what is counted: account, or another entity
 * @param start how one starts in a period
 * @param occurrence null: the first time of facts, and each period in which a condition holds
 * @param returned how one comes back in a period; null: as one starts. Of values: null counts the value whatever else happens
 * @param retained what is retained
 * @param value of each at a period, where values are retained; null for heads
 */
public record Retention(
        AnalysisQuery frame,
        String of,
        Happening start,
        @Nullable Occurrence occurrence,
        @Nullable Happening returned,
        Retained retained,
        @Nullable String value,
        Ages ages)
        implements Shape<RetentionMatrix> {
    /** Column of how many start. */
    public static final String SIZE = "size";

    /** Ages that fit into one question beside the size. */
    static final int MOST_AGES = 60;

    /** When one starts. */
    public enum Occurrence {
        /** Once, the first time inside the coverage of the facts. */
        FIRST_TIME,
        /** In each period that it happens in. */
        RECURRING
    }

    /** What is retained. */
    public enum Retained {
        /** Those who come back, of those who start. */
        HEADS,
        /** Their value then, of their value at the start. */
        NET_VALUE,
        /** The same, of each at most its value at the start. */
        GROSS_VALUE
    }

    /** The columns. */
    public sealed interface Ages {
        /** In just the period of that age: 0 to {@code last}. */
        record Exact(int last) implements Ages {}

        /** In the period of that age or later. */
        record OnOrAfter(int last) implements Ages {}

        /** In any period of a stretch of ages. */
        record Brackets(List<Bracket> brackets) implements Ages {
            public Brackets {
                brackets = List.copyOf(brackets);
            }
        }
    }

    /** Ages from and to, both included. */
    public record Bracket(int from, int to) {
        /** Key of its column. */
        public String column() {
            return from == to ? "age_" + from : "age_%d_%d".formatted(from, to);
        }
    }

    @Override
    public Asked asked() {
        return new Question().asked();
    }

    @Override
    public RetentionMatrix folded(AnalysisResult answer) {
        return RetentionFold.of(this, answer);
    }

    /** The columns in order; those of single ages are brackets of one. */
    List<Bracket> columns() {
        return switch (ages) {
            case Ages.Exact(int last) -> upTo(last);
            case Ages.OnOrAfter(int last) -> upTo(last);
            case Ages.Brackets(var brackets) -> brackets;
        };
    }

    private static List<Bracket> upTo(int last) {
        var columns = new ArrayList<Bracket>();
        for (int age = 0; age <= Math.min(last, MOST_AGES); age++) {
            columns.add(new Bracket(age, age));
        }
        return columns;
    }

    /** The question while it is put together. */
    private final class Question {
        private final Asking asking = new Asking();
        private final Wording members = asking.entity(of, Place.of("of"));
        private final Wording starting = starting();

        Asked asked() {
            check();
            asking.column(SIZE, Wording.of("count({} where {})", members, starting));
            var cell = cells();
            for (var bracket : columns()) {
                asking.column(bracket.column(), cell.of(bracket));
            }
            var groups = frame.groupBy().stream().map(Asking::asOfStart).toList();
            return asking.in(frame.withGroupBy(groups));
        }

        private void check() {
            if (frame.grain() == null) {
                asking.problem(
                        ProblemCode.MISSING,
                        Place.of("frame", "grain"),
                        "Retention needs a grain, in which periods ages are counted: hour, day, week, month, quarter or year.");
            }
            if (frame.totals()) {
                asking.problem(
                        ProblemCode.INCOMPATIBLE,
                        Place.of("frame", "totals"),
                        "A retention matrix has averages in place of totals: leave them out.");
            }
            switch (ages) {
                case Ages.Exact(int last) -> checkLast(last);
                case Ages.OnOrAfter(int last) -> {
                    checkLast(last);
                    checkCountsFacts("the period of an age or later");
                }
                case Ages.Brackets(var brackets) -> {
                    brackets.forEach(this::check);
                    checkSize(brackets.size());
                    if (brackets.stream().anyMatch(bracket -> bracket.from < bracket.to)) {
                        checkCountsFacts("a stretch of ages");
                    }
                }
            }
        }

        private void checkLast(int last) {
            if (last < 0) {
                asking.problem(
                        ProblemCode.BAD_VALUE,
                        Place.of("ages"),
                        "Ages begin with 0: write 0 or more, not %d.",
                        last);
            }
            checkSize(last + 1L);
        }

        private void checkSize(long columns) {
            if (columns > MOST_AGES || columns == 0) {
                asking.problem(
                        ProblemCode.LIMIT,
                        Place.of("ages"),
                        "Ask for 1 to %d ages at once, not %d. Brackets take many ages together.",
                        MOST_AGES,
                        columns);
            }
        }

        private void check(Bracket bracket) {
            if (bracket.from < 0 || bracket.to < bracket.from) {
                asking.problem(
                        ProblemCode.BAD_RANGE,
                        Place.of("ages"),
                        "A bracket reaches from an age to the same or a later one, 1 to 7; not from %d to %d.",
                        bracket.from,
                        bracket.to);
            }
        }

        /** A condition and a value are of one period; only facts can be looked for in several. */
        private void checkCountsFacts(String ages) {
            if (retained != Retained.HEADS) {
                asking.problem(
                        ProblemCode.INCOMPATIBLE,
                        Place.of("retained"),
                        "A value is of one period, not of %s: ask for exact ages, with a coarser grain if need be.",
                        ages);
            } else if (!((returned == null ? start : returned) instanceof Happening.Facts)) {
                asking.problem(
                        ProblemCode.INCOMPATIBLE,
                        Place.of(returned == null ? "start" : "returned"),
                        "Coming back in %s is told by facts: write a relation, not a condition or a date.",
                        ages);
            }
        }

        private Wording starting() {
            var place = Place.of("start");
            return switch (start) {
                case Happening.Facts(var relation) -> {
                    var facts =
                            Wording.of(
                                    "exists({})", asking.relation(relation, place.then("facts")));
                    yield occurrence == Occurrence.RECURRING
                            ? facts
                            : Wording.of("{} and not ({} over all before)", facts, facts);
                }
                case Happening.Condition(var formula) -> {
                    if (occurrence == Occurrence.FIRST_TIME) {
                        asking.add(
                                Problem.of(
                                        ProblemCode.INCOMPATIBLE,
                                        Place.of("occurrence"),
                                        "When a condition held for the first time is not known, only in which periods it holds: start by a relation or a date, or count each period (recurring)."));
                    }
                    yield asking.formula(formula, place.then("condition"));
                }
                case Happening.Date(var formula) -> {
                    if (occurrence == Occurrence.RECURRING) {
                        asking.add(
                                Problem.of(
                                        ProblemCode.INCOMPATIBLE,
                                        Place.of("occurrence"),
                                        "A date is in one period only, so nothing recurs: leave out that it does, or start by a relation or a condition."));
                    }
                    var date = asking.formula(formula, place.then("date"));
                    yield Wording.of("{} >= bucket.start and {} < bucket.end", date, date);
                }
            };
        }

        /** What is retained at an age. */
        private interface CellWording {
            Wording of(Bracket bracket);
        }

        private CellWording cells() {
            return switch (retained) {
                case HEADS -> {
                    if (value != null) {
                        asking.problem(
                                ProblemCode.INCOMPATIBLE,
                                Place.of("value"),
                                "Heads have no value: leave it out, or ask for the net or gross value.");
                    }
                    var back = returned == null ? start : returned;
                    var happens = happening(back);
                    yield bracket -> heads(bracket, happens);
                }
                case NET_VALUE -> {
                    var worth = worth();
                    yield bracket -> ratio(then(bracket, worth), worth);
                }
                case GROSS_VALUE -> {
                    var worth = worth();
                    yield bracket ->
                            ratio(Wording.of("least({}, {})", worth, then(bracket, worth)), worth);
                }
            };
        }

        private Wording happening(Happening back) {
            boolean same = returned == null;
            var place = Place.of(same ? "start" : "returned");
            // A problem with the start is reported once, by the start itself.
            var reading = same ? new Asking() : asking;
            return switch (back) {
                case Happening.Facts(var relation) ->
                        Wording.of(
                                ages instanceof Ages.OnOrAfter ? "count({})" : "exists({})",
                                reading.relation(relation, place.then("facts")));
                case Happening.Condition(var formula) -> {
                    var condition =
                            Asking.decided(reading.formula(formula, place.then("condition")));
                    asking.isOfEachPeriod(formula, of, place.then("condition"));
                    yield ages instanceof Ages.OnOrAfter ? condition.asBroken() : condition;
                }
                case Happening.Date(var formula) -> {
                    if (same) {
                        asking.problem(
                                ProblemCode.MISSING,
                                Place.of("returned"),
                                "A date comes once: write what counts as coming back, such as a relation.");
                    }
                    var date = reading.formula(formula, place.then("date"));
                    yield Wording.of("({} >= bucket.start and {} < bucket.end)", date, date);
                }
            };
        }

        private Wording heads(Bracket bracket, Wording happens) {
            if (bracket.from == 0 && bracket.to == 0) {
                return Wording.of("share({} where {} : true)", members, starting);
            }
            return Wording.of("share({} where {} : {})", members, starting, back(bracket, happens));
        }

        private Wording back(Bracket bracket, Wording happens) {
            return switch (ages) {
                case Ages.Exact _ -> shifted(bracket.to, happens);
                case Ages.OnOrAfter _ -> orLater(bracket.to, happens);
                case Ages.Brackets _ ->
                        shifted(bracket.to, overLast(bracket.to - bracket.from + 1, happens));
            };
        }

        private Wording overLast(int periods, Wording happens) {
            return periods == 1
                    ? happens
                    : Wording.of("{} over last %s".formatted(span(periods)), happens);
        }

        /**
         * All from the start on, less those of the ages up to this one, and those of this age. It has a value once the period of this age is over, and may grow as
         * long as data comes.
         */
        private Wording orLater(int age, Wording counted) {
            return Wording.of(
                    "({} over onward - {} + {} > 0)",
                    counted,
                    shifted(age, overLast(age + 1, counted)),
                    shifted(age, counted));
        }

        private Wording shifted(int periods, Wording formula) {
            return periods == 0
                    ? Wording.of("({})", formula)
                    : Wording.of("next({}, %s)".formatted(span(periods)), formula);
        }

        private String span(int periods) {
            var grain = frame.grain() == null ? Grain.MONTH : frame.grain();
            boolean plural = periods > 1 && grain instanceof Grain;
            return "%d %s%s".formatted(periods, grain.text(), plural ? "s" : "");
        }

        private Wording worth() {
            if (value == null) {
                asking.problem(
                        ProblemCode.MISSING,
                        Place.of("value"),
                        "Say the value that is retained: a formula or a metric of one %s, such as mrr.",
                        of);
                return Wording.of("0").asBroken();
            }
            asking.isOfEachPeriod(value, of, Place.of("value"));
            return asking.formula(value, Place.of("value"));
        }

        private Wording then(Bracket bracket, Wording worth) {
            var later = bracket.to == 0 ? worth : shifted(bracket.to, worth);
            return returned == null
                    ? later
                    : Wording.of(
                            "case when {} then {} else 0 end",
                            shifted(bracket.to, happening(returned)),
                            later);
        }

        private Wording ratio(Wording numerator, Wording denominator) {
            return Wording.of(
                    "sum({} where {} : {}) / sum({} where {} : {})",
                    members,
                    starting,
                    numerator,
                    members,
                    starting,
                    denominator);
        }
    }
}
