package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityRef;
import java.util.stream.IntStream;

/** What attempts at a sequence have in common with the facts that begin them. */
record AttemptRules(BrokenRules broken, ExpressionRules expressions) {
    void check(String place, Relation.Facts facts, Attempts attempts) {
        broken.rule(attempts.steps().size() > 1, "%s: a sequence has two steps at least", place);
        var first = attempts.inputs().getFirst();
        boolean beginsAnywhere = attempts.order() == Attempts.Order.UNORDERED;
        broken.rule(
                facts.source().equals(first.source())
                        && facts.placing().equals(first.placing())
                        && attempts.steps().stream()
                                .limit(beginsAnywhere ? attempts.steps().size() : 1)
                                .allMatch(step -> step.input() == 0),
                "%s: an attempt is the fact of its first step",
                place);
        broken.rule(
                EntityRef.BUILT_IN.contains(attempts.per()),
                "%s: a unit is an account or a user",
                place);
        broken.rule(
                attempts.inputs().stream()
                                .map(input -> input.time().type().kind())
                                .distinct()
                                .count()
                        == 1,
                "%s: all steps are at dates, or all at instants",
                place);
        broken.rule(
                attempts.inputs().stream().map(Attempts.Input::source).distinct().count()
                        == attempts.inputs().size(),
                "%s: each source of its steps is read once",
                place);
        broken.rule(
                attempts.steps().stream().map(step -> step.same().size()).distinct().count() == 1,
                "%s: all steps have the same in common",
                place);
        broken.rule(
                attempts.without().stream()
                        .allMatch(none ->
                                none.from() >= 1
                                        && none.from() < none.to()
                                        && none.to() <= attempts.steps().size()),
                "%s: what must not be lies between two steps",
                place);
        IntStream.range(0, attempts.inputs().size())
                .forEach(input ->
                        attempts.expressions(input)
                                .forEach(expr ->
                                        expressions.fact(
                                                place + ", step",
                                                expr,
                                                attempts.inputs().get(input).source())));
        edge(place, attempts.end().at(), first);
        edge(place, attempts.end().instant(), first);
        edge(place, attempts.end().day(), first);
    }

    private void edge(String place, Expr edge, Attempts.Input first) {
        expressions.fact(place + ", end of the span", edge, first.source());
    }
}
