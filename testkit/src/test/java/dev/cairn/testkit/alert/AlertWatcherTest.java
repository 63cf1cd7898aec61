package dev.cairn.testkit.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Reason;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.SubscriptionEnded;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.application.port.in.SubscribeUseCase;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.service.AccountSample;
import dev.cairn.application.service.AlertDetails;
import dev.cairn.application.service.AlertWatcher;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.RowChanges;
import dev.cairn.domain.alert.Standing;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.MetricNotes;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.WrittenQuestion;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.testkit.data.MemoryAlertStore;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the answers to its question an alert tells. */
class AlertWatcherTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final String ALERT = "red";

    private final MemoryAlertStore kept = new MemoryAlertStore();
    private final List<String> warnings = new ArrayList<>();
    private final List<AnalysisQuery> asked = new ArrayList<>();
    private final List<AnalysisQuery> before = new ArrayList<>();
    private final List<Flow.Subscriber<? super SubscribeUseCase.Update>> readers =
            new ArrayList<>();
    private Instant now = NOON;
    private int cohort = 1;
    private Catalog catalog = catalog(1, alert(Alert.When.THERE, false), null);
    private Runnable beforeDecision = () -> {};
    private boolean hasNextPage;
    private List<AnalysisResult.Notice> notices = List.of();

    private final Clock clock =
            new Clock() {
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

    private final DefinitionStore definitions =
            new DefinitionStore() {
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
                public Saved rehearse(
                        long expected, Collection<Entry> changed, Set<String> retired) {
                    throw new UnsupportedOperationException();
                }
            };

    private final Catalogs catalogs = new Catalogs(definitions);

    private final SubscribeUseCase answers =
            new SubscribeUseCase() {
                @Override
                public Flow.Publisher<Update> subscribe(
                        AnalysisQuery query,
                        boolean withTrust,
                        Supplier<Optional<Caller>> authority) {
                    asked.add(query);
                    return reader -> {
                        readers.add(reader);
                        reader.onSubscribe(
                                new Flow.Subscription() {
                                    @Override
                                    public void request(long n) {}

                                    @Override
                                    public void cancel() {}
                                });
                    };
                }
            };

    private final AnalyzeUseCase analyses =
            new AnalyzeUseCase() {
                @Override
                public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
                    throw new UnsupportedOperationException();
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
            };

    private final WhyUseCase why =
            (query, caller, deadline) ->
                    new WhyUseCase.Outcome.Rejected(
                            List.of(
                                    Problem.of(
                                            ProblemCode.NO_VALUE,
                                            Place.NOWHERE,
                                            "There was none.")));

    private final ExportUseCase exports =
            (query, most, caller, deadline, taker) -> {
                before.add(query);
                taker.begin(
                        List.of(
                                column("account", AnalysisResult.Role.DIMENSION),
                                column("c0", AnalysisResult.Role.MEASURE),
                                column("c1", AnalysisResult.Role.MEASURE),
                                column("every_account", AnalysisResult.Role.MEASURE)),
                        List.of(),
                        now);
                taker.take(
                        List.of(
                                new Cell.Group(GroupValue.of("acme")),
                                value(BigDecimal.ONE),
                                value(BigDecimal.ZERO),
                                value(BigDecimal.ONE)));
                return new ExportUseCase.Outcome.Exported(1);
            };

    private final AlertWatcher watcher =
            new AlertWatcher(
                    catalogs,
                    answers,
                    new AlertDetails(
                            analyses,
                            new RowChanges(why),
                            new AccountSample(exports, 100),
                            () -> Deadline.NEVER),
                    new AlertWatcher.Telling(
                            new Watched(), List.of("webhook"), Duration.ofDays(400)),
                    clock,
                    warnings::add);

    /** Something may happen before each decision. */
    private final class Watched implements AlertStore {
        @Override
        public Optional<AlertEvent> decide(
                String alert, Function<Standing, Next> decision, List<String> channels) {
            beforeDecision.run();
            return kept.decide(alert, decision, channels);
        }

        @Override
        public Map<String, Standing> standing() {
            return kept.standing();
        }

        @Override
        public void retain(Set<String> alerts) {
            kept.retain(alerts);
        }

        @Override
        public List<AlertEvent.Kept> latest(
                @Nullable String alert, @Nullable Long before, int most) {
            return kept.latest(alert, before, most);
        }

        @Override
        public void join(String channel, Instant since) {
            kept.join(channel, since);
        }

        @Override
        public Optional<Instant> firstOf(String channel) {
            return kept.firstOf(channel);
        }

        @Override
        public List<AlertEvent.Due> due(
                Set<String> channels, Instant at, Duration lease, int most) {
            return kept.due(channels, at, lease, most);
        }

        @Override
        public void delivered(AlertEvent.Due told, Instant at) {
            kept.delivered(told, at);
        }

        @Override
        public void failed(AlertEvent.Due untold, String failure, @Nullable Instant next) {
            kept.failed(untold, failure, next);
        }

        @Override
        public long forget(Instant before) {
            return kept.forget(before);
        }
    }

    private static Alert alert(Alert.When when, boolean provisional) {
        return alert(new Alert.Watched.Groups("who_is_red", when, provisional));
    }

    private static Alert alert(Alert.Watched watched) {
        return new Alert(ALERT, "Red", "", null, watched);
    }

    private Catalog catalog(long version, Alert alert, @Nullable Integer first) {
        var question =
                new WrittenQuestion(
                        List.of("count(event)"),
                        List.of("account.region"),
                        null,
                        "last 1 day",
                        "UTC",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        false,
                        false,
                        false,
                        first,
                        null,
                        null,
                        false,
                        false,
                        false);
        return Catalog.of(
                version,
                List.of(
                        new Entry(
                                new Question("who_is_red", "Who", "", null, question), 1, Map.of()),
                        new Entry(
                                new Cohort(
                                        "at_risk",
                                        "At risk",
                                        "",
                                        new Cohort.Members.Rule(
                                                "plan = 'pro' and (health < 50 or is_late)")),
                                cohort,
                                Map.of()),
                        new Entry(HEALTH, 1, Map.of()),
                        new Entry(alert, (int) version, Map.of())),
                List.of());
    }

    private static final Metric HEALTH =
            new Metric(
                    "health",
                    "Health",
                    "",
                    Metric.Level.ACCOUNT,
                    Metric.RollUp.AVG,
                    "1",
                    null,
                    Metric.Direction.HIGHER,
                    null,
                    null,
                    null,
                    false,
                    Metric.Status.PUBLISHED,
                    List.of(),
                    Metric.Sample.NONE,
                    null,
                    MetricNotes.NONE);

    private static Cell.Value value(BigDecimal value, Incomplete... incomplete) {
        return new Cell.Value(
                new Measured(value, null, null, null, null), Set.copyOf(Arrays.asList(incomplete)));
    }

    /** Of an account with its health and its band; without a band there is no health. */
    private static Row account(String key, @Nullable String band, Incomplete... incomplete) {
        return new Row(
                RowKind.CELL,
                List.of(
                        new Cell.Group(GroupValue.of(key)),
                        new Cell.Value(
                                new Measured(
                                        band == null ? null : BigDecimal.TEN,
                                        null,
                                        null,
                                        null,
                                        band == null ? Absence.NO_DATA : null),
                                Set.copyOf(Arrays.asList(incomplete))),
                        new Cell.Standing(band)),
                List.of(GroupValue.of(key)));
    }

    private void accounts(Row... rows) {
        readers.getLast()
                .onNext(
                        new SubscribeUseCase.Update(
                                1,
                                SubscribeUseCase.Cause.DATA,
                                new AnalysisResult(
                                        List.of(
                                                column("account", AnalysisResult.Role.DIMENSION),
                                                column("health", AnalysisResult.Role.MEASURE),
                                                column(
                                                        "health.band",
                                                        AnalysisResult.Role.STANDARD)),
                                        List.of(rows),
                                        hasNextPage,
                                        null,
                                        now,
                                        List.of())));
    }

    private List<Reason> reasons() {
        return kept.latest(null, null, 100).reversed().stream()
                .flatMap(event -> event.event().news().reasons().stream())
                .toList();
    }

    private static final Alert LEAVES = alert(new Alert.Watched.BandLeft("health", null, false));
    private static final Alert ENTERS = alert(new Alert.Watched.Entered("at_risk", false));

    @Test
    void an_account_that_leaves_its_band_is_told_with_both_bands_and_nobody_at_first() {
        define(LEAVES, null);
        accounts(account("acme", "green"), account("globex", "red"));
        assertThat(told()).isEmpty();

        accounts(account("acme", "yellow"), account("globex", "red"), account("new", "red"));

        assertThat(told()).containsExactly(List.of("acme"));
        var reason = reasons().getFirst();
        assertThat(reason.why()).isEqualTo("It was green and is yellow.");
        assertThat(reason.accounts()).containsExactly("acme");
        assertThat(reason.figures())
                .contains(
                        new AlertNews.Figure("health.band", "yellow", null),
                        new AlertNews.Figure("band before", "green", null));
        assertThat(kept.latest(null, null, 1).getFirst().event().news().kind())
                .isEqualTo(AlertNews.Kind.BAND_LEFT);
    }

    @Test
    void an_account_without_a_score_for_a_while_stays_in_its_band() {
        define(LEAVES, null);
        accounts(account("acme", "green"));
        accounts(account("acme", null, Incomplete.BEYOND_COVERAGE));
        now = NOON.plus(Duration.ofDays(3));
        accounts();
        accounts(account("acme", "green"));
        assertThat(told()).isEmpty();

        accounts(account("acme", "red"));
        assertThat(told()).containsExactly(List.of("acme"));
    }

    @Test
    void an_account_that_goes_to_and_fro_between_two_bands_is_told_once_a_day() {
        define(LEAVES, null);
        accounts(account("acme", "green"));
        accounts(account("acme", "yellow"));
        accounts(account("acme", "green"));
        accounts(account("acme", "yellow"));

        assertThat(told()).containsExactly(List.of("acme"));
    }

    @Test
    void only_who_leaves_the_band_that_is_named_is_told() {
        define(alert(new Alert.Watched.BandLeft("health", "green", false)), null);
        accounts(account("acme", "green"), account("globex", "yellow"));
        accounts(account("acme", "yellow"), account("globex", "red"));

        assertThat(told()).containsExactly(List.of("acme"));
    }

    @Test
    void an_account_that_enters_a_cohort_is_told_with_what_came_to_hold() {
        define(ENTERS, null);
        accounts(account("globex", "red"));
        assertThat(told()).isEmpty();

        accounts(account("globex", "red"), account("acme", "red"));

        assertThat(told()).containsExactly(List.of("acme"));
        assertThat(reasons().getFirst().why())
                .isEqualTo(
                        "Now holds and did not a day before: health < 50 or is_late. Held before: plan = 'pro'.");
        assertThat(asked.getLast().metrics())
                .extracting(AnalysisQuery.AskedMetric::metric)
                .containsExactly(
                        new AnalysisQuery.MetricReference.Inline("count(account)"),
                        new AnalysisQuery.MetricReference.ByKey("health"));
        assertThat(before.getLast().range())
                .isEqualTo(
                        new AnalysisQuery.AskedRange.Between(
                                LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 3)));
    }

    @Test
    void a_cohort_that_had_nobody_tells_the_first_who_enters() {
        define(ENTERS, null);
        accounts();
        accounts(account("acme", "red"));

        assertThat(told()).containsExactly(List.of("acme"));
    }

    @Test
    void who_is_in_a_cohort_by_another_alert_has_not_entered_it() {
        define(ENTERS, null);
        accounts(account("globex", "red"));
        define(alert(new Alert.Watched.Entered("at_risk", true)), null);
        accounts(account("globex", "red"), account("acme", "red"));

        assertThat(told()).isEmpty();
    }

    @Test
    void who_may_have_been_in_a_cohort_when_it_was_first_looked_at_does_not_enter_it_later() {
        define(ENTERS, null);
        accounts(account("globex", "red", Incomplete.BEYOND_COVERAGE));
        accounts(account("globex", "red"), account("acme", "red"));

        assertThat(told()).containsExactly(List.of("acme"));
    }

    @Test
    void a_cohort_that_is_defined_otherwise_is_asked_anew_and_then_tells_the_first_who_enters() {
        define(ENTERS, null);
        accounts(account("globex", "red"));
        cohort = 2;
        define(ENTERS, null);
        accounts(account("globex", "red"), account("acme", "red"));
        assertThat(told()).isEmpty();

        accounts(account("globex", "red"), account("acme", "red"), account("initech", "red"));

        assertThat(told()).containsExactly(List.of("initech"));
        assertThat(asked).hasSize(3);
    }

    @Test
    void an_answer_by_the_definition_before_decides_nothing_of_a_cohort_that_is_another_one() {
        define(ENTERS, null);
        accounts(account("globex", "red"));
        cohort = 2;
        catalog = catalog(catalog.version() + 1, ENTERS, null);
        catalogs.refresh();
        accounts(account("globex", "red"));
        watcher.look();
        accounts(account("acme", "red"));

        assertThat(told()).isEmpty();
    }

    @Test
    void an_alert_that_watches_something_else_under_the_same_name_begins_anew() {
        define(ENTERS, null);
        accounts(account("acme", "red"));
        define(LEAVES, null);
        accounts(account("acme", "green"));
        accounts(account("acme", "yellow"));

        assertThat(warnings).isEmpty();
        assertThat(told()).containsExactly(List.of("acme"));
        assertThat(kept.standing().get(ALERT).there()).hasSize(1);
    }

    @BeforeEach
    void watch() {
        watcher.look();
    }

    private void define(Alert alert, @Nullable Integer first) {
        catalog = catalog(catalog.version() + 1, alert, first);
        catalogs.refresh();
        watcher.look();
    }

    private void answer(Row... rows) {
        readers.getLast()
                .onNext(
                        new SubscribeUseCase.Update(
                                1,
                                SubscribeUseCase.Cause.DATA,
                                new AnalysisResult(
                                        List.of(
                                                column("a", AnalysisResult.Role.DIMENSION),
                                                column("b", AnalysisResult.Role.DIMENSION),
                                                column("x", AnalysisResult.Role.MEASURE),
                                                column("x.status", AnalysisResult.Role.STANDARD)),
                                        List.of(rows),
                                        hasNextPage,
                                        null,
                                        now,
                                        notices)));
    }

    private static Column column(String key, AnalysisResult.Role role) {
        return new Column(key, key, role, ValueType.TEXT, null, null, null, null);
    }

    private static Row row(String a, String b, @Nullable String status, Incomplete... incomplete) {
        var keys = List.of(GroupValue.of(a), GroupValue.of(b));
        return new Row(
                RowKind.CELL,
                List.of(
                        new Cell.Group(keys.getFirst()),
                        new Cell.Group(keys.getLast()),
                        new Cell.Value(
                                new Measured(BigDecimal.ONE, null, null, null, null),
                                Set.copyOf(Arrays.asList(incomplete))),
                        new Cell.Standing(status)),
                keys);
    }

    private static Row row(String a, Incomplete... incomplete) {
        return row(a, "-", null, incomplete);
    }

    /** First keys of the groups that were told, the earliest first. */
    private List<List<String>> told() {
        return kept.latest(null, null, 100).reversed().stream()
                .map(event -> keys(event.event().news()).toList())
                .toList();
    }

    private static Stream<String> keys(AlertNews news) {
        return news.reasons().stream()
                .map(Reason::keys)
                .map(keys -> String.valueOf(keys.getFirst().value()));
    }

    @Test
    void a_group_whose_value_may_change_again_has_not_gone() {
        answer(row("emea"));
        answer(row("emea", Incomplete.BEYOND_COVERAGE), row("apac", Incomplete.BEYOND_COVERAGE));
        now = NOON.plus(Duration.ofDays(3));
        answer(row("emea"), row("apac"));

        assertThat(told()).containsExactly(List.of("emea"), List.of("apac"));
    }

    /** Which values are of broken data comes to be known after the facts are there. */
    @Test
    void nothing_is_told_of_values_whose_broken_days_are_not_marked_yet() {
        notices = List.of(new AnalysisResult.Notice("TRUST_PENDING", "being counted", null));
        answer(row("emea"), row("apac"));
        assertThat(told()).isEmpty();

        notices = List.of();
        answer(row("emea", Incomplete.BROKEN_DATA), row("apac"));
        assertThat(told()).containsExactly(List.of("apac"));
    }

    @Test
    void a_group_that_stands_already_waits_no_more() {
        answer(row("emea"));
        answer(row("emea", Incomplete.BEYOND_COVERAGE), row("apac", Incomplete.BEYOND_COVERAGE));

        assertThat(kept.standing().get(ALERT).waiting()).isEqualTo(1);
        assertThat(kept.standing().get(ALERT).there()).hasSize(1);
    }

    @Test
    void an_answer_to_what_was_asked_before_decides_nothing() {
        beforeDecision =
                () -> {
                    beforeDecision = () -> {};
                    define(alert(Alert.When.THERE, true), null);
                    answer(row("apac"));
                };
        answer(row("emea"));

        assertThat(told()).containsExactly(List.of("apac"));
        assertThat(kept.standing().get(ALERT).there()).hasSize(1);
    }

    @Test
    void groups_whose_keys_read_alike_in_a_row_are_two() {
        answer(row("a\u001f=b", "c", null), row("a", "b\u001f=c", null));

        assertThat(told()).containsExactly(List.of("a\u001f=b", "a"));
    }

    @Test
    void no_more_rows_are_looked_at_than_the_question_asks_for() {
        define(alert(Alert.When.THERE, false), 10);

        assertThat(asked).extracting(AnalysisQuery::first).containsExactly(1000, 10);
    }

    @Test
    void that_there_are_more_groups_than_are_looked_at_is_said_once() {
        hasNextPage = true;
        answer(row("emea"));
        answer(row("apac"));

        assertThat(warnings)
                .containsExactly(
                        "What the alert 'red' watches, 'who_is_red', has more than 1000 groups: those after them are not looked at.");
    }

    @Test
    void why_a_question_has_no_answer_is_said_in_words() {
        readers.getLast()
                .onError(
                        SubscriptionEnded.invalid(
                                List.of(
                                        Problem.of(
                                                ProblemCode.UNKNOWN_SOURCE,
                                                Place.of("metrics"),
                                                "There is no source 'event'."))));

        assertThat(warnings).hasSize(1).first().asString().contains("There is no source 'event'.");
        assertThat(kept.standing().get("red").failure()).isEqualTo("There is no source 'event'.");
        now = now.plus(Duration.ofMinutes(1));
        watcher.look();
        answer(row("emea"));
        assertThat(kept.standing().get("red").failure()).isNull();
    }

    @Test
    void a_target_is_not_missed_by_a_value_of_less_than_its_bucket() {
        define(alert(Alert.When.MISSED, false), null);
        answer(row("cut", "-", "MISSED", Incomplete.CUT_BY_RANGE), row("whole", "-", "MISSED"));

        assertThat(told()).containsExactly(List.of("whole"));
    }

    @Test
    void a_target_is_missed_by_any_value_where_such_count() {
        define(alert(Alert.When.MISSED, true), null);
        answer(row("cut", "-", "MISSED", Incomplete.CUT_BY_RANGE), row("met", "-", "MET"));

        assertThat(told()).containsExactly(List.of("cut"));
    }

    @Test
    void what_was_told_is_forgotten_after_400_days() {
        answer(row("emea"));
        now = NOON.plus(Duration.ofDays(400));
        watcher.look();
        assertThat(told()).hasSize(1);

        now = NOON.plus(Duration.ofDays(402));
        watcher.look();
        assertThat(told()).isEmpty();
    }
}
