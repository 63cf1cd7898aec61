package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityRef;
import java.util.List;
import org.jooq.Field;

/** A value of an account that is computed from its key and attributes, as a column of a statement that reads both tables of accounts. */
public final class AccountValue {
    private AccountValue() {}

    public static Field<?> of(Expr computed) {
        var one = select(inline(1)).asTable("one");
        var common =
                CommonValues.beside(
                        one, new MemberTables.Columns(EntityRef.ACCOUNT), List.of(computed));
        var value = common.exprs().field(computed);
        return common.from() == one ? value : field(select(value).from(common.from()));
    }
}
