package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Expr;
import dev.cairn.domain.plan.Exprs;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Relation;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** From collapsed leaves to outputs: over nothing, reasons, expressions, having. */
final class CellCompiler {
    private final AnalysisPlan plan;
    private final Layout layout;
    private final CoverageTables coverage;

    CellCompiler(AnalysisPlan plan, Layout layout, CoverageTables coverage) {
        this.plan = plan;
        this.layout = layout;
        this.coverage = coverage;
    }

    /** The leaves as they are to be said, and why not: within the coverage 0 over nothing, outside of it no value. */
    Select<?> known(Table<?> collapsed) {
        var columns = new ArrayList<Field<?>>();
        layout.cellColumns().forEach(column -> columns.add(of(collapsed, column)));
        for (int index = 0; index < plan.leaves().size(); index++) {
            var leaf = plan.leaves().get(index);
            var read = LeafColumns.of(index, leaf);
            var value = value(leaf, of(collapsed, read));
            columns.add(value.as(read));
            columns.add(
                    when(
                                    value.isNull(),
                                    coalesce(
                                            coverage.outside(leaf),
                                            CoverageTables.text(Absence.NO_DATA)))
                            .as(reasonOf(index)));
        }
        if (readsBucketEdge()) {
            columns.addAll(
                    List.of(
                            BucketTable.START,
                            BucketTable.END,
                            BucketTable.START_DATE,
                            BucketTable.END_DATE));
        }
        return select(columns)
                .from(collapsed)
                .join(BucketTable.TABLE)
                .on(BucketTable.ORDINAL.eq(BucketTable.ordinal(collapsed)));
    }

    private Field<?> value(Leaf leaf, Field<Object> read) {
        var isInside = coverage.outside(leaf).isNull();
        var nothing = LeafColumns.overNothing(leaf);
        if (plan.scans().get(leaf.scan()).relation() instanceof Relation.Members) {
            return when(
                    isInside,
                    nothing.<Field<Object>>map(zero -> coalesce(read, zero)).orElse(read));
        }
        return nothing.<Field<Object>>map(zero -> coalesce(read, when(isInside, zero)))
                .orElse(read);
    }

    /** The outputs; cells that having does not let through are left out. */
    Select<?> answer(Table<?> known) {
        var exprs = new ExprCompiler(new CellColumns());
        var reasons = new ReasonCompiler(exprs, CellCompiler::reasonOf);
        var columns = new ArrayList<>(layout.cellColumns());
        for (int index = 0; index < plan.outputs().size(); index++) {
            var output = plan.outputs().get(index);
            columns.add(
                    exprs.as(output.value().type().kind(), output.value())
                            .as(OutputColumns.value(index, output)));
            columns.add(
                    number(exprs, output.numerator()).as(OutputColumns.numerator(index, output)));
            columns.add(
                    number(exprs, output.denominator())
                            .as(OutputColumns.denominator(index, output)));
            columns.add(sampleSize(exprs, output).as(OutputColumns.sampleSize(index)));
            columns.add(reasons.reason(output.value()).as(OutputColumns.reason(index)));
        }
        var having =
                plan.having().equals(Expr.TRUE)
                        ? DSL.noCondition()
                        : Layout.KIND
                                .ne(Codes.field(RowKind.CELL))
                                .or(exprs.condition(plan.having()));
        return select(columns).from(known).where(having);
    }

    private static Field<?> number(ExprCompiler exprs, @Nullable Expr expr) {
        return expr == null
                ? castNull(SQLDataType.NUMERIC)
                : exprs.number(expr, expr.type().kind());
    }

    private static Field<?> sampleSize(ExprCompiler exprs, Output output) {
        return output.sampleSize() == null
                ? castNull(SQLDataType.BIGINT)
                : exprs.field(output.sampleSize());
    }

    private boolean readsBucketEdge() {
        return plan.outputs().stream()
                        .flatMap(output ->
                                java.util.stream.Stream.of(
                                        output.value(), output.numerator(), output.denominator()))
                        .filter(java.util.Objects::nonNull)
                        .anyMatch(expr -> Exprs.any(expr, Expr.BucketEdge.class::isInstance))
                || Exprs.any(plan.having(), Expr.BucketEdge.class::isInstance);
    }

    private static Field<String> reasonOf(int leaf) {
        return DSL.field(name("r" + leaf), SQLDataType.CLOB);
    }

    private static Field<Object> of(Table<?> table, Field<?> column) {
        return SqlTypes.typed(
                DSL.field(
                        table.getUnqualifiedName().append(column.getUnqualifiedName()),
                        column.getDataType()));
    }

    /** Of one cell. */
    private final class CellColumns implements RowColumns {
        @Override
        public Field<?> leaf(Expr.LeafValue leaf) {
            return LeafColumns.of(leaf.leaf(), plan.leaves().get(leaf.leaf()));
        }

        @Override
        public Field<?> edge(Expr.BucketEdge edge) {
            var column = BucketTable.edge(edge);
            return DSL.field(column.getUnqualifiedName(), column.getDataType());
        }
    }
}
