package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.ImpactUseCase;
import dev.cairn.application.port.in.SeparateUseCase;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.impact.ImpactQuery;
import dev.cairn.domain.impact.ImpactQuery.Unit;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.separation.SeparationQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names that are not known are told beside options that are wrong, and nothing is read. */
class AllThatIsWrongTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-07-01T00:00:00Z"), ZoneOffset.UTC);

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Workers workers = new Workers(threads, threads, threads, Long.MAX_VALUE);
    private final Catalogs catalogs = new Catalogs(new MemoryStore(Catalog.empty()));
    private final AnalyzeService analyses =
            new AnalyzeService(catalogs, new Unread(), CLOCK, workers);
    private final AccountSample samples =
            new AccountSample(
                    (_, _, _, _, _) -> {
                        throw new AssertionError("Nothing is to be read.");
                    },
                    9);

    /** Reads nothing. */
    private static final class Unread implements AnalysisExecutor {
        @Override
        public Capabilities capabilities() {
            return Capabilities.ALL;
        }

        @Override
        public Answer execute(AnalysisPlan plan, Duration limit) {
            throw new AssertionError("Nothing is to be read.");
        }

        @Override
        public Map<String, LocalDate> coverageStarts(
                Set<String> sources, @Nullable Instant knownAt) {
            return Map.of();
        }

        @Override
        public String describe(AnalysisPlan plan) {
            return "unread";
        }
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static List<String> told(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.code() + " " + String.join(".", problem.place().path()))
                .toList();
    }

    private static List<String> told(SeparateUseCase.Outcome<?> outcome) {
        return outcome instanceof SeparateUseCase.Outcome.Rejected<?>(var problems)
                ? told(problems)
                : List.of();
    }

    private static SeparationQuery separation() {
        return new SeparationQuery(
                new MetricReference.Inline("count(clck)"),
                "mny",
                null,
                null,
                0,
                "seets > 2",
                new CohortReference.ByKey("payng"),
                "account.plam",
                List.of(),
                99,
                false,
                ZoneOffset.UTC,
                null);
    }

    private SeparateService separations() {
        return new SeparateService(
                catalogs,
                new BrowseCatalogService(catalogs, (_, _, _) -> List.of(), workers),
                analyses,
                samples,
                CLOCK,
                workers);
    }

    @Test
    void of_a_separation() {
        assertThat(told(separations().separate(separation(), Caller.LOCAL, Deadline.NEVER)))
                .containsExactly(
                        "UNKNOWN_FIELD success",
                        "BAD_VALUE slices",
                        "BAD_VALUE days",
                        "UNKNOWN_SOURCE metric",
                        "UNKNOWN_COHORT cohort",
                        "UNKNOWN_FIELD where",
                        "UNKNOWN_DIMENSION segment");
    }

    @Test
    void of_an_audit() {
        assertThat(told(separations().audit(separation(), Caller.LOCAL, Deadline.NEVER)))
                .containsExactly(
                        "UNKNOWN_FIELD success",
                        "BAD_VALUE days",
                        "UNKNOWN_COHORT cohort",
                        "UNKNOWN_FIELD where");
    }

    @Test
    void of_an_impact() {
        var query =
                new ImpactQuery(
                        List.of(new AskedMetric(new MetricReference.ByKey("clicsk"), null)),
                        null,
                        "new-editor",
                        new CohortReference.Rule("seets > 2"),
                        null,
                        0,
                        0,
                        ZoneOffset.UTC,
                        "click.nme = 'x'",
                        null,
                        false,
                        null,
                        Unit.ACCOUNT,
                        false,
                        null);
        var impacts = new ImpactService(catalogs, analyses, samples, CLOCK);
        assertThat(impacts.impact(query, Caller.LOCAL, Deadline.NEVER))
                .isInstanceOfSatisfying(
                        ImpactUseCase.Outcome.Rejected.class,
                        rejected ->
                                assertThat(told(rejected.problems()))
                                        .containsExactly(
                                                "BAD_VALUE windowDays",
                                                "UNKNOWN_SOURCE change",
                                                "UNKNOWN_METRIC metrics.0.metric.key",
                                                "UNKNOWN_FIELD treated",
                                                "UNKNOWN_DIMENSION where"));
    }
}
