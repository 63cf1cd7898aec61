package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Computes values that a row reads in several places once, as columns of lateral tables beside it: copied into each place they could make a statement
 * of any size. A value that reads another one stands in a later table. {@code OFFSET 0} keeps PostgreSQL from inlining them.
 */
final class CommonValues {
    private final Map<Expr.Common, Field<?>> columns = new LinkedHashMap<>();
    private final Map<Expr.Common, Field<String>> reasons = new LinkedHashMap<>();
    private final Map<Expr.Common, Integer> levels = new LinkedHashMap<>();
    private final ExprCompiler exprs;
    private final @Nullable ReasonCompiler reasonCompiler;
    private Table<?> from;

    private CommonValues(
            Table<?> from,
            RowColumns row,
            Collection<? extends Expr> read,
            @Nullable BiFunction<ExprCompiler, CommonValues, ReasonCompiler> why) {
        this.from = from;
        this.exprs = new ExprCompiler(row, this);
        this.reasonCompiler = why == null ? null : why.apply(exprs, this);
        var tables = new TreeMap<Integer, List<Expr.Common>>();
        for (var common : Exprs.repeatedIn(read)) {
            int level = 1 + levelOf(common.value());
            levels.put(common, level);
            tables.computeIfAbsent(level, _ -> new ArrayList<>()).add(common);
        }
        tables.forEach(this::add);
    }

    /** @param read all expressions of the row that the statement reads */
    static CommonValues beside(Table<?> from, RowColumns row, Collection<? extends Expr> read) {
        return new CommonValues(from, row, read, null);
    }

    /** The same, each with the reason why it has no value. */
    static CommonValues withReasons(
            Table<?> from,
            RowColumns row,
            Collection<? extends Expr> read,
            BiFunction<ExprCompiler, CommonValues, ReasonCompiler> why) {
        return new CommonValues(from, row, read, why);
    }

    /** The rows with the columns beside them. */
    Table<?> from() {
        return from;
    }

    ExprCompiler exprs() {
        return exprs;
    }

    Optional<Field<?>> column(Expr.Common common) {
        return Optional.ofNullable(columns.get(common));
    }

    Optional<Field<String>> reason(Expr.Common common) {
        return Optional.ofNullable(reasons.get(common));
    }

    private int levelOf(Expr expr) {
        var known = expr instanceof Expr.Common common ? levels.get(common) : null;
        return known != null
                ? known
                : Exprs.operands(expr).stream().mapToInt(this::levelOf).max().orElse(0);
    }

    private void add(int level, List<Expr.Common> values) {
        var table = "common" + level;
        var computed = new ArrayList<Field<?>>();
        var named = new LinkedHashMap<Expr.Common, Field<?>>();
        var why = new LinkedHashMap<Expr.Common, Field<String>>();
        for (var common : values) {
            var value = exprs.field(common.value());
            var column = "c" + (columns.size() + named.size());
            computed.add(value.as(column));
            named.put(common, field(name(table, column), value.getDataType()));
            if (reasonCompiler != null) {
                var reason = reasonCompiler.reason(common.value());
                computed.add(reason.as("why_" + column));
                why.put(common, field(name(table, "why_" + column), reason.getDataType()));
            }
        }
        columns.putAll(named);
        reasons.putAll(why);
        from = from.crossJoin(lateral(select(computed).offset(inline(0)).asTable(table)));
    }
}
