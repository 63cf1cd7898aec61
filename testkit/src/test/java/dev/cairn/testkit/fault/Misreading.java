package dev.cairn.testkit.fault;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.catalog.Catalog;

/** A question as a planner would take it that gets a rule wrong. */
@FunctionalInterface
interface Misreading {
    /** As it is. */
    Misreading NONE = asked -> asked;

    Asked of(Asked asked);

    /** A question, and the definitions by which it is planned. */
    record Asked(AnalysisQuery query, Catalog catalog) {}
}
