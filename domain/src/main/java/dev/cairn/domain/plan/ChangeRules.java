package dev.cairn.domain.plan;

import dev.cairn.domain.model.EntityRef;

/** What changes are made of. */
record ChangeRules(BrokenRules broken, ExpressionRules expressions) {
    /** @param reaches how many times are read */
    void check(String place, Relation.Facts facts, Changes changes, int reaches) {
        var rows = changes.rows();
        broken.rule(
                facts.source().equals(rows.source())
                        && facts.placing().equals(new Placing.At(changes.at())),
                "%s: a change is of the source that it is read of, at its own time",
                place);
        broken.rule(
                EntityRef.BUILT_IN.contains(changes.per()),
                "%s: a unit is an account or a user",
                place);
        broken.rule(
                changes.until().type().equals(rows.time().type()),
                "%s: rows are in force between dates, or between instants",
                place);
        broken.rule(
                changes.value().type().isNumber(), "%s: numbers are added, and no others", place);
        broken.rule(
                changes.besides() >= 0 && changes.besides() < reaches,
                "%s: there is a time in which a gap may end",
                place);
        changes.expressions()
                .forEach(expr -> expressions.fact(place + ", rows", expr, rows.source()));
        var end = changes.endOfGap(rows.time());
        if (end != null) {
            expressions.fact(place + ", end of the gap", end, rows.source());
        }
    }
}
