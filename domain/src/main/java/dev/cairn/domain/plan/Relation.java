package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityKind;
import java.util.List;

/** What gives rows. */
public sealed interface Relation {
    /**
     * The facts of a source that are in force, at a time field within the stretch of time that is read and before as-of.
     *
     * @param time field that places a fact in time; a fact without it is never read
     */
    record Facts(String source, Expr.Field time) implements Relation {}

    /**
     * The members whose existence overlaps the stretch of time that is read, with facts or without.
     *
     * <p>Inner leaves have their value over nothing whatever the coverage; that is decided by {@link Leaf#reads} of the leaf above.
     *
     * @param scans what is read for each member; a scan's keys are empty here, it is grouped by the member
     * @param leaves values of one member; {@link Expr.LeafValue} in the expressions of the scan over this relation point here
     */
    record Members(EntityKind entity, List<Scan> scans, List<Leaf> leaves) implements Relation {
        public Members {
            scans = List.copyOf(scans);
            leaves = List.copyOf(leaves);
        }
    }
}
