package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Seal;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SealedAnalysesTest {
    private static final Caller ANN = new Caller("ann", null);
    private static final Caller BOB = new Caller("bob", null);

    /** Cursors that reached the question. */
    private final List<@Nullable String> read = new ArrayList<>();

    private final AnalyzeUseCase analyses = new SealedAnalyses(new Plain(), new Seal(new byte[32]));

    @Test
    void a_cursor_comes_back_as_the_planner_gave_it() {
        var first = cursor(analyses.analyze(question(null), ANN, Deadline.NEVER));
        analyses.analyze(question(first), ANN, Deadline.NEVER);
        analyses.explain(question(first), ANN, Deadline.NEVER);
        analyses.members(opened(first), ANN, Deadline.NEVER);

        assertThat(first).startsWith("plain.").isNotEqualTo("plain");
        assertThat(read).containsExactly(null, "plain", "plain", "plain");
    }

    @Test
    void a_cursor_that_was_made_up_or_of_another_caller_is_none() {
        var ofBob = cursor(analyses.analyze(question(null), BOB, Deadline.NEVER));
        read.clear();
        for (var cursor : List.of("plain", "", "plain.x", ofBob)) {
            analyses.analyze(question(cursor), ANN, Deadline.NEVER);
            analyses.members(opened(cursor), ANN, Deadline.NEVER);
            analyses.explain(question(cursor), ANN, Deadline.NEVER);
        }

        assertThat(read).hasSize(12).containsOnly(SealedAnalyses.NONE);
    }

    private static String cursor(AnalyzeUseCase.Outcome outcome) {
        return String.valueOf(((AnalyzeUseCase.Outcome.Answered) outcome).result().cursor());
    }

    private static AnalysisQuery question(@Nullable String after) {
        return AnalysisQuery.of(
                        List.of(),
                        new AskedRange.Between(
                                LocalDate.parse("2026-01-01"), LocalDate.parse("2026-02-01")),
                        ZoneOffset.UTC)
                .page(10, after);
    }

    private static MembersQuery opened(String after) {
        return MembersQuery.of(question(null), "key", "column").page(10, after);
    }

    private final class Plain implements OneByOne {
        private final Outcome answer =
                new Outcome.Answered(
                        new AnalysisResult(
                                List.of(), List.of(), true, "plain", Instant.EPOCH, List.of()));

        @Override
        public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
            read.add(query.after());
            return answer;
        }

        @Override
        public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
            read.add(query.after());
            return answer;
        }

        @Override
        public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
            read.add(query.after());
            return new Explanation(List.of(), List.of(), List.of(), null, null);
        }
    }
}
