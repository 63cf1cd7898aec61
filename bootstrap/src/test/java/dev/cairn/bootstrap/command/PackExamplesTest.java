package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.bootstrap.demo.DemoFiles;
import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import dev.cairn.domain.model.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each metric of the pack, asked of the made-up company, is what hand-written SQL over the company's files says. */
@TestInstance(Lifecycle.PER_CLASS)
class PackExamplesTest {
    private static final String FOLDER = "examples/pack";
    private static final Company COMPANY = Company.of(Options.DEFAULT.withSize(60, 20_000));

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");

    private static final Offset<Double> A_CENT = within(0.01);

    private RunningCairn cairn;
    private RawTables raw;

    @BeforeAll
    void import_the_files_of_the_company(@TempDir Path folder) throws Exception {
        raw = new RawTables();
        cairn = new RunningCairn();
        DemoFiles.write(COMPANY, folder);
        inside("apply", "--pack", "customer-success");
        for (var table : COMPANY.tables()) {
            var file = folder.resolve(table.target() + ".csv");
            raw.load(file, "raw_" + table.target());
            if (table.target().equals("account") || table.target().equals("user")) {
                inside("import", table.target(), file.toString());
            } else {
                inside("import", table.target(), file.toString(), "--complete-until", "2026-07-01");
            }
        }
        raw.execute(Files.readString(RunningCairn.inRepository(FOLDER + "/views.sql")));
    }

    private void inside(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
    }

    @AfterAll
    void stop() {
        for (var started : Arrays.asList(cairn, raw)) {
            if (started != null) {
                closeQuietly(started);
            }
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> the_answer_is_what_hand_written_sql_says() {
        return WorkedExample.in(FOLDER).stream()
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.file() + ": " + example.title(),
                                () -> WorkedExamplesTest.expect(example, cairn, raw)));
    }

    @Test
    void what_moved_leads_from_the_start_to_the_end_in_every_cell() {
        var cells =
                asked(
                        "mrr_start new_mrr reactivated_mrr expansion_mrr contraction_mrr churned_mrr fx_impact mrr",
                        "account.segment");
        assertThat(cells).hasSizeGreaterThan(60);
        for (var cell : cells) {
            double end =
                    number(cell, "mrr_start")
                            + number(cell, "new_mrr")
                            + number(cell, "reactivated_mrr")
                            + number(cell, "expansion_mrr")
                            - number(cell, "contraction_mrr")
                            - number(cell, "churned_mrr")
                            + number(cell, "fx_impact");
            assertThat(end).as(cell.toString()).isCloseTo(number(cell, "mrr"), A_CENT);
        }
    }

    @Test
    void who_stays_and_who_leaves_are_all_who_were_there_in_every_cell() {
        var cells =
                asked("logo_churn customer_retention", "account.segment").stream()
                        .filter(cell -> !cell.path("logo_churn").isNull())
                        .toList();
        assertThat(cells).hasSizeGreaterThan(50);
        for (var cell : cells) {
            assertThat(number(cell, "logo_churn") + number(cell, "customer_retention"))
                    .as(cell.toString())
                    .isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void what_moved_event_by_event_adds_up_to_the_change_in_the_reporting_currency() {
        var months =
                asked(
                        "new_mrr_by_event reactivated_mrr_by_event expansion_mrr_by_event contraction_mrr_by_event churned_mrr_by_event",
                        "",
                        "sum(reporting_subscription at end : monthly) - sum(reporting_subscription at start : monthly)");
        assertThat(months).hasSizeGreaterThan(20);
        for (var month : months) {
            double moved =
                    number(month, "new_mrr_by_event")
                            + number(month, "reactivated_mrr_by_event")
                            + number(month, "expansion_mrr_by_event")
                            - number(month, "contraction_mrr_by_event")
                            - number(month, "churned_mrr_by_event");
            assertThat(moved).as(month.toString()).isCloseTo(number(month, "n0"), A_CENT);
        }
    }

    /** Recurring revenue at the end of June, in dollars, of all customers of a segment; and where each stands. */
    private static final String STANDINGS =
            """
            with peer as (
              select account, segment, coalesce((
                select sum(dollars(monthly, currency, date '2026-06-30')) from subscription s
                where s.account = v.account and starts_on < date '2026-07-01' and (ends_on is null or ends_on >= date '2026-07-01')), 0) as mrr
              from customer_version v join customer using (account)
              where started_on < date '2026-07-01' and valid_from <= date '2026-06-30' and (valid_until is null or valid_until > date '2026-06-30'))
            select
              account, (select count(*) + 1 from peer b where b.segment = a.segment and b.mrr > a.mrr)::integer as rank,
              (select 100 * sum(case when b.mrr < a.mrr then 1 when b.mrr = a.mrr then 0.5 else 0 end) / count(*)
                from peer b where b.segment = a.segment)::double precision as percentile,
              (select percentile_cont(0.5) within group (order by mrr) from peer b where b.segment = a.segment)::double precision as median,
              (select count(*) from peer b where b.segment = a.segment)::integer as counted
            from peer a
            order by account
            limit 6
            """;

    @Test
    void where_an_account_stands_among_its_peers_is_what_sql_says() throws Exception {
        var expected = raw.query(STANDINGS);
        assertThat(expected).hasSize(6);
        for (var standing : expected) {
            var found =
                    overview(
                                    standing.get("account"),
                                    "metrics(keys: [\"mrr\"], periods: 1, peersBy: \"account.segment\") { metrics { standing { rank percentile median counted without } } }")
                            .at("/metrics/metrics/0/standing");
            assertThat(found.path("rank").intValue())
                    .as(standing + " " + found)
                    .isEqualTo(standing.get("rank"));
            assertThat(found.path("counted").intValue()).isEqualTo(standing.get("counted"));
            assertThat(found.path("without").intValue()).isZero();
            assertThat(number(found, "percentile"))
                    .isCloseTo((Double) standing.get("percentile"), within(1e-9));
            assertThat(number(found, "median")).isCloseTo((Double) standing.get("median"), A_CENT);
        }
    }

    @Test
    void what_an_account_lists_and_its_latest_facts_are_what_sql_says() throws Exception {
        var account =
                raw.query(
                                "select account from ticket where created_at < '2026-07-01' and (solved_at is null or solved_at >= '2026-07-01') group by 1 order by count(*) desc, 1 limit 1")
                        .getFirst()
                        .get("account");
        var found =
                overview(
                        account,
                        "lists(first: 100) { lists { key rows { records } } } facts(sources: [\"event\"], first: 3) { lists { rows { records } } }");

        assertThat(
                        found.at("/lists/lists")
                                .valueStream()
                                .filter(list ->
                                        list.path("key").asString().equals("oldest_open_ticket"))
                                .flatMap(list -> list.at("/rows/records").valueStream())
                                .map(row -> row.path("ticket.ticket_id").asString()))
                .isNotEmpty()
                .containsExactlyElementsOf(
                        raw
                                .query(
                                        "select ticket_id from ticket where account = '%s' and created_at < '2026-07-01' and (solved_at is null or solved_at >= '2026-07-01') order by created_at"
                                                .formatted(account))
                                .stream()
                                .map(row -> (String) row.get("ticket_id"))
                                .toList());
        assertThat(
                        found.at("/facts/lists/0/rows/records")
                                .valueStream()
                                .map(row -> row.path("event.event_id").asString()))
                .containsExactlyElementsOf(
                        raw
                                .query(
                                        "select event_id from raw_event where account = '%s' and occurred_at::timestamptz < '2026-07-01T00:00:00Z' order by occurred_at::timestamptz desc limit 3"
                                                .formatted(account))
                                .stream()
                                .map(row -> (String) row.get("event_id"))
                                .toList());
    }

    private JsonNode overview(Object account, String parts) {
        var answer =
                cairn.ask(
                        "{ accountOverview(input: {key: \"%s\", asOf: \"2026-07-01T00:00:00Z\"}) { %s } }"
                                .formatted(account, parts),
                        Map.of());
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        return answer.at("/data/accountOverview");
    }

    /** By month; formulas stand in n0, n1. */
    private List<JsonNode> asked(String metrics, String group, String... formulas) {
        var columns = new ArrayList<String>();
        for (var metric : metrics.split(" ")) {
            columns.add("{metric: {key: \"%s\"}}".formatted(metric));
        }
        for (int at = 0; at < formulas.length; at++) {
            columns.add("{metric: {formula: \"%s\"}, as: \"n%d\"}".formatted(formulas[at], at));
        }
        var answer =
                cairn.ask(
                        """
                        { analyze(input: {metrics: [%s], groupBy: [%s], grain: MONTH,
                          timeRange: {between: {from: "2024-07-01", to: "2026-07-01"}}}) { records } }\
                        """
                                .formatted(
                                        String.join(", ", columns),
                                        group.isEmpty() ? "" : "\"" + group + "\""),
                        Map.of());
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        return answer.at("/data/analyze/records").valueStream().toList();
    }

    private static double number(JsonNode cell, String column) {
        return cell.path(column).doubleValue();
    }

    @Test
    void every_metric_of_the_pack_has_an_example() {
        var missing = new TreeSet<String>();
        var catalog = cairn.bean(BrowseCatalogUseCase.class).catalog();
        catalog.entries().stream()
                .filter(entry -> entry.definition() instanceof Metric)
                .forEach(entry -> missing.add(entry.definition().name()));
        for (var example : WorkedExample.in(FOLDER)) {
            var names = NAME.matcher(example.question().toString());
            while (names.find()) {
                missing.remove(names.group());
            }
        }
        assertThat(missing).isEmpty();
    }
}
