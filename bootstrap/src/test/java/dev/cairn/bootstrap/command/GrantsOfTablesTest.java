package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations.md has the owner of tables grant is all that Cairn needs to be asked of them, and lets it change none. */
class GrantsOfTablesTest {
    private static final String PASSWORD = "grants";

    private final TestDatabase database = TestServer.shared().emptyDatabase();
    private final String cairn = "cairn_of_" + database.name();
    private final String owner = "owner_of_" + database.name();

    @BeforeEach
    void have_a_database_of_cairn_and_tables_of_somebody_else() throws SQLException {
        asSuperuser(
                "create role %s login password '%s'".formatted(cairn, PASSWORD),
                "create role " + owner,
                "alter database %s owner to %s".formatted(database.name(), cairn),
                "create schema billing authorization " + owner,
                "set role " + owner,
                "create table billing.invoices (no integer primary key, day date, customer text, plan text, amount numeric)",
                "create table billing.plans (plan_no text primary key, tier text)",
                "insert into billing.invoices values (1, '2026-01-03', 'a', 'p', 30), (2, '2026-01-04', 'b', 'q', 12.5), (3, '2026-01-05', 'b', 'p', 7)",
                "insert into billing.plans values ('p', 'large'), ('q', 'small')");
    }

    @AfterEach
    void drop() throws SQLException {
        asSuperuser(
                "drop schema billing cascade",
                "reassign owned by %s to current_user".formatted(cairn),
                "drop owned by " + cairn,
                "drop role " + cairn,
                "drop owned by " + owner,
                "drop role " + owner);
        database.close();
    }

    private void asSuperuser(String... statements) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void asCairn(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), cairn, PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The statements of the page, of the role that stands for Cairn's user here. */
    private List<String> granted() throws Exception {
        var page = Files.readString(RunningCairn.inRepository("docs/operations.md"));
        var block = page.substring(page.indexOf("```\ngrant ") + 4);
        return block.substring(0, block.indexOf("```"))
                .replace(" to cairn;", " to " + cairn + ";")
                .lines()
                .toList();
    }

    private RunningCairn.Said said(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        for (var setting :
                List.of(
                        "spring.datasource.url=" + database.url(),
                        "spring.datasource.username=" + cairn,
                        "spring.datasource.password=" + PASSWORD)) {
            arguments.addAll(List.of("--set", setting));
        }
        var usual = System.out;
        var output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            var said = RunningCairn.outside(arguments.toArray(String[]::new));
            return new RunningCairn.Said(
                    said.exit(), output.toString(StandardCharsets.UTF_8), said.errors());
        } finally {
            System.setOut(usual);
        }
    }

    @Test
    void tables_are_asked_of_with_what_the_page_grants_and_are_not_changed(@TempDir Path folder)
            throws Exception {
        var file = folder.resolve("billing.yaml");
        Files.writeString(
                file,
                """
                source: invoice
                table: billing.invoices
                time: day
                coverage: {from: 2026-01-01, until: 2026-02-01}
                account: {field: customer}
                key: [no]
                links: {plan: {entity: plan, field: plan_no}}
                fields: {no: integer, day: date, customer: text, plan_no: {type: text, column: plan}, amount: decimal}
                ---
                entity: plan
                table: billing.plans
                key: plan_no
                attributes: {tier: text}
                """);
        var refused = said("apply", file.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output() + refused.errors())
                .contains("grant usage on schema billing to it")
                .contains("[MAPPED_TABLE]");

        var statements = granted();
        assertThat(statements).hasSize(2).allMatch(sql -> sql.startsWith("grant "));
        asSuperuser("set role " + owner, statements.getFirst(), statements.getLast());

        var applied = said("apply", file.toString());
        assertThat(applied.exit()).as(applied.errors()).isZero();
        var answer =
                said(
                        "query",
                        "x = sum(invoice.amount)",
                        "--by",
                        "invoice.plan.tier",
                        "--range",
                        "2026-01",
                        "--format",
                        "csv");
        assertThat(answer.exit()).as(answer.errors()).isZero();
        assertThat(answer.output()).contains("large,37").contains("small,12.5");
        asSuperuser("analyze billing.invoices");
        assertThat(said("explain", "sum(invoice.amount)", "--range", "2026-01").output())
                .contains("Read facts of invoice by day, about 3 rows");
        for (var change :
                List.of(
                        "insert into billing.plans values ('r', 'odd')",
                        "update billing.invoices set amount = 0",
                        "delete from billing.invoices",
                        "truncate billing.plans",
                        "create table billing.mine (n integer)")) {
            assertThatThrownBy(() -> asCairn(change)).hasMessageContaining("permission denied");
        }
        assertThatThrownBy(() -> asCairn("drop table billing.plans"))
                .hasMessageContaining("must be owner");
    }
}
