package dev.cairn.adapters.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailedQueryTest {
    @Test
    void a_question_that_cannot_be_answered_fails_in_a_sentence() {
        assertThat(failed(Reason.TIMEOUT)).contains("longer than is allowed");
        assertThat(failed(Reason.NUMBER_OUT_OF_RANGE)).contains("larger than");
        assertThat(failed(Reason.TOO_LARGE)).contains("larger than the database reads");
    }

    @Test
    void what_is_given_up_half_way_took_too_long_and_is_no_bug() {
        assertThat(failed(new Cancelled())).isEqualTo(failed(Reason.TIMEOUT));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void an_explanation_that_fails_reports_the_same(Reason reason) {
        var failing = new Failing(new AnalysisFailed(reason, new IllegalStateException("planted")));

        var said = FakeCairn.with(failing).execute("explain", "nps", "--range=2026");

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.errors()).isEqualTo(failed(reason));
    }

    @Test
    void a_database_that_gives_way_under_a_command_is_a_sentence_and_no_bug() {
        assertThat(
                        failed(
                                new StoreFailed(
                                        "The database was stopped. Start it.", new IOException())))
                .isEqualTo("cairn: The database was stopped. Start it.\n");
    }

    private static String failed(Reason reason) {
        return failed(new AnalysisFailed(reason, new IllegalStateException("planted")));
    }

    private static String failed(RuntimeException failure) {
        var said = FakeCairn.with(new Failing(failure)).execute("query", "nps", "--range=2026");
        assertThat(said.exit()).isEqualTo(3);
        return said.errors();
    }

    private record Failing(RuntimeException failure) implements AnalyzeUseCase {
        @Override
        public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
            throw failure;
        }

        @Override
        public List<Supplier<Outcome>> together(
                List<AnalysisQuery> queries, Caller caller, Deadline deadline) {
            throw failure;
        }

        @Override
        public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
            throw failure;
        }

        @Override
        public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
            throw failure;
        }
    }
}
