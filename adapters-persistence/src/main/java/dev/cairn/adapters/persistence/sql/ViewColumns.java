package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.when;

import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.planner.Beside;
import dev.cairn.domain.planner.FlatColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
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
    private final Map<String, Field<?>> beneath = new LinkedHashMap<>();
    private final Map<Integer, FlatColumn.Value> measures = new HashMap<>();
    private boolean isAmbiguous;

    private ViewColumns(AnalysisPlan plan) {
        this.plan = plan;
        this.layout = new Layout(plan);
    }

    static ViewColumns of(AnalysisPlan plan, List<FlatColumn> flat) {
        var view = new ViewColumns(plan);
        flat.forEach(view::add);
        view.put(AS_OF, SqlTypes.instant(plan.time().asOf()), SQLDataType.INSTANT);
        return view;
    }

    /** By name; empty where two would have the same. */
    Map<String, Field<?>> columns() {
        return isAmbiguous ? Map.of() : columns;
    }

    /** The rows of a statement, with what the columns are made of beside its own. */
    Table<?> over(Table<?> answered) {
        var all = new ArrayList<SelectFieldOrAsterisk>(List.of(answered.asterisk()));
        all.addAll(beneath.values());
        return beneath.isEmpty() ? answered : DSL.select(all).from(answered).asTable("judged");
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
            case FlatColumn.Aimed(var key, int output, var part, var targets) ->
                    aimed(key, output, part, targets);
            case FlatColumn.Distant(var key, int output, var part, var baselines) ->
                    distant(key, output, part, baselines);
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

    private void aimed(
            String key, int output, FlatColumn.Aimed.Part part, Beside<FlatColumn.Aim> targets) {
        var value = OutputColumns.value(output, plan.outputs().get(output));
        var place = placed(BesideColumns.TARGET, output, targets);
        var mayChange = mayChange(Objects.requireNonNull(measures.get(output)));
        var isNotYet = value.isNull().and(OutputColumns.reason(output).eq(Absence.NOT_YET.name()));
        var standing =
                new TargetColumns(
                        place,
                        targets.found(),
                        SqlTypes.approximate(value),
                        mayChange.or(isNotYet));
        var field = standing.of(part);
        put(key, field, field.getDataType());
    }

    private void distant(
            String key, int output, FlatColumn.Distant.Part part, Beside<BigDecimal> baselines) {
        var of = plan.outputs().get(output);
        var place = placed(BesideColumns.BASELINE, output, baselines);
        Field<BigDecimal> baseline = BesideColumns.constant(place, baselines.found());
        Field<?> value = OutputColumns.value(output, of);
        boolean isDouble = of.value().type().kind() == Type.Kind.DOUBLE;
        Field<? extends Number> difference =
                isDouble
                        ? SqlTypes.approximate(value).sub(SqlTypes.approximate(baseline))
                        : SqlTypes.exact(value).sub(baseline);
        switch (part) {
            case BASELINE -> put(key, baseline, SQLDataType.NUMERIC);
            case DIFFERENCE ->
                    put(key, difference, isDouble ? SQLDataType.DOUBLE : SQLDataType.NUMERIC);
            case RELATIVE ->
                    put(
                            key,
                            SqlTypes.approximate(difference)
                                    .div(
                                            DSL.nullif(
                                                    DSL.abs(SqlTypes.approximate(baseline)),
                                                    inline(0d))),
                            SQLDataType.DOUBLE);
        }
    }

    /** The place of a row among what stands beside an output, as a column of its own beneath. */
    private Field<Integer> placed(String name, int output, Beside<?> beside) {
        var field = DSL.field(name(name + output), SQLDataType.INTEGER);
        beneath.put(field.getName(), BesideColumns.place(layout, beside).as(field));
        return field;
    }

    private void measure(FlatColumn.Value measure) {
        measures.put(measure.output(), measure);
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

    /** Words in the order of {@link Incomplete}, with blanks between. */
    private static Field<String> incomplete(
            List<List<Incomplete>> ofBuckets, int output, boolean readsWindows) {
        var parts =
                Arrays.stream(Incomplete.values())
                        .map(reason ->
                                when(
                                        holds(reason, ofBuckets, output, readsWindows),
                                        inline(reason.name())))
                        .toList();
        Field<String> words = DSL.concatWs(" ", parts);
        return DSL.nullif(words, inline(""));
    }

    /** What is pending, or begins before the data, is told by the row. */
    private static Condition holds(
            Incomplete reason, List<List<Incomplete>> ofBuckets, int output, boolean readsWindows) {
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
        return readsWindows ? holds.or(ofRow) : holds;
    }

    private Condition mayChange(FlatColumn.Value of) {
        boolean readsWindows = OutputColumns.readsWindows(plan.outputs().get(of.output()), plan);
        return Incomplete.MAY_CHANGE.stream()
                .sorted()
                .map(reason -> holds(reason, of.incomplete(), of.output(), readsWindows))
                .reduce(DSL.falseCondition(), Condition::or);
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
