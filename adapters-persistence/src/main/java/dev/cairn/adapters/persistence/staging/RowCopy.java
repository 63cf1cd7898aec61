package dev.cairn.adapters.persistence.staging;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Brings rows into a table of the transaction by COPY, batch by batch. */
public final class RowCopy {
    private final DSLContext transaction;
    private final Name table;
    private final CopyBatch batch = new CopyBatch();

    public RowCopy(DSLContext transaction, Name table) {
        this.transaction = transaction;
        this.table = table;
    }

    /** @param values one per column of the table, as {@link Storable} gives them */
    public void add(List<@Nullable Object> values) {
        batch.add(values);
        if (batch.length() >= Staging.BATCH_BYTES) {
            flush();
        }
    }

    /** Stores what was added. */
    public void flush() {
        if (batch.isEmpty()) {
            return;
        }
        transaction.connection(connection ->
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "copy %s from stdin (format binary)"
                                        .formatted(transaction.render(table)),
                                batch.complete()));
        batch.clear();
    }
}
