package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.command.RunningCairn.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The edge rules of the pack's metrics, by hand: the files of {@code pack-edges} are a company of a handful of accounts, named after what they do in February and March of 2026. A euro is 1.20
 * at the end of January and 1.25 at the end of February; a pound has no rate.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PackEdgesTest {
    private static final Path FILES =
            RunningCairn.inRepository("bootstrap/src/test/resources/pack-edges");

    private static final List<String> SOURCES =
            List.of(
                    "fx_rate",
                    "subscription",
                    "contract",
                    "target",
                    "survey_invitation",
                    "survey",
                    "ticket",
                    "ticket_event",
                    "deal",
                    "advocacy_act",
                    "outcome_goal",
                    "outcome_measurement");

    private final Map<String, Said> imported = new HashMap<>();
    private RunningCairn cairn;

    @BeforeAll
    void import_the_files() {
        cairn = new RunningCairn();
        done("apply", "--pack", "customer-success");
        done("import", "account", file("account"));
        for (var source : SOURCES) {
            var said =
                    done(
                            "import",
                            source,
                            file(source),
                            "--complete-until=2026-07-01",
                            "--max-rejects=1");
            imported.put(source, said);
        }
    }

    private static String file(String name) {
        return FILES.resolve(name + ".csv").toString();
    }

    @AfterAll
    void stop() {
        if (cairn != null) {
            cairn.close();
        }
    }

    private Said done(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
        return said;
    }

    private String asked(String metrics, String... more) {
        var words =
                Stream.of(
                                Stream.of("query", "--format=csv"),
                                Arrays.stream(metrics.split(" ")),
                                Arrays.stream(more))
                        .flatMap(part -> part);
        return done(words.toArray(String[]::new)).output().replace("\r", "");
    }

    /**
     * "back" paid until November and pays again; "double" has two rows of one subscription in force; "euro" 100 x (1.25 - 1.20) by rates; "switch" from 100 EUR = 120 to 130 USD; "updown" up by
     * 30 and down by 30; "trial" paid nothing before the 1st; "passer" came and went, "test" is no customer.
     */
    @Test
    void net_of_the_month_every_account_has_moved_once_at_most() {
        assertThat(
                        asked(
                                "mrr_start new_mrr reactivated_mrr expansion_mrr contraction_mrr churned_mrr fx_impact mrr",
                                "--by=account",
                                "--range=2026-02",
                                "--totals"))
                .isEqualTo(
                        """
                        row.kind,account,mrr_start,new_mrr,reactivated_mrr,expansion_mrr,contraction_mrr,churned_mrr,fx_impact,mrr
                        CELL,back,0,0,100,0,0,0,0,100
                        CELL,daughter,100,0,0,0,0,100,0,0
                        CELL,double,10,0,0,20,0,0,0,30
                        CELL,down,100,0,0,0,30,0,0,70
                        CELL,euro,120.0,0,0,0,0,0,5.00,125.00
                        CELL,exact,60,0,0,0,0,0,0,60
                        CELL,mother,100,0,0,0,0,0,0,100
                        CELL,swap,60,0,0,30,0,0,0,90
                        CELL,switch,120.0,0,0,10.0,0,0,0,130
                        CELL,trial,0,50,0,0,0,0,0,50
                        CELL,updown,100,0,0,0,0,0,0,100
                        GRAND_TOTAL,,770.0,50,100,60.0,30,100,5.00,855.00
                        """);
    }

    /**
     * "swap" is without a plan for 2 days, sooner than the 3 of the gap: one change; "exact" for 3, so it left and returned. 230 + 160 + 80 - 60 - 210 = 200, from 530 USD to 730.
     */
    @Test
    void event_by_event_each_change_counts() {
        assertThat(
                        asked(
                                "new_mrr_by_event reactivated_mrr_by_event expansion_mrr_by_event contraction_mrr_by_event churned_mrr_by_event",
                                "--by=account",
                                "--range=2026-02",
                                "--totals"))
                .isEqualTo(
                        """
                        row.kind,account,new_mrr_by_event,reactivated_mrr_by_event,expansion_mrr_by_event,contraction_mrr_by_event,churned_mrr_by_event
                        CELL,back,0,100,0,0,0
                        CELL,daughter,0,0,0,0,100
                        CELL,double,0,0,20,0,0
                        CELL,down,0,0,0,30,0
                        CELL,exact,0,60,0,0,60
                        CELL,passer,50,0,0,0,50
                        CELL,swap,0,0,30,0,0
                        CELL,switch,130,0,0,0,0
                        CELL,trial,50,0,0,0,0
                        CELL,updown,0,0,30,30,0
                        GRAND_TOTAL,,230,160,80,60,210
                        """);
    }

    /** 1 of 9; (30 + 100) / 770; (50 + 100 + 60) / 130; 640 / 770; 700 / 770. A year before, only "back" paid, 80 then and 100 now: capped it is all of it. */
    @Test
    void rates_are_of_those_who_were_there_at_the_start() {
        assertThat(
                        asked(
                                "customers_at_start paying_accounts lost_customers new_customers logo_churn gross_revenue_churn quick_ratio grr nrr grr_trailing_year nrr_trailing_year",
                                "--range=2026-02"))
                .endsWith(
                        "\n9,10,1,2,%s,%s,%s,%s,%s,1.0,1.25\n"
                                .formatted(
                                        1 / 9.0,
                                        130 / 770.0,
                                        210 / 130.0,
                                        640 / 770.0,
                                        700 / 770.0));
    }

    /** The same of February as a question of fixed shape; in March a pound, which has no rate, is in no movement and no 0. */
    @Test
    void bridge_without_a_stock_is_of_the_metrics_of_the_pack() {
        assertThat(
                        done(
                                        "bridge",
                                        "--by=account",
                                        "--grain=month",
                                        "--range=2026-02..2026-03",
                                        "--format=csv")
                                .output()
                                .replace("\r", ""))
                .contains(
                        """
                        CELL,2026-02-01,back,0,0,0,0,0,100,0,100
                        CELL,2026-02-01,daughter,100,0,0,0,100,0,0,0
                        CELL,2026-02-01,double,10,0,20,0,0,0,0,30
                        CELL,2026-02-01,down,100,0,0,30,0,0,0,70
                        CELL,2026-02-01,euro,120.0,0,0,0,0,0,5.00,125.00
                        CELL,2026-02-01,exact,60,0,0,0,0,0,0,60
                        CELL,2026-02-01,mother,100,0,0,0,0,0,0,100
                        """,
                        """
                        CELL,2026-02-01,swap,60,0,30,0,0,0,0,90
                        CELL,2026-02-01,switch,120.0,0,10.0,0,0,0,0,130
                        CELL,2026-02-01,trial,0,50,0,0,0,0,0,50
                        CELL,2026-02-01,updown,100,0,0,0,0,0,0,100
                        """,
                        "\nCELL,2026-03-01,pound,0,,0,,0,0,,\n");
    }

    @Test
    void a_child_that_leaves_is_contraction_of_its_group() {
        assertThat(
                        asked(
                                "mrr_start mrr_at_opening_rates churned_mrr",
                                "--by=(coalesce(account.parent, account)) as family",
                                "--cohort=account in ('mother', 'daughter')",
                                "--range=2026-02"))
                .endsWith("\nmother,200,100,100\n");
    }

    @Test
    void nobody_at_the_start_and_a_currency_without_a_rate_give_no_value_and_say_why() {
        assertThat(asked("mrr", "--by=account", "--range=2026-03", "--totals"))
                .contains("\nCELL,euro,125.00\n", "\nCELL,pound,\n", "\nGRAND_TOTAL,,\n");
        assertThat(
                        done(
                                        "query",
                                        "mrr",
                                        "logo_churn",
                                        "--range=2026-03",
                                        "--cohort=account = 'pound'",
                                        "--format=json")
                                .output())
                .contains("\"mrr\" : \"NO_RATE\"", "\"logo_churn\" : \"ZERO_BASE\"");
    }

    /**
     * Decided are an early one, one on the last day of the grace, one after it and one that is lost; one is open, one merged, one was decided before its term began. By revenue (100 + 90) / 400.
     */
    @Test
    void a_renewal_counts_where_it_was_due_and_within_the_grace() {
        assertThat(
                        asked(
                                "renewals_due renewals_pending renewal_rate renewal_rate_of_revenue on_time_renewal_rate",
                                "--range=2026-03"))
                .endsWith("\n7,1,0.5,0.475,0.25\n");
        assertThat(asked("renewed_arr", "--grain=month", "--range=2026-03..2026-04"))
                .endsWith("\n2026-03-01,0\n2026-04-01,190\n");
    }

    @Test
    void a_quota_of_zero_has_no_attainment() {
        assertThat(
                        asked(
                                "renewed_arr renewal_quota_attainment",
                                "--by=quota_owner",
                                "--range=2026-Q1"))
                .contains("\nlee,120,0.6\n")
                .containsPattern("\nkim,0?,\n");
    }

    /** Of 10, 9, 7 and 6: (2 - 1) of 4; the 0 is of the first instant of April. Not scored: 11, -1, no scale, N/A and a scale upside down, of 16. Of three smileys no top box is known. */
    @Test
    void answers_count_in_the_period_of_their_instant_and_on_their_scale() {
        assertThat(
                        asked(
                                "nps csat ces answers_without_score survey_response_rate",
                                "--grain=month",
                                "--range=2026-03..2026-04"))
                .endsWith("\n2026-03-01,25.0,0.75,0.5,0.3125,0.5\n2026-04-01,-100.0,,,0.0,\n");
    }

    /**
     * Replies after 1 and 3 hours, and one before its ticket, which is in no time. First solved after 10, 20 and 12 hours, opened again within 30 days twice and once as they end; last solved after
     * 50 and 24, and on the first instant of April after 744. Opened 3 and again 3, solved 4: 2 are open.
     */
    @Test
    void a_ticket_opened_again_is_open_again_and_one_solved_before_it_was_opened_is_rejected() {
        assertThat(
                        asked(
                                "tickets_opened ticket_backlog reopen_rate one_touch_rate first_reply_time first_reply_survival first_resolution_time full_resolution_time",
                                "--grain=month",
                                "--range=2026-03..2026-04"))
                .endsWith(
                        "\n2026-03-01,4,2,0.5,0.75,2.0,3.0,12.0,37.0\n2026-04-01,0,1,,,,,,744.0\n");
        assertThat(imported.get("ticket").errors())
                .contains(
                        "ticket.csv:6: column solved_at: '2026-03-01T00:00:00Z': it ends before it begins");
    }

    /** Of 11 who pay 2 refer somebody, and "mother" herself. Goals: (23 - 40) / (24 - 40), (15 - 10) / 10 and, a day late, 1; not one that is where it begins, nor one of no beginning. */
    @Test
    void who_refers_itself_refers_nobody_and_a_goal_that_is_its_baseline_is_none() {
        assertThat(
                        asked(
                                "referral_rate referral_conversion goals_due goal_reached outcome_attainment outcome_progress",
                                "--range=2026-03"))
                .endsWith(
                        "\n%s,0.5,3,1,%s,%s\n"
                                .formatted(2 / 11.0, 1 / 3.0, (1.0625 + 0.5 + 1) / 3));
    }

    @Test
    void rows_of_one_subscription_that_hold_at_once_are_counted() {
        assertThat(imported.get("subscription").output())
                .contains(
                        "Overlapping: 1 row holds while an earlier row of the same thing still does: double-1 from 2026-02-01, beside one without an end.");
    }

    @Test
    void nothing_is_its_own_parent_or_contains_itself(@TempDir Path folder) throws IOException {
        var accounts = folder.resolve("account.csv");
        Files.writeString(
                accounts,
                "account_key,valid_from,valid_until,started_on,removed_on,parent_key\nmother,,,,,mother\n");
        assertThat(cairn.inside("import", "account", accounts.toString()).errors())
                .contains(
                        "The account 'mother' would be its own parent. Nothing was imported. [CYCLE]");
        var cohort = folder.resolve("ring.yaml");
        Files.writeString(cohort, "cohort: ring\nrule: account in ring\n");
        assertThat(cairn.inside("apply", cohort.toString()).errors())
                .contains("'ring' refers to itself: ring -> ring. [CYCLE]");
    }
}
