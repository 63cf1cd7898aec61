package dev.cairn.domain.impact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.cairn.domain.impact.Impact.Placebos;
import dev.cairn.domain.impact.Impact.Verdict;
import dev.cairn.domain.impact.ImpactFold.Samples;
import dev.cairn.domain.impact.ImpactQuery.Unit;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.sample.Sample;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often chance alone is taken for a change: by who sets it beside earlier days, and by who looks every day. */
class ImpactOfNoiseTest {
    private static final LocalDate CHANGED_ON = LocalDate.of(2026, 3, 2);
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final AskedMetric X = new AskedMetric(new MetricReference.Inline("x"), "x");

    // ---- moves at earlier days

    /** How the weeks of a company go on from one another. */
    private enum Weeks {
        /** Each as any other; some have much more than most. */
        APART {
            @Override
            double next(double last, SplittableRandom random) {
                return Math.exp(0.5 * random.nextGaussian());
            }
        },
        /** What was more stays so for some weeks. */
        LINKED {
            @Override
            double next(double last, SplittableRandom random) {
                return 0.7 * last + random.nextGaussian();
            }
        },
        /** What was more stays so. */
        WALK {
            @Override
            double next(double last, SplittableRandom random) {
                return last + random.nextGaussian();
            }
        };

        abstract double next(double last, SplittableRandom random);
    }

    /**
     * @param dates earlier days that are looked at
     * @param window weeks
     */
    private static Placebos placebos(Weeks kind, int window, int dates, SplittableRandom random) {
        int last = 2 * window + dates + window - 1;
        var sums = new double[last + 1];
        double week = 0;
        for (int at = 1; at <= last; at++) {
            week = kind.next(week, random);
            sums[at] = sums[at - 1] + week;
        }
        var rows = new ArrayList<Row>();
        for (int end = window; end <= last; end++) {
            var start = CHANGED_ON.plusWeeks(end - last + window - 1L);
            rows.add(
                    new Row(
                            RowKind.CELL,
                            List.of(
                                    new Cell.Time(start, NOW, Set.of()),
                                    measured((sums[end] - sums[end - window]) / window),
                                    measured(1)),
                            List.of()));
        }
        var answer =
                new AnalysisResult(
                        List.of(
                                column("time", Role.TIME, ValueType.DATE),
                                column("windowed", Role.MEASURE, ValueType.NUMBER),
                                column("accounts", Role.MEASURE, ValueType.NUMBER)),
                        rows,
                        false,
                        null,
                        NOW,
                        List.of());
        var placebos =
                requireNonNull(
                        PlaceboMoves.of(question(7 * window, false, false, 0), answer, false));
        assertThat(placebos.dates()).isEqualTo(dates);
        return placebos;
    }

    /**
     * Of companies with noise alone, what part has a move that is taken for the change, by weeks of the window and earlier days.
     *
     * @param byRank where only is asked how many earlier days saw a move as large
     */
    private record Taken(Map<String, Double> shares, Map<String, Double> byRank) {
        static Taken of(int companies) {
            var taken = new Taken(new TreeMap<>(), new TreeMap<>());
            for (var kind : Weeks.values()) {
                for (int window : new int[] {1, 2, 4, 8, 13}) {
                    for (int dates : new int[] {20, 40, 90}) {
                        var random = new SplittableRandom(31L * window + dates);
                        int count = 0;
                        int ofRank = 0;
                        for (int company = 0; company < companies; company++) {
                            var found = placebos(kind, window, dates, random.split());
                            double rank = (1.0 + found.asLarge()) / (1.0 + found.dates());
                            count += found.p() < ImpactVerdicts.CHANCE ? 1 : 0;
                            ofRank += rank < ImpactVerdicts.CHANCE ? 1 : 0;
                        }
                        var of = "%s, %d weeks, %d days".formatted(kind, window, dates);
                        taken.shares.put(of, (double) count / companies);
                        taken.byRank.put(of, (double) ofRank / companies);
                    }
                }
            }
            return taken;
        }

        static double mean(Map<String, Double> shares) {
            return shares.values().stream().mapToDouble(one -> one).average().orElseThrow();
        }

        static double greatest(Map<String, Double> shares) {
            return shares.values().stream().mapToDouble(one -> one).max().orElseThrow();
        }
    }

    /** Windows overlap: of 20 moves that are alike none is as large as the last more often than 1 in 21. */
    @Test
    void noise_is_seldom_taken_for_the_change_beside_earlier_days() {
        var taken = Taken.of(60);
        assertThat(Taken.mean(taken.shares())).as(taken.toString()).isLessThanOrEqualTo(0.05);
        assertThat(Taken.mean(taken.byRank())).as(taken.toString()).isGreaterThan(0.06);
    }

    @Test
    @Tag("long")
    void in_thousands_of_companies_at_most_one_of_twenty_is_taken_for_the_change() {
        var taken = Taken.of(4_000);
        assertThat(Taken.greatest(taken.shares())).as(taken.toString()).isLessThanOrEqualTo(0.055);
        assertThat(Taken.mean(taken.shares())).as(taken.toString()).isLessThanOrEqualTo(0.045);
        assertThat(Taken.greatest(taken.byRank())).as(taken.toString()).isGreaterThan(0.15);
    }

    /** Three times what it usually moves by. */
    @Test
    void a_change_that_moves_more_than_weeks_do_is_found() {
        var random = new SplittableRandom(8);
        int found = 0;
        for (int company = 0; company < 200; company++) {
            var weeks = random.split();
            var rows = new ArrayList<Row>();
            for (int end = -96; end <= 4; end++) {
                double noise = weeks.nextGaussian();
                rows.add(
                        new Row(
                                RowKind.CELL,
                                List.of(
                                        new Cell.Time(
                                                CHANGED_ON.plusWeeks(end - 1L), NOW, Set.of()),
                                        measured(noise + (end == 4 ? 6 : 0)),
                                        measured(1)),
                                List.of()));
            }
            var answer =
                    new AnalysisResult(
                            List.of(
                                    column("time", Role.TIME, ValueType.DATE),
                                    column("windowed", Role.MEASURE, ValueType.NUMBER),
                                    column("accounts", Role.MEASURE, ValueType.NUMBER)),
                            rows,
                            false,
                            null,
                            NOW,
                            List.of());
            found +=
                    requireNonNull(PlaceboMoves.of(question(28, false, false, 0), answer, false))
                                            .p()
                                    < ImpactVerdicts.CHANCE
                            ? 1
                            : 0;
        }
        assertThat(found).isGreaterThan(180);
    }

    // ---- looks every day

    private static final int DAYS = 60;

    /** Whose days are looked at. */
    private enum Looked {
        /** Each day of an account is as any other of it. */
        ALONE(false, 0),
        /** A day with more is followed by days with more. */
        ALONE_LINKED(false, 0.7),
        COMPARED(true, 0),
        COMPARED_LINKED(true, 0.7);

        private final boolean compared;
        private final double linked;

        Looked(boolean compared, double linked) {
            this.compared = compared;
            this.linked = linked;
        }
    }

    /** What came of all looks at one company. */
    private record Looks(boolean holds, boolean moved, boolean called, boolean missedByOneLook) {}

    /** Accounts of many sizes, each with a level of its own and days about it; nothing is changed. */
    private static Looks looks(Looked looked, int accounts, SplittableRandom random) {
        var sums = new double[accounts][3 * DAYS + 1];
        for (int account = 0; account < accounts; account++) {
            double size = Math.exp(random.nextGaussian());
            double state = random.nextGaussian();
            for (int day = 1; day <= 3 * DAYS; day++) {
                state =
                        looked.linked * state
                                + Math.sqrt(1 - looked.linked * looked.linked)
                                        * random.nextGaussian();
                sums[account][day] = sums[account][day - 1] + size * Math.exp(0.7 * state);
            }
        }
        boolean holds = true;
        boolean moved = false;
        boolean called = false;
        boolean missed = false;
        for (int day = 1; day <= DAYS; day++) {
            var found = look(looked.compared, sums, day);
            var effect = requireNonNull(found.effect());
            holds &= requireNonNull(effect.sequential()).holds(0);
            missed |= !effect.interval().holds(0);
            moved |= found.verdict() != Verdict.NO_EVIDENCE;
            called |= found.verdict() == Verdict.IMPROVED || found.verdict() == Verdict.WORSENED;
        }
        return new Looks(holds, moved, called, missed);
    }

    private static OfMetric look(boolean compared, double[][] sums, int day) {
        return ImpactFold.of(
                        question(DAYS, compared, true, day),
                        Catalog.empty(),
                        new Samples(
                                sample(sums, false, 2 * (DAYS - day), 2 * DAYS - day),
                                sample(sums, compared, 2 * DAYS - day, 2 * DAYS),
                                sample(sums, false, 2 * DAYS, 2 * DAYS + day)),
                        new AnalysisResult(
                                List.of(column("x", Role.MEASURE, ValueType.NUMBER)),
                                List.of(
                                        new Row(
                                                RowKind.CELL,
                                                List.of(measured(Double.MAX_VALUE)),
                                                List.of())),
                                false,
                                null,
                                NOW,
                                List.of()))
                .impact(Map.of(), null, null)
                .metrics()
                .getFirst();
    }

    private static Sample sample(double[][] sums, boolean compared, int from, int until) {
        var sample =
                new Sample.Builder(
                        compared
                                ? List.of("x", ImpactQuestion.TREATED, ImpactQuestion.COMPARED)
                                : List.of("x"),
                        0);
        for (int account = 0; account < sums.length; account++) {
            sample.account("a" + account, List.of());
            add(sample, 0, sums[account][until] - sums[account][from]);
            if (compared) {
                add(sample, 1, account % 2);
                add(sample, 2, 1 - account % 2);
            }
        }
        return sample.sample(NOW);
    }

    private static void add(Sample.Builder sample, int column, double value) {
        sample.value(column, value, Double.NaN, Double.NaN, null, true);
    }

    private static void assertHolds(int companies, double least) {
        var held = new EnumMap<Looked, Double>(Looked.class);
        var moved = new EnumMap<Looked, Double>(Looked.class);
        var missed = new EnumMap<Looked, Double>(Looked.class);
        for (var looked : Looked.values()) {
            var random = new SplittableRandom(20_261_201L + looked.ordinal());
            int holds = 0;
            int moves = 0;
            int misses = 0;
            for (int company = 0; company < companies; company++) {
                var looks = looks(looked, 160, random.split());
                holds += looks.holds() ? 1 : 0;
                moves += looks.moved() ? 1 : 0;
                misses += looks.missedByOneLook() ? 1 : 0;
            }
            held.put(looked, (double) holds / companies);
            moved.put(looked, (double) moves / companies);
            missed.put(looked, (double) misses / companies);
        }
        assertThat(held.values())
                .as(held.toString())
                .allSatisfy(share -> assertThat(share).isGreaterThanOrEqualTo(least));
        assertThat(moved.values())
                .as(moved.toString())
                .allSatisfy(share -> assertThat(share).isLessThanOrEqualTo(1 - least));
        assertThat(missed.values())
                .as("by the interval of one look: " + missed)
                .allSatisfy(share -> assertThat(share).isGreaterThan(0.1));
    }

    @Test
    void who_looks_every_day_is_seldom_told_of_a_change_that_is_none() {
        assertHolds(30, 0.9);
    }

    @Test
    @Tag("long")
    void who_looks_every_day_is_told_of_none_in_95_of_100_of_thousands_of_companies() {
        assertHolds(1_000, 0.95);
    }

    // ---- what both ask

    private static ImpactQuestion question(
            int windowDays, boolean compared, boolean daily, int day) {
        return ImpactQuestion.of(
                new ImpactQuery(
                        List.of(X),
                        CHANGED_ON,
                        null,
                        compared ? new CohortReference.Rule("a") : null,
                        compared ? new CohortReference.Rule("b") : null,
                        windowDays,
                        0,
                        ZoneOffset.UTC,
                        null,
                        NOW,
                        daily,
                        null,
                        Unit.ACCOUNT,
                        false,
                        null),
                Catalog.empty(),
                CHANGED_ON,
                null,
                NOW,
                CHANGED_ON.plusDays(day));
    }

    private static Column column(String key, Role role, ValueType type) {
        return new Column(key, key, role, type, null, null, null, Direction.HIGHER);
    }

    private static Cell measured(double value) {
        return new Cell.Value(new Measured(value, null, null, null, null), Set.of());
    }
}
