package dev.cairn.domain.separation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.separation.Separation.Verdict;
import dev.cairn.domain.separation.SeparationQuestion.When;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who succeeds is drawn by lot, and forty metrics go by the size of accounts, of which few are large: amounts, counts of which many are nothing, shares, and yes or no. Whatever an audit finds worth acting
 * on is a false alarm.
 */
class AuditOfNoiseTest {
    private static final int METRICS = 40;
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
    private static final SeparationQuestion QUESTION =
            new SeparationQuestion(
                    new SeparationQuery(
                            new MetricReference.ByKey("m0"),
                            "s",
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
                            null),
                    new Success(
                            "s",
                            "S",
                            "",
                            null,
                            "true",
                            new Window.Dates(MARCH, MARCH.plusMonths(3)),
                            "seats"),
                    List.of(),
                    new When.Dates(MARCH.minusDays(90), MARCH, MARCH, MARCH.plusMonths(3)),
                    "started_on",
                    Instant.EPOCH);

    /** Of so many audits, how many name a metric to act on: as they stand, and had they not been corrected for their number. */
    private record Alarms(int audits, int corrected, int uncorrected) {
        static Alarms of(int audits, long seed) {
            var random = new SplittableRandom(seed);
            int corrected = 0;
            int uncorrected = 0;
            for (int run = 0; run < audits; run++) {
                var rows = rows(random.split());
                uncorrected += isAlarm(rows) ? 1 : 0;
                corrected += isAlarm(MetricAudit.ranked(rows)) ? 1 : 0;
            }
            return new Alarms(audits, corrected, uncorrected);
        }

        private static boolean isAlarm(List<MetricAudit.Row> rows) {
            return rows.stream().anyMatch(row -> row.verdict() == Verdict.ACTIONABLE);
        }
    }

    private static List<MetricAudit.Row> rows(SplittableRandom random) {
        int accounts = random.nextInt(70, 160);
        double rate = random.nextDouble(0.4, 0.6);
        var sizes = new double[accounts];
        for (int at = 0; at < accounts; at++) {
            sizes[at] = Math.exp(1.2 * random.nextGaussian());
        }
        var keys = new ArrayList<>(List.of(SeparationQuestion.TENURE, SeparationQuestion.SIZE));
        IntStream.range(0, METRICS).forEach(metric -> keys.add("m" + metric));
        var features = new Sample.Builder(keys, 0);
        var labels = new Sample.Builder(List.of(SeparationQuestion.LABEL), 0);
        for (int at = 0; at < accounts; at++) {
            features.account("a" + at, List.of());
            take(features, 0, MARCH.toEpochDay() - random.nextInt(30, 2_000));
            take(features, 1, sizes[at]);
            for (int metric = 0; metric < METRICS; metric++) {
                take(features, 2 + metric, value(metric, sizes[at], random));
            }
            labels.account("a" + at, List.of());
            take(labels, 0, random.nextDouble() < rate ? 1 : 0);
        }
        var separations =
                Separations.of(
                        QUESTION, features.sample(Instant.EPOCH), labels.sample(Instant.EPOCH));
        return IntStream.range(0, METRICS)
                .mapToObj(metric ->
                        separations.row(
                                CatalogBuilder.metricOf(
                                        "m" + metric, Metric.Level.CELL, null, "count(event)"),
                                false,
                                List.of(),
                                null,
                                List.of()))
                .toList();
    }

    private static void take(Sample.Builder sample, int column, double value) {
        sample.value(column, value, Double.NaN, Double.NaN, null, true);
    }

    private static double value(int metric, double size, SplittableRandom random) {
        double amount = size * Math.exp(random.nextGaussian());
        return switch (metric % 4) {
            case 0 -> amount;
            case 1 -> Math.floor(amount);
            case 2 -> random.nextInt(11) / 10.0;
            default -> random.nextInt(3) == 0 ? 1 : 0;
        };
    }

    @Test
    void an_audit_of_noise_is_quiet() {
        var alarms = Alarms.of(100, 20);

        assertThat(alarms.corrected()).as(alarms.toString()).isLessThanOrEqualTo(5);
        assertThat(alarms.uncorrected()).as(alarms.toString()).isGreaterThan(5);
    }

    @Test
    @Tag("long")
    void so_are_two_thousand() {
        var alarms = Alarms.of(2_000, 21);

        assertThat(alarms.corrected()).as(alarms.toString()).isLessThanOrEqualTo(100);
        assertThat(alarms.uncorrected()).as(alarms.toString()).isGreaterThan(100);
    }

    /** What is found is what is there. */
    @Test
    void a_metric_that_goes_by_who_succeeds_is_heard() {
        var random = new SplittableRandom(22);
        var features = new Sample.Builder(List.of("m0"), 0);
        var labels = new Sample.Builder(List.of(SeparationQuestion.LABEL), 0);
        for (int at = 0; at < 200; at++) {
            features.account("a" + at, List.of());
            labels.account("a" + at, List.of());
            take(features, 0, Math.exp(random.nextGaussian()) * (at % 3 == 0 ? 3 : 1));
            take(labels, 0, at % 3 == 0 ? 1 : 0);
        }
        var row =
                Separations.of(
                                QUESTION,
                                features.sample(Instant.EPOCH),
                                labels.sample(Instant.EPOCH))
                        .row(
                                CatalogBuilder.metricOf(
                                        "m0", Metric.Level.CELL, null, "count(event)"),
                                false,
                                List.of(),
                                null,
                                List.of());
        assertThat(MetricAudit.ranked(List.of(row)).getFirst().verdict())
                .isEqualTo(Verdict.ACTIONABLE);
    }
}
