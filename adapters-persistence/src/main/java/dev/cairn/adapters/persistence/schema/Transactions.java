package dev.cairn.adapters.persistence.schema;

import dev.cairn.application.port.StoreFailed;
import org.jooq.ConnectionProvider;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DefaultTransactionProvider;

/** Tells a database that gives way at the commit from a bug: a commit is no statement that would be listened to. */
final class Transactions implements TransactionProvider {
    private final TransactionProvider usual;

    Transactions(ConnectionProvider connections) {
        this.usual = new DefaultTransactionProvider(connections);
    }

    @Override
    public void begin(TransactionContext context) {
        usual.begin(context);
    }

    @Override
    public void commit(TransactionContext context) {
        try {
            usual.commit(context);
        } catch (DataAccessException failed) {
            throw StoreFailures.of(failed) instanceof StoreFailed lost ? lost.atCommit() : failed;
        }
    }

    @Override
    public void rollback(TransactionContext context) {
        usual.rollback(context);
    }
}
