package dev.cairn.domain.plan;

import dev.cairn.domain.model.EntityRef;
import java.util.List;
import java.util.stream.Stream;

/** What touches have in common with the facts that they stand at. */
record TouchRules(BrokenRules broken, ExpressionRules expressions) {
    /** @param reaches how many times are read */
    void check(String place, Relation.Facts facts, Touches touches, int reaches) {
        var here = touches.here().rows();
        var there = touches.there().rows();
        broken.rule(
                facts.source().equals(here.source()) && facts.placing().equals(here.placing()),
                "%s: a touch is the fact of the row that it stands at",
                place);
        broken.rule(
                EntityRef.BUILT_IN.contains(touches.per()),
                "%s: a unit is an account or a user",
                place);
        broken.rule(
                here.time().type().kind() == there.time().type().kind(),
                "%s: both rows are at dates, or both at instants",
                place);
        broken.rule(
                touches.later().same().size() == touches.earlier().same().size(),
                "%s: both rows have the same in common",
                place);
        broken.rule(
                touches.others().stream().allMatch(field -> field.source().equals(there.source())),
                "%s: the other fields are of the other row",
                place);
        broken.rule(
                touches.besides() >= 0 && touches.besides() < reaches,
                "%s: there is a time in which the other rows are read",
                place);
        for (var side : List.of(touches.later(), touches.earlier())) {
            side.expressions()
                    .forEach(
                            expr -> expressions.fact(place + ", side", expr, side.rows().source()));
        }
        Stream.ofNullable(touches.end())
                .forEach(end ->
                        expressions.fact(
                                place + ", end of the span",
                                end,
                                touches.earlier().rows().source()));
    }
}
