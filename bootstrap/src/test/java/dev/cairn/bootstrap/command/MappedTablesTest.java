package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.data.RealData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Sources that are mapped on tables of a company, which lie in the same database and are Cairn's in nothing: what is asked of them, and what is wrong with some. */
@TestInstance(Lifecycle.PER_CLASS)
class MappedTablesTest {
    /** The folder of the definitions. */
    static final String DATA = "bookings-tables";

    private static final Map<String, String> TABLES =
            Map.of(
                    "dim_listings_latest",
                    "created_at timestamp, listing_id text primary key, country text, capacity integer, is_lux boolean, user_id text",
                    "dim_listings",
                    "active_from timestamp, active_to timestamp, listing_id text, country text, capacity integer, is_lux boolean, user_id text",
                    "fct_bookings",
                    "ds timestamp, ds_partitioned timestamp, paid_at timestamp, guest_id text, host_id text, listing_id text, booking_value double precision, is_instant boolean, referrer_id text",
                    "fct_views",
                    "ds timestamp, ds_partitioned timestamp, user_id text, listing_id text",
                    "fct_accounts",
                    "ds timestamp, ds_month timestamp, user_id text, account_balance integer, account_type text",
                    "dim_users_latest",
                    "ds timestamp, user_id text primary key, home_state_latest text",
                    "calendar_day",
                    "ds timestamp, fiscal_quarter text, fiscal_year text, alien_day timestamp");

    private static final String AS_THEY_WERE =
            """
            create view market.bookings_then as
            select b.ds, b.guest_id, l.country, l.capacity
            from market.fct_bookings b
            left join market.dim_listings l
              on l.listing_id = b.listing_id and b.ds >= l.active_from and (l.active_to is null or b.ds < l.active_to)\
            """;

    private RunningCairn cairn;
    private RawTables raw;

    @BeforeAll
    void have_tables_in_the_database_of_the_service() throws Exception {
        cairn = new RunningCairn();
        raw = new RawTables();
        database("create schema market");
        for (var table : TABLES.entrySet()) {
            database("create table market.%s (%s)".formatted(table.getKey(), table.getValue()));
            copy("market." + table.getKey(), file(table.getKey()));
            raw.load(file(table.getKey()), table.getKey());
        }
        database(AS_THEY_WERE);
        inside("apply", RunningCairn.inRepository("examples/" + DATA).toString());
    }

    private static Path file(String table) throws Exception {
        return RealData.require("bookings/%s.csv".formatted(table));
    }

    private void copy(String table, Path file) throws Exception {
        try (var connection = cairn.database().connect();
                var content = Files.newInputStream(file)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy %s from stdin (format csv, header, null '\\N')".formatted(table),
                            content);
        }
    }

    private void database(String... statements) throws Exception {
        try (var connection = cairn.database().connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void inside(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
    }

    @AfterAll
    void stop() {
        for (var started : new AutoCloseable[] {cairn, raw}) {
            try {
                if (started != null) {
                    started.close();
                }
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> the_answer_is_what_hand_written_sql_says() {
        return WorkedExample.all().stream()
                .filter(example -> example.data().equals(DATA))
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.file() + ": " + example.title(),
                                () -> WorkedExamplesTest.expect(example, cairn, raw)));
    }

    /** A source of its own, so that what one test does to its table is not seen by another. */
    private String declared(Path folder, String name, String... lines) throws Exception {
        var file = Files.createDirectory(folder.resolve(name)).resolve(name + ".yaml");
        Files.writeString(file, String.join("\n", lines) + "\n");
        var said = cairn.inside("apply", file.toString());
        return said.exit() == 0 ? "" : said.output() + said.errors();
    }

    private static String[] visits(String name, String... more) {
        return Stream.of(
                        Stream.of(
                                "source: " + name,
                                "table: market." + name,
                                "time: at",
                                "coverage: {from: 2020-01-01, until: 2020-02-01}",
                                "account: {field: who}"),
                        Stream.of(more),
                        Stream.of("fields:", "  at: date", "  who: text", "  seconds: integer"))
                .flatMap(lines -> lines)
                .toArray(String[]::new);
    }

    private String asked(String formula) {
        var answer =
                cairn.ask(
                        """
                        query($formula: String!) { analyze(input: {metrics: [{metric: {formula: $formula}, as: "n"}]
                          timeRange: {between: {from: "2020-01-01", to: "2020-02-01"}}}) { records } }\
                        """,
                        Map.of("formula", formula));
        var error = answer.at("/errors/0");
        return error.isMissingNode()
                ? answer.at("/data/analyze/records/0/n").toString()
                : "%s %s"
                        .formatted(
                                error.at("/extensions/problems/0/code").asString(""),
                                error.path("message").asString(""));
    }

    @Test
    void a_row_that_comes_later_is_in_the_next_answer(@TempDir Path folder) throws Exception {
        database("create table market.later (at date, who text, seconds integer)");
        assertThat(declared(folder, "later", visits("later"))).isEmpty();

        assertThat(asked("count(later)")).isEqualTo("0");
        database("insert into market.later values ('2020-01-05', 'u0004114', 20)");
        assertThat(asked("sum(later : seconds)")).isEqualTo("20");
    }

    @Test
    void rows_without_a_time_are_none_and_an_account_of_nobody_is_no_account(@TempDir Path folder)
            throws Exception {
        database(
                "create table market.odd (at date, who text, seconds integer)",
                "insert into market.odd values (null, 'u0004114', 1), ('infinity', 'u0004114', 1), ('2020-01-05', 'stranger', 20), ('2020-01-06', 'u0004114', 4)");
        assertThat(declared(folder, "odd", visits("odd"))).isEmpty();

        assertThat(asked("count(odd)")).isEqualTo("2");
        assertThat(asked("distinct(odd.account)")).isEqualTo("1");
        assertThat(asked("count(odd where account is none)")).isEqualTo("1");
    }

    /** Six users are known; by no start, and by nothing that was imported: they begin with the first row that names them. */
    @Test
    void accounts_begin_with_the_first_row_that_names_them() {
        assertThat(asked("count(account where exists(booking))")).isEqualTo("5");
    }

    /** Two bills are imported, of two users; their lines stay in a table, the third of which is of no bill. */
    @Test
    void rows_have_their_account_by_a_link_to_rows_that_were_imported(@TempDir Path folder)
            throws Exception {
        assertThat(
                        declared(
                                folder,
                                "bill",
                                "source: bill",
                                "time: at",
                                "account: {field: who}",
                                "key: [no]",
                                "fields: {no: text, at: date, who: text}"))
                .isEmpty();
        var file = folder.resolve("bills.csv");
        Files.writeString(file, "no,at,who\n1,2020-01-02,u0004114\n2,2020-01-03,u0003141\n");
        inside("import", "bill", file.toString());
        database(
                "create table market.bill_line (at date, bill_no text, seconds integer)",
                "insert into market.bill_line values ('2020-01-05', '1', 1), ('2020-01-06', '1', 2), ('2020-01-07', '2', 4), ('2020-01-08', '3', 8)");
        assertThat(
                        declared(
                                folder,
                                "bill_line",
                                "source: bill_line",
                                "table: market.bill_line",
                                "time: at",
                                "coverage: {from: 2020-01-01, until: 2020-02-01}",
                                "account: {via: bill}",
                                "links: {bill: bill_no}",
                                "fields: {at: date, bill_no: text, seconds: integer}"))
                .isEmpty();

        assertThat(asked("sum(bill_line where account = 'u0004114' : seconds)")).isEqualTo("3");
        assertThat(asked("distinct(bill_line.account)")).isEqualTo("2");
        assertThat(asked("sum(bill_line where account is none : seconds)")).isEqualTo("8");
        assertThat(asked("count(account where sum(bill_line.seconds) >= 3)")).isEqualTo("2");
    }

    @Test
    void a_table_dropped_later_is_a_problem_that_names_it(@TempDir Path folder) throws Exception {
        database("create table market.dropped (at date, who text, seconds integer)");
        assertThat(declared(folder, "dropped", visits("dropped"))).isEmpty();
        database("drop table market.dropped");

        assertThat(asked("count(dropped)"))
                .startsWith(
                        "MAPPED_TABLE There is no table or view market.dropped in the database");
        database("create table market.dropped (at date, who text, seconds integer)");
        assertThat(asked("count(dropped)")).isEqualTo("0");
        database("alter table market.dropped rename to dropped_old");
        assertThat(asked("count(dropped)")).startsWith("MAPPED_TABLE There is no table");
        database(
                "drop table market.dropped_old",
                "create table market.dropped (at date, who text, seconds integer)");
    }

    @Test
    void a_column_dropped_or_of_another_type_later_is_a_problem_that_names_it(@TempDir Path folder)
            throws Exception {
        database("create table market.changed (at date, who text, seconds integer)");
        assertThat(declared(folder, "changed", visits("changed"))).isEmpty();
        database("alter table market.changed alter seconds type text");

        assertThat(asked("count(changed)"))
                .isEqualTo(
                        "MAPPED_TABLE The column seconds of market.changed is text; 'seconds' is declared as integer, which is read from smallint, integer, bigint.");
        database("alter table market.changed drop column seconds");
        assertThat(asked("count(changed)"))
                .startsWith("MAPPED_TABLE market.changed has no column seconds; it has: at, who.");
        database("alter table market.changed add column seconds integer");
        assertThat(asked("count(changed)")).isEqualTo("0");
    }

    @Test
    void a_view_that_fails_on_a_row_is_a_problem_that_names_it_and_tells_no_value(
            @TempDir Path folder) throws Exception {
        database(
                "create table market.raw_rows (at date, who text, seconds text)",
                "insert into market.raw_rows values ('2020-01-05', 'u0004114', '20')",
                "create view market.failing as select at, who, seconds::integer as seconds from market.raw_rows");
        assertThat(declared(folder, "failing", visits("failing"))).isEmpty();
        assertThat(asked("sum(failing : seconds)")).isEqualTo("20");

        database("insert into market.raw_rows values ('2020-01-06', 'u0004114', 'secret')");
        assertThat(asked("sum(failing : seconds)"))
                .isEqualTo(
                        "MAPPED_TABLE The database fails on reading market.failing (SQLSTATE 22P02). Mend it, or have a view leave out the rows that cannot be read.");
        database("delete from market.raw_rows where seconds = 'secret'");
        assertThat(asked("sum(failing : seconds)")).isEqualTo("20");
    }

    @Test
    void a_view_whose_owner_may_not_read_is_a_problem_that_names_it(@TempDir Path folder)
            throws Exception {
        database(
                "create table market.kept (at date, who text, seconds integer)",
                "create view market.hidden as select * from market.kept",
                "create role owner_without_rights",
                "alter view market.hidden owner to owner_without_rights");
        try {
            assertThat(declared(folder, "hidden", visits("hidden")))
                    .contains(
                            "The database fails on reading market.hidden, and says: ERROR: permission denied")
                    .contains("(SQLSTATE 42501). Grant select on what a view is made of");
        } finally {
            database("drop view market.hidden", "drop role owner_without_rights");
        }
    }

    @Test
    void what_is_wrong_with_a_table_is_said_when_it_is_declared(@TempDir Path folder)
            throws Exception {
        database("create table market.wrong (at timestamptz, whom text, seconds numeric)");

        assertThat(declared(folder, "wrong", visits("wrong")))
                .contains(
                        "The column at of market.wrong is timestamp with time zone; 'at' is declared as date")
                .contains("market.wrong has no column who; it has: at, seconds, whom.")
                .contains("whom")
                .contains("The column seconds of market.wrong is numeric");
        assertThat(declared(folder, "wring", visits("wring")))
                .contains("There is no table or view market.wring in the database");
        assertThat(
                        declared(
                                folder,
                                "inner",
                                "source: inner",
                                "table: public.account",
                                "time: at",
                                "fields: {at: date}"))
                .contains("The schema public is Cairn's or PostgreSQL's own");
    }

    @Test
    void two_rows_of_a_key_are_refused_when_declared_and_when_a_link_leads_to_them(
            @TempDir Path folder) throws Exception {
        database(
                "create table market.house (house_no text, rooms integer)",
                "insert into market.house values ('a', 1), ('b', 2), ('b', 3)");
        var house =
                List.of(
                        "entity: house",
                        "table: market.house",
                        "key: house_no",
                        "attributes: {rooms: integer}");
        assertThat(declared(folder, "house", house.toArray(String[]::new)))
                .contains("Two rows of market.house have one key (house_no b).");

        database("delete from market.house where rooms = 3");
        Files.createDirectory(folder.resolve("again"));
        assertThat(declared(folder.resolve("again"), "house", house.toArray(String[]::new)))
                .isEmpty();
        database(
                "create table market.stay (at date, house_no text)",
                "insert into market.stay values ('2020-01-05', 'b'), ('2020-01-06', 'a')");
        assertThat(
                        declared(
                                folder,
                                "stay",
                                "source: stay",
                                "table: market.stay",
                                "time: at",
                                "links: {house: house_no}",
                                "fields: {at: date, house_no: text}"))
                .isEmpty();
        assertThat(asked("sum(stay : house.rooms)")).isEqualTo("3");

        database("insert into market.house values ('b', 3)");
        for (var formula : List.of("sum(stay : house.rooms)", "count(house)")) {
            assertThat(asked(formula))
                    .startsWith("MAPPED_TABLE Two rows of market.house have one key (house_no).");
        }
        database("delete from market.house where rooms = 3");
        assertThat(asked("sum(stay : house.rooms)")).isEqualTo("3");

        // As of a file: what has no key is no row.
        database("insert into market.house values (null, 5), (null, 6)");
        assertThat(asked("sum(house : rooms)")).isEqualTo("3");
    }

    /** A unique index of times tells no days apart, nor one whose column had the name of another before. */
    @Test
    void two_rows_of_a_key_are_found_beside_an_index_of_other_values(@TempDir Path folder)
            throws Exception {
        database(
                "create table market.daily (at timestamp, who text, seconds integer)",
                "create unique index on market.daily (at, who)",
                "create table market.renamed (at timestamp, who text, seconds integer)",
                "create unique index on market.renamed (at, who)",
                "alter table market.renamed rename at to began",
                "alter table market.renamed add at date");
        for (var table : List.of("daily", "renamed")) {
            database(
                    "insert into market.%s (at, who, seconds) values ('2020-01-05 10:00', 'a', 1)"
                            .formatted(table));
            assertThat(
                            declared(
                                    folder,
                                    table,
                                    "source: " + table,
                                    "table: market." + table,
                                    "time: at",
                                    "coverage: {from: 2020-01-01, until: 2020-02-01}",
                                    "key: [at, who]",
                                    "fields: {at: date, who: text, seconds: integer}"))
                    .isEmpty();
            assertThat(asked("sum(%s.seconds)".formatted(table))).isEqualTo("1");
            database(
                    "insert into market.%s (at, who, seconds) values ('2020-01-05 11:00', 'a', 2)"
                            .formatted(table));
            assertThat(asked("sum(%s.seconds)".formatted(table)))
                    .startsWith(
                            "MAPPED_TABLE Two rows of market.%s have one key (at, who)."
                                    .formatted(table));
        }
    }

    @Test
    void a_history_is_of_columns_of_the_table(@TempDir Path folder) throws Exception {
        database("create table market.flat (flat_no text, since date, rooms integer)");
        var flat = "entity: flat\ntable: market.flat\nkey: flat_no\nattributes: {rooms: integer}";
        assertThat(declared(folder, "flat", flat, "history: as_of"))
                .contains(
                        "'as_of' is said by an import, and nothing is imported into the table market.flat");
        Files.createDirectory(folder.resolve("again"));
        assertThat(declared(folder.resolve("again"), "flat", flat, "history: {snapshot: since}"))
                .isEmpty();
        database(
                "insert into market.flat values ('a', '2019-01-01', 1), ('a', '2020-01-10', 2), ('b', '2019-01-01', 4)");
        // Two flats; at the end of January they have 2 and 4 rooms.
        assertThat(asked("count(flat)")).isEqualTo("2");
        assertThat(asked("sum(flat : rooms)")).isEqualTo("6");
    }

    private static String[] weeks(String table) {
        return new String[] {
            "calendar: " + table,
            "table: market." + table,
            "day: on_day",
            "grains: {week: [in_year, in_week], year: in_year}"
        };
    }

    private String byWeek(String calendar) {
        var answer =
                cairn.ask(
                        """
                        query($grain: String!) { analyze(input: {metrics: [{metric: {key: "bookings"}}], calendarGrain: $grain
                          timeRange: {between: {from: "2020-01-01", to: "2020-01-05"}}}) { records } }\
                        """,
                        Map.of("grain", calendar + ".week"));
        return answer.at("/errors/0/extensions/problems/0").isMissingNode()
                ? answer.at("/data/analyze/records").size() + " weeks"
                : answer.at("/errors/0/extensions/problems/0/code").asString()
                        + " "
                        + answer.at("/errors/0/extensions/problems/0/message").asString();
    }

    @Test
    void a_calendar_is_mapped_on_a_table_and_checked_when_applied_and_when_asked(
            @TempDir Path folder) throws Exception {
        assertThat(declared(folder, "weeks", weeks("weeks")))
                .contains("There is no table or view market.weeks");
        database("create table market.weeks (on_day timestamp, in_year integer, in_weak text)");
        assertThat(declared(folder, "misspelt", weeks("weeks")))
                .contains("market.weeks has no column in_week; it has: in_weak, in_year, on_day.");
        database("alter table market.weeks rename in_weak to in_week");
        assertThat(declared(folder, "empty", weeks("weeks")))
                .contains(
                        "The calendar 'weeks' has no periods: its table market.weeks has no rows.");
        database(
                "insert into market.weeks select d, 2020, case when d < date '2020-01-03' then 'A' else 'B' end from generate_series(timestamp '2020-01-01', timestamp '2020-01-07', interval '1 day') d",
                "delete from market.weeks where on_day = '2020-01-02'");
        assertThat(declared(folder, "missing", weeks("weeks")))
                .contains(
                        "there is no row of 2020-01-02, which is between 2020-01-01 and 2020-01-07");
        database(
                "insert into market.weeks values ('2020-01-02', 2020, 'A'), ('2020-01-02', 2020, 'A')");
        assertThat(declared(folder, "twice", weeks("weeks")))
                .contains("Two rows of market.weeks have one key (on_day 2020-01-02");
        database(
                "delete from market.weeks where on_day = '2020-01-02'",
                "insert into market.weeks values ('2020-01-02', 2020, 'A')",
                "update market.weeks set in_week = 'A' where on_day = '2020-01-05'");
        assertThat(declared(folder, "broken", weeks("weeks")))
                .contains("'2020 A' comes back as a 'week' on 2020-01-05");
    }

    @Test
    void a_mapped_calendar_is_looked_at_again_by_each_question(@TempDir Path folder)
            throws Exception {
        database(
                "create table market.spans (on_day date, in_year integer, in_week text)",
                "insert into market.spans select d, 2020, case when d < date '2020-01-03' then 'A' else 'B' end from generate_series(timestamp '2020-01-01', timestamp '2020-01-07', interval '1 day') d");
        assertThat(declared(folder, "spans", weeks("spans"))).isEmpty();
        assertThat(byWeek("spans")).isEqualTo("2 weeks");
        database("update market.spans set in_week = 'C' where on_day = '2020-01-04'");
        assertThat(byWeek("spans"))
                .startsWith(
                        "UNKNOWN_CALENDAR The calendar 'spans' has no periods: '2020 B' comes back");
        database("update market.spans set in_week = 'C' where on_day > '2020-01-04'");
        assertThat(byWeek("spans")).isEqualTo("3 weeks");
        database("alter table market.spans rename in_week to of_week");
        assertThat(byWeek("spans")).contains("market.spans has no column in_week");
        database("alter table market.spans rename of_week to in_week");
        assertThat(byWeek("spans")).isEqualTo("3 weeks");
        database("alter table market.spans rename to spans_old");
        assertThat(byWeek("spans")).contains("There is no table or view market.spans");
        assertThat(asked("count(booking)")).isNotEmpty();
        database(
                "create view market.spans as select on_day, in_year / 0 as in_year, in_week from market.spans_old");
        assertThat(byWeek("spans"))
                .contains("The database fails on reading market.spans (SQLSTATE 22012).");
        assertThat(asked("count(booking)")).isNotEmpty().doesNotContain("UNKNOWN_CALENDAR");
        database("drop view market.spans", "alter table market.spans_old rename to spans");
        assertThat(byWeek("spans")).isEqualTo("3 weeks");
    }

    @Test
    void a_range_of_time_is_looked_up_by_the_index_of_the_table(@TempDir Path folder)
            throws Exception {
        database(
                "create table market.many (at date, who text, seconds integer)",
                "insert into market.many select date '2015-01-01' + n % 3000, 'u0004114', 1 from generate_series(1, 60000) n",
                "create index many_by_time on market.many (at)",
                "analyze market.many");
        assertThat(declared(folder, "many", visits("many"))).isEmpty();

        var sql =
                cairn.ask(
                                """
                                { explain(input: {metrics: [{metric: {formula: "sum(many : seconds)"}, as: "n"}]
                                  timeRange: {between: {from: "2020-01-01", to: "2020-02-01"}}}) { sql } }\
                                """,
                                Map.of())
                        .at("/data/explain/sql")
                        .asString();
        var steps = new java.util.ArrayList<String>();
        try (var connection = cairn.database().connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery("explain " + sql)) {
            while (found.next()) {
                steps.add(found.getString(1));
            }
        }
        assertThat(String.join("\n", steps))
                .contains("many_by_time")
                .doesNotContain("Seq Scan on many");
        assertThat(asked("sum(many : seconds)")).isEqualTo("620");
    }

    @Test
    void a_cell_opens_into_the_accounts_behind_it() {
        var cell =
                cairn.ask(
                        """
                        { analyze(input: {metrics: [{metric: {key: "bookings"}}]
                          timeRange: {between: {from: "2019-12-01", to: "2021-01-01"}}}) { rows { key } } }\
                        """,
                        Map.of());
        var opened =
                cairn.ask(
                        """
                        query($key: String!) { members(key: $key, column: "bookings", by: ACCOUNT, first: 50
                          input: {metrics: [{metric: {key: "bookings"}}]
                          timeRange: {between: {from: "2019-12-01", to: "2021-01-01"}}}) { records } }\
                        """,
                        Map.of("key", cell.at("/data/analyze/rows/0/key").asString()));

        assertThat(opened.at("/data/members/records").size())
                .as(opened.toString())
                .isGreaterThan(3);
    }

    @Test
    void nothing_is_imported_into_it() throws Exception {
        var said = cairn.inside("import", "booking", file("fct_bookings").toString());

        assertThat(said.exit()).isNotZero();
        assertThat(said.output() + said.errors())
                .contains("'booking' is mapped on the table market.fct_bookings");
    }

    @Test
    void values_of_its_fields_are_suggested() {
        var answer =
                cairn.ask(
                        "{ metric(key: \"bookings\") { dimensions { key values(first: 5) } } }",
                        Map.of());

        assertThat(answer.toString())
                .contains(
                        "{\"key\":\"listing.country\",\"values\":[\"ca\",\"cote d'ivoire\",\"us\"]}");
    }
}
