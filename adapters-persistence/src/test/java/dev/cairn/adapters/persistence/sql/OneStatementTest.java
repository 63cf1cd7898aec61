package dev.cairn.adapters.persistence.sql;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.Recording;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.contract.Question;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A question is one statement, whatever it asks for. */
class OneStatementTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private final WorldDatabases databases = new WorldDatabases(TestServer.shared());

    @AfterEach
    void dropDatabases() throws SQLException {
        databases.close();
    }

    private static World world() {
        return World.world()
                .entity(accounts().text("plan").flag("vip"))
                .source(
                        source("event")
                                .timestamp("at")
                                .account("customer")
                                .user("person")
                                .text("name")
                                .decimal("amount"))
                .source(
                        source("ticket")
                                .timestamp("opened")
                                .account("customer")
                                .timestamp("closed")
                                .integer("severity"))
                .source(source("survey").date("day").account("customer").integer("score"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("ticket", "2026-01-06T10:00:00Z", "acme", "2026-01-06T12:00:00Z", 2)
                .fact("survey", "2026-01-07", "bolt", 9)
                .build();
    }

    private static AnalysisPlan twentyMetrics(World world) {
        return ask(
                        "count(event)",
                        "sum(event : amount)",
                        "avg(event : amount)",
                        "distinct(event.user)",
                        "distinct(event.account)",
                        "share(event where name is not none : name = 'login')",
                        "median(event : amount)",
                        "sum(event : amount) / count(event)",
                        "count(ticket)",
                        "avg(ticket where closed is not none : hours(opened, closed))",
                        "p90(ticket : severity)",
                        "count(ticket where severity > 2) / count(ticket)",
                        "exists(ticket where closed is none)",
                        "count(survey)",
                        "100 * (share(survey where score is not none : score >= 9) - share(survey where score is not none : score <= 6))",
                        "min(survey : score)",
                        "count(account)",
                        "avg(account : count(event))",
                        "count(account where exists(ticket) and not exists(survey))",
                        "sum(event : amount) / count(ticket) + count(survey)")
                .by("account.plan")
                .grain(Grain.DAY)
                .totals()
                .plan(world.catalog());
    }

    @Test
    void a_question_of_more_rows_than_may_be_read_is_refused_with_what_it_is_expected_to_cost() {
        var world = world();
        var dsl = databases.of(world);
        dsl.execute("analyze");
        var rows = new RowCounts(dsl);
        rows.refresh();
        var plan = ask("count(event)").plan(world.catalog());
        long cost = new JooqAnalysisExecutor(dsl, rows).prepare(plan).cost();

        assertThat(new JooqAnalysisExecutor(dsl, rows, most(cost)).refusals(plan)).isEmpty();
        var refusals = new JooqAnalysisExecutor(dsl, rows, most(cost - 1)).refusals(plan);

        assertThat(refusals).extracting(Problem::code).containsExactly(ProblemCode.LIMIT);
        assertThat(refusals.getFirst().rowsToRead()).isEqualTo(cost);
        assertThat(refusals.getFirst().message())
                .startsWith("About %d rows are expected".formatted(cost))
                .contains("at most %d are".formatted(cost - 1), "cairn.questions.most-rows");
    }

    private static JooqAnalysisExecutor.Most most(long rows) {
        return new JooqAnalysisExecutor.Most(rows, Long.MAX_VALUE);
    }

    @Test
    void an_answer_that_takes_too_much_memory_is_given_up() {
        var world = world();
        var dsl = databases.of(world);
        var plan = ask("count(event)").by("account").grain(Grain.DAY).plan(world.catalog());
        long bytes =
                new JooqAnalysisExecutor(dsl)
                        .execute(plan, Duration.ofMinutes(1)).rows().stream()
                                .mapToLong(Answer.Row::bytes)
                                .sum();
        assertThat(bytes).isPositive();
        var rows = new RowCounts(dsl);

        var enough = new JooqAnalysisExecutor.Most(Long.MAX_VALUE, 2 * bytes);
        assertThat(
                        new JooqAnalysisExecutor(dsl, rows, enough)
                                .execute(plan, Duration.ofMinutes(1))
                                .rows())
                .isNotEmpty();
        var less = new JooqAnalysisExecutor.Most(Long.MAX_VALUE, bytes - 1);
        assertThatExceptionOfType(AnalysisFailed.class)
                .isThrownBy(() ->
                        new JooqAnalysisExecutor(dsl, rows, less)
                                .execute(plan, Duration.ofMinutes(1)))
                .satisfies(
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.ANSWER_TOO_LARGE));
    }

    /** Totals are of all groups, however few cells a page has. */
    @Test
    void of_more_totals_than_an_answer_may_hold_no_more_are_sent() {
        var world = world();
        var dsl = databases.of(world);
        var plan =
                ask("count(event)").by("account").grain(Grain.DAY).totals().plan(world.catalog());
        var all = dsl.fetchCount(StatementCompiler.compile(plan));

        assertThat(dsl.fetchCount(StatementCompiler.compile(plan, all))).isEqualTo(all);
        assertThat(dsl.fetch(StatementCompiler.compile(plan, 2)))
                .hasSize(2)
                .allMatch(line -> line.get(Layout.KIND) != null);
        var most = new JooqAnalysisExecutor.Most(Long.MAX_VALUE, 1_000_000);
        assertThat(
                        new JooqAnalysisExecutor(dsl, new RowCounts(dsl), most)
                                .execute(plan, Duration.ofMinutes(1)))
                .isEqualTo(new JooqAnalysisExecutor(dsl).execute(plan, Duration.ofMinutes(1)));
    }

    @Test
    void what_a_statement_costs_is_estimated_by_the_tables_of_its_own_schema() {
        var world = world();
        var dsl = databases.of(world);
        dsl.execute("create schema crm");
        for (var table : List.of("account", "fact_event")) {
            dsl.execute("create table crm." + table + " as select generate_series(1, 500) as id");
        }
        dsl.execute("analyze");
        var rows = new RowCounts(dsl);
        rows.refresh();

        var executor = new JooqAnalysisExecutor(dsl, rows);

        // One row is read, and one made of it.
        assertThat(executor.prepare(ask("count(event)").plan(world.catalog())).cost()).isEqualTo(2);
        assertThat(executor.prepare(ask("count(account)").plan(world.catalog())).cost())
                .isLessThan(10);
    }

    @Test
    void a_row_for_each_of_very_many_units_and_accounts_is_refused_before_anything_runs() {
        var world = world();
        var dsl = databases.of(world);
        var rows = new RowCounts(dsl);
        var executor = new JooqAnalysisExecutor(dsl, rows);
        var question =
                ask("avg(account : count(hour where exists(event)))")
                        .between("2025-01-01", "2026-01-01")
                        .plan(world.catalog());
        assertThat(executor.refusals(question)).as("of as many accounts as there are").isEmpty();

        dsl.execute(
                "insert into account (account_id, account_key) select at, 'a-' || at from generate_series(1000, 5999) at");
        dsl.execute("analyze");
        rows.refresh();

        var refusal = executor.refusals(question);
        assertThat(refusal).extracting(Problem::code).containsExactly(ProblemCode.LIMIT);
        assertThat(refusal.getFirst().message()).startsWith("About 438");
        var scoped = new Caller("a", Role.VIEWER, new AccessScope("account = 'a'"));
        assertThat(executor.refusals(question, scoped).getFirst().message())
                .as("to one who does not see all of them")
                .startsWith("Too many rows")
                .doesNotContain("438");
        assertThat(
                        executor.refusals(
                                ask("avg(account : count(day where exists(event)))")
                                        .between("2025-01-01", "2026-01-01")
                                        .plan(world.catalog())))
                .isEmpty();
    }

    @Test
    void facts_are_aggregated_once_where_postgres_joins_each_account_by_itself() {
        var world =
                World.world()
                        .source(source("event").timestamp("at").account("customer"))
                        .fact("event", "2026-01-05T10:00:00Z", "acme")
                        .fact("event", "2026-01-05T11:00:00Z", "bolt")
                        .fact("event", "2026-01-05T12:00:00Z", "bolt")
                        .build();
        var dsl = databases.of(world);
        for (var other : List.of("hashjoin", "mergejoin", "material", "memoize")) {
            dsl.execute("set enable_%s = off".formatted(other));
        }
        var plan = ask("count(account where count(event) >= 2)").plan(world.catalog());

        var lines =
                dsl.resultQuery("explain (analyze) {0}", StatementCompiler.compile(plan))
                        .fetch(line -> line.get(0, String.class));

        assertThat(lines).anyMatch(line -> line.contains("Nested Loop Left Join"));
        assertThat(lines)
                .filteredOn(line -> line.contains("Aggregate"))
                .isNotEmpty()
                .allMatch(line -> line.contains("loops=1)"));
    }

    @Test
    void of_accounts_that_are_not_asked_for_no_facts_are_aggregated() {
        var dsl = databases.of(threeAccounts());
        var plan =
                ask("avg(account : count(event))")
                        .filter("account.plan", Operator.IN, "pro")
                        .plan(threeAccounts().catalog());

        assertThat(aggregatedRows(dsl, plan)).containsOnly(1);
        var all = ask("avg(account : count(event))").plan(threeAccounts().catalog());
        assertThat(aggregatedRows(dsl, all)).contains(3);
    }

    /** Two facts of each account are one row by the time that the account is looked up. */
    @Test
    void facts_are_aggregated_by_account_before_anything_is_read_of_it() {
        var dsl = databases.of(threeAccounts());

        for (String key : List.of("account.plan", "(lower(account.plan)) as plan", "account")) {
            var plan = ask("sum(event : amount)").by(key).plan(threeAccounts().catalog());
            assertThat(joinedRows(dsl, plan)).describedAs(key).contains(3).doesNotContain(6);
        }
        var ofFacts = ask("median(event : amount)").by("account.plan");
        assertThat(joinedRows(dsl, ofFacts.plan(threeAccounts().catalog()))).contains(6);
    }

    private static World threeAccounts() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                source("event")
                                        .timestamp("at")
                                        .account("customer")
                                        .integer("amount"))
                        .member(MemberBuilder.account("acme").with("plan", "pro"))
                        .member(MemberBuilder.account("bolt").with("plan", "free"))
                        .member(MemberBuilder.account("cord").with("plan", "free"));
        for (String account : List.of("acme", "bolt", "cord", "acme", "bolt", "cord")) {
            world.fact("event", "2026-01-05T10:00:00Z", account, 1);
        }
        return world.build();
    }

    /** How many rows each aggregate with groups of its own gives. */
    private static List<Integer> aggregatedRows(DSLContext dsl, AnalysisPlan plan) {
        return rowsOf("(?:Hash|Group)Aggregate", dsl, plan);
    }

    private static List<Integer> joinedRows(DSLContext dsl, AnalysisPlan plan) {
        return rowsOf("Left Join", dsl, plan);
    }

    private static List<Integer> rowsOf(String node, DSLContext dsl, AnalysisPlan plan) {
        var actual = Pattern.compile(node + ".*actual rows=(\\d+)");
        return dsl
                .resultQuery(
                        "explain (analyze, costs off, timing off) {0}",
                        StatementCompiler.compile(plan))
                .fetch(line -> line.get(0, String.class))
                .stream()
                .map(actual::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    /** A cast from text to an instant depends on settings, so PostgreSQL would carry it out again for each fact. */
    @Test
    void no_instant_is_sent_as_a_text() {
        var statement =
                DSL.using(SQLDialect.POSTGRES)
                        .render(StatementCompiler.compile(twentyMetrics(world())));

        assertThat(statement)
                .contains("\"f_at\" >= ?")
                .doesNotContain("cast(? as timestamp with time zone)");
    }

    @Test
    void twenty_metrics_over_three_sources_are_one_statement() throws SQLException {
        var world = world();
        databases.of(world);
        try (Connection connection = databases.last().connect()) {
            var counter = StatementCounter.on(connection);
            var executor =
                    new JooqAnalysisExecutor(
                            Postgres.dsl(new DefaultConnectionProvider(counter.connection())));
            int before = counter.sent();

            var answer = executor.execute(twentyMetrics(world), LONG);

            assertThat(answer.rows()).isNotEmpty();
            assertThat(answer.coverage()).containsOnlyKeys("event", "ticket", "survey");
            assertThat(counter.sent() - before).isEqualTo(1);
        }
    }

    @Test
    void described_statement_can_be_run_by_hand() throws SQLException {
        var world = world();
        var executor = new JooqAnalysisExecutor(databases.of(world));
        try (Connection connection = databases.last().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(executor.describe(twentyMetrics(world)))) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void a_statement_is_named_and_explained_without_its_values() {
        var world = world();
        var executor = new JooqAnalysisExecutor(databases.of(world));
        var first = executor.prepare(named("xsecretx").plan(world.catalog()));
        var second = executor.prepare(named("another").plan(world.catalog()));
        var other = executor.prepare(ask("count(event)").plan(world.catalog()));

        assertThat(first.fingerprint())
                .matches("[0-9a-f]{8,}")
                .isEqualTo(second.fingerprint())
                .isNotEqualTo(other.fingerprint());
        assertThat(first.databasePlan())
                .anyMatch(line ->
                        line.matches(" +[A-Za-z ]*Scan on fact_event.*  rows=\\d+ cost=\\d+"))
                .noneMatch(line -> line.contains("xsecretx"));
    }

    private static Question named(String value) {
        return ask("count(event where name = '%s')".formatted(value));
    }

    @Test
    void statement_is_cancelled_after_the_limit() throws SQLException {
        var world = world();
        var executor = new JooqAnalysisExecutor(databases.of(world));
        try (Connection writer = databases.last().connect();
                var statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("lock table fact_event in access exclusive mode");

            assertThatThrownBy(() -> executor.execute(twentyMetrics(world), Duration.ofSeconds(1)))
                    .isInstanceOfSatisfying(
                            AnalysisFailed.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));
        }
    }

    @Test
    void nothing_of_a_question_runs_in_the_database_after_its_limit() throws SQLException {
        var world = world();
        var executor = new JooqAnalysisExecutor(databases.of(world));
        try (Connection writer = databases.last().connect();
                var statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("lock table fact_event in access exclusive mode");

            assertTimeout(() -> executor.execute(twentyMetrics(world), Duration.ofMillis(200)));

            try (var active =
                    statement.executeQuery(
                            "select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and pid <> pg_backend_pid()")) {
                assertThat(active.next()).isTrue();
                assertThat(active.getInt(1)).isZero();
            }
        }
    }

    @Test
    void a_question_that_waits_for_a_connection_beyond_its_limit_is_never_sent()
            throws SQLException {
        var world = world();
        databases.of(world);
        try (Connection connection = databases.last().connect()) {
            var counter = StatementCounter.on(connection);
            var limit = Duration.ofMillis(50);
            var waiting = Postgres.dsl(new LateConnections(counter.connection(), limit));
            var executor = new JooqAnalysisExecutor(waiting);
            int before = counter.sent();

            assertTimeout(() -> executor.execute(twentyMetrics(world), limit));

            assertThat(counter.sent()).isEqualTo(before);
        }
    }

    /** A pool that has a connection when a limit is over. */
    private record LateConnections(Connection connection, Duration limit)
            implements ConnectionProvider {
        @Override
        public Connection acquire() {
            LockSupport.parkNanos(limit.toNanos());
            return connection;
        }

        @Override
        public void release(Connection released) {}
    }

    private static void assertTimeout(ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        AnalysisFailed.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));
    }

    /** A merge that began at ten has the writers' lock, and has not committed. */
    @Test
    void what_was_known_since_a_merge_began_has_no_answer_until_it_is_over() throws SQLException {
        var world = world();
        var executor = new JooqAnalysisExecutor(databases.of(world));
        var ten = Instant.parse("2026-06-02T10:00:00Z");
        var question = ask("count(event)").asOf("2026-07-01T00:00:00Z");
        var now = question.plan(world.catalog());
        var within = question.knownAt(ten.plusSeconds(600)).plan(world.catalog());
        var since = question.knownAt(ten).plan(world.catalog());
        var before = question.knownAt(ten.minusSeconds(1)).plan(world.catalog());
        try (Connection writer = databases.last().connect()) {
            writer.setAutoCommit(false);
            var recorded =
                    Recording.lock(
                            DSL.using(writer, SQLDialect.POSTGRES), InstantSource.fixed(ten));

            assertThat(recorded).isEqualTo(ten);
            assertStillRecorded(() -> executor.execute(within, LONG));
            assertStillRecorded(() -> executor.execute(since, LONG));
            assertThat(executor.execute(before, LONG).rows()).hasSize(1);
            assertThat(executor.execute(now, LONG).rows()).hasSize(1);

            writer.commit();

            assertThat(executor.execute(within, LONG).rows()).hasSize(1);
        }
    }

    private static void assertStillRecorded(ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        AnalysisFailed.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.STILL_RECORDED));
    }

    @Test
    void number_beyond_a_double_is_said_to_be_too_large() {
        var world =
                World.world()
                        .source(source("event").timestamp("at").decimal("amount"))
                        .fact("event", "2026-01-05T10:00:00Z", "1" + "0".repeat(400))
                        .build();
        var executor = new JooqAnalysisExecutor(databases.of(world));
        var plan = ask("avg(event : amount)").plan(world.catalog());

        assertThatThrownBy(() -> executor.execute(plan, LONG))
                .isInstanceOfSatisfying(
                        AnalysisFailed.class,
                        failure ->
                                assertThat(failure.reason()).isEqualTo(Reason.NUMBER_OUT_OF_RANGE));
    }
}
