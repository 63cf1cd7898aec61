package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import java.util.List;

/**
 * One reading of a relation, shared by all leaves that read the same.
 *
 * @param reach index of the time that is read for each bucket, in {@link Timeline#reaches}
 * @param where holds for every leaf of it: the question's filter, cohort and scope; true keeps a row
 * @param keys the group keys of the question, as this relation reads them
 */
public record Scan(Relation relation, int reach, Expr where, List<Expr> keys) {
    public Scan {
        keys = List.copyOf(keys);
    }
}
