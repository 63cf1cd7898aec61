package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Accounts that are rows of a company's table. Alpha, a parent, and Beta and Gamma beneath it, of which Gamma is gone in the middle of February; Tess is a test. Invoices lie in a table too: 100
 * of Alpha, 20 of Beta, 40 of Gamma, 1000 of Tess, 7 of nobody who is known. Of imported tickets one is of Alpha, one of Beta, one of zeta, who is in no table.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MappedAccountsTest {
    private static final String ACCOUNTS =
            """
            entity: account
            table: crm.customers
            key: no
            attributes:
              plan: {type: text, column: plan_name}
              seats: integer
              size: {type: text, compute: "case when seats >= 5 then 'large' else 'small' end"}
              since: {type: date, marks: start}
              gone: {type: date, marks: removed}
              is_demo: {type: boolean, marks: test}
              title: {type: text, marks: name}
              parent_no: text
            links: {parent: {entity: account, field: parent_no}}
            """;

    private RunningCairn cairn;

    @BeforeAll
    void have_accounts_in_the_database_of_the_service(@TempDir Path folder) throws Exception {
        cairn = new RunningCairn();
        database(
                "create schema crm",
                "create table crm.customers (no text primary key, plan_name text, seats integer, since date, gone date, is_demo boolean, parent_no text, title text)",
                """
                insert into crm.customers values
                  ('a', 'pro', 10, '2020-01-01', null, false, null, 'Alpha'), ('b', 'free', 3, '2020-02-01', null, false, 'a', 'Beta'),
                  ('c', 'pro', 5, '2020-01-01', '2020-02-15', null, 'a', 'Gamma'), ('t', 'pro', 1, '2020-01-01', null, true, null, 'Tess')\
                """,
                "create table crm.invoices (no integer primary key, day date, customer text, amount numeric)",
                """
                insert into crm.invoices values (1, '2020-01-10', 'a', 100), (2, '2020-02-10', 'b', 20), (3, '2020-02-11', 'c', 40), (4, '2020-02-12', 't', 1000),
                  (5, '2020-02-13', 'nobody', 7)\
                """);
        assertThat(applied(folder, ACCOUNTS)).isEmpty();
        assertThat(
                        applied(
                                folder,
                                """
                                source: invoice
                                table: crm.invoices
                                time: day
                                coverage: {from: 2020-01-01, until: 2020-04-01}
                                account: customer
                                key: [no]
                                fields: {no: integer, day: date, customer: text, amount: decimal}
                                ---
                                source: ticket
                                time: day
                                coverage: {from: 2020-01-01, until: 2020-04-01}
                                account: customer
                                fields: {day: date, customer: text}
                                ---
                                cohort: some
                                accounts: [a, b, nobody]
                                ---
                                cohort: on_pro
                                rule: account.plan = 'pro'
                                """))
                .isEmpty();
        var file = folder.resolve("tickets.csv");
        Files.writeString(file, "day,customer\n2020-02-03,a\n2020-02-04,zeta\n2020-02-05,b\n");
        assertThat(cairn.inside("import", "ticket", file.toString()).exit()).isZero();
    }

    @AfterAll
    void stop() {
        if (cairn != null) {
            cairn.close();
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

    private String applied(Path folder, String text) throws Exception {
        var file = Files.createTempFile(folder, "some", ".yaml");
        Files.writeString(file, text);
        var said = cairn.inside("apply", file.toString());
        return said.exit() == 0 ? "" : said.output() + said.errors();
    }

    private String asked(String formula, String... more) {
        var answer =
                cairn.ask(
                        """
                        query($formula: String!) { analyze(input: {metrics: [{metric: {formula: $formula}, as: "n"}]
                          timeRange: {between: {from: "2020-01-01", to: "2020-04-01"}} %s}) { records } }\
                        """
                                .formatted(String.join(" ", more)),
                        Map.of("formula", formula));
        var error = answer.at("/errors/0");
        return error.isMissingNode()
                ? answer.at("/data/analyze/records").toString()
                : "%s %s"
                        .formatted(
                                error.at("/extensions/problems/0/code").asString(""),
                                error.path("message").asString(""));
    }

    private String id(String account) {
        return cairn.ask("{ account(key: \"%s\") { id } }".formatted(account), Map.of())
                .at("/data/account/id")
                .asString();
    }

    private static String n(int value) {
        return "[{\"n\":%d}]".formatted(value);
    }

    @Test
    void facts_of_tables_and_of_files_are_of_accounts_of_a_table_by_their_key() {
        assertThat(asked("sum(invoice.amount)", "groupBy: [\"account.plan\"]"))
                .isEqualTo(
                        "[{\"account.plan\":\"free\",\"account.plan.kind\":\"VALUE\",\"n\":20},{\"account.plan\":\"pro\",\"account.plan.kind\":\"VALUE\",\"n\":140},{\"account.plan\":null,\"account.plan.kind\":\"NO_ACCOUNT\",\"n\":7}]");
        assertThat(asked("sum(invoice where account.size = 'large' : amount)")).isEqualTo(n(140));
        assertThat(asked("sum(invoice where account.parent.plan = 'pro' : amount)"))
                .isEqualTo(n(60));
        assertThat(asked("sum(invoice where account is none : amount)")).isEqualTo(n(7));
        assertThat(asked("count(ticket where account.plan = 'pro')")).isEqualTo(n(1));
        assertThat(asked("distinct(ticket.account)")).isEqualTo(n(3));
    }

    /** In January Alpha and Gamma; in February Beta and zeta too, by its ticket; in March Gamma no more. Tess is a test. */
    @Test
    void accounts_exist_as_their_rows_say_and_others_from_their_first_fact() {
        assertThat(asked("count(account)", "grain: MONTH"))
                .contains("\"n\":2}", "\"n\":4}", "\"n\":3}")
                .doesNotContain("\"n\":1}");
        assertThat(asked("count(account)")).isEqualTo(n(4));
        assertThat(asked("count(account where account.plan = 'pro')")).isEqualTo(n(2));
        assertThat(asked("sum(invoice where account.is_demo : amount)")).isEqualTo(n(1000));
        assertThat(asked("avg(account : sum(invoice.amount))")).isEqualTo("[{\"n\":40.0}]");
        assertThat(asked("count(account where exists(ticket) and exists(invoice))"))
                .isEqualTo(n(2));
    }

    @Test
    void cohorts_have_accounts_of_a_table() {
        assertThat(asked("sum(invoice.amount)", "cohort: {key: \"some\"}")).isEqualTo(n(120));
        assertThat(asked("sum(invoice.amount)", "cohort: {key: \"on_pro\"}")).isEqualTo(n(140));
    }

    @Test
    void accounts_are_listed_and_looked_up() {
        assertThat(
                        cairn.ask(
                                        "{ accounts(first: 10, filter: {where: {field: \"account.plan\", op: IN, values: [\"pro\"]}}) { edges { node { key name } } } }",
                                        Map.of())
                                .at("/data/accounts/edges")
                                .toString())
                .isEqualTo(
                        "[{\"node\":{\"key\":\"a\",\"name\":\"Alpha\"}},{\"node\":{\"key\":\"c\",\"name\":\"Gamma\"}},{\"node\":{\"key\":\"t\",\"name\":\"Tess\"}}]");
        assertThat(
                        cairn.ask("{ account(key: \"b\") { key name } }", Map.of())
                                .at("/data/account")
                                .toString())
                .isEqualTo("{\"key\":\"b\",\"name\":\"Beta\"}");
        assertThat(
                        cairn.ask(
                                        "{ dimension(key: \"account.plan\") { values(first: 5) } }",
                                        Map.of())
                                .at("/data/dimension/values")
                                .toString())
                .isEqualTo("[\"free\",\"pro\"]");
    }

    @Test
    void a_cell_opens_into_accounts_of_a_table() {
        var input =
                "input: {metrics: [{metric: {formula: \"sum(invoice.amount)\"}, as: \"n\"}] timeRange: {between: {from: \"2020-01-01\", to: \"2020-04-01\"}}}";
        var key =
                cairn.ask("{ analyze(%s) { rows { key } } }".formatted(input), Map.of())
                        .at("/data/analyze/rows/0/key")
                        .asString();
        var opened =
                cairn.ask(
                        "query($key: String!) { members(key: $key, column: \"n\", by: ACCOUNT, first: 2, %s) { records } }"
                                .formatted(input),
                        Map.of("key", key));
        assertThat(opened.at("/data/members/records").toString())
                .contains("\"account\":\"a\"", "\"account\":\"c\"")
                .doesNotContain("\"b\"");
    }

    /** A condition that read Cairn's own empty table of attributes would be true of every ticket. */
    @Test
    void facts_are_not_deleted_by_what_a_table_says() {
        var refused =
                cairn.inside(
                        "delete", "facts", "ticket", "--where", "account.plan is none", "--yes");
        assertThat(refused.output() + refused.errors())
                .contains(
                        "The condition reads the table crm.customers, which may change at any time; facts are deleted by what they say themselves.");
        assertThat(asked("count(ticket)")).isEqualTo(n(3));
        var counted =
                cairn.inside(
                        "delete", "facts", "ticket", "--where", "account = 'zeta'", "--dry-run");
        assertThat(counted.output()).contains("1");
        assertThat(counted.exit()).isZero();
    }

    @Test
    void an_account_of_the_table_alone_is_deleted_there() {
        var refused = cairn.inside("delete", "account", "c", "--yes");
        assertThat(refused.output() + refused.errors())
                .contains(
                        "Nothing is stored of an account 'c': no imported fact or user names it. If the table crm.customers has it, take it out there.");
    }

    /** Without the table Alpha, Beta and zeta are left, whom tickets name, and nothing is known of them. */
    @Test
    void accounts_that_facts_name_stay_when_the_table_goes_and_comes(@TempDir Path folder)
            throws Exception {
        var without = ACCOUNTS.replace("table: crm.customers\n", "");
        assertThat(applied(folder, without)).isEmpty();
        assertThat(asked("count(account)")).isEqualTo(n(3));
        assertThat(asked("count(account where account.plan is not none)")).isEqualTo(n(0));
        assertThat(asked("sum(invoice where account is none : amount)")).isEqualTo(n(1047));

        assertThat(applied(folder, ACCOUNTS)).isEmpty();
        assertThat(asked("count(account)")).isEqualTo(n(4));
        assertThat(asked("sum(invoice where account.plan = 'pro' : amount)")).isEqualTo(n(140));
    }

    @Test
    void what_is_wrong_with_the_table_is_said_when_applied_and_when_asked(@TempDir Path folder)
            throws Exception {
        assertThat(applied(folder, "entity: user\ntable: crm.people\n"))
                .contains("Users are not mapped on a table");
        Files.writeString(folder.resolve("a.csv"), "no,plan_name\na,free\n");
        var imported = cairn.inside("import", "account", folder.resolve("a.csv").toString());
        assertThat(imported.output() + imported.errors())
                .contains("'account' is mapped on the table crm.customers");

        var alpha = id("a");
        assertThat(
                        cairn.ask("{ node(id: \"%s\") { id } }".formatted(alpha), Map.of())
                                .at("/data/node/id")
                                .asString())
                .isEqualTo(alpha);
        database("alter table crm.customers rename plan_name to plans");
        assertThat(asked("count(account where account.plan = 'pro')"))
                .startsWith("MAPPED_TABLE crm.customers has no column plan_name;");
        assertThat(
                        cairn.ask("{ accounts(first: 1) { edges { node { key } } } }", Map.of())
                                .toString())
                .contains("MAPPED_TABLE")
                .contains("crm.customers has no column plan_name");
        for (var one : List.of("account(key: \"a\")", "node(id: \"%s\")".formatted(alpha))) {
            assertThat(cairn.ask("{ %s { id } }".formatted(one), Map.of()).toString())
                    .contains("MAPPED_TABLE")
                    .contains("crm.customers has no column plan_name");
        }
        database("alter table crm.customers rename plans to plan_name");

        database(
                "alter table crm.customers drop constraint customers_pkey",
                "alter table crm.customers alter no drop not null",
                "insert into crm.customers (no, since) values ('a', '2020-01-01')");
        assertThat(asked("count(account)"))
                .startsWith("MAPPED_TABLE Two rows of crm.customers have one key (no).");
        database("delete from crm.customers where plan_name is null");
        // A row without a key is no account, nor is one whose key is empty.
        database(
                "insert into crm.customers (no, since) values (null, '2020-01-01'), ('', '2020-01-01')");
        assertThat(asked("count(account)")).isEqualTo(n(4));
        database("delete from crm.customers where plan_name is null");
    }
}
