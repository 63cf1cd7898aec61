package dev.cairn.application.service;

import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.application.port.in.ReviseMetricUseCase;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;

/** Takes the metric in force, changes it, and defines that. */
public final class ReviseMetricService implements ReviseMetricUseCase {
    private static final int ANY_NUMBER = 0;

    private final BrowseCatalogUseCase catalogs;
    private final DefineUseCase definitions;

    public ReviseMetricService(BrowseCatalogUseCase catalogs, DefineUseCase definitions) {
        this.catalogs = catalogs;
        this.definitions = definitions;
    }

    @Override
    public Outcome revise(Revision revision, Author author) {
        if (revision.expectedVersion() < 1) {
            return rejected(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of("expectedVersion"),
                            "Versions begin at 1, %s is none.",
                            revision.expectedVersion()));
        }
        if (revision.isEmpty()) {
            return rejected(
                    Problem.of(
                            ProblemCode.MISSING,
                            Place.of("formula"),
                            "Nothing is changed; give 'formula', 'minSample' or 'clusteredByAccount'."));
        }
        var catalog = catalogs.catalog();
        return catalog.metric(revision.metric())
                .map(metric -> define(revised(metric, revision), revision, author))
                .orElseGet(() -> rejected(unknown(revision.metric(), catalog)));
    }

    private static Metric revised(Metric metric, Revision revision) {
        var sample = metric.sample();
        var least = revision.least();
        var clustered = revision.clustered();
        var changed =
                new Metric.Sample(
                        least == null ? sample.least() : least == ANY_NUMBER ? null : least,
                        clustered == null
                                ? sample.cluster()
                                : clustered ? Metric.Cluster.ACCOUNT : null,
                        sample.trust());
        var formula = revision.formula();
        return (formula == null ? metric : metric.withFormula(formula)).with(changed);
    }

    private Outcome define(Metric metric, Revision revision, Author author) {
        var draft = new Draft(metric, Place.NOWHERE, revision.expectedVersion());
        return switch (definitions.define(
                new Request(List.of(draft), false, revision.validateOnly()).by(author))) {
            case DefineUseCase.Outcome.Applied(var changes) ->
                    new Outcome.Revised(metric, changes.getFirst().version());
            case DefineUseCase.Outcome.Rejected(var problems) -> new Outcome.Rejected(problems);
        };
    }

    private static Problem unknown(String metric, Catalog catalog) {
        return Problem.of(ProblemCode.UNKNOWN_METRIC, Place.of("key"), "No metric '%s'.", metric)
                .suggesting(catalog.nearest(metric, Metric.class));
    }

    private static Outcome rejected(Problem problem) {
        return new Outcome.Rejected(List.of(problem));
    }
}
