package dev.cairn.adapters.persistence.fact;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** A table of one transaction: the account and user of each fact that it put out of force. */
final class ReplacedFacts {
    private static final Name NAME = DSL.name("replaced");
    static final Field<Long> ACCOUNT_ID = DSL.field(NAME.append("account_id"), SQLDataType.BIGINT);
    static final Field<Long> USER_ID = DSL.field(NAME.append("user_id"), SQLDataType.BIGINT);

    private ReplacedFacts() {}

    static Table<Record> table() {
        return DSL.table(NAME);
    }

    static void create(DSLContext transaction) {
        transaction
                .createTemporaryTable(NAME)
                .column(ACCOUNT_ID.getUnqualifiedName(), ACCOUNT_ID.getDataType())
                .column(USER_ID.getUnqualifiedName(), USER_ID.getDataType())
                .onCommitDrop()
                .execute();
    }
}
