package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.GuardStandingsUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.guard.Guard;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Says beside an answer which of its metrics got better while their counter-metrics got worse, where that is known; nothing is asked for it. */
public final class GuardedAnalyses implements AnalyzeUseCase {
    static final String COUNTER_MOVED = "COUNTER_MOVED";

    private final AnalyzeUseCase analyses;
    private final GuardStandingsUseCase guards;

    public GuardedAnalyses(AnalyzeUseCase analyses, GuardStandingsUseCase guards) {
        this.analyses = analyses;
        this.guards = guards;
    }

    @Override
    public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
        return guarded(analyses.analyze(query, caller, deadline), caller);
    }

    @Override
    public List<Supplier<Outcome>> together(
            List<AnalysisQuery> queries, Caller caller, Deadline deadline) {
        return analyses.together(queries, caller, deadline).stream()
                .<Supplier<Outcome>>map(asked -> () -> guarded(asked.get(), caller))
                .toList();
    }

    private Outcome guarded(Outcome outcome, Caller caller) {
        return switch (outcome) {
            case Outcome.Answered(var result) ->
                    new Outcome.Answered(result.withNotices(notices(result, caller)));
            case Outcome.Rejected rejected -> rejected;
        };
    }

    private List<Notice> notices(AnalysisResult result, Caller caller) {
        if (result.knownAt() != null
                || result.columns().stream().allMatch(column -> column.metric() == null)) {
            return result.notices();
        }
        var standings = guards.standings(caller);
        var notices = new ArrayList<>(result.notices());
        for (var column : result.columns()) {
            Stream.ofNullable(column.metric())
                    .flatMap(metric -> standings.of(metric).stream())
                    .filter(Guard::isTripped)
                    .filter(guard -> isOver(guard, result))
                    .forEach(guard -> notices.add(notice(guard, column)));
        }
        return notices;
    }

    /** As of an earlier moment it was not known yet. */
    private static boolean isOver(Guard guard, AnalysisResult result) {
        return !result.asOf().isBefore(guard.until().atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private static Notice notice(Guard guard, Column column) {
        return new Notice(COUNTER_MOVED, guard.words(), column.key());
    }

    @Override
    public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
        return analyses.members(query, caller, deadline);
    }

    @Override
    public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
        return analyses.explain(query, caller, deadline);
    }
}
