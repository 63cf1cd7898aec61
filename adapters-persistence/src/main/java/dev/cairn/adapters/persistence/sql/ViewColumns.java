package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.planner.FlatColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The columns of a view, made of those of the statement, by name. They are called as the terminal calls them in CSV with details; what an adapter computes of a row
 * elsewhere is computed by the database here.
 */
final class ViewColumns {
    static final String AS_OF = "as_of";

    private final AnalysisPlan plan;
    private final Layout layout;
    private final Map<String, Field<?>> columns = new LinkedHashMap<>();
    private boolean isAmbiguous;

    private ViewColumns(AnalysisPlan plan) {
        this.plan = plan;
        this.layout = new Layout(plan);
    }

    /** Empty where two would have the same name. */
    static Map<String, Field<?>> of(AnalysisPlan plan, List<FlatColumn> flat) {
        var view = new ViewColumns(plan);
        flat.forEach(view::add);
        view.put(AS_OF, SqlTypes.instant(plan.time().asOf()), SQLDataType.INSTANT);
        return view.isAmbiguous ? Map.of() : view.columns;
    }

    private void put(String name, Field<?> field, DataType<?> type) {
        isAmbiguous |= columns.put(name, field.cast(type)) != null;
    }

    private void add(FlatColumn column) {
        switch (column) {
            case FlatColumn.Time(var key, var labels) -> time(key, labels);
            case FlatColumn.Group(var key, int at) -> {
                var type = SqlTypes.of(plan.keys().get(at).type().kind());
                put(key, layout.keys().get(at).value(), type);
            }
            case FlatColumn.Kind(var key, int at) ->
                    put(key, kind(layout.keys().get(at)), SQLDataType.CLOB);
            case FlatColumn.Value value -> measure(value);
            case FlatColumn.Banded(var key, int output, var bands) ->
                    put(key, band(output, bands), SQLDataType.CLOB);
        }
    }

    private void time(String key, List<Object> labels) {
        boolean byHour = labels.getFirst() instanceof Instant;
        Field<?> all =
                byHour
                        ? SqlTypes.instants(labels.stream().map(Instant.class::cast).toList())
                        : SqlTypes.dates(labels.stream().map(LocalDate.class::cast).toList());
        put(key, ofBucket(all), byHour ? SQLDataType.INSTANT : LocalDates.TYPE);
    }

    @SuppressWarnings("unchecked")
    private static Field<?> ofBucket(Field<?> array) {
        return DSL.arrayGet((Field<Object[]>) array, Layout.BUCKET.plus(inline(1)));
    }

    private static Field<String> kind(GroupColumns key) {
        var names =
                Arrays.stream(GroupValue.Kind.values())
                        .collect(Collectors.toMap(Codes::of, GroupValue.Kind::name));
        return DSL.choose(key.kind()).mapValues(names);
    }

    private void measure(FlatColumn.Value measure) {
        int at = measure.output();
        var key = measure.key();
        var output = plan.outputs().get(at);
        boolean readsWindows = OutputColumns.readsWindows(output, plan);
        var value = OutputColumns.value(at, output);
        put(key, value, SqlTypes.of(output.value().type().kind()));
        detail(key, "numerator", OutputColumns.numerator(at, output));
        detail(key, "denominator", OutputColumns.denominator(at, output));
        put(key + ".sampleSize", OutputColumns.sampleSize(at), SQLDataType.BIGINT);
        put(
                key + ".pending",
                readsWindows ? coalesce(OutputColumns.pending(at), inline(0L)) : inline(0L),
                SQLDataType.BIGINT);
        put(
                key + ".pendingCompleted",
                OutputColumns.readsAttempts(output, plan)
                        ? coalesce(OutputColumns.pendingCompleted(at), inline(0L))
                        : DSL.castNull(SQLDataType.BIGINT),
                SQLDataType.BIGINT);
        put(
                key + ".absence",
                when(
                        value.isNull(),
                        coalesce(OutputColumns.reason(at), inline(Absence.NO_DATA.name()))),
                SQLDataType.CLOB);
        put(
                key + ".incompleteBecause",
                incomplete(measure.incomplete(), at, readsWindows),
                SQLDataType.CLOB);
    }

    private void detail(String key, String name, Field<? extends Number> field) {
        put(key + "." + name, field, field.getDataType());
    }

    /** Words in the order of {@link Incomplete}, with blanks between; what is pending, or begins before the data, is told by the row. */
    private static Field<String> incomplete(
            List<List<Incomplete>> ofBuckets, int output, boolean readsWindows) {
        var parts = new ArrayList<Field<String>>();
        for (var reason : Incomplete.values()) {
            var buckets = new ArrayList<Integer>();
            for (int bucket = 0; bucket < ofBuckets.size(); bucket++) {
                if (ofBuckets.get(bucket).contains(reason)) {
                    buckets.add(bucket);
                }
            }
            var holds = Layout.BUCKET.in(buckets.stream().map(DSL::inline).toList());
            var ofRow =
                    switch (reason) {
                        case PENDING -> OutputColumns.pending(output).gt(0L);
                        case BEFORE_COVERAGE -> OutputColumns.beginsBeforeData(output).gt(0L);
                        case BUCKET_NOT_OVER, BEYOND_COVERAGE, CUT_BY_RANGE, BROKEN_DATA ->
                                DSL.falseCondition();
                    };
            parts.add(when(readsWindows ? holds.or(ofRow) : holds, inline(reason.name())));
        }
        Field<String> words = DSL.concatWs(" ", parts);
        return DSL.nullif(words, inline(""));
    }

    /** The first that the value is below the end of. */
    private Field<String> band(int output, List<Band> bands) {
        Field<BigDecimal> value =
                SqlTypes.typed(OutputColumns.value(output, plan.outputs().get(output)));
        var cases = when(value.isNull(), DSL.castNull(SQLDataType.CLOB));
        for (var band : bands) {
            var below = band.below();
            cases =
                    cases.when(
                            below == null ? value.isNotNull() : value.lt(inline(below)),
                            inline(band.name()));
        }
        return cases;
    }
}
