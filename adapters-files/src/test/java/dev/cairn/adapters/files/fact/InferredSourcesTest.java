package dev.cairn.adapters.files.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.files.definition.DefinitionFile;
import dev.cairn.adapters.files.definition.DefinitionReader;
import dev.cairn.adapters.files.definition.YamlDefinitionText;
import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.RecordFile;
import dev.cairn.application.port.Records;
import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.in.ImportUseCase;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.in.InferUseCase;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.service.ImportService;
import dev.cairn.application.service.InferService;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.testkit.data.RealData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is proposed for a file is a declaration as it stands, and takes in every row of the file. */
class InferredSourcesTest {
    private static final int MOST_ROWS = 1_000;
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    private final List<Fact> facts = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();

    /** The first rows of a file: what holds for them is shown, and large files take long. */
    private static final class FirstRows implements Records {
        private final Records all;
        private int left = MOST_ROWS;

        FirstRows(Records all) {
            this.all = all;
        }

        @Override
        public List<String> header() {
            return all.header();
        }

        @Override
        public void want(Collection<String> columns) {
            all.want(columns);
        }

        @Override
        public Map<String, String> unreadable() {
            return all.unreadable();
        }

        @Override
        public @Nullable Raw next() {
            return left-- > 0 ? all.next() : null;
        }

        @Override
        public void close() {
            all.close();
        }
    }

    private static Records records(InputStream in, String file) throws IOException {
        return new FirstRows(new TextRecordFiles().open(new RecordFile(in, Dialect.of(file))));
    }

    private static String proposed(InputStream in, String file) throws IOException {
        try (var records = records(in, file)) {
            var outcome =
                    new InferService(new TextRecordFiles(), new YamlDefinitionText(), CLOCK)
                            .infer(new InferUseCase.Request("facts", records, _ -> {}));
            assertThat(outcome).isInstanceOf(InferUseCase.Outcome.Inferred.class);
            return ((InferUseCase.Outcome.Inferred) outcome).declaration();
        }
    }

    private static Problem refused(String text) throws IOException {
        try (var records = records(lines(text), "facts.csv")) {
            var outcome =
                    new InferService(new TextRecordFiles(), new YamlDefinitionText(), CLOCK)
                            .infer(new InferUseCase.Request("facts", records, _ -> {}));
            assertThat(outcome).isInstanceOf(InferUseCase.Outcome.Rejected.class);
            return ((InferUseCase.Outcome.Rejected) outcome).problems().getFirst();
        }
    }

    private static Source applied(String text) {
        var read = DefinitionReader.read(List.of(new DefinitionFile("facts.yaml", text)));
        assertThat(read.problems()).as(text).isEmpty();
        var entry = new Entry(read.drafts().getFirst().definition(), 1, Map.of());
        var checked =
                DefinitionChecker.check(
                        Catalog.of(1, List.of(entry), List.of()), entry, Place.of("facts"));
        assertThat(checked.problems()).as(text).isEmpty();
        return (Source) entry.definition();
    }

    private ImportUseCase.Summary imported(Source source, InputStream in, String file)
            throws IOException {
        var catalog = Catalog.of(1, List.of(new Entry(source, 1, Map.of())), List.of());
        var first =
                new TakenFacts(
                        fact -> {
                            if (facts.size() < 10) {
                                facts.add(fact);
                            }
                        },
                        () -> {});
        var service =
                new ImportService(
                        () -> catalog, new TextRecordFiles(), first, TakenFacts.NO_ACCOUNTS, CLOCK);
        try (var records = records(in, file)) {
            var outcome =
                    service.importRecords(
                            new ImportUseCase.Request(
                                    "facts",
                                    records,
                                    Map.of(),
                                    null,
                                    Long.MAX_VALUE,
                                    rejects::add,
                                    _ -> {}));
            assertThat(outcome).isInstanceOf(ImportUseCase.Outcome.Imported.class);
            return ((ImportUseCase.Outcome.Imported) outcome).summary();
        }
    }

    private static InputStream lines(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The proposal for a small file, whose rows are then all taken in. */
    private String roundTrip(String text) throws IOException {
        var proposal = proposed(lines(text), "facts");
        var summary = imported(applied(proposal), lines(text), "facts");
        assertThat(rejects).as(proposal).isEmpty();
        assertThat(summary.loaded()).isEqualTo(summary.read()).isPositive();
        assertThat(summary.doubtful()).isEmpty();
        return proposal;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "online-retail/invoice_lines.csv.gz",
                "online-retail/products.csv",
                "saas-billing/accounts.csv.gz",
                "saas-billing/credit_notes.csv.gz",
                "saas-billing/currencies.csv.gz",
                "saas-billing/fiscal_calendar.csv.gz",
                "saas-billing/fx_rates.csv.gz",
                "saas-billing/invoices.csv.gz",
                "saas-billing/opportunities.csv.gz",
                "saas-billing/payments.csv.gz",
                "saas-billing/plans.csv.gz",
                "saas-billing/sales_reps.csv.gz",
                "saas-billing/subscription_versions.csv.gz",
                "saas-billing/subscriptions.csv.gz",
                "incident-log/incident_events.csv.gz",
                "ravenstack-synthetic/accounts.csv",
                "ravenstack-synthetic/churn_events.csv",
                "ravenstack-synthetic/feature_usage.csv.gz",
                "ravenstack-synthetic/subscriptions.csv",
                "ravenstack-synthetic/support_tickets.csv",
                "cdnow/cdnow_transactions.csv.gz",
                "cdnow/cdnow_sample.csv",
                "telco-churn/telco_customer_churn.csv",
                "sfo-survey/sfo_customer_survey_2015_2018.csv.gz"
            })
    void rows_of_a_real_file_are_all_taken_in_by_what_is_proposed(String name) throws IOException {
        var file = RealData.require(name);
        String proposal;
        try (var in = Files.newInputStream(file)) {
            proposal = proposed(in, name);
        }
        var source = applied(proposal);
        try (var in = Files.newInputStream(file)) {
            var summary = imported(source, in, name);
            assertThat(summary.rejected()).as(() -> proposal + rejects.getFirst()).isZero();
            assertThat(summary.loaded()).isEqualTo(summary.read()).isPositive();
            assertThat(summary.ignored()).isEmpty();
            assertThat(summary.emptied()).isEmpty();
        }
    }

    @Test
    void types_keys_times_and_accounts_are_proposed() throws IOException {
        var proposal =
                roundTrip(
                        """
                        Ticket No,Opened At,Customer ID,Agent,Hours,Solved,Rating
                        1,2023-07-28 3:00,0017,ann,1.5,Yes,5
                        2,2023-07-28 13:00,0018,N/A,12.25,No,N/A
                        3,2023-07-29 9:05,0017,bob,.5,Yes,4.0
                        """);

        assertThat(proposal)
                .contains("time: {field: opened_at}")
                .contains("account: {field: customer_id}")
                .contains("key: [ticket_no]")
                .contains("  ticket_no: {type: integer, column: Ticket No}")
                .contains(
                        "  opened_at: {type: timestamp, column: Opened At, format: 'yyyy-MM-dd H:mm'}")
                .contains("  customer_id: {type: text, column: Customer ID}")
                .contains("'N/A' (1 times) may mean no value")
                .contains("  hours: {type: decimal, column: Hours}")
                .contains("  solved: {type: boolean, column: Solved}")
                .contains("  rating: {type: integer, column: Rating, missing: [N/A]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "31.01.2026|01.02.2026|format: dd.MM.yyyy",
                "31/01/2026|01/02/2026|format: dd/MM/yyyy",
                "01/31/2026|01/02/2026|format: MM/dd/yyyy",
                "2026/01/31|2026/02/01|format: yyyy/MM/dd",
                "2026-1-31|2026-02-1|format: yyyy-M-d",
                "31-Jan-26|1-Feb-26|format: d-MMM-yy, pivot: 70",
                "9:05 PM 1.1.26|1|text",
                "1/31/2026 9:05 PM|12/1/2026 10:05 am|format: 'M/d/yyyy h:mm a'",
                "2026-01-31 08:26:00 UTC|2026-01-31 08:27:00 UTC|value: timestamp",
                "1.234,56|2,50|decimal: ',', thousands: .",
                "1 234,56|2,50|decimal: ',', thousands: ' '",
                "€ 99,00|2,50|strip: €",
                "\"$1,234.50\"|2.50|thousands: ','",
                "(12.50)|3.5|negative: brackets",
                "\"12,5 %\"|3 %|decimal: ',', percent: fraction",
                "\"12,5 %\"|3 %|percent: fraction makes 0.125 of 12.5 %, percent: number 12.5",
                "31-Jan-26|1-Feb-69|years of two digits: pivot: 70 makes them 1970 to 2069",
                "\u22125|- 7|value: integer",
                "1e5|7|value: decimal",
                "9.0|10.0|value: integer",
                "9.00|10.50|value: decimal",
                "007|12|zeros before them",
                "12|?|missing: ['?']",
                "1.5| |trim: true"
            })
    void each_dirt_of_exports_has_its_notation(String values) throws IOException {
        var parts = values.split("\\|", -1);
        var quoted = new ArrayList<String>();
        for (var value : List.of(parts[0], parts[1])) {
            quoted.add(
                    value.contains(",") && !value.startsWith("\"") ? "\"" + value + "\"" : value);
        }

        assertThat(roundTrip("x,value\na," + quoted.get(0) + "\nb," + quoted.get(1) + "\n"))
                .contains(parts[2]);
    }

    @Test
    void what_the_file_does_not_decide_is_text_with_each_reading_as_a_comment() throws IOException {
        var proposal = roundTrip("day,amount\n01/02/2026,1.234\n03/04/2026,5.678\n");

        assertThat(proposal)
                .contains("day: text", "amount: text")
                .contains("{type: date, format: \"dd/MM/yyyy\"}   -- '01/02/2026' is 2026-02-01")
                .contains("{type: date, format: \"MM/dd/yyyy\"}   -- '01/02/2026' is 2026-01-02")
                .contains("{type: decimal, decimal: '.'}   -- '1.234' is 1.234")
                .contains("{type: integer, decimal: ',', thousands: '.'}   -- '1.234' is 1234");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1700000000|1700000060|timestamp|epoch seconds|2023-11-14T22:13:20Z",
                "1700000000000|1700000060500|timestamp|epoch millis|2023-11-14T22:13:20Z",
                "45321|45322|date|excel|2024-01-30",
                "45321.5|45322|timestamp|excel|2024-01-30T12:00:00Z"
            })
    void a_number_that_may_count_time_is_what_its_name_says_and_the_other_is_a_comment(
            String values) throws IOException {
        var parts = values.split("\\|", -1);
        var time = "{type: %s, format: \"%s\"}".formatted(parts[2], parts[3]);
        var number = parts[0].contains(".") ? "decimal" : "integer";

        var proposal =
                roundTrip(
                        "created_at,amount\n%s,%s\n%s,%s\n"
                                .formatted(parts[0], parts[0], parts[1], parts[1]));

        assertThat(proposal)
                .contains("created_at: {type: %s, format: %s}".formatted(parts[2], parts[3]))
                .contains("amount: " + number)
                .contains("time: {field: created_at}")
                .containsSubsequence(
                        "{type: " + number,
                        "-- '%s' is %s".formatted(parts[0], parts[0]),
                        time + "   -- '%s' is %s".formatted(parts[0], parts[4]),
                        "{type: " + number,
                        time);
    }

    @Test
    void numbers_of_no_likely_time_are_numbers() throws IOException {
        assertThat(
                        roundTrip(
                                "at,created_at,opened,closed\n1700000000,45321,631151999,10\n17,45321,1700000000,45321\n"))
                .doesNotContain("epoch", "excel'")
                .contains("at: integer", "opened: integer", "closed: integer");
    }

    @Test
    void columns_that_identify_a_row_together_are_its_key_where_all_are_identifiers()
            throws IOException {
        assertThat(
                        roundTrip(
                                "order_id,line_no,at\n1,1,2026-01-01\n1,2,2026-01-01\n2,1,2026-01-01\n"))
                .contains("key: [order_id, line_no]")
                .doesNotContain("key: [order_id, line_no, at]");
    }

    @Test
    void columns_that_identify_a_row_perhaps_by_accident_are_told_and_the_fewest_that_do()
            throws IOException {
        assertThat(
                        roundTrip(
                                """
                                customer,day,plan,kind
                                a,2026-01-01,pro,x
                                a,2026-01-01,free,x
                                a,2026-01-02,pro,x
                                b,2026-01-01,pro,x
                                b,2026-01-01,free,y
                                """))
                .contains("if that is no accident: key: [customer, day, plan].")
                .doesNotContain("\nkey:", "kind]");
    }

    @Test
    void no_key_of_several_columns_is_sought_in_decimals_or_empty_columns_or_where_one_will_do()
            throws IOException {
        assertThat(roundTrip("customer,spent\na,1.5\na,2.5\nb,1.5\n"))
                .contains("No column identifies a row")
                .doesNotContain("no accident: key:");
        assertThat(roundTrip("customer,line_no\na,1\na,\nb,1\n"))
                .doesNotContain("no accident: key:", "\nkey:");
        assertThat(roundTrip("id,customer,line_no\n1,a,1\n2,a,2\n3,b,1\n"))
                .contains("key: [id]")
                .doesNotContain("no accident: key:");
    }

    @Test
    void a_column_without_a_name_and_a_name_that_is_none_do_no_harm() throws IOException {
        var proposal = roundTrip(",2015 total,a b,a-b\n0,1,x,y\n1,2,x,z\n");

        assertThat(proposal)
                .contains("A column without a name is not loaded")
                .contains("c_2015_total: {type: integer, column: 2015 total}")
                .contains("a_b: {type: text, column: a b}", "a_b_2: {type: text, column: a-b}")
                .contains("taken_on: {type: date, compute: \"date(2026, 11, 21)\"}");
    }

    @Test
    void a_file_of_which_nothing_can_be_proposed_is_refused_with_the_way_out() throws IOException {
        assertThat(refused("id;at;amount\n1;2026-01-01;5\n").message())
                .isEqualTo(
                        "The columns seem to be separated by another sign: say so (--delimiter ';').");
        assertThat(refused("id\tat\n1\t2026-01-01\n").message()).contains("(--delimiter tab)");
        assertThat(refused("id,x,x\n1,2,3\n").message())
                .isEqualTo(
                        "Two columns are named 'x': skip the header (--skip-lines 1) and name all columns (--columns).");
        var wide = refused("id,at\n1,2026-01-01,\n2,2026-01-02,\n");
        assertThat(wide.message())
                .isEqualTo(
                        "No row can be taken apart; the first one has 3 columns, more than the 2 of the header.");
        assertThat(wide.place().line()).isEqualTo(2);
        assertThat(refused("").message()).contains("The file is empty");
    }

    @Test
    void the_one_value_that_makes_a_column_text_is_told() throws IOException {
        var rows = new StringBuilder("no,amount\n");
        for (int i = 0; i < 25; i++) {
            rows.append(i).append(",%d.5\n".formatted(i));
        }

        assertThat(roundTrip(rows + "25,not yet\n"))
                .contains("amount: text")
                .contains(
                        "all 25 values before 'not yet' are {type: decimal, decimal: '.'}: say so, and its row is rejected, unless it means no value (missing: ['not yet'])");
    }

    @Test
    void json_is_read_as_an_import_reads_it() throws IOException {
        var proposal =
                roundTrip(
                        """
                        [
                          {"id": 1, "at": "2026-01-31T08:00:00Z", "customer": {"id": "a", "seats": {"paid": 7}}},
                          {"id": 2, "at": "2026-01-31T09:00:00Z", "late": true, "tags": ["x"], "customer": null},
                          {"id": 3, "at": "2026-01-31T09:00:00Z", "late": true, "tags": "x"}
                        ]
                        """);

        assertThat(proposal)
                .contains("key: [id]", "time: {field: at}", "late: boolean")
                .contains("customer_id: {type: text, column: customer.id}")
                .contains("customer_seats_paid: {type: integer, column: customer.seats.paid}")
                .contains("'tags' is not loaded where it is an array; a column holds one value.")
                .contains(
                        "'customer' is not loaded where it is an object; what is in it has names like 'customer.id'.")
                .doesNotContain("  tags:", "  customer:");
    }
}
