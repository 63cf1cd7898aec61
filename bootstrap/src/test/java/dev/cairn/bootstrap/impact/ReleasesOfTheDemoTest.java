package dev.cairn.bootstrap.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import dev.cairn.demo.Table;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.impact.Impact.OfMetric;
import dev.cairn.domain.impact.Impact.Reason;
import dev.cairn.domain.impact.Impact.Reason.Code;
import dev.cairn.domain.impact.Impact.Verdict;
import dev.cairn.domain.impact.ImpactFold;
import dev.cairn.domain.impact.ImpactFold.Samples;
import dev.cairn.domain.impact.ImpactQuery;
import dev.cairn.domain.impact.ImpactQuery.Unit;
import dev.cairn.domain.impact.ImpactQuestion;
import dev.cairn.domain.impact.ImpactWindows.Days;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.sample.Sample;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two releases of made-up companies, of which one is true to have helped Europe and one to have done nothing, counted from their files without a database: how many of the things that users do are
 * reports that they share.
 */
class ReleasesOfTheDemoTest {
    private static final String HELPED = "Guided setup";
    private static final String IDLE = "New dashboard";
    private static final int WINDOW = 56;

    /** Of each account and day, reports shared and things done. */
    private record Counted(Map<String, String> regions, Map<String, Map<LocalDate, long[]>> days) {
        static Counted of(Company company) {
            var regions = new TreeMap<String, String>();
            var tests = new HashSet<String>();
            var accounts = table(company, "account");
            for (var row : (Iterable<List<String>>) () -> accounts.rows().get()) {
                var key = text(accounts, row, "account_key");
                regions.put(key, text(accounts, row, "region"));
                if (text(accounts, row, "is_test").equals("true")) {
                    tests.add(key);
                }
            }
            regions.keySet().removeAll(tests);
            var days = new HashMap<String, Map<LocalDate, long[]>>();
            var events = table(company, "event");
            for (var row : (Iterable<List<String>>) () -> events.rows().get()) {
                var name = text(events, row, "name");
                if (!Set.of("", "login", "page_view").contains(name)
                        && !text(events, row, "is_automated").equals("true")) {
                    var day = LocalDate.parse(text(events, row, "occurred_at").substring(0, 10));
                    var counts =
                            days.computeIfAbsent(text(events, row, "account"), _ -> new HashMap<>())
                                    .computeIfAbsent(day, _ -> new long[2]);
                    counts[0] += name.equals("report_shared") ? 1 : 0;
                    counts[1]++;
                }
            }
            return new Counted(regions, days);
        }

        private static Table table(Company company, String target) {
            return company.tables().stream()
                    .filter(table -> table.target().equals(target))
                    .findFirst()
                    .orElseThrow();
        }

        private static String text(Table table, List<String> row, String field) {
            var value = row.get(table.header().indexOf(field));
            return value == null ? "" : value;
        }

        long[] in(String account, Days window) {
            var counts = new long[2];
            days.getOrDefault(account, Map.of())
                    .forEach((day, counted) -> {
                        if (!day.isBefore(window.from()) && day.isBefore(window.until())) {
                            counts[0] += counted[0];
                            counts[1] += counted[1];
                        }
                    });
            return counts;
        }

        Sample sample(Days window, List<String> groups) {
            var columns = new ArrayList<>(List.of("shared"));
            columns.addAll(groups);
            var sample = new Sample.Builder(columns, 0);
            regions.forEach((account, region) -> {
                var counts = in(account, window);
                boolean none = counts[1] == 0;
                sample.account(account, List.of());
                sample.value(
                        0,
                        none ? Double.NaN : (double) counts[0] / counts[1],
                        counts[0],
                        counts[1],
                        null,
                        true);
                for (int group = 0; group < groups.size(); group++) {
                    boolean isEurope = region.equals("Europe");
                    sample.value(
                            1 + group,
                            isEurope == (group == 0) ? 1 : 0,
                            Double.NaN,
                            Double.NaN,
                            null,
                            true);
                }
            });
            return sample.sample(Instant.EPOCH);
        }
    }

    private static OfMetric assessed(Company company, Counted counted, String release) {
        var changedOn =
                company.truths().story().stream()
                        .filter(happening -> happening.name().equals(release))
                        .findFirst()
                        .orElseThrow()
                        .on();
        var until = company.options().until();
        var query =
                new ImpactQuery(
                        List.of(new AskedMetric(new MetricReference.Inline("x"), "shared")),
                        changedOn,
                        null,
                        new CohortReference.Rule("account.region = 'Europe'"),
                        new CohortReference.Rule("account.region != 'Europe'"),
                        WINDOW,
                        0,
                        ZoneOffset.UTC,
                        null,
                        null,
                        false,
                        null,
                        Unit.ACCOUNT,
                        false,
                        null);
        var question =
                ImpactQuestion.of(query, Catalog.empty(), changedOn, null, Instant.EPOCH, until);
        var groups = question.before().metrics().stream().skip(1).map(AskedMetric::as).toList();
        var windows = question.windows();
        long[] all = new long[2];
        counted.regions()
                .forEach((account, region) -> {
                    if (region.equals("Europe")) {
                        var counts = counted.in(account, windows.before());
                        all[0] += counts[0];
                        all[1] += counts[1];
                    }
                });
        return ImpactFold.of(
                        question,
                        Catalog.empty(),
                        new Samples(
                                counted.sample(windows.prior(), List.of()),
                                counted.sample(windows.before(), groups),
                                counted.sample(windows.after(), List.of())),
                        together((double) all[0] / all[1]))
                .impact(Map.of(), null, release)
                .metrics()
                .getFirst();
    }

    private static AnalysisResult together(double value) {
        return new AnalysisResult(
                List.of(
                        new Column(
                                "shared",
                                "Shared",
                                Role.MEASURE,
                                ValueType.NUMBER,
                                null,
                                null,
                                null,
                                Direction.HIGHER)),
                List.of(
                        new Row(
                                RowKind.CELL,
                                List.of(
                                        new Cell.Value(
                                                new Measured(value, null, null, null, null),
                                                Set.of())),
                                List.of())),
                false,
                null,
                Instant.EPOCH,
                List.of());
    }

    private static Company company(long seed, long events) {
        var usual = Options.DEFAULT;
        return Company.of(new Options(seed, 250, usual.months(), events, usual.until()));
    }

    @Test
    void the_release_that_helped_is_found_and_the_one_that_did_nothing_is_not() {
        var company = company(Options.DEFAULT.seed(), 150_000);
        var counted = Counted.of(company);

        var helped = assessed(company, counted, HELPED);
        var idle = assessed(company, counted, IDLE);

        assertThat(helped.verdict()).as(helped.toString()).isEqualTo(Verdict.IMPROVED);
        assertThat(idle.verdict()).as(idle.toString()).isEqualTo(Verdict.NO_EVIDENCE);
    }

    /** Nowhere is the release that did nothing called a success or a failure. Of ten tests at 5 % one may be beyond chance without an effect: it has moved, and is said to suggest no more. */
    @Test
    @Tag("long")
    void so_it_is_for_ten_other_companies() {
        var idle = new ArrayList<OfMetric>();
        for (long seed = 1; seed <= 10; seed++) {
            var company = company(seed, 400_000);
            var counted = Counted.of(company);

            assertThat(assessed(company, counted, HELPED).verdict())
                    .as("seed " + seed)
                    .isEqualTo(Verdict.IMPROVED);
            idle.add(assessed(company, counted, IDLE));
        }
        assertThat(idle)
                .extracting(OfMetric::verdict)
                .isSubsetOf(Verdict.NO_EVIDENCE, Verdict.MOVED);
        assertThat(idle)
                .filteredOn(metric -> metric.verdict() == Verdict.MOVED)
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(metric ->
                        assertThat(metric.reasons())
                                .extracting(Reason::code)
                                .contains(Code.SUGGESTIVE));
    }
}
