package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.data.RealData;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Files of others become facts of the pack's sources by declarations alone, and what the pack's metrics say of them is what hand-written SQL over the raw files says. */
@TestInstance(Lifecycle.PER_CLASS)
class MappedExamplesTest {
    private static final String FOLDER = "examples/mapped";

    /** A file, the table that SQL finds it in, the source it is imported into, and how columns are named there. */
    private record Export(String target, String path, String table, List<String> maps) {
        private Export(String target, String path, String table) {
            this(target, path, table, List.of());
        }
    }

    private static final List<Export> EXPORTS =
            List.of(
                    new Export("account", "saas-billing/accounts.csv.gz", "saas_accounts"),
                    new Export(
                            "billed_subscription",
                            "saas-billing/subscriptions.csv.gz",
                            "saas_subscriptions"),
                    new Export(
                            "subscription",
                            "saas-billing/subscription_versions.csv.gz",
                            "subscription_versions"),
                    new Export(
                            "fx_rate",
                            "saas-billing/fx_rates.csv.gz",
                            "fx_rates",
                            List.of("usd_per_unit=rate")),
                    new Export("deal", "saas-billing/opportunities.csv.gz", "opportunities"),
                    new Export("ticket", "incident-log/incident_events.csv.gz", "incident_events"),
                    new Export(
                            "service_target",
                            "incident-log/incident_events.csv.gz",
                            "incident_events"),
                    new Export(
                            "event", "oulad-subset/student_vle_daily.csv.gz", "student_vle_daily"),
                    new Export(
                            "invoice_line",
                            "cdnow/cdnow_transactions.csv.gz",
                            "cdnow_transactions"),
                    new Export(
                            "survey",
                            "sfo-survey/sfo_customer_survey_2015_2018.csv.gz",
                            "sfo_customer_survey_2015_2018"));

    private RunningCairn cairn;
    private RawTables raw;

    @BeforeAll
    void import_the_files_of_others() throws Exception {
        raw = new RawTables();
        cairn = new RunningCairn();
        inside("apply", "--pack", "customer-success");
        inside("apply", RunningCairn.inRepository(FOLDER).toString());
        for (var export : EXPORTS) {
            var file = RealData.require(export.path());
            raw.load(file, export.table());
            inside(
                    Stream.concat(
                                    Stream.of("import", export.target(), file.toString()),
                                    export.maps().stream().flatMap(map -> Stream.of("--map", map)))
                            .toArray(String[]::new));
        }
    }

    private void inside(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
    }

    @AfterAll
    void stop() throws Exception {
        for (var started : Arrays.asList(cairn, raw)) {
            if (started != null) {
                started.close();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> the_metric_of_the_pack_is_what_hand_written_sql_says() {
        return WorkedExample.in("examples/worked-mapped").stream()
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.file() + ": " + example.title(),
                                () -> WorkedExamplesTest.expect(example, cairn, raw)));
    }
}
