package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.covering;
import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static dev.cairn.testkit.contract.Question.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.backup.DatabaseBackup;
import dev.cairn.adapters.persistence.backup.DatabaseRestore;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.deletion.JooqDeletionStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Deletion.Selection;
import dev.cairn.application.port.RestoreOutcome;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.application.port.out.QuestionLog;
import dev.cairn.application.service.AnalyzeService;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.KeptAnswers;
import dev.cairn.application.service.Workers;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.contract.Question;
import dev.cairn.testkit.data.SourceBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A service that keeps answers and one that keeps nothing answer alike, whatever changes on the database they share. */
class KeptAnswersStayTrueTest {
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
    private static final Field ID = Field.of("id", DataType.TEXT);
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field PERSON = Field.of("person", DataType.TEXT);
    private static final Source TICKET = source("ticket", List.of("id"), ID, AT, CUSTOMER, PERSON);
    private static final Source EVENT = source("event", List.of(), AT, CUSTOMER);
    private static final Instant NOW = Instant.parse("2026-07-01T12:05:00Z");
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final Facts facts = Facts.in(database);
    private final JooqDeletionStore deletions = new JooqDeletionStore(database);
    private final Time time = new Time();
    private final KeptAnswers answers = new KeptAnswers(1 << 20);
    private Service keeping = new Service(database, time, 1 << 20, answers);
    private Service plain = new Service(database, time, 0, new KeptAnswers(0));

    @AfterAll
    static void stop() {
        THREADS.close();
    }

    /** What counts as now. */
    private static final class Time extends Clock {
        private Instant now = NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private record Service(AnalyzeService analyses) {
        Service(DataSource database, Clock clock, long plans, KeptAnswers answers) {
            this(
                    new AnalyzeService(
                            new Catalogs(
                                    new JooqDefinitionStore(database),
                                    new JooqCalendarRows(Postgres.dsl(database))),
                            new JooqAnalysisExecutor(Postgres.dsl(database)),
                            clock,
                            new Workers(THREADS, THREADS, THREADS, Long.MAX_VALUE),
                            DayOfWeek.MONDAY,
                            QuestionLog.NONE,
                            plans,
                            answers));
        }

        Outcome outcome(Question question, Caller caller) {
            return analyses.analyze(
                    question.query(), caller, Deadline.in(Duration.ofMinutes(2), System::nanoTime));
        }

        AnalysisResult answer(Question question, Caller caller) {
            return switch (outcome(question, caller)) {
                case Outcome.Answered(var result) -> result;
                case Outcome.Rejected(var problems) -> throw new AssertionError(problems);
            };
        }
    }

    private static final List<Question> QUESTIONS =
            List.of(
                    ask("count(ticket)", "distinct(ticket.user)", "count(account)")
                            .by("account")
                            .grain(Grain.DAY),
                    ask("count(event)", "share(account : exists(event))").totals(),
                    ask("count(event)").grain(Grain.DAY),
                    ask("count(ticket) / count(event)").last(3, Grain.DAY),
                    ask("count(ticket)").between("2026-06-29", "2026-07-03").grain(Grain.HOUR));

    @BeforeEach
    void load() {
        save(database, TICKET, EVENT, metric("count(ticket)"));
        facts.load(
                TICKET,
                MONDAY,
                fact(TICKET, "t1", MONDAY, "a", "ann"),
                fact(TICKET, "t2", TUESDAY, "a", "ann"),
                fact(TICKET, "t3", NOW.plusSeconds(60), "b", null));
        facts.load(EVENT, MONDAY, fact(EVENT, TUESDAY, "a"), fact(EVENT, TUESDAY, "a"));
    }

    private void assertAlike() {
        // Kept are those of the second time, found those of the third.
        for (int round = 0; round < 3; round++) {
            for (var question : QUESTIONS) {
                assertThat(keeping.answer(question, Caller.LOCAL))
                        .isEqualTo(plain.answer(question, Caller.LOCAL));
            }
        }
    }

    /** @param change of what the questions read */
    private void assertAlikeAfter(Runnable change) {
        assertAlike();
        long found = answers.counts().found();
        var before = QUESTIONS.stream().map(this::valuesOf).toList();
        assertThat(found).isPositive();

        change.run();

        assertAlike();
        assertThat(QUESTIONS.stream().map(this::valuesOf).toList()).isNotEqualTo(before);
    }

    private Object valuesOf(Question question) {
        var result = keeping.answer(question, Caller.LOCAL);
        return List.of(result.rows(), result.notices());
    }

    @Test
    void after_more_facts() {
        assertAlikeAfter(() -> facts.load(EVENT, TUESDAY, fact(EVENT, TUESDAY, "b")));
    }

    @Test
    void after_facts_that_replace_others() {
        assertAlikeAfter(
                () -> facts.load(TICKET, TUESDAY, fact(TICKET, "t1", TUESDAY, "c", "ann")));
    }

    @Test
    void after_facts_are_deleted_and_after_they_are_restored() {
        assertAlikeAfter(() ->
                deletions.delete(new Selection.Keys(TICKET, Set.of("[t1]")), "what", TUESDAY));
        assertAlikeAfter(
                () -> deletions.restore(deletions.deletions().getFirst().id(), () -> TUESDAY));
    }

    @Test
    void after_an_account_is_deleted_and_after_it_is_purged() {
        assertAlikeAfter(
                () -> deletions.delete(new Selection.Accounts(Set.of("a")), "what", TUESDAY));
        assertAlike();
        deletions.purge(deletions.deletions().getFirst().id(), TUESDAY);
        assertAlike();
    }

    @Test
    void after_a_fact_that_is_known_names_an_account_anew_that_was_purged() {
        var partner = Field.of("partner", DataType.TEXT);
        var deal =
                source("deal", List.of("id"), ID, AT, CUSTOMER, partner)
                        .with(List.of(new Link("partner", EntityRef.ACCOUNT, "partner")));
        save(database, deal);
        var known = fact(deal, "d1", MONDAY, "a", "p");
        facts.load(deal, MONDAY, known);
        deletions.delete(new Selection.Accounts(Set.of("p")), "what", TUESDAY);
        deletions.purge(deletions.deletions().getFirst().id(), TUESDAY);

        assertAlikeAfter(() -> facts.load(deal, TUESDAY, known));
    }

    @Test
    void after_a_source_is_declared_complete_until_another_day() {
        assertAlikeAfter(() ->
                save(
                        database,
                        covering(
                                EVENT,
                                LocalDate.parse("2026-01-06"),
                                LocalDate.parse("2026-01-20"))));
    }

    @Test
    void after_an_import_says_until_when_it_is_complete() {
        assertAlikeAfter(() -> {
            try (var load = facts.store().begin(EVENT, TUESDAY)) {
                load.commit(LocalDate.parse("2026-01-10"));
            }
        });
    }

    @Test
    void after_a_metric_is_defined_anew() {
        assertAlikeAfter(
                Question.askMetrics("size"), () -> save(database, metric("count(event) * 10")));
    }

    /** @param change of what the question reads */
    private void assertAlikeAfter(Question question, Runnable change) {
        var before = threeTimes(question);
        long found = answers.counts().found();
        assertThat(found).isPositive();

        change.run();

        assertThat(threeTimes(question)).isNotEqualTo(before);
    }

    private Object threeTimes(Question question) {
        for (int round = 0; round < 3; round++) {
            assertThat(keeping.outcome(question, Caller.LOCAL))
                    .isEqualTo(plain.outcome(question, Caller.LOCAL));
        }
        return switch (keeping.outcome(question, Caller.LOCAL)) {
            case Outcome.Answered(var result) -> List.of(result.rows(), result.notices());
            case Outcome.Rejected(var problems) -> problems;
        };
    }

    @Test
    void after_a_metric_is_retired() {
        var store = new JooqDefinitionStore(database);
        assertAlikeAfter(
                Question.askMetrics("size"),
                () ->
                        assertThat(store.save(store.version(), List.of(), Set.of("size")))
                                .isInstanceOf(Saved.Done.class));
    }

    @Test
    void after_a_rate_is_another() {
        var rates =
                SourceBuilder.source("fx")
                        .date("at")
                        .text("currency")
                        .decimal("usd")
                        .key("at", "currency")
                        .rates("currency", "USD", "usd", 7)
                        .build();
        var bill =
                SourceBuilder.source("bill")
                        .date("at")
                        .account("customer")
                        .money("net", "EUR")
                        .build();
        var day = LocalDate.parse("2026-01-06");
        save(database, rates, bill);
        facts.load(rates, MONDAY, fact(rates, day, "EUR", new BigDecimal("1.1")));
        facts.load(bill, MONDAY, fact(bill, day, "a", new BigDecimal("100")));

        assertAlikeAfter(
                ask("convert(sum(bill.net), 'USD')"),
                () -> facts.load(rates, TUESDAY, fact(rates, day, "EUR", new BigDecimal("1.2"))));
    }

    @Test
    void after_a_day_of_a_calendar_is_in_another_period() {
        var days = SourceBuilder.source("day").date("at").integer("period").key("at").build();
        var first = LocalDate.parse("2026-01-05");
        save(
                database,
                days,
                new Calendar(
                        "retail",
                        "retail",
                        "",
                        0,
                        0,
                        new Calendar.Rows(
                                "day",
                                "at",
                                List.of(new Calendar.Period("period", List.of("period"))))));
        facts.load(
                days,
                MONDAY,
                fact(days, first, 1L),
                fact(days, first.plusDays(1), 1L),
                fact(days, first.plusDays(2), 2L));

        assertAlikeAfter(
                ask("count(event)")
                        .grain(new CalendarGrain("retail", "period"))
                        .between("2026-01-05", "2026-01-08"),
                () -> facts.load(days, TUESDAY, fact(days, first.plusDays(1), 2L)));
    }

    @Test
    void after_a_backup_is_restored_beneath_the_service(@TempDir Path folder) throws Exception {
        var file = folder.resolve("backup");
        new DatabaseBackup(database, "1.0").writeTo(file, (_, _, _) -> {});
        facts.load(EVENT, TUESDAY, fact(EVENT, TUESDAY, "b"));
        save(database, metric("count(event) * 10"));
        var size = Question.askMetrics("size");
        threeTimes(size);

        assertAlikeAfter(
                () -> assertThat(restored(file)).isInstanceOf(RestoreOutcome.Restored.class));
        assertThat(threeTimes(size).toString()).contains("value=2");
    }

    private RestoreOutcome restored(Path file) {
        try {
            return new DatabaseRestore(database).restore(file, true, (_, _, _) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void after_time_has_passed() {
        assertAlikeAfter(() -> time.now = NOW.plusSeconds(120));
        for (var later :
                List.of(
                        NOW.plus(Duration.ofMinutes(9).plusSeconds(59)),
                        NOW.plus(Duration.ofMinutes(10)),
                        NOW.plus(Duration.ofMinutes(55)),
                        NOW.plus(Duration.ofHours(12)),
                        NOW.plus(Duration.ofDays(31)))) {
            time.now = later;
            assertAlike();
        }
    }

    @Test
    void callers_share_what_both_may_see_and_nothing_else() {
        var question = QUESTIONS.getFirst();
        var all = new Caller("all", null);
        var onlyA =
                new Caller("a", Role.VIEWER, new AccessScope(List.of("account = 'a'"), Map.of()));
        for (int round = 0; round < 3; round++) {
            for (var caller : List.of(Caller.LOCAL, all, onlyA)) {
                assertThat(keeping.answer(question, caller))
                        .isEqualTo(plain.answer(question, caller));
            }
        }

        assertThat(answers.counts().computed()).isEqualTo(2);
        assertThat(keeping.answer(question, onlyA).rows().toString()).doesNotContain("value=b");
    }

    @Test
    void questions_of_a_range_that_is_over_are_found_and_others_are_computed() {
        for (int round = 0; round < 4; round++) {
            time.now = NOW.plusSeconds(round);
            for (var question : QUESTIONS) {
                keeping.answer(question, Caller.LOCAL);
            }
        }

        assertThat(answers.counts().found()).isEqualTo(4 * 3);
        assertThat(answers.counts().computed()).isEqualTo(4 + 2);
    }

    private static Metric metric(String formula) {
        return new Metric(
                "size",
                "Size",
                "",
                Metric.Level.CELL,
                null,
                formula,
                null,
                Metric.Direction.NEUTRAL,
                null,
                null,
                null,
                false,
                Metric.Status.PUBLISHED);
    }
}
