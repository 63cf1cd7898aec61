package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.expression.Expr;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** A condition over the facts of a source in force, for statements about facts that are no plan. */
public record FactFilter(String source, Expr where) {
    /** Source key and account of each fact for which it is true. */
    public Select<Record2<UUID, Long>> facts() {
        var rows =
                CommonValues.beside(
                        FactRows.from(source, Reads.of(Stream.of(where))),
                        new FactRows.Columns(source),
                        List.of(where));
        return DSL.select(FactRows.SOURCE_KEY, FactRows.ACCOUNT)
                .from(rows.from())
                .where(FactRows.inForce())
                .and(rows.exprs().condition(where));
    }
}
