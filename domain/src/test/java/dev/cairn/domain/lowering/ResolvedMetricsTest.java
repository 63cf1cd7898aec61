package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.lowering.ResolvedMetrics.Resolved;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Problem;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolvedMetricsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final Catalog SHOP =
            shop().metric("late", "count(event where happened >= @2026-01-15)")
                    .metric("mornings", "share(event : hour_of_day(happened) < 12)")
                    .metric(
                            "mixed",
                            "let a = events / 10 + warmth in case when a > 10 then a * nps_score else a - usage end")
                    .metric("broken", "count(nothing) + events")
                    .build();

    private static Optional<Resolved> found(ResolvedMetrics metrics, String name, ZoneId zone) {
        return metrics.find(SHOP.entry(name).orElseThrow(), zone, Cancellation.NEVER);
    }

    private static Planned plan(AnalysisQuery query, ResolvedMetrics metrics) {
        return Planner.plan(query, metrics, Caller.LOCAL, Question.NOW, Cancellation.NEVER);
    }

    @Test
    void a_metric_is_resolved_once_for_all_zones() {
        var metrics = new ResolvedMetrics(SHOP);

        assertThat(found(metrics, "mixed", BERLIN).orElseThrow())
                .isSameAs(found(metrics, "mixed", ZoneOffset.UTC).orElseThrow());
    }

    @Test
    void one_that_reads_the_zone_is_resolved_for_each() {
        var metrics = new ResolvedMetrics(SHOP);
        for (var name : new String[] {"late", "mornings"}) {
            var utc = found(metrics, name, ZoneOffset.UTC).orElseThrow();
            var berlin = found(metrics, name, BERLIN).orElseThrow();

            assertThat(utc.leaves().leaves()).isNotEqualTo(berlin.leaves().leaves());
            assertThat(found(metrics, name, ZoneOffset.UTC).orElseThrow()).isSameAs(utc);
        }
    }

    /** Whatever was asked before: other conditions, other groups, other zones. */
    @Test
    void a_question_has_the_same_plan_whatever_was_asked_before() {
        var metrics = new ResolvedMetrics(SHOP);
        for (var name : SHOP.names(Metric.class)) {
            for (var query :
                    new Question[] {
                        ask(name), ask(name).in("Europe/Berlin"), ask(name).where("plan = 'pro'"),
                        ask(name).by("account.internal"), ask(name, "events"), ask("events", name)
                    }) {
                assertThat(plan(query.query(), metrics))
                        .as("%s", query.query())
                        .isEqualTo(plan(query.query(), new ResolvedMetrics(SHOP)));
            }
        }
    }

    @Test
    void what_is_wrong_with_a_metric_is_told_wherever_it_is_asked_for() {
        var metrics = new ResolvedMetrics(SHOP);
        plan(ask("broken").query(), metrics);

        assertThat(plan(ask("events", "broken").query(), metrics))
                .isInstanceOfSatisfying(
                        Planned.Rejected.class,
                        rejected ->
                                assertThat(rejected.problems())
                                        .extracting(Problem::place)
                                        .extracting(place -> String.join("/", place.path()))
                                        .containsExactly("metrics/1/metric/key"));
    }

    @Test
    void nothing_is_kept_of_one_that_was_given_up() {
        var metrics = new ResolvedMetrics(SHOP);

        assertThatThrownBy(() ->
                        metrics.find(SHOP.entry("mixed").orElseThrow(), ZoneOffset.UTC, () -> true))
                .isInstanceOf(Cancellation.Cancelled.class);
        assertThat(found(metrics, "mixed", ZoneOffset.UTC)).isPresent();
    }

    /** A share whose condition names the mark takes test accounts in, a count beside it does not, though both count the same rows alone. */
    @Test
    void a_share_that_names_the_mark_of_test_accounts_does_not_change_a_count_beside_it() {
        var plan =
                formula("share(event : coalesce(account.internal, false)) + count(event)")
                        .planned(shop());

        assertThat(plan.leaves())
                .extracting(Leaf::where)
                .extracting(PlanWords::text)
                .containsExactly("true", "true", "not (account.internal is true)");
    }
}
