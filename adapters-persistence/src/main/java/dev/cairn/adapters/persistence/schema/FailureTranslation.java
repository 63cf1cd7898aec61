package dev.cairn.adapters.persistence.schema;

import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;

/** Tells a database that has given way from a bug, in every statement; leaves the statement out of what is told: jOOQ logs it where its log level says so. */
final class FailureTranslation implements ExecuteListener {
    private static final long serialVersionUID = 1L;

    @Override
    public void exception(ExecuteContext context) {
        var failed = context.sqlException() == null ? context.exception() : context.sqlException();
        if (failed != null) {
            context.exception(StoreFailures.of(failed));
        }
    }
}
