package dev.cairn.bootstrap.separation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.calibration.Calibration.Order;
import dev.cairn.domain.calibration.Calibration.Scored;
import dev.cairn.domain.calibration.CalibrationQuery;
import dev.cairn.domain.calibration.CalibrationQuery.Outcomes;
import dev.cairn.domain.calibration.Calibrations;
import dev.cairn.domain.calibration.ScoreBands;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.separation.MetricAudit;
import dev.cairn.domain.separation.Separation.Verdict;
import dev.cairn.domain.separation.SeparationQuery;
import dev.cairn.domain.separation.SeparationQuestion;
import dev.cairn.domain.separation.SeparationQuestion.Asked;
import dev.cairn.domain.separation.SeparationQuestion.When;
import dev.cairn.domain.separation.Separations;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * It is true of made-up companies that how engaged customers are decides whether they stay, and that logins, which go by seats and single sign-on, say nothing of it. What they did is counted from their
 * files without a database; that Cairn counts the same is in DemoTest.
 */
class MetricsOfTheDemoTest {
    private static final Map<String, ToDoubleFunction<CountedAccounts.Counted>> METRICS =
            new LinkedHashMap<>();

    static {
        METRICS.put("activity_per_seat", one -> (double) one.activities() / one.seats());
        METRICS.put("reports_per_seat", one -> (double) one.reports() / one.seats());
        METRICS.put("logins", CountedAccounts.Counted::logins);
        METRICS.put("logins_per_seat", one -> (double) one.logins() / one.seats());
    }

    private static Sample sample(
            CountedAccounts counted,
            Map<String, ToDoubleFunction<CountedAccounts.Counted>> columns) {
        var keys = new ArrayList<>(columns.keySet());
        var builder = new Sample.Builder(keys, 0);
        for (var account : counted.accounts()) {
            builder.account(account.account(), List.of());
            for (int column = 0; column < keys.size(); column++) {
                builder.value(
                        column,
                        columns.get(keys.get(column)).applyAsDouble(account),
                        Double.NaN,
                        Double.NaN,
                        null,
                        true);
            }
        }
        return builder.sample(Instant.EPOCH);
    }

    private static List<MetricAudit.Row> audit(CountedAccounts counted) {
        var query =
                new SeparationQuery(
                        new MetricReference.ByKey("logins"),
                        "stayed",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        0,
                        false,
                        ZoneOffset.UTC,
                        null);
        var success =
                new Success(
                        "stayed",
                        "Stayed",
                        "",
                        null,
                        "not exists(contract on decided_on where decision = 'lost')",
                        new Window.Dates(counted.from(), counted.until()),
                        "sum(paid_subscription at end : seats)");
        var question =
                new SeparationQuestion(
                        query,
                        success,
                        METRICS.keySet().stream().map(key -> new Asked(key, key, null)).toList(),
                        new When.Dates(
                                counted.from().minusDays(CountedAccounts.DAYS),
                                counted.from(),
                                counted.from(),
                                counted.until()),
                        "started_on",
                        Instant.EPOCH);
        var columns = new LinkedHashMap<>(METRICS);
        columns.put(SeparationQuestion.TENURE, one -> one.started().toEpochDay());
        columns.put(SeparationQuestion.SIZE, CountedAccounts.Counted::seats);
        var separations =
                Separations.of(
                        question,
                        sample(counted, columns),
                        sample(
                                counted,
                                Map.of(SeparationQuestion.LABEL, one -> one.stayed() ? 1 : 0)));
        return MetricAudit.ranked(
                METRICS.keySet().stream()
                        .map(key -> separations.row(metric(key), false, List.of(), null, List.of()))
                        .toList());
    }

    private static Metric metric(String key) {
        return new Metric(
                key,
                key,
                "",
                Metric.Level.CELL,
                null,
                "count(event)",
                null,
                Metric.Direction.HIGHER,
                null,
                null,
                null,
                false,
                Metric.Status.PUBLISHED);
    }

    private static Verdict verdict(List<MetricAudit.Row> audit, String metric) {
        return audit.stream()
                .filter(row -> row.metric().name().equals(metric))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private static CountedAccounts counted(long seed, int accounts, long events) {
        return CountedAccounts.of(
                Company.of(new Options(seed, accounts, 12, events, Options.DEFAULT.until())), 3);
    }

    /** Activity for each seat, in thirds of the customers, held against who stayed. */
    private static Scored calibrated(CountedAccounts counted) {
        var scores = new HashMap<String, double[]>();
        var stayed = new HashMap<String, Double>();
        for (var one : counted.accounts()) {
            scores.put(one.account(), new double[] {(double) one.activities() / one.seats()});
            stayed.put(one.account(), one.stayed() ? 1.0 : 0.0);
        }
        var sorted = scores.values().stream().mapToDouble(one -> one[0]).sorted().toArray();
        var bands =
                new ScoreBands(
                        List.of(
                                new Band("red", BigDecimal.valueOf(sorted[sorted.length / 3])),
                                new Band(
                                        "yellow",
                                        BigDecimal.valueOf(sorted[2 * sorted.length / 3])),
                                new Band("green", null)),
                        true);
        var within =
                new Outcomes.Within(
                        "not exists(contract on decided_on where decision = 'lost')",
                        true,
                        List.of(counted.from()),
                        92);
        var query =
                new CalibrationQuery(
                        "activity_per_seat",
                        null,
                        null,
                        List.of(),
                        within,
                        null,
                        null,
                        ZoneOffset.UTC,
                        null,
                        false);
        return new Calibrations(query, bands)
                .within(within, counted.from(), scores, stayed, Set.of())
                .scores()
                .getFirst();
    }

    private static void expectFewerLostOfBetterBands(Scored scored, String as) {
        assertThat(scored.bands()).hasSize(3);
        assertThat(scored.order()).as("%s: %s", as, scored.bands()).isEqualTo(Order.AS_EXPECTED);
        var red = scored.bands().getFirst();
        var green = scored.bands().getLast();
        assertThat(red.high()).as("%s: %s", as, scored.bands()).isLessThan(green.low());
        assertThat(Objects.requireNonNull(scored.auc()).low()).as(as).isGreaterThan(0.5);
    }

    @Test
    void what_tells_who_stays_is_actionable_band_by_band_and_the_popular_metric_is_vanity() {
        var counted = counted(Options.DEFAULT.seed(), 3_000, 300_000);
        var audit = audit(counted);

        assertThat(audit.getFirst().metric().name()).as(said(audit)).isEqualTo("activity_per_seat");
        assertThat(verdict(audit, "activity_per_seat"))
                .as(said(audit))
                .isEqualTo(Verdict.ACTIONABLE);
        assertThat(verdict(audit, "logins")).as(said(audit)).isEqualTo(Verdict.VANITY);
        assertThat(verdict(audit, "logins_per_seat"))
                .as(said(audit))
                .isNotEqualTo(Verdict.ACTIONABLE);
        expectFewerLostOfBetterBands(calibrated(counted), "default");
    }

    /** What docs/separation.md asks of the company that {@code cairn demo} makes. */
    @Test
    void so_it_is_of_the_company_that_everybody_begins_with() {
        var counted = CountedAccounts.ofSeats(Company.of(Options.DEFAULT), 9);
        var audit = audit(counted);

        assertThat(counted.accounts()).hasSize(156);
        assertThat(verdict(audit, "activity_per_seat"))
                .as(said(audit))
                .isEqualTo(Verdict.ACTIONABLE);
        assertThat(verdict(audit, "logins")).as(said(audit)).isEqualTo(Verdict.VANITY);
    }

    @Test
    @Tag("long")
    void so_it_is_for_ten_other_companies() {
        for (long seed = 1; seed <= 10; seed++) {
            var counted = counted(seed, 5_000, 500_000);
            var audit = audit(counted);

            assertThat(verdict(audit, "activity_per_seat"))
                    .as("seed %d: %s", seed, said(audit))
                    .isEqualTo(Verdict.ACTIONABLE);
            assertThat(verdict(audit, "logins"))
                    .as("seed %d: %s", seed, said(audit))
                    .isEqualTo(Verdict.VANITY);
            expectFewerLostOfBetterBands(calibrated(counted), "seed " + seed);
        }
    }

    private static String said(List<MetricAudit.Row> audit) {
        return audit.stream()
                .map(row ->
                        "%s %s %d/%d %s"
                                .formatted(
                                        row.metric().name(),
                                        row.verdict(),
                                        row.strength().successes(),
                                        row.strength().others(),
                                        row.strength().auc()))
                .toList()
                .toString();
    }
}
