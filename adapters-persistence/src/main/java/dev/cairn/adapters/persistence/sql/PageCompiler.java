package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Ordering;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Which cells are given, and the order of all rows. */
final class PageCompiler {
    private static final Condition IS_CELL = Layout.KIND.eq(Codes.field(RowKind.CELL));

    private final AnalysisPlan plan;
    private final Layout layout;
    private final List<Term> terms;

    PageCompiler(AnalysisPlan plan, Layout layout) {
        this.plan = plan;
        this.layout = layout;
        var positions = plan.page().after() == null ? null : plan.page().after().values();
        var all = new ArrayList<Term>();
        for (int index = 0; index < plan.page().order().size(); index++) {
            var position = positions == null ? null : positions.get(index);
            all.addAll(terms(plan.page().order().get(index), position));
        }
        this.terms = List.copyOf(all);
    }

    /**
     * One column of the order.
     *
     * @param position where the last page ended in it; null: where there is no value
     */
    private record Term(Field<Object> field, boolean descending, @Nullable Object position) {
        SortField<?> sort(boolean cellsOnly) {
            Field<Object> by = cellsOnly ? field : when(IS_CELL, field);
            return (descending ? by.desc() : by.asc()).nullsLast();
        }

        Condition isAtPosition() {
            return position == null ? field.isNull() : field.eq(value());
        }

        /** Nothing comes after no value. */
        Condition isAfterPosition() {
            if (position == null) {
                return DSL.falseCondition();
            }
            return (descending ? field.lt(value()) : field.gt(value())).or(field.isNull());
        }

        private Field<Object> value() {
            return DSL.val(position, field.getDataType());
        }
    }

    private List<Term> terms(Ordering ordering, @Nullable Object position) {
        return switch (ordering.by()) {
            case Ordering.By.Time _ ->
                    List.of(
                            new Term(
                                    SqlTypes.typed(Layout.BUCKET),
                                    ordering.descending(),
                                    position));
            case Ordering.By.Key(int index) ->
                    key(layout.keys().get(index), ordering.descending(), position);
            case Ordering.By.Value(int output) -> {
                var value =
                        new Term(
                                OutputColumns.value(output, plan.outputs().get(output)),
                                ordering.descending(),
                                position);
                yield ordering.withoutRateFirst()
                        ? List.of(lacksRate(output), value)
                        : List.of(value);
            }
        };
    }

    /** Of an order that no page continues. */
    private static Term lacksRate(int output) {
        return new Term(
                SqlTypes.typed(
                        when(OutputColumns.gaps(output).isNotNull(), inline(1))
                                .otherwise(inline(0))),
                true,
                null);
    }

    /** Values in their order, then no value, then no account: either way. */
    private static List<Term> key(GroupColumns key, boolean descending, @Nullable Object position) {
        var at = (GroupValue) position;
        return List.of(
                new Term(
                        SqlTypes.typed(key.kind()), false, at == null ? null : Codes.of(at.kind())),
                new Term(key.value(), descending, at == null ? null : at.value()));
    }

    /** One cell more than asked for, to see whether there are more; and all totals. */
    Select<?> page(Table<?> answer, boolean withTotals) {
        var cells =
                select(asterisk())
                        .from(answer)
                        .where(IS_CELL, isAfterPosition())
                        .orderBy(order(true))
                        .limit(inline(plan.page().limit() + 1));
        return withTotals
                ? cells.unionAll(select(asterisk()).from(answer).where(DSL.not(IS_CELL)))
                : cells;
    }

    private Condition isAfterPosition() {
        if (plan.page().after() == null) {
            return DSL.noCondition();
        }
        Condition after = DSL.falseCondition();
        for (Term term : terms.reversed()) {
            after = term.isAfterPosition().or(term.isAtPosition().and(after));
        }
        return after;
    }

    /** Cells as the plan says; then totals by kind, bucket and keys. Ids say only what is the same, so they come last. */
    List<SortField<?>> order(boolean cellsOnly) {
        var order = new ArrayList<SortField<?>>();
        if (!cellsOnly) {
            order.add(Layout.KIND.asc());
        }
        terms.forEach(term -> order.add(term.sort(cellsOnly)));
        order.add(Layout.BUCKET.asc());
        for (var key : layout.keys()) {
            order.add(key.kind().asc());
            order.add(key.value().asc());
        }
        for (var key : layout.keys()) {
            key.ids().forEach(id -> order.add(id.asc()));
        }
        return order;
    }
}
