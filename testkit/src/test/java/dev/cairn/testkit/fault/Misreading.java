package dev.cairn.testkit.fault;

import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import java.util.function.UnaryOperator;

/** A question as a planner would take it that gets a rule wrong. */
@FunctionalInterface
interface Misreading {
    /** As it is. */
    Misreading NONE = asked -> asked;

    Asked of(Asked asked);

    /** A question, and the definitions by which it is planned. */
    record Asked(AnalysisQuery query, Catalog catalog) {}

    /** Who asks, as such a planner would take it. */
    default Caller by(Caller caller) {
        return caller;
    }

    /** A question as it is, asked by another. */
    static Misreading ofCaller(UnaryOperator<AccessScope> misread) {
        return new Misreading() {
            @Override
            public Asked of(Asked asked) {
                return asked;
            }

            @Override
            public Caller by(Caller caller) {
                var access = caller.access();
                return access == null
                        ? caller
                        : new Caller(caller.name(), caller.role(), misread.apply(access));
            }
        };
    }
}
