package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code delete}, {@code deletions}, {@code undelete} and {@code purge}, as a person types them. */
class DeleteCommandsTest extends TypedCommands {
    private String logins;

    @BeforeEach
    void load() throws IOException {
        cairn(
                "apply",
                file(
                        "definitions.yaml",
                        """
                        source: login
                        time: {field: at, zone: Europe/Berlin}
                        account: {field: customer}
                        key: [id]
                        fields:
                          id: integer
                          at: timestamp
                          customer: text
                          seconds: integer
                        ---
                        source: ping
                        time: at
                        fields:
                          at: timestamp
                        ---
                        entity: account
                        key: id
                        attributes:
                          plan: text
                        """));
        logins =
                file(
                        "logins.csv",
                        IntStream.rangeClosed(1, 6)
                                .mapToObj(id ->
                                        "%d,2026-01-0%d 08:00,%s,%d"
                                                .formatted(
                                                        id,
                                                        id,
                                                        id % 2 == 0 ? "acme" : "bolt",
                                                        id * 10))
                                .collect(
                                        Collectors.joining(
                                                "\n", "id,at,customer,seconds\n", "\n")));
        cairn("import", "account", file("accounts.csv", "id,plan\nacme,pro\nbolt,free\n"));
        assertThat(cairn("import", "login", logins)).isZero();
    }

    @Test
    void facts_chosen_by_a_condition_are_counted_deleted_listed_and_brought_back() {
        assertThat(
                        cairn(
                                "delete",
                                "facts",
                                "login",
                                "--where",
                                "seconds > 30 and account.plan = 'pro'",
                                "--dry-run"))
                .isZero();
        assertThat(said())
                .contains(
                        "facts of login where seconds > 30 and account.plan = 'pro': 2 facts of login")
                .contains("Nothing was deleted.");

        assertThat(cairn("delete", "facts", "login", "--where", "seconds > 30", "--yes")).isZero();
        assertThat(said()).contains("Deleted 3 facts of login. cairn undelete 1 restores it");
        assertThat(cairn("import", "login", logins)).isZero();
        assertThat(said().replaceAll(" +", " "))
                .contains("duplicates 3 ")
                .contains("deleted 3 were deleted before, and stay deleted: see cairn deletions");
        assertThat(cairn("deletions")).isZero();
        assertThat(said())
                .contains("deleted   3 facts of login  (facts of login where seconds > 30)");

        assertThat(cairn("undelete", "1")).isZero();
        assertThat(said()).contains("Restored 3 facts of login.");
        assertThat(cairn("undelete", "1")).isEqualTo(1);
        assertThat(complained()).contains("Deletion 1 is restored already.");
        assertThat(cairn("undelete", "7")).isEqualTo(1);
        assertThat(complained()).contains("There is no deletion 7.");
        assertThat(cairn("import", "login", logins)).isZero();
        assertThat(said().replaceAll(" +", " ")).contains("duplicates 6 ");
    }

    @Test
    void facts_chosen_by_their_keys() throws IOException {
        var keys = file("keys.ndjson", "{\"no\":2}\n{\"no\":\"3\"}\n{\"no\":99}\n");
        assertThat(cairn("delete", "facts", "login", "--keys", keys, "--map", "no=id", "--yes"))
                .as(this::complained)
                .isZero();
        assertThat(said()).contains("facts of login by 3 keys: 2 facts of login");

        assertThat(
                        cairn(
                                "delete",
                                "facts",
                                "login",
                                "--yes",
                                "--keys",
                                file("wrong.csv", "id\nx\n\"\"\n4\n")))
                .isEqualTo(1);
        assertThat(complained())
                .contains("wrong.csv:2: id: not a number")
                .contains("a field of the key is empty");
        assertThat(cairn("delete", "facts", "ping", "--keys", keys, "--yes")).isEqualTo(1);
        assertThat(complained()).contains("Facts of ping have no key");
    }

    @Test
    void an_account_goes_with_its_facts_and_is_purged_for_good() {
        assertThat(cairn("delete", "account", "acme", "blt", "--yes")).isEqualTo(1);
        assertThat(complained()).contains("There is no account 'blt'.");

        assertThat(cairn("delete", "account", "acme", "--yes", "--format", "json")).isZero();
        assertThat(said()).contains("\"login\" : 3").contains("\"accounts\" : 1");
        assertThat(cairn("purge", "1", "--dry-run")).isZero();
        assertThat(said()).contains("Would purge 1: 3 facts of login, 1 account");
        assertThat(cairn("purge", "--older-than", "1d", "--yes")).isZero();
        assertThat(said()).contains("Nothing to purge.");
        assertThat(cairn("purge", "1", "--yes")).isZero();
        assertThat(said()).contains("Purged 1: 3 facts of login, 1 account");
        assertThat(cairn("undelete", "1")).isEqualTo(1);
        assertThat(complained()).contains("Deletion 1 is purged: what it took is gone.");
        assertThat(cairn("purge", "1", "2", "--yes")).isEqualTo(1);
        assertThat(complained()).contains("is purged").contains("There is no deletion 2.");
        assertThat(cairn("import", "login", logins)).isZero();
        assertThat(said().replaceAll(" +", " ")).contains("loaded 3").contains("duplicates 3");
    }

    @Test
    void what_is_wrong_is_told_and_nothing_is_deleted() {
        assertThat(
                        cairn(
                                "delete",
                                "facts",
                                "login",
                                "--where",
                                "secnds > 3 and nme = 'x'",
                                "--yes"))
                .isEqualTo(1);
        assertThat(complained()).contains("Did you mean 'seconds'?").contains("nme");
        assertThat(cairn("delete", "facts", "login", "--where", "seconds", "--yes")).isEqualTo(1);
        assertThat(cairn("delete", "facts", "logn", "--where", "true", "--yes")).isEqualTo(1);
        assertThat(complained()).contains("Did you mean 'login'?");

        assertThat(cairn("delete", "facts", "login", "--where", "true")).isEqualTo(2);
        assertThat(complained()).contains("There is no terminal to confirm at");
        assertThat(cairn("delete", "facts", "login", "--yes")).isEqualTo(2);
        assertThat(cairn("delete", "account", "acme", "--where", "true", "--yes")).isEqualTo(2);
        assertThat(cairn("delete", "users", "ann", "--yes")).isEqualTo(2);
        assertThat(cairn("purge", "--yes")).isEqualTo(2);
        assertThat(cairn("purge", "--older-than", "a month", "--yes")).isEqualTo(2);
        assertThat(cairn("deletions")).isZero();
        assertThat(said()).contains("Nothing was deleted.");
    }
}
