package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.in.TrustUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.trust.BrokenStretch;
import dev.cairn.domain.trust.Check;
import dev.cairn.domain.trust.Check.Status;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.testkit.data.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Half a year of clicks, forty a day, with a week that lost most of them; and a survey that says in five ways that an answer is missing. */
class TrustedAnswersTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-01-05");
    private static final LocalDate BROKEN = LocalDate.parse("2026-04-06");
    private static final int DAYS = 182;

    private static final String DEFINITIONS =
            """
            source: click
            time: {field: at, zone: UTC}
            account: {field: customer}
            key: [id]
            fields: {id: integer, at: timestamp, customer: text, name: text, amount: integer, order_no: integer}
            expect:
              cadence: day
              freshness: 99999 days
              volume: {by: click.name}
              fields:
                name: {values: [login, export], empty: 1%}
                amount: {min: 0, max: 100, sentinels: [99]}
              unique: [order_no, customer]
              orphans: 1%
              controls:
                ledger: {formula: sum(click.amount), expected: sum(ledger.booked), tolerance: 1%, per: month}
                january: {formula: count(click), expected: '1080', from: 2026-01-05, until: 2026-02-01}
            ---
            source: ledger
            time: {field: month}
            coverage: {from: 2026-01-01, until: 2026-12-01}
            key: [month]
            fields: {month: date, booked: integer}
            ---
            source: survey
            time: {field: answered_on, compute: "date(survey_year, 5, 1)", zone: America/Los_Angeles}
            coverage: {from: 2015-01-01, until: 2019-01-01}
            key: [survey_year, respnum]
            fields: {survey_year: integer, respnum: integer, q7all: text, netpro: text}
            expect:
              cadence: year
              fields:
                q7all: {values: ['1', '2', '3', '4', '5', '6'], empty: 0, sentinels: [Blank, '0 ', 'n/a']}
                netpro: {empty: 10%, sentinels: ['11']}
            ---
            source: target
            time: {field: on_day}
            coverage: {from: 2026-01-01, until: 2026-12-01}
            fields: {on_day: date, target: text, ledger: integer}
            expect:
              fields:
                target: {values: [reply], empty: 0}
                ledger: {max: 9}
              unique: [target, ledger]
            """;

    private static final String METRICS =
            """
            metric: guarded
            of: cell
            formula: count(click)
            trust: {at_least: B}
            ---
            metric: far
            of: cell
            formula: 2 * guarded
            ---
            metric: clicks
            of: cell
            direction: higher
            counter: amount_each
            formula: count(click)
            ---
            metric: amount_each
            of: cell
            direction: lower
            formula: avg(click.amount)
            ---
            success: many
            rule: count(click) > 9
            from: 2026-05-04
            until: 2026-06-01
            """;

    @TempDir private static Path folder;
    private static RunningCairn cairn;

    @BeforeAll
    static void start() throws IOException {
        cairn = new RunningCairn();
        write("definitions/a.yaml", DEFINITIONS);
        write("definitions/b.yaml", METRICS);
        write("click.csv", clicks());
        write(
                "ledger.csv",
                "month,booked\n2026-01-31,1080\n2026-02-28,1120\n2026-03-31,1240\n2026-04-30,1300\n");
        done("apply", folder.resolve("definitions").toString());
        done("import", "click", folder.resolve("click.csv").toString());
        done("import", "ledger", folder.resolve("ledger.csv").toString());
        write(
                "target.csv",
                "on_day,target,ledger\n2026-01-31,reply,4\n2026-02-28,reply,12\n2026-03-01,reply,12\n");
        done("import", "target", folder.resolve("target.csv").toString());
    }

    private static void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    private static void done(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.output() + said.errors()).isZero();
    }

    /** Of amount 1 each; five a day in the broken week, whose facts say 'Blank' and 99 too. */
    private static String clicks() {
        var text = new StringBuilder("id,at,customer,name,amount,order_no\n");
        int id = 0;
        for (int day = 0; day < DAYS; day++) {
            var on = FIRST.plusDays(day);
            boolean isBroken = !on.isBefore(BROKEN) && on.isBefore(BROKEN.plusDays(7));
            for (int of = 0; of < (isBroken ? 5 : 40); of++) {
                id++;
                text.append(
                        "%d,%sT10:00:00Z,%s,%s,%s,%d\n"
                                .formatted(
                                        id,
                                        on,
                                        id % 500 == 0 ? "" : "a-" + id % 7,
                                        isBroken ? "Blank" : "login",
                                        isBroken ? "99" : "1",
                                        id));
            }
        }
        return text.toString();
    }

    @AfterAll
    static void stop() {
        cairn.close();
    }

    private static SourceTrust trust(String source, Caller caller) {
        var outcome = cairn.bean(TrustUseCase.class).trust(Set.of(source), caller, Deadline.NEVER);
        return ((Outcome.Assessed) outcome).sources().getFirst();
    }

    private static Check check(SourceTrust trust, String name) {
        return trust.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_check_finds_what_was_put_there() {
        var trust = trust("click", Caller.LOCAL);
        assertThat(trust.checks())
                .extracting(Check::name, Check::status)
                .containsExactlyInAnyOrder(
                        tuple("volume", Status.FAIL),
                        // April: 23 days of 40, 7 of 5 at 99 each: 4385, where 1300 is booked.
                        tuple("control:ledger", Status.FAIL),
                        // 35 of 7035 facts are 0.5 %, and nearly all of their days.
                        tuple("values:name", Status.WARN),
                        tuple("sentinel:name", Status.WARN),
                        tuple("sentinel:99:amount", Status.WARN),
                        tuple("facts", Status.PASS),
                        tuple("freshness", Status.PASS),
                        tuple("completeness", Status.PASS),
                        tuple("empty:name", Status.PASS),
                        tuple("range:amount", Status.PASS),
                        tuple("orphans", Status.PASS),
                        tuple("unique", Status.PASS),
                        tuple("control:january", Status.PASS));
        assertThat(trust.grade()).isEqualTo(Grade.D);
        assertThat(check(trust, "sentinel:name").figure()).isEqualTo(35 / 7035.0);
        assertThat(check(trust, "orphans").figure()).isEqualTo(14 / 7035.0);
        assertThat(trust.broken())
                .extracting(BrokenStretch::from, BrokenStretch::until)
                .containsOnly(tuple(BROKEN, BROKEN.plusDays(7)));
    }

    /** A source may have the name of one of its fields, and a field that of another source. */
    @Test
    void fields_are_told_from_sources_of_their_names() {
        var trust = trust("target", Caller.LOCAL);
        assertThat(trust.checks())
                .extracting(Check::name, Check::status)
                .containsExactlyInAnyOrder(
                        tuple("facts", Status.PASS),
                        tuple("empty:target", Status.PASS),
                        tuple("values:target", Status.PASS),
                        tuple("sentinel:target", Status.PASS),
                        tuple("range:ledger", Status.FAIL),
                        tuple("unique", Status.FAIL));
        assertThat(check(trust, "range:ledger").figure()).isEqualTo(2 / 3.0);
        assertThat(check(trust, "unique").figure()).isEqualTo(1 / 3.0);
    }

    @Test
    void what_nothing_is_expected_of_has_no_grade() {
        assertThat(trust("ledger", Caller.LOCAL).grade()).isNull();
    }

    @Test
    void who_sees_some_accounts_is_told_no_figure() {
        var told = trust("click", new Caller("ann", "account = 'a-1'"));
        assertThat(told.grade()).isEqualTo(Grade.D);
        assertThat(told.checks())
                .allSatisfy(check -> {
                    assertThat(check.figure()).isNull();
                    assertThat(check.from()).isNull();
                    assertThat(check.found()).doesNotContainPattern("[0-9]");
                });
        assertThat(told.broken()).isEmpty();
    }

    @Test
    void a_metric_below_its_floor_has_no_value_and_broken_weeks_are_marked() {
        var answer =
                cairn.ask(
                                """
                                { analyze(input: {metrics: [{metric: {key: "guarded"}}, {metric: {key: "far"}}, {metric: {key: "clicks"}}]
                                    grain: WEEK, timeRange: {between: {from: "2026-03-30", to: "2026-04-20"}}}) {
                                  rows { cells { number absence numerator sampleSize incompleteBecause } }
                                  notices { code column } trust { source grade } } }
                                """,
                                Map.of())
                        .at("/data/analyze");
        assertThat(answer.at("/rows/1/cells/1").toString())
                .isEqualTo(
                        "{\"number\":null,\"absence\":\"UNTRUSTED\",\"numerator\":null,\"sampleSize\":null,\"incompleteBecause\":[\"BROKEN_DATA\"]}");
        assertThat(answer.at("/rows/1/cells/2/absence").asString()).isEqualTo("UNTRUSTED");
        assertThat(answer.at("/rows/1/cells/3/number").asInt()).isEqualTo(35);
        assertThat(answer.at("/rows/0/cells/3/incompleteBecause").toString()).isEqualTo("[]");
        assertThat(answer.at("/rows/1/cells/3/incompleteBecause").toString())
                .isEqualTo("[\"BROKEN_DATA\"]");
        assertThat(answer.at("/rows/2/cells/3/incompleteBecause").toString()).isEqualTo("[]");
        assertThat(answer.at("/trust").toString())
                .isEqualTo("[{\"source\":\"click\",\"grade\":\"D\"}]");
        assertThat(answer.at("/notices").findValues("code"))
                .extracting(code -> code.asString())
                .containsExactly("UNTRUSTED", "UNTRUSTED", "LOW_TRUST");
    }

    /** Asked as tables, by accounts and by cells: whatever their questions read is named, and what only their checks read is not. */
    @Test
    void answers_of_several_questions_name_what_they_read() {
        var answers =
                cairn.ask(
                        """
                        { why(input: {metric: {metric: {key: "clicks"}}
                              from: {timeRange: {between: {from: "2026-03-30", to: "2026-04-06"}}}
                              to: {timeRange: {between: {from: "2026-04-06", to: "2026-04-13"}}}}) { trust { source grade checks { name status } } }
                          impact(input: {metrics: [{metric: {key: "clicks"}}], changedOn: "2026-04-06", windowDays: 28}) { trust { source grade } }
                          lifecycle(input: {frame: {timeRange: {between: {from: "2026-03-01", to: "2026-05-01"}}, grain: MONTH}, active: {facts: "click"}}) {
                            trust { source grade } }
                          guards(input: {metrics: ["clicks"], asOf: "2026-06-01T00:00:00Z"}) { trust { source grade } }
                          healthChange(account: "a-1", from: "2026-03-02", to: "2026-04-02", metric: "clicks") { trust { source grade } } }
                        """,
                        Map.of());
        for (var field : List.of("why", "impact", "lifecycle", "guards", "healthChange")) {
            var trust = answers.at("/data/" + field + "/trust");
            assertThat(trust).as(answers.toString()).hasSize(1);
            assertThat(trust.at("/0/source").asString()).isEqualTo("click");
            assertThat(trust.at("/0/grade").asString()).isEqualTo("D");
        }
        assertThat(answers.at("/data/why/trust/0/checks").toString())
                .contains("{\"name\":\"volume\",\"status\":\"FAIL\"}");
    }

    private static String guard(String asOf) {
        var pair =
                cairn.ask(
                                "{ guards(input: {metrics: [\"clicks\"], asOf: \"%sT00:00:00Z\"}) { pairs { state reason } } }"
                                        .formatted(asOf),
                                Map.of(),
                                new Caller("ann", "account = 'a-1'"))
                        .at("/data/guards/pairs/0");
        return pair.path("state").asString() + ": " + pair.path("reason").asString();
    }

    /** Its answers mark no stretch that checks found, as days are of all accounts; so it is not said which they are. */
    @Test
    void a_guard_within_a_scope_tests_no_month_with_days_that_were_found_broken() {
        var broken =
                "NOT_ENOUGH_DATA: The data of 'clicks' does not reach over both cycles, or is broken on some of their days.";
        assertThat(guard("2026-05-10")).as("April beside March").isEqualTo(broken);
        assertThat(guard("2026-06-10")).as("May beside April").isEqualTo(broken);
        assertThat(guard("2026-07-05"))
                .as("June beside May")
                .isEqualTo(
                        "NOT_ENOUGH_DATA: Fewer than 20 accounts have a value of 'clicks' that moved.");
    }

    private static final String LOW =
            "Some of this is read from data that is not as expected: 'click' is of grade D: volume";

    /** What is expected is counted before, so that no answer is given while it still is. */
    private static RunningCairn.Said asked(String words, String format) {
        trust("click", Caller.LOCAL);
        return cairn.inside((words + " --format " + format).split(" "));
    }

    @Test
    void the_terminal_says_below_an_answer_to_one_question_which_data_is_low() {
        assertThat(asked("query clicks --range 2026-03-30..2026-04-20", "text").output())
                .containsOnlyOnce(LOW);
    }

    /** Their documents have all that GraphQL has of it, so that nobody has to read the error output. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "impact clicks --on 2026-04-06 --window 28",
                "why clicks --from 2026-03-30..2026-04-06 --to 2026-04-06..2026-04-13",
                "guards clicks --as-of 2026-06-01",
                "health a-1 --from 2026-03-02 --to 2026-04-02 --metric clicks",
                "separation clicks --success many --days 30",
                "separation --success many --days 30"
            })
    void the_terminal_says_with_an_answer_of_several_questions_how_far_its_data_can_be_trusted(
            String words) {
        assertThat(asked(words, "text").output()).containsOnlyOnce(LOW);

        var document = asked(words, "json");
        assertThat(document.errors()).as(words).doesNotContain(LOW);
        var trust = new JsonMapper().readTree(document.output()).path("trust");
        assertThat(trust.findValues("source")).as(document.output()).hasSize(1);
        assertThat(trust.at("/0/source").asString()).isEqualTo("click");
        assertThat(trust.at("/0/grade").asString()).isEqualTo("D");
        assertThat(trust.at("/0/checks").toString())
                .contains("\"name\":\"volume\"", "\"status\":\"FAIL\"");
    }

    @Test
    void the_terminal_says_what_to_do() {
        var said = cairn.inside("trust", "click", "--at-least", "B");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.output())
                .startsWith("click  D")
                .contains("fail  volume: 7 periods")
                .contains("-> Compare the facts of these days with the books");
    }

    @Test
    void each_code_of_a_real_survey_is_found_in_the_years_that_have_it() {
        var file = RealData.require("sfo-survey").resolve("sfo_customer_survey_2015_2018.csv.gz");
        done("import", "survey", file.toString());

        var trust = trust("survey", Caller.LOCAL);

        assertThat(
                        List.of(
                                check(trust, "sentinel:0:q7all"),
                                check(trust, "sentinel:blank:q7all"),
                                check(trust, "sentinel:n/a:q7all"),
                                check(trust, "sentinel:11:netpro"),
                                check(trust, "values:q7all"),
                                check(trust, "empty:netpro")))
                .extracting(Check::figure, Check::from, Check::until)
                .containsExactly(
                        tuple(241 / 11685.0, year(2015), year(2017)),
                        tuple(327 / 11685.0, year(2017), year(2019)),
                        tuple(0.0, null, null),
                        tuple(243 / 11685.0, year(2017), year(2019)),
                        tuple(568 / 11685.0, year(2015), year(2019)),
                        tuple(6046 / 11685.0, year(2015), year(2018)));
        assertThat(trust.broken())
                .extracting(BrokenStretch::from, BrokenStretch::until)
                .containsExactly(tuple(year(2015), year(2017)));
        assertThat(trust.grade()).isEqualTo(Grade.F);
    }

    private static LocalDate year(int year) {
        return LocalDate.of(year, 1, 1);
    }
}
