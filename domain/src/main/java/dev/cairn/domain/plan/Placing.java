package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;

/** What puts a fact into the stretch of time that is read. */
public sealed interface Placing {
    /** The field that the facts are ordered by, and compared with the coverage of their source; a fact without it is never read. */
    Expr.Field time();

    /** The fact is at one time. */
    record At(Expr.Field time) implements Placing {}

    /**
     * The fact is valid at an edge of the stretch: it has begun before it, and does not end before it. So what begins at the edge is not in, and what ends
     * there still is. An edge after as-of is as-of.
     */
    record ValidAt(Validity validity, Edge edge) implements Placing {
        @Override
        public Expr.Field time() {
            return validity.from();
        }
    }

    /**
     * The fact is valid at some time of the stretch before as-of.
     *
     * @param always whether it is read in every stretch, valid or not, and also where it begins after as-of: what a row leads to
     */
    record ValidDuring(Validity validity, boolean always) implements Placing {
        public ValidDuring(Validity validity) {
            this(validity, false);
        }

        @Override
        public Expr.Field time() {
            return validity.from();
        }
    }

    /**
     * From when until when a fact is valid, half-open: never where it ends when it begins, or sooner.
     *
     * @param until of the same type; a fact without it does not end
     */
    record Validity(Expr.Field from, Expr.Field until) {}

    enum Edge {
        /** Of a stretch that has a start. */
        START,
        END
    }
}
