package dev.cairn.adapters.persistence.schema;

import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;

/** Distinguishes a lost database from a bug, for every statement. The message leaves the SQL out; jOOQ logs it if its log level says so. */
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
