package dev.cairn.bootstrap.wiring;

import dev.cairn.bootstrap.StartRefused;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in plain words why Cairn does not start, where the cause is known. */
final class StartFailures {
    private StartFailures() {}

    static final class Refused extends AbstractFailureAnalyzer<StartRefused> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, StartRefused cause) {
            return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
        }
    }

    static final class DatabaseOutOfReach extends AbstractFailureAnalyzer<PSQLException> {
        @Override
        protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PSQLException cause) {
            String state = cause.getSQLState();
            boolean connecting =
                    state != null
                            && (state.startsWith("08")
                                    || state.startsWith("28")
                                    || state.equals("3D000"));
            return connecting
                    ? new FailureAnalysis(
                            "The database cannot be reached: " + cause.getMessage(),
                            "Check spring.datasource.url, spring.datasource.username and spring.datasource.password.",
                            cause)
                    : null;
        }
    }
}
