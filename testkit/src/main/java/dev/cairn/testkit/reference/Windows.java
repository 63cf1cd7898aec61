package dev.cairn.testkit.reference;

import dev.cairn.domain.plan.Aggregation.Standing;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The windows that rows have of their own. */
final class Windows {
    private final AnalysisPlan plan;
    private final Rules rules;
    private final Evaluation evaluation;
    private final Knowledge knowledge;

    Windows(AnalysisPlan plan, Rules rules, Evaluation evaluation, Knowledge knowledge) {
        this.plan = plan;
        this.rules = rules;
        this.evaluation = evaluation;
        this.knowledge = knowledge;
    }

    /** Dates, or instants. */
    record Window(Relation.Facts facts, Object start, Object end, Instant over) {}

    /** That of a row; empty where the time is that it is relative to. */
    Optional<Window> of(Scan scan, Row row) {
        var window = Objects.requireNonNull(scan.window());
        var start = evaluation.value(window.start(), row);
        var end = evaluation.value(window.end(), row);
        var over = (Instant) evaluation.value(window.over(), row);
        return start == null || end == null || over == null
                ? Optional.empty()
                : Optional.of(new Window((Relation.Facts) scan.relation(), start, end, over));
    }

    boolean is(Standing standing, Optional<Window> of) {
        return of.filter(window -> is(standing, window)).isPresent();
    }

    private boolean is(Standing standing, Window window) {
        var coverage = knowledge.coverage(window.facts().source());
        boolean isBefore = rules.endsBeforeData(window.end(), coverage);
        return switch (standing) {
            case PENDING -> rules.isPending(window.end(), window.over(), coverage, plan);
            case BEFORE_DATA -> isBefore;
            case BEGINS_BEFORE_DATA ->
                    !isBefore && rules.beginsBeforeData(window.start(), coverage);
        };
    }

    /** Those of the facts that are in it. */
    List<Row> within(Optional<Window> of, List<Row> facts) {
        return facts.stream()
                .filter(fact -> of.filter(window -> isIn(fact, window)).isPresent())
                .toList();
    }

    private boolean isIn(Row fact, Window window) {
        var time =
                Objects.requireNonNull(fact.content())
                        .value(window.facts().placing().time().name());
        return time != null && rules.isInWindow(time, window.start(), window.end());
    }
}
