package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityRef;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Table;

/** A condition over the key and the attributes of accounts, for statements about accounts that are no plan. */
public final class AccountFilter {
    private final Expr where;

    public AccountFilter(Expr where) {
        this.where = where;
    }

    /** The table {@code account}, with {@code attribute_account} beside it where the condition reads it. */
    public Table<?> accounts() {
        return MemberTables.of(EntityRef.ACCOUNT, Reads.of(Stream.of(where)));
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
