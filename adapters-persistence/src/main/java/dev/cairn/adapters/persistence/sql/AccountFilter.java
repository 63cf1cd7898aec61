package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.EntityRef;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** A condition over the key and the attributes of accounts, for statements about accounts that are no plan. */
public final class AccountFilter {
    private final Expr where;

    public AccountFilter(Expr where) {
        this.where = where;
    }

    /**
     * With what the condition reads by links of accounts.
     *
     * @param accounts the table of them, with that of their attributes beside it
     */
    public Table<?> beside(Table<?> accounts) {
        var reads = Reads.of(Stream.of(where));
        return FurtherLinks.beside(
                accounts,
                new MemberTables.Columns(EntityRef.ACCOUNT),
                reads.further(),
                reads.toAttributes(),
                MemberTables.account(EntityRef.ACCOUNT),
                (_, _) -> DSL.noCondition(),
                null);
    }

    /** Whether it reads rows of sources that links lead to, which may stay in tables of their own. */
    public boolean readsRows() {
        return Exprs.any(
                where,
                part ->
                        part instanceof Expr.Linked linked
                                && linked.hops().stream().anyMatch(hop -> hop.row().isPresent()));
    }

    /** True keeps an account; the reserved one is none. */
    public Condition condition() {
        var columns = new MemberTables.Columns(EntityRef.ACCOUNT);
        var one = select(inline(1)).asTable("one");
        var common = CommonValues.beside(one, columns, List.of(where));
        var condition = common.exprs().condition(where);
        return MemberTables.isMember(EntityRef.ACCOUNT)
                .and(
                        common.from() == one
                                ? condition
                                : exists(selectOne().from(common.from()).where(condition)));
    }
}
