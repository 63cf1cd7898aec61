package dev.cairn.testkit.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.service.AccountSample;
import dev.cairn.application.service.AlertLooks;
import dev.cairn.application.service.AlertWatcher;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.GuardService;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.Assessment;
import dev.cairn.domain.trust.SourceFigures;
import dev.cairn.domain.trust.SourceFigures.Period;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Touched;
import dev.cairn.testkit.data.MemoryAlertStore;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Alerts over a year in which they are looked at every day and nothing happens: how many years have any. Guards and trust are those of the service; what they are counted from is made up.
 */
class AlertsOfNoiseTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final LocalDate END = FIRST.plusYears(1);

    /** Its facts begin so many days before anybody looks. */
    private static final int BEFORE = 60;

    /** Company whose alerts are looked at. */
    private static final class Company {
        private final MemoryAlertStore store = new MemoryAlertStore();
        private final AlertLooks looks;
        private Instant now = at(FIRST);

        /** @param trust of a source by a day; what is never asked for may be null */
        Company(List<Definition> definitions, Daily<SourceTrust> trust, ExportUseCase exports) {
            var clock = clock();
            var catalog =
                    Catalog.of(
                            1,
                            definitions.stream().map(each -> new Entry(each, 1, Map.of())).toList(),
                            List.of());
            var catalogs = new Catalogs(stored(catalog));
            looks =
                    new AlertLooks(
                            catalogs,
                            new AlertLooks.Asked(
                                    guards(catalogs, exports, clock),
                                    trusted(trust),
                                    (_, _, _) -> new WhyUseCase.Outcome.Rejected(List.of()),
                                    new NoAnswers()),
                            new AlertWatcher.Telling(
                                    store, List.of("webhook"), Duration.ofDays(400)),
                            clock,
                            () -> Deadline.NEVER,
                            (_, _) -> {});
        }

        private static Instant at(LocalDate day) {
            return day.atTime(LocalTime.of(6, 0)).toInstant(ZoneOffset.UTC);
        }

        private Clock clock() {
            return new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            };
        }

        private static GuardUseCase guards(Catalogs catalogs, ExportUseCase exports, Clock clock) {
            return new GuardService(catalogs, new AccountSample(exports, 1_000), clock);
        }

        private TrustUseCase trusted(Daily<SourceTrust> trust) {
            return new TrustUseCase() {
                @Override
                public Outcome trust(Set<String> sources, Caller caller, Deadline deadline) {
                    return new Outcome.Assessed(
                            List.of(trust.on(LocalDate.ofInstant(now, ZoneOffset.UTC))));
                }

                @Override
                public Map<String, Touched> touched(Set<String> sources) {
                    return Map.of();
                }

                @Override
                public Map<String, dev.cairn.domain.trust.MetricTrust> ofMetrics(
                        Set<String> metrics, Caller caller, Deadline deadline) {
                    return Map.of();
                }
            };
        }

        /** What each alert told in the year. */
        Map<String, Integer> year() {
            for (var day = FIRST; day.isBefore(END); day = day.plusDays(1)) {
                now = at(day);
                looks.look();
            }
            var told = new TreeMap<String, Integer>();
            store.latest(null, null, Integer.MAX_VALUE)
                    .forEach(kept -> told.merge(kept.event().news().alert(), 1, Integer::sum));
            return told;
        }
    }

    private interface Daily<T> {
        T on(LocalDate day);
    }

    private static DefinitionStore stored(Catalog catalog) {
        return new DefinitionStore() {
            @Override
            public Catalog load() {
                return catalog;
            }

            @Override
            public long version() {
                return catalog.version();
            }

            @Override
            public Saved save(long expected, Collection<Entry> changed, Set<String> retired) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Saved rehearse(long expected, Collection<Entry> changed, Set<String> retired) {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** Whose facts are of no account. */
    private static final class NoAnswers implements AnalyzeUseCase {
        @Override
        public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
            return new Outcome.Rejected(List.of());
        }

        @Override
        public List<Supplier<Outcome>> together(
                List<AnalysisQuery> queries, Caller caller, Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
            throw new UnsupportedOperationException();
        }
    }

    private static Alert alert(String name, Alert.Watched watched) {
        return new Alert(name, name, "", null, watched);
    }

    /** The part of the years in which an alert told anything, by alert. */
    private static Map<String, Double> alarmed(List<Map<String, Integer>> years) {
        var alarmed = new TreeMap<String, Double>();
        years.forEach(
                year -> year.keySet().forEach(alert -> alarmed.merge(alert, 1.0, Double::sum)));
        alarmed.replaceAll((_, count) -> count / years.size());
        return alarmed;
    }

    // ---- trust

    /** How many facts there are a day; mean of a working day, of which a Saturday or Sunday has a quarter. */
    private enum Facts {
        /** More varied than chance: negative binomial, shape 20. */
        MANY {
            @Override
            long of(double week, SplittableRandom random, double[] sizes) {
                double mean = 0;
                for (int draw = 0; draw < 20; draw++) {
                    mean -= Math.log(1 - random.nextDouble());
                }
                return poisson(60 * week * mean / 20, random);
            }
        },
        /** About as few as an empty day is first taken for a missing one. */
        TEN {
            @Override
            long of(double week, SplittableRandom random, double[] sizes) {
                return poisson(12 * week, random);
            }
        },
        FEW {
            @Override
            long of(double week, SplittableRandom random, double[] sizes) {
                return poisson(3 * week, random);
            }
        },
        /** Of accounts of which few are large, each there on seven days of ten, with more or less. */
        OF_ACCOUNTS {
            @Override
            long of(double week, SplittableRandom random, double[] sizes) {
                double mean = 0;
                for (double size : sizes) {
                    double day = Math.exp(0.5 * random.nextGaussian());
                    mean += random.nextDouble() < 0.7 ? size * day : 0;
                }
                return poisson(week * mean, random);
            }
        };

        abstract long of(double week, SplittableRandom random, double[] sizes);

        private static long poisson(double mean, SplittableRandom random) {
            if (mean > 500) {
                return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
            }
            double least = Math.exp(-mean);
            double product = random.nextDouble();
            long count = 0;
            while (product > least) {
                product *= random.nextDouble();
                count++;
            }
            return count;
        }
    }

    private static final Source EVENT =
            new Source(
                            "event",
                            "event",
                            "",
                            "at",
                            ZoneOffset.UTC,
                            null,
                            null,
                            "customer",
                            null,
                            List.of(),
                            List.of(
                                    Field.of("at", DataType.TIMESTAMP),
                                    Field.of("customer", DataType.TEXT)))
                    .with(
                            new Expectations(
                                    Grain.DAY, 7, List.of(), List.of(), null, true, List.of(),
                                    List.of()));

    /** @param lost days of the year, by their number, of which nearly all facts are lost */
    private static Map<String, Integer> trustOfYear(
            Facts kind, SplittableRandom random, int... lost) {
        var sizes =
                IntStream.range(0, 60)
                        .mapToDouble(_ -> 2 * Math.exp(1.2 * random.nextGaussian()))
                        .toArray();
        var begin = FIRST.minusDays(BEFORE);
        var periods = new ArrayList<Period>();
        begin.datesUntil(END)
                .forEach(day -> {
                    boolean isWorking = day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0;
                    long facts = kind.of(isWorking ? 1 : 0.25, random, sizes);
                    boolean isLost =
                            IntStream.of(lost)
                                    .anyMatch(number -> FIRST.plusDays(number).equals(day));
                    periods.add(
                            new Period(
                                    day, day.plusDays(1), isLost ? facts / 30 : facts, List.of()));
                });
        // Both alerts are looked at on the same day.
        var assessed = new HashMap<LocalDate, SourceTrust>();
        return new Company(
                        List.of(
                                EVENT,
                                alert("trust B", new Alert.Watched.TrustLost("event", Grade.B)),
                                alert("trust A", new Alert.Watched.TrustLost("event", Grade.A))),
                        on ->
                                assessed.computeIfAbsent(
                                        on,
                                        day ->
                                                assessed(
                                                        periods.subList(
                                                                0,
                                                                Math.toIntExact(
                                                                        ChronoUnit.DAYS.between(
                                                                                begin, day))),
                                                        day)),
                        (_, _, _, _, _) -> new ExportUseCase.Outcome.Rejected(List.of()))
                .year();
    }

    /** What is counted on a day: the periods up to the newest fact. */
    private static SourceTrust assessed(List<Period> until, LocalDate day) {
        int size = until.size();
        while (size > 0 && Long.valueOf(0).equals(until.get(size - 1).facts())) {
            size--;
        }
        var newest = size == 0 ? null : until.get(size - 1).from();
        return Assessment.of(
                EVENT,
                new SourceFigures(newest, until.subList(0, size), 0, 0, List.of()),
                Company.at(day));
    }

    private static Map<Facts, Map<String, Double>> falselyDistrusted(int years) {
        var alarmed = new TreeMap<Facts, Map<String, Double>>();
        for (var kind : Facts.values()) {
            var random = new SplittableRandom(20_261_130L + kind.ordinal());
            alarmed.put(
                    kind,
                    alarmed(
                            Stream.generate(() -> trustOfYear(kind, random.split()))
                                    .limit(years)
                                    .toList()));
        }
        return alarmed;
    }

    private static void assertSeldom(Map<?, Map<String, Double>> alarmed, double most) {
        assertThat(alarmed.values())
                .as(alarmed.toString())
                .allSatisfy(each ->
                        assertThat(each.values())
                                .allSatisfy(share -> assertThat(share).isLessThanOrEqualTo(most)));
    }

    @Test
    void no_trust_is_lost_by_noise() {
        assertSeldom(falselyDistrusted(2), 0);
    }

    @Test
    @Tag("long")
    void trust_is_lost_by_noise_in_one_of_twenty_years_at_most() {
        var alarmed = falselyDistrusted(300);
        assertSeldom(alarmed, 0.05);
    }

    @Test
    void days_of_which_most_facts_are_lost_are_told() {
        for (var kind : List.of(Facts.MANY, Facts.OF_ACCOUNTS)) {
            var told = trustOfYear(kind, new SplittableRandom(4), 130, 131, 132);
            assertThat(told).as(kind.name()).containsKeys("trust A", "trust B");
        }
    }

    // ---- guards

    private static final int ACCOUNTS = 60;

    private static final Metric SPEED = metric("speed", "quality");
    private static final Metric QUALITY = metric("quality", null);

    private static Metric metric(String name, @Nullable String counter) {
        return new Metric(
                name,
                name,
                "",
                Metric.Level.CELL,
                null,
                "avg(event : amount)",
                null,
                Metric.Direction.HIGHER,
                null,
                null,
                counter,
                false,
                Metric.Status.PUBLISHED);
    }

    /** Accounts of many sizes; in each cycle what an account has more of the one, it has less of the other. */
    private static final class Values implements ExportUseCase {
        private final long seed;
        private final double[] levels;
        private final double traded;

        /** @param traded what all gain of the one, and lose of the other, from May on */
        Values(SplittableRandom random, double traded) {
            this.seed = random.nextLong();
            this.levels =
                    IntStream.range(0, ACCOUNTS).mapToDouble(_ -> random.nextGaussian()).toArray();
            this.traded = traded;
        }

        @Override
        public Outcome export(
                AnalysisQuery query,
                @Nullable Integer most,
                Caller caller,
                Deadline deadline,
                Taker taker) {
            var days = (AskedRange.Between) query.range();
            var asOf = LocalDate.ofInstant(query.asOf(), ZoneOffset.UTC);
            // What happened is there two days later.
            Set<Incomplete> incomplete =
                    days.to().plusDays(2).isAfter(asOf)
                            ? Set.of(Incomplete.BEYOND_COVERAGE)
                            : Set.of();
            double shift = days.from().isBefore(FIRST.plusMonths(4)) ? 0 : traded;
            var random = new SplittableRandom(seed + days.from().toEpochDay());
            var columns = new ArrayList<Column>();
            columns.add(column("account", Role.DIMENSION));
            query.metrics().forEach(metric -> columns.add(column(key(metric), Role.MEASURE)));
            taker.begin(columns, List.of(), query.asOf());
            for (int account = 0; account < ACCOUNTS; account++) {
                double cycle = 0.5 * random.nextGaussian();
                var values = new HashMap<String, Double>();
                values.put("speed", Math.exp(levels[account] + cycle) + shift);
                values.put("quality", Math.exp(levels[account] - cycle) - shift);
                var cells = new ArrayList<Cell>();
                cells.add(new Cell.Group(GroupValue.of("a" + account)));
                query.metrics()
                        .forEach(metric ->
                                cells.add(
                                        new Cell.Value(
                                                new Measured(
                                                        values.getOrDefault(key(metric), 1.0),
                                                        null,
                                                        null,
                                                        null,
                                                        null),
                                                incomplete)));
                taker.take(cells);
            }
            return new Outcome.Exported(ACCOUNTS);
        }

        private static String key(AnalysisQuery.AskedMetric metric) {
            return String.valueOf(metric.as());
        }

        private static Column column(String key, Role role) {
            return new Column(key, key, role, ValueType.NUMBER, null, null, null, null);
        }
    }

    private static Map<String, Integer> guardsOfYear(SplittableRandom random, double traded) {
        return new Company(
                        List.of(
                                SPEED,
                                QUALITY,
                                alert(
                                        "guard, by month",
                                        new Alert.Watched.GuardTripped("speed", Alert.Every.MONTH)),
                                alert(
                                        "guard, by week",
                                        new Alert.Watched.GuardTripped("speed", Alert.Every.WEEK))),
                        _ -> SourceTrust.unchecked("event"),
                        new Values(random, traded))
                .year();
    }

    private static Map<String, Double> falselyTripped(int years) {
        var random = new SplittableRandom(20_261_130);
        return alarmed(
                Stream.generate(() -> guardsOfYear(random.split(), 0)).limit(years).toList());
    }

    @Test
    void no_guard_trips_by_noise() {
        assertThat(falselyTripped(5)).isEmpty();
    }

    @Test
    @Tag("long")
    void a_guard_trips_by_noise_in_one_of_twenty_years_at_most() {
        var tripped = falselyTripped(1_000);
        assertSeldom(Map.of("guards", tripped), 0.05);
    }

    @Test
    void a_trade_of_one_metric_for_the_other_is_told_once() {
        var random = new SplittableRandom(6);
        for (int company = 0; company < 5; company++) {
            assertThat(guardsOfYear(random.split(), 5))
                    .containsEntry("guard, by month", 1)
                    .containsEntry("guard, by week", 1);
        }
    }
}
