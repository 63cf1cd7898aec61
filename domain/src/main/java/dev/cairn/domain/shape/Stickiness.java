package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In how many units of a period, such as days of a week, its active members were active.
 *
 * @param frame the periods; without a grain the whole range is one. Groups are read as of the start of each
 * @param of account, or another entity
 * @param active when one is active in a unit
 * @param unit as the language writes what counts units: day, week, fiscal.month, every 7 days
 * @param counts a column each
 */
public record Stickiness(
        AnalysisQuery frame, String of, Happening active, String unit, List<Count> counts)
        implements Shape<StickinessAnswer> {
    public static final String ACTIVE = "active";
    public static final String MEAN = "mean";
    public static final String MEDIAN = "median";

    /** Counts that fit into one question. */
    static final int MOST_COUNTS = 60;

    /** Where nobody says which: what days of a week can be, the rest together. */
    public static final List<Count> DEFAULT_COUNTS =
            List.of(
                    Count.of(1),
                    Count.of(2),
                    Count.of(3),
                    Count.of(4),
                    Count.of(5),
                    Count.of(6),
                    new Count(7, null));

    public Stickiness {
        counts = List.copyOf(counts);
    }

    /**
     * A number of units, or a stretch of numbers.
     *
     * @param from from 1
     * @param to included; null: or more
     */
    public record Count(int from, @Nullable Integer to) {
        /** Just so many. */
        public static Count of(int units) {
            return new Count(units, units);
        }

        /** Key of its column. */
        public String column() {
            if (to == null) {
                return "on_%d_or_more".formatted(from);
            }
            return to == from ? "on_" + from : "on_%d_%d".formatted(from, to);
        }

        private Wording isMetBy(Wording units) {
            if (to == null) {
                return Wording.of("{} >= " + from, units);
            }
            return to == from
                    ? Wording.of("{} = " + from, units)
                    : Wording.of("{} >= %d and {} <= %d".formatted(from, to), units, units);
        }
    }

    @Override
    public Asked asked() {
        var asking = new Asking();
        var members = asking.entity(of, Place.of("of"));
        var units = asking.unit(unit, Place.of("unit"));
        if (active instanceof Happening.Date) {
            asking.problem(
                    ProblemCode.INCOMPATIBLE,
                    Place.of("active"),
                    "A date is in one %s only: tell activity by facts or a condition.",
                    unit);
        }
        checkCounts(asking);
        var on =
                Wording.of(
                        "count({} where {})", units, asking.happening(active, Place.of("active")));
        asking.column(ACTIVE, Wording.of("count({} where {} > 0)", members, on));
        asking.column(MEAN, Wording.of("avg({} where {} > 0 : {})", members, on, on));
        asking.column(MEDIAN, Wording.of("median({} where {} > 0 : {})", members, on, on));
        for (var count : counts) {
            asking.column(
                    count.column(),
                    Wording.of("share({} where {} > 0 : {})", members, on, count.isMetBy(on)));
        }
        return asking.in(
                frame.withGroupBy(frame.groupBy().stream().map(Asking::asOfStart).toList()));
    }

    private void checkCounts(Asking asking) {
        var place = Place.of("counts");
        if (counts.isEmpty() || counts.size() > MOST_COUNTS) {
            asking.problem(
                    ProblemCode.LIMIT,
                    place,
                    "Ask for 1 to %d counts at once, not %d. A stretch, such as 5-9, takes many together.",
                    MOST_COUNTS,
                    counts.size());
        }
        for (var count : counts) {
            if (count.from < 1 || (count.to != null && count.to < count.from)) {
                asking.problem(
                        ProblemCode.BAD_RANGE,
                        place,
                        "A count reaches from 1 or more to the same or a greater number, or to any: 1, 2-4, 5-; not from %d%s.",
                        count.from,
                        count.to == null ? "" : " to " + count.to);
            }
        }
        counts.stream()
                .filter(count -> counts.indexOf(count) != counts.lastIndexOf(count))
                .distinct()
                .forEach(twice ->
                        asking.problem(
                                ProblemCode.CONFLICT,
                                place,
                                "'%s' is asked for twice.",
                                twice.column()));
    }

    @Override
    public StickinessAnswer folded(AnalysisResult answer) {
        var columns = new Columns(answer);
        return new StickinessAnswer(
                counts,
                answer.rows().stream()
                        .map(row ->
                                new StickinessAnswer.Period(
                                        row,
                                        columns.value(row, ACTIVE),
                                        columns.value(row, MEAN),
                                        columns.value(row, MEDIAN),
                                        counts.stream()
                                                .map(count -> columns.value(row, count.column()))
                                                .toList()))
                        .toList(),
                answer);
    }
}
