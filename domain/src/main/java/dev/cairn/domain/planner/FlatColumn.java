package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.plan.Coverage;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A column of an answer, as it is made of a row of a plan's statement. */
public sealed interface FlatColumn {
    /** Of the answer. */
    String key();

    /** @param labels of each bucket: all dates, or for hours all instants */
    record Time(String key, List<Object> labels) implements FlatColumn {
        public Time {
            labels = List.copyOf(labels);
        }
    }

    /** @param at which group key */
    record Group(String key, int at) implements FlatColumn {}

    /** What a group key is. */
    record Kind(String key, int at) implements FlatColumn {}

    /**
     * A measure.
     *
     * @param output which one
     * @param incomplete of each bucket why a value of it may still change, whatever row it is of
     */
    record Value(String key, int output, List<List<Incomplete>> incomplete) implements FlatColumn {
        public Value {
            incomplete = List.copyOf(incomplete.stream().map(List::copyOf).toList());
        }
    }

    /** The band of a measure's value. */
    record Banded(String key, int output, List<Band> bands) implements FlatColumn {
        public Banded {
            bands = List.copyOf(bands);
        }
    }

    /**
     * How a measure's value stands to its target.
     *
     * @param output which one
     */
    record Aimed(String key, int output, Aimed.Part part, Beside<Aim> targets)
            implements FlatColumn {
        /** What is said of a target. */
        public enum Part {
            /** The value to reach, or the lower end of an interval. */
            LEAST,
            /** The upper end of an interval. */
            MOST,
            ATTAINMENT,
            PROGRESS,
            STATUS
        }
    }

    /**
     * A target of a cell.
     *
     * @param baseline where the way to it began; null: there is none
     * @param near the part of it from which a value is near
     * @param dueLater whether it is to be reached after the bucket
     * @param upward whether more is better; of an interval it decides nothing
     */
    record Aim(
            Goal goal,
            @Nullable BigDecimal baseline,
            BigDecimal near,
            boolean dueLater,
            boolean upward) {}

    /**
     * How far a measure's value is from its baseline.
     *
     * @param output which one
     */
    record Distant(String key, int output, Distant.Part part, Beside<BigDecimal> baselines)
            implements FlatColumn {
        /** What is said of a baseline. */
        public enum Part {
            BASELINE,
            DIFFERENCE,
            /** The difference as a part of the baseline. */
            RELATIVE
        }
    }

    /**
     * Those of the cells of an answer, in the order of its columns. Empty where a column is not made of its row alone (whether a value differs from its baseline beyond
     * chance), and where too many targets name too many groups.
     *
     * @param coverage of the sources that are read
     * @param zone that the question cut days in
     */
    static Optional<List<FlatColumn>> of(
            Planned.Ready ready, Map<String, Coverage> coverage, ZoneId zone) {
        var shape = ResultAssembler.ofBuckets(ready, coverage, zone);
        var standings = new Standings(ready, zone);
        var columns = new ArrayList<FlatColumn>();
        int key = -1;
        int output = -1;
        for (var column : ready.columns()) {
            switch (column.role()) {
                case TIME -> columns.add(new Time(column.key(), shape.labels()));
                case DIMENSION -> {
                    key = nextShown(ready, key);
                    columns.add(new Group(column.key(), key));
                }
                case KEY_KIND -> columns.add(new Kind(column.key(), key));
                case MEASURE -> {
                    output++;
                    columns.add(new Value(column.key(), output, shape.incomplete().get(output)));
                    var beside = standing(ready, standings, output);
                    if (beside.isEmpty()) {
                        return Optional.empty();
                    }
                    columns.addAll(beside.get());
                }
                case STANDARD -> {
                    // With its measure.
                }
            }
        }
        return Optional.of(columns);
    }

    private static int nextShown(Planned.Ready ready, int after) {
        int next = after + 1;
        while (!ready.plan().keys().get(next).shown()) {
            next++;
        }
        return next;
    }

    /** What stands beside an output, in the order of its columns. */
    private static Optional<List<FlatColumn>> standing(
            Planned.Ready ready, Standings standings, int output) {
        var all = ready.standards().ofOutputs();
        var standard = all.isEmpty() ? null : all.get(output).orElse(null);
        if (standard == null) {
            return Optional.of(List.of());
        }
        var own = standard.column().key();
        var aims =
                standard.targets().isEmpty()
                        ? Optional.<Beside<Aim>>empty()
                        : standings.targets(output);
        var kept =
                standard.hasKept()
                        ? standings.baselines(output)
                        : Optional.<Beside<BigDecimal>>empty();
        var columns = new ArrayList<FlatColumn>();
        for (var column : standard.columns()) {
            var suffix = column.key().substring(own.length());
            var made =
                    switch (suffix) {
                        case Standards.BAND ->
                                Optional.<FlatColumn>of(
                                        new Banded(
                                                column.key(), output, standard.metric().bands()));
                        case Standards.TARGET -> aimed(column, output, Aimed.Part.LEAST, aims);
                        case Standards.MOST -> aimed(column, output, Aimed.Part.MOST, aims);
                        case Standards.ATTAINMENT ->
                                aimed(column, output, Aimed.Part.ATTAINMENT, aims);
                        case Standards.PROGRESS -> aimed(column, output, Aimed.Part.PROGRESS, aims);
                        case Standards.STATUS -> aimed(column, output, Aimed.Part.STATUS, aims);
                        case Standards.BASELINE ->
                                distant(column, output, Distant.Part.BASELINE, kept);
                        case Standards.DIFFERENCE ->
                                distant(column, output, Distant.Part.DIFFERENCE, kept);
                        case Standards.RELATIVE ->
                                distant(column, output, Distant.Part.RELATIVE, kept);
                        // Whether it is beyond chance is not known of the row alone.
                        default -> Optional.<FlatColumn>empty();
                    };
            if (made.isEmpty()) {
                return Optional.empty();
            }
            columns.add(made.get());
        }
        return Optional.of(columns);
    }

    private static Optional<FlatColumn> aimed(
            Column column, int output, Aimed.Part part, Optional<Beside<Aim>> targets) {
        return targets.map(of -> new Aimed(column.key(), output, part, of));
    }

    private static Optional<FlatColumn> distant(
            Column column, int output, Distant.Part part, Optional<Beside<BigDecimal>> baselines) {
        return baselines.map(of -> new Distant(column.key(), output, part, of));
    }
}
