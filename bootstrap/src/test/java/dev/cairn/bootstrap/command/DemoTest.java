package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.bootstrap.demo.Demo;
import dev.cairn.bootstrap.demo.DemoFiles;
import dev.cairn.bootstrap.separation.CountedAccounts;
import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import dev.cairn.demo.Truths;
import dev.cairn.domain.statistics.Auc;
import dev.cairn.domain.statistics.Groups;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is true of the made-up company is what Cairn finds in its facts. */
@TestInstance(Lifecycle.PER_CLASS)
class DemoTest {
    private static final String SHARED =
            "count(activity where name = 'report_shared') / count(activity)";

    private static final Company COMPANY = Company.of(Options.DEFAULT.withSize(80, 20_000));

    private final RunningCairn cairn = new RunningCairn();

    @BeforeAll
    void fill() throws Exception {
        var demo = cairn.bean(Demo.class);
        assertThat(demo.isWanting(COMPANY.options())).isTrue();
        demo.fill(COMPANY.options(), _ -> {});
        assertThat(demo.isWanting(COMPANY.options())).isFalse();
        assertThat(demo.there()).isEqualTo(COMPANY.options());
    }

    @AfterAll
    void stop() {
        cairn.close();
    }

    @Test
    void each_month_has_the_customers_and_the_revenue_that_are_true() {
        var found = months();
        var truths = COMPANY.truths().months();

        assertThat(found).hasSameSizeAs(truths);
        for (int at = 0; at < truths.size(); at++) {
            var month = found.get(at);
            Truths.Month truth = truths.get(at);
            assertThat(month.path("time").asString()).isEqualTo(truth.start().toString());
            assertThat(month.path("customers_at_start").asInt())
                    .isEqualTo(truth.customersAtStart());
            assertThat(month.path("lost_customers").asInt()).isEqualTo(truth.lost());
            assertThat(month.path("paying_accounts").asInt()).isEqualTo(truth.customersAtEnd());
            for (var currency : truth.mrrAtEnd().entrySet()) {
                assertThat(new BigDecimal(month.path(currency.getKey()).asString()))
                        .isCloseTo(
                                currency.getValue(),
                                org.assertj.core.data.Offset.offset(new BigDecimal("0.01")));
            }
        }
    }

    /** It is as its pack expects, but for the week in which most of the usage of one region was lost. */
    @Test
    void the_pack_finds_the_broken_week_and_nothing_else() {
        var broken =
                COMPANY.truths().story().stream()
                        .filter(each -> each.name().contains("broken"))
                        .findFirst()
                        .orElseThrow()
                        .on();
        var items =
                cairn.ask(
                                "{ sourceTrust { items { source grade broken { from to } touches { metrics } } } }",
                                Map.of())
                        .at("/data/sourceTrust/items");
        var grades = new TreeMap<String, String>();
        for (var item : items) {
            grades.put(item.path("source").asString(), item.path("grade").asString());
            if (item.path("source").asString().equals("event")) {
                assertThat(item.path("broken")).hasSize(1);
                assertThat(LocalDate.parse(item.at("/broken/0/from").asString()))
                        .isBetween(broken, broken.plusDays(6));
                assertThat(LocalDate.parse(item.at("/broken/0/to").asString()))
                        .isBetween(broken.plusDays(1), broken.plusDays(7));
                assertThat(item.at("/touches/metrics").toString())
                        .contains("\"health\"", "\"stickiness\"")
                        .doesNotContain("\"nps\"");
            } else {
                assertThat(item.path("broken")).isEmpty();
            }
        }
        assertThat(grades.remove("event")).isEqualTo("C");
        assertThat(grades).hasSizeGreaterThan(17);
        assertThat(grades.values()).containsOnly("A");
    }

    private ArrayList<JsonNode> months() {
        var answer =
                cairn.ask(
                        """
                        query($until: Date!, $begin: Date!) { analyze(input: {
                          metrics: [
                            {metric: {key: "customers_at_start"}}, {metric: {key: "lost_customers"}}, {metric: {key: "paying_accounts"}},
                            {metric: {formula: "sum(paid_subscription at end where currency = 'USD' : monthly)"}, as: "USD"},
                            {metric: {formula: "sum(paid_subscription at end where currency = 'EUR' : monthly)"}, as: "EUR"},
                            {metric: {formula: "sum(paid_subscription at end where currency = 'GBP' : monthly)"}, as: "GBP"}]
                          grain: MONTH, timeRange: {between: {from: $begin, to: $until}}}) { records } }\
                        """,
                        Map.of(
                                "begin", COMPANY.options().begin().toString(),
                                "until", COMPANY.options().until().toString()));
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        var months = new ArrayList<JsonNode>();
        answer.at("/data/analyze/records").forEach(months::add);
        return months;
    }

    private double shared(String rule, JsonNode days) {
        return cairn.ask(
                        """
                        query($shared: String!, $rule: String!, $from: Date!, $to: Date!) { analyze(input: {metrics: [{metric: {formula: $shared}, as: "shared"}]
                            cohort: {rule: $rule}, timeRange: {between: {from: $from, to: $to}}}) { records } }\
                        """,
                        Map.of(
                                "shared",
                                SHARED,
                                "rule",
                                rule,
                                "from",
                                days.path("from").asString(),
                                "to",
                                days.path("until").asString()))
                .at("/data/analyze/records/0/shared")
                .asDouble();
    }

    /** A marker names the accounts that it concerned; what is compared is what analyze says of them. */
    @Test
    void a_change_is_found_by_its_marker() {
        var impact =
                cairn.ask(
                                """
                                query($shared: String!) { impact(input: {metrics: [{metric: {formula: $shared}, as: "shared"}], change: "M1", windowDays: 84
                                    comparison: {rule: "account.region != 'Europe'"}}) {
                                  change treatedAccounts comparisonAccounts windows { changedOn before { from until } }
                                  metrics { estimand treated { before } effect { value trend { p } } verdict
                                    course { days { from until } treated comparison } } } }\
                                """,
                                Map.of("shared", SHARED))
                        .at("/data/impact");

        assertThat(impact.path("change").asString()).isEqualTo("Guided setup");
        assertThat(impact.at("/windows/changedOn").asString())
                .isEqualTo(COMPANY.truths().story().getFirst().on().toString());
        assertThat(impact.path("treatedAccounts").asInt()).isPositive();
        assertThat(impact.path("comparisonAccounts").asInt()).isPositive();
        assertThat(impact.at("/metrics/0/estimand").asString()).isEqualTo("RATIO_OF_SUMS");
        assertThat(impact.at("/metrics/0/treated/before").asDouble())
                .isCloseTo(
                        shared("account.region = 'Europe'", impact.at("/windows/before")),
                        within(1e-9));
        assertThat(impact.at("/metrics/0/effect/trend/p").isNumber()).isTrue();

        var course = impact.at("/metrics/0/course");
        assertThat(course).hasSize(24);
        var last = course.get(23);
        assertThat(last.path("treated").asDouble())
                .isCloseTo(shared("account.region = 'Europe'", last.path("days")), within(1e-9));
        assertThat(last.path("comparison").asDouble())
                .isCloseTo(shared("account.region != 'Europe'", last.path("days")), within(1e-9));

        var unknown =
                cairn.ask(
                        "{ impact(input: {metrics: [{metric: {key: \"nps\"}}], change: \"M11\"}) { change } }",
                        Map.of());
        assertThat(unknown.at("/errors/0/extensions/problems/0/message").asString())
                .contains("No change 'M11'", "Did you mean 'M1'?");
    }

    /** What Cairn holds against each other is what is counted from the files; of larger companies MetricsOfTheDemoTest says what comes of it. */
    @Test
    void metrics_are_held_against_who_stayed_as_its_files_say() {
        var counted = CountedAccounts.of(COMPANY, 6);
        SmallCompany.fill(
                cairn,
                """
                success: stayed
                label: Stayed
                rule: not exists(contract on decided_on where decision = 'lost')
                from: %s
                until: %s
                size: "sum(paid_subscription at end : seats)"
                """
                        .formatted(counted.from(), counted.until()),
                List.of());

        same(
                counted,
                "count(activity) / sum(paid_subscription at end : seats)",
                one -> (double) one.activities() / one.seats());
        same(counted, "count(event where name = 'login')", CountedAccounts.Counted::logins);
    }

    private void same(
            CountedAccounts counted,
            String formula,
            ToDoubleFunction<CountedAccounts.Counted> value) {
        var accounts = counted.accounts();
        var groups =
                Groups.of(
                        accounts.size(),
                        at -> value.applyAsDouble(accounts.get(at)),
                        at -> accounts.get(at).stayed());
        var answer =
                cairn.ask(
                        """
                        query($formula: String!, $where: String!) { separation(input: {metric: {formula: $formula}, success: "stayed", where: $where}) {
                          whole { successes others detail { auc { value } } } } }\
                        """,
                        Map.of(
                                "formula",
                                formula,
                                "where",
                                "exists(contract on starts_on where due_on >= @%1$s and due_on < @%2$s and coalesce(decided_on >= @%1$s, true)) over last 12 months"
                                        .formatted(counted.from(), counted.until())));
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        var whole = answer.at("/data/separation/whole");
        assertThat(whole.path("successes").asInt()).isEqualTo(groups.successes());
        assertThat(whole.path("others").asInt()).isEqualTo(groups.rest());
        assertThat(whole.at("/detail/auc/value").asDouble())
                .isCloseTo(Auc.of(groups).value(), within(1e-9));
    }

    @Test
    void filling_it_again_changes_nothing() throws Exception {
        var before = months();

        cairn.bean(Demo.class).fill(COMPANY.options(), _ -> {});

        assertThat(months()).isEqualTo(before);
    }

    @Test
    void its_files_say_which_company_they_are_of(@TempDir Path folder) throws Exception {
        DemoFiles.write(COMPANY, folder);

        assertThat(DemoFiles.optionsIn(folder.resolve(DemoFiles.TRUTHS)))
                .isEqualTo(COMPANY.options());
        assertThat(DemoFiles.optionsIn(folder.resolve("none.json"))).isNull();
        for (var table : COMPANY.tables()) {
            assertThat(Files.readAllLines(folder.resolve(table.target() + ".csv")).getFirst())
                    .isEqualTo(String.join(",", table.header()));
        }
    }
}
