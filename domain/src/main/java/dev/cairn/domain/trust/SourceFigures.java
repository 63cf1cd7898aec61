package dev.cairn.domain.trust;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was counted of a source: its sufficient statistics, of all accounts.
 *
 * @param newest local day of its newest fact; null: it has none
 * @param periods of the time that was looked at, in order, without gaps
 * @param keyed facts with all fields of the key that is to be unique; 0 where none is
 * @param distinct keys of those
 * @param controls each period of each control total
 * @param segments counts of the same periods by each value of a dimension; empty: none is looked at
 */
public record SourceFigures(
        @Nullable LocalDate newest,
        List<Period> periods,
        long keyed,
        long distinct,
        List<ControlFigure> controls,
        Map<String, List<Long>> segments) {
    /** Of a source without facts. */
    public static final SourceFigures EMPTY = new SourceFigures(null, List.of(), 0, 0, List.of());

    /** Without segments. */
    public SourceFigures(
            @Nullable LocalDate newest,
            List<Period> periods,
            long keyed,
            long distinct,
            List<ControlFigure> controls) {
        this(newest, periods, keyed, distinct, controls, Map.of());
    }

    public SourceFigures {
        periods = List.copyOf(periods);
        controls = List.copyOf(controls);
        segments = Map.copyOf(segments);
    }

    /**
     * A period.
     *
     * @param from its first local day
     * @param until the day after its last
     * @param facts how many; null: it is before the coverage
     * @param wrong how many are wrong by each row check, in their order
     * @param whole whether what the source covers has all of it; else there are fewer facts for that alone
     */
    public record Period(
            LocalDate from,
            LocalDate until,
            @Nullable Long facts,
            List<Long> wrong,
            boolean whole) {
        public Period {
            wrong = List.copyOf(wrong);
        }

        /** One that is covered. */
        public Period(LocalDate from, LocalDate until, @Nullable Long facts, List<Long> wrong) {
            this(from, until, facts, wrong, true);
        }
    }

    /**
     * A control total of a period.
     *
     * @param actual what the facts say; null: no value
     * @param expected what they must say; null: no value
     */
    public record ControlFigure(
            String control,
            LocalDate from,
            LocalDate until,
            @Nullable Double actual,
            @Nullable Double expected) {}
}
