package dev.cairn.adapters.persistence.sql;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Table;

/**
 * The rows of a relation, not yet filtered by the question.
 *
 * @param bucket ordinal of the bucket that a row is in
 * @param account id of its account, {@link StoreTables#NO_ACCOUNT} where it belongs to none
 * @param user id of its user, null where it belongs to none; ids of users are unique over all accounts
 * @param mayLackAccount whether there can be rows of no account
 */
record RowSet(
        Table<?> from,
        Condition where,
        Field<Integer> bucket,
        Field<Long> account,
        Field<Long> user,
        boolean mayLackAccount,
        RowColumns columns) {
    RowSet with(Table<?> other, RowColumns otherColumns) {
        return new RowSet(other, where, bucket, account, user, mayLackAccount, otherColumns);
    }

    /** Whether all rows are in one bucket, which then is no column. */
    boolean isOfOneBucket() {
        return bucket instanceof Param;
    }
}
