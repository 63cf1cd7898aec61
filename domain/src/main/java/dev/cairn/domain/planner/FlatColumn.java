package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.plan.Coverage;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * Those of the cells of an answer, in the order of its columns. Empty where a column is not made of its row alone: how values stand to targets and baselines.
     *
     * @param coverage of the sources that are read
     * @param zone that the question cut days in
     */
    static Optional<List<FlatColumn>> of(
            Planned.Ready ready, Map<String, Coverage> coverage, ZoneId zone) {
        var shape = ResultAssembler.ofBuckets(ready, coverage, zone);
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
                }
                case STANDARD -> {
                    var bands = bands(ready, column, output);
                    if (bands.isEmpty()) {
                        return Optional.empty();
                    }
                    columns.add(new Banded(column.key(), output, bands));
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

    private static List<Band> bands(Planned.Ready ready, Column column, int output) {
        return column.role() == Role.STANDARD
                        && column.valueType() == ValueType.TEXT
                        && column.key().endsWith(Standards.BAND)
                ? ready.standards()
                        .ofOutputs()
                        .get(output)
                        .map(standard -> standard.metric().bands())
                        .orElse(List.of())
                : List.of();
    }
}
