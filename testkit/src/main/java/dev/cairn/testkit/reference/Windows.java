package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Aggregation.Standing;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.SubjectWindow;
import dev.cairn.domain.time.Bucket;
import java.time.Instant;
import java.time.LocalDate;
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

    /**
     * @param start a date, or an instant
     * @param end of the same kind
     * @param stretch its edges as instants and as dates
     * @param cuts where its tiles meet, from its end back; none where it is not cut
     */
    record Window(Relation relation, Object start, Object end, Stretch stretch, List<Object> cuts) {
        Relation.Facts facts() {
            return (Relation.Facts) relation;
        }
    }

    /** That of a row; empty where the time is that it is relative to. */
    Optional<Window> of(Scan scan, Row row) {
        var window = rules.window(Objects.requireNonNull(scan.window()));
        var start = evaluation.value(window.start().at(), row);
        var end = evaluation.value(window.end().at(), row);
        return start == null || end == null
                ? Optional.empty()
                : Optional.of(
                        new Window(
                                scan.relation(),
                                start,
                                end,
                                stretch(window, row),
                                window.cuts().stream().map(cut -> value(cut, row)).toList()));
    }

    private Stretch stretch(SubjectWindow window, Row row) {
        return new Stretch(
                row.stretch().of(),
                (Instant) value(window.start().instant(), row),
                (Instant) value(window.end().instant(), row),
                (LocalDate) value(window.start().day(), row),
                (LocalDate) value(window.end().day(), row),
                true);
    }

    private Object value(Expr edge, Row row) {
        return Objects.requireNonNull(evaluation.value(edge, row));
    }

    boolean is(Standing standing, Optional<Window> of) {
        return of.filter(window -> is(standing, window)).isPresent();
    }

    private boolean is(Standing standing, Window window) {
        var coverage = knowledge.coverage(window.facts().source());
        return standing == Standing.PENDING
                ? rules.isPending(window.end(), window.stretch().end(), coverage, plan)
                : switch (window.facts().placing()) {
                    case Placing.At _, Placing.ValidDuring _ ->
                            standing == Standing.BEFORE_DATA
                                    ? rules.endsBeforeData(window.end(), coverage)
                                    : rules.beginsBeforeData(window.start(), coverage);
                    case Placing.ValidAt(_, var edge) ->
                            rules.isBeforeData(at(edge, window), coverage);
                };
    }

    private static Object at(Placing.Edge edge, Window window) {
        return switch (edge) {
            case START -> window.start();
            case END -> window.end();
        };
    }

    /** Those of the facts that are in it, or valid in it. */
    List<Row> within(Optional<Window> of, List<Row> facts) {
        return of.map(window ->
                        facts.stream()
                                .filter(fact -> isIn(fact, window))
                                .map(fact -> fact.in(window.stretch()))
                                .toList())
                .orElse(List.of());
    }

    /** Whether a unit of time begins in it, and is one of its tiles where it is cut into some. */
    boolean hasUnit(Optional<Window> of, Bucket unit) {
        return of.filter(window ->
                        rules.isInWindow(unit.start(), window.start(), window.end())
                                && (window.cuts().isEmpty()
                                        || rules.isTile(unit.start(), unit.end(), window.cuts())))
                .isPresent();
    }

    private boolean isIn(Row fact, Window window) {
        var content = Objects.requireNonNull(fact.content());
        var placing = window.facts().placing();
        var time = content.value(placing.time().name());
        return time != null
                && switch (placing) {
                    case Placing.At _ -> rules.isInWindow(time, window.start(), window.end());
                    case Placing.ValidAt(var validity, var edge) ->
                            rules.isValidAt(
                                    time, content.value(validity.until().name()), at(edge, window));
                    case Placing.ValidDuring(var validity, _) ->
                            rules.isValidWithin(
                                    time,
                                    content.value(validity.until().name()),
                                    window.start(),
                                    window.end());
                };
    }
}
