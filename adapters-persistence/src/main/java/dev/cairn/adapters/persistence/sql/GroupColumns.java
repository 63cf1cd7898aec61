package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.AnalysisPlan.GroupKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/**
 * The columns of a group key.
 *
 * @param key as the plan says
 * @param kind code of a {@link GroupValue.Kind}; null, '' and no account are three
 * @param value null unless {@code kind} says that there is one
 * @param member whose key it is, if it is one: rows are grouped by the ids, as users of two accounts may have the same key, and the key is looked
 *     up for the few groups
 * @param ids of the member: of the account, and of the user
 */
record GroupColumns(
        GroupKey key,
        Field<Integer> kind,
        Field<Object> value,
        Optional<EntityRef> member,
        List<Field<Long>> ids) {

    static GroupColumns of(AnalysisPlan plan, int index) {
        var key = plan.keys().get(index);
        var member = member(plan, index);
        var ids = new ArrayList<Field<Long>>();
        member.ifPresent(entity -> {
            ids.add(id("a" + index));
            if (entity.isUser()) {
                ids.add(id("u" + index));
            }
        });
        return new GroupColumns(
                key,
                field(name("g" + index), SQLDataType.INTEGER),
                SqlTypes.typed(field(name("k" + index), SqlTypes.of(key.type().kind()))),
                member,
                ids);
    }

    private static Field<Long> id(String column) {
        return field(name(column), SQLDataType.BIGINT);
    }

    private static Optional<EntityRef> member(AnalysisPlan plan, int index) {
        var read = plan.cells().grouped().map(scan -> scan.keys().get(index)).distinct().toList();
        return read.size() == 1 && read.getFirst() instanceof Expr.Key(var entity)
                ? Optional.of(entity)
                : Optional.empty();
    }

    /** As rows are grouped. */
    List<Field<?>> stacked() {
        var columns = new ArrayList<Field<?>>(List.of(kind));
        columns.addAll(member.isPresent() ? ids : List.of(value));
        return columns;
    }

    /** As the answer has them. */
    List<Field<?>> known() {
        var columns = new ArrayList<Field<?>>(List.of(kind, value));
        columns.addAll(ids);
        return columns;
    }

    List<Field<?>> ofTotal() {
        var columns = new ArrayList<Field<?>>(List.of(Codes.field(GroupValue.Kind.TOTAL).as(kind)));
        stacked().stream().skip(1).forEach(column -> columns.add(castNull(column).as(column)));
        return columns;
    }

    /** @param expr the key as the scan of the rows reads it */
    List<Field<?>> ofRow(RowSet rows, ExprCompiler exprs, Expr expr) {
        return member.map(entity -> entity.isUser() ? ofUser(rows) : ofAccount(rows))
                .orElseGet(() -> {
                    var read =
                            known(
                                    SqlTypes.typed(exprs.as(key.type().kind(), expr)),
                                    rows,
                                    exprs,
                                    expr);
                    return List.of(
                            code(rows, read.isNull(), key.ofAccount() && Exprs.isOfAccount(expr))
                                    .as(kind),
                            read.as(value));
                });
    }

    /** A key that lacks a rate of exchange has no value, whatever would stand in for it. */
    private static Field<Object> known(
            Field<Object> read, RowSet rows, ExprCompiler exprs, Expr expr) {
        var gaps = new RateGaps(exprs, rows.columns()).of(expr);
        return gaps == RateGaps.NONE ? read : when(gaps.isNull(), read);
    }

    private List<Field<?>> ofAccount(RowSet rows) {
        if (!rows.mayLackAccount()) {
            return List.of(
                    Codes.field(GroupValue.Kind.VALUE).as(kind), rows.account().as(ids.getFirst()));
        }
        return List.of(
                code(rows, lacksAccount(rows), key.ofAccount()).as(kind),
                nullif(rows.account(), inline(StoreTables.NO_ACCOUNT)).as(ids.getFirst()));
    }

    /** Both ids are null where there is no user, so that those rows are one group. */
    private List<Field<?>> ofUser(RowSet rows) {
        return List.of(
                code(rows, rows.user().isNull(), false).as(kind),
                when(rows.user().isNotNull(), rows.account()).as(ids.getFirst()),
                rows.user().as(ids.getLast()));
    }

    /** A key has its own value also where there is no account; why it has none is asked only where it has none. */
    private static Field<Integer> code(RowSet rows, Condition isNone, boolean ofAccount) {
        var none =
                ofAccount && rows.mayLackAccount()
                        ? when(lacksAccount(rows), Codes.field(GroupValue.Kind.NO_ACCOUNT))
                                .otherwise(Codes.field(GroupValue.Kind.NONE))
                        : Codes.field(GroupValue.Kind.NONE);
        return when(isNone, none).otherwise(Codes.field(GroupValue.Kind.VALUE));
    }

    private static Condition lacksAccount(RowSet rows) {
        return rows.account().eq(inline(StoreTables.NO_ACCOUNT));
    }
}
