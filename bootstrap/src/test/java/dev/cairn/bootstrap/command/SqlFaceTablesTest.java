package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Views of questions over tables of one's own, which change without Cairn's seeing it: as the API answers at that moment, or empty. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SqlFaceTablesTest {
    private static final String DEFINITIONS =
            """
            entity: account
            table: crm.customers
            key: no
            attributes:
              plan: {type: text, column: plan_name}
              since: {type: date, marks: start}
              is_demo: {type: boolean, marks: test}
            ---
            source: invoice
            table: crm.invoices
            time: day
            account: customer
            key: [no]
            fields: {no: integer, day: date, customer: text, amount: decimal}
            ---
            calendar: company
            table: crm.days
            day: ds
            grains: {part: part}
            ---
            scope: pro
            where: account.plan = 'pro'
            ---
            question: invoiced
            metrics: ["amount = sum(invoice.amount)", "members = count(account)"]
            by: [account.plan, account]
            grain: month
            range: 2020-Q1
            as_of: 2020-06-01
            ---
            question: lately
            metrics: ["amount = sum(invoice.amount)", "members = count(account)"]
            by: [account.plan]
            range: last 36 months
            ---
            question: in_parts
            metrics: ["amount = sum(invoice.amount)"]
            by: [account.plan]
            grain: company.part
            range: 2020-Q1
            as_of: 2020-06-01
            """;

    private final ReaderRoles roles = new ReaderRoles();
    private final String all = roles.create("bi_all_");
    private final String pro = roles.create("bi_pro_");
    private final String owner = roles.create("bi_owner_");
    private RunningCairn cairn;
    private ShownViews shown;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cairn =
                new RunningCairn(
                        List.of(
                                "cairn.sql-face.roles=pro:" + pro,
                                "cairn.sql-face.unscoped-role=" + all));
        shown = new ShownViews(cairn);
        shown.asCairn(statement -> {
            for (var sql :
                    List.of(
                            "create schema crm",
                            "create table crm.customers (no text primary key, plan_name text, since date, is_demo boolean)",
                            "insert into crm.customers values ('a', 'pro', '2020-01-01', false), ('b', 'free', '2020-02-01', false), ('c', 'pro', '2020-01-01', null), ('t', 'pro', '2020-01-01', true)",
                            "create table crm.invoices (no integer primary key, day date, customer text, amount numeric)",
                            "insert into crm.invoices values (1, '2020-01-10', 'a', 100), (2, '2020-02-10', 'b', 20), (3, '2020-02-11', 'c', 40.5), (4, '2020-03-20', 't', 1000), (5, '2020-03-30', 'a', 7)",
                            "create table crm.days as select d::date as ds, case when d < '2020-02-15' then 'first' else 'second' end as part from generate_series('2020-01-01'::date, '2020-04-30', '1 day') as d")) {
                statement.execute(sql);
            }
        });
        shown.apply(folder, DEFINITIONS);
        RunningCairn.await(() -> shown.published() == 6);
    }

    @AfterAll
    void stop() {
        cairn.close();
        roles.close();
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(strings = {"invoiced", "lately", "in_parts"})
    void a_view_of_tables_shows_what_the_api_answers_of_each_scope(String question)
            throws SQLException {
        assertThat(shown.rows(all, question))
                .hasSizeGreaterThan(1)
                .isEqualTo(shown.answered(question, null));
        assertThat(shown.rows(pro, question + "__pro"))
                .hasSizeGreaterThan(1)
                .isNotEqualTo(shown.rows(all, question))
                .isEqualTo(shown.answered(question, shown.where("pro")));
    }

    /** The service is stopped, so nobody makes a view again: what it shows it reads now. */
    @Order(2)
    @Test
    void rows_that_change_are_read_as_they_are_now() throws SQLException {
        shown.asCairn(statement -> {
            statement.execute("update crm.invoices set amount = 500 where no = 3");
            statement.execute("update crm.customers set plan_name = 'pro' where no = 'b'");
        });
        assertThat(shown.rows(all, "invoiced"))
                .isEqualTo(shown.answered("invoiced", null))
                .anyMatch(row -> row.contains("500"));
        assertThat(shown.rows(pro, "invoiced__pro"))
                .isEqualTo(shown.answered("invoiced", shown.where("pro")))
                .anyMatch(row -> row.contains("b"));
    }

    /** What is computed before it is read is compared with what would be computed now. */
    @Order(3)
    @Test
    void a_view_is_empty_once_its_coverage_or_calendar_is_another() throws SQLException {
        shown.emptyAfter("insert into crm.invoices values (6, '2020-05-15', 'a', 1)", "invoiced");
        shown.emptyAfter("update crm.days set part = 'first' where ds = '2020-02-15'", "in_parts");
        shown.emptyAfter("delete from crm.days where ds = '2020-04-30'", "in_parts");
    }

    @Order(4)
    @Test
    void a_view_of_tables_holds_for_a_minute_at_most() throws SQLException {
        shown.asCairn(statement -> {
            try (var found =
                    statement.executeQuery(
                            "select bool_and(until - now() < interval '1 minute') from cairn_sql.published")) {
                found.next();
                assertThat(found.getBoolean(1)).isTrue();
            }
        });
    }

    @Order(5)
    @Test
    void a_changed_calendar_is_shown_again_by_the_service() throws Exception {
        shown.asCairn(statement ->
                statement.execute("update crm.days set part = 'first' where ds = '2020-02-15'"));
        RunningCairn.await(() -> shown.published() > 0 && !shown.rows(all, "in_parts").isEmpty());
        assertThat(shown.rows(all, "in_parts")).isEqualTo(shown.answered("in_parts", null));
    }

    /** Whoever owns a table can make it call what they like, with the rights of who reads it. */
    @Order(6)
    @Test
    void a_role_that_owns_a_table_gets_no_view_of_it() throws Exception {
        shown.asCairn(statement -> {
            statement.execute("grant %s to %s".formatted(owner, all));
            statement.execute("alter table crm.invoices owner to " + owner);
            statement.execute("grant select on crm.invoices to " + cairn.database().user());
            statement.execute("grant usage on schema crm to " + owner);
        });
        RunningCairn.await(() -> shown.published() == 3);
        assertThat(shown.views())
                .containsExactlyInAnyOrder("invoiced__pro", "lately__pro", "in_parts__pro");
        var why = "The role '%s' owns the table crm.invoices".formatted(all);
        assertThat(cairn.inside("ask").output())
                .contains("No view 'invoiced': " + why, "No view 'lately': " + why)
                .doesNotContain("__pro");
        assertThat(cairn.inside("ask", "--format", "json").output())
                .contains("\"noViews\" : {", "\"in_parts\" : \"" + why);
    }
}
