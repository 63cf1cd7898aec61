package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.signin.BearerSignIn;
import dev.cairn.application.port.KeyText;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys, from {@code cairn key} to requests that have them. */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class KeyCommandTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String QUESTION = "{ metrics { totalCount } }";

    private RunningCairn cairn;

    @BeforeAll
    void start() {
        cairn = new RunningCairn(List.of("cairn.auth.keys=true"));
    }

    @AfterAll
    void stop() {
        cairn.close();
    }

    @BeforeEach
    void signOut() {
        cairn.signIn(null);
    }

    private String made(String name, String... more) {
        return made(List.of("key", "create", name, "--role", "viewer"), more)
                .path("key")
                .asString();
    }

    private JsonNode made(List<String> words, String... more) {
        var said =
                cairn.inside(
                        java.util.stream.Stream.of(
                                        words,
                                        List.of("--everything", "--format", "json"),
                                        List.of(more))
                                .flatMap(List::stream)
                                .toArray(String[]::new));
        assertThat(said.exit()).as(said.errors()).isZero();
        return JSON.readTree(said.output());
    }

    private HttpResponse<String> askedWith(String credential) {
        cairn.signIn(credential);
        return cairn.answer(QUESTION);
    }

    private static void assertRefused(HttpResponse<String> answer, String reason) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Bearer realm=\"cairn\"");
        var error = JSON.readTree(answer.body()).at("/errors/0");
        assertThat(error.at("/extensions/code").asString()).isEqualTo("UNAUTHENTICATED");
        assertThat(error.path("message").asString()).contains(reason);
        assertThat(JSON.readTree(answer.body()).has("data")).isFalse();
    }

    /** After whatever was refused, others are answered. */
    private void assertAnswers(String key) {
        var answer = askedWith(key);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"totalCount\":0").doesNotContain("errors");
    }

    @Test
    void who_presents_nothing_is_told_how_to_sign_in_and_nothing_else() {
        assertRefused(cairn.answer(QUESTION), "cairn key create");
        for (String path : List.of("/graphql", "/elsewhere", "/graphiql/a/b", "/graphiqlx")) {
            assertThat(cairn.get(path).statusCode()).as(path).isEqualTo(401);
        }
        assertAnswers(made("presents"));
    }

    @Test
    void the_page_is_for_everybody_and_tells_nothing_of_what_is_defined() {
        assertThat(cairn.get("/graphiql").statusCode()).isEqualTo(200);
        var start = cairn.get("/graphiql/start.json").body();

        assertThat(JSON.readTree(start).path("signIn").asBoolean()).isTrue();
        assertThat(JSON.readTree(start).path("questions")).hasSize(1);
    }

    @Test
    void a_key_is_answered_until_it_is_revoked_and_what_goes_on_with_it_notices() {
        var key = made("until");
        assertAnswers(key);
        var authority = cairn.bean(BearerSignIn.class).signIn(key).authority();
        assertThat(authority.now())
                .hasValueSatisfying(caller -> assertThat(caller.name()).isEqualTo("key:until"));

        assertThat(cairn.inside("key", "revoke", "until").exit()).isZero();

        assertRefused(askedWith(key), "was revoked");
        assertThat(authority.now()).isEmpty();
        assertAnswers(made("until-2"));
    }

    @Test
    void a_key_that_has_expired_is_refused() throws SQLException {
        var key = made("brief", "--expires", "12h");
        assertAnswers(key);

        execute("update api_key set expires_at = now() where name = 'brief'");

        assertRefused(askedWith(key), "has expired");
        assertThat(cairn.inside("key", "list").output())
                .containsPattern("brief +viewer +everything +expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "cairn_", "cairn_zzz", "eyJhbGciOiJub25lIn0.e30."})
    void what_is_no_whole_key_is_refused(String text) {
        assertRefused(askedWith(text), "key");
    }

    @Test
    void a_key_with_a_wrong_or_missing_letter_is_told_from_one_that_there_is_not() {
        var key = made("letters");
        char last = key.charAt(20);

        assertRefused(
                askedWith(key.substring(0, 20) + (last == 'a' ? 'b' : 'a') + key.substring(21)),
                "not whole");
        assertRefused(askedWith(key.substring(0, key.length() - 1)), "not whole");
        assertRefused(askedWith(KeyText.of(new byte[32]).secret()), "no such key");
        assertAnswers(key);
    }

    @Test
    void a_header_of_a_megabyte_is_refused_and_others_are_answered() {
        assertThat(askedWith("a".repeat(1_000_000)).statusCode()).isEqualTo(400);
        assertAnswers(made("megabyte"));
    }

    @Test
    void use_is_kept_at_most_once_a_minute() throws SQLException {
        var key = made("used");
        assertThat(lastUsed("used")).isNull();
        assertAnswers(key);
        var first = lastUsed("used");
        assertThat(first).isNotNull();
        assertAnswers(key);
        assertThat(lastUsed("used")).isEqualTo(first);

        execute(
                "update api_key set last_used_at = now() - interval '61 seconds' where name = 'used'");
        assertAnswers(key);

        assertThat(lastUsed("used")).isNotEqualTo(first).isNotNull();
    }

    @Test
    void a_key_is_shown_once_and_neither_kept_nor_logged(CapturedOutput log) throws SQLException {
        var key = made("once");
        assertAnswers(key);
        askedWith(key + "x");

        assertThat(cairn.inside("key", "list", "--format", "json").output())
                .contains("\"once\"")
                .doesNotContain(key);
        try (var connection = cairn.database().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select k::text from api_key k")) {
            while (rows.next()) {
                assertThat(rows.getString(1)).doesNotContain(key).doesNotContain(key.substring(6));
            }
        }
        assertThat(log.getAll()).doesNotContain(key).doesNotContain(key.substring(6, 40));
        assertThat(KeyText.read(key))
                .hasValueSatisfying(text -> assertThat(text.toString()).isEqualTo("cairn_***"));
    }

    @Test
    void a_name_is_given_once() {
        made("taken");
        cairn.inside("key", "revoke", "taken");

        var again = cairn.inside("key", "create", "taken", "--role", "viewer", "--everything");

        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.errors()).contains("[CONFLICT]").contains("'taken'");
        assertThat(again.output()).doesNotContain(KeyText.PREFIX);
    }

    @Test
    void everything_that_is_wrong_with_a_key_is_told_at_once() {
        var said =
                cairn.inside(
                        "key",
                        "create",
                        "Ann Lee",
                        "--role=admin",
                        "--scope=emea",
                        "--claim=E-Mail=a",
                        "--expires=0d");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.errors())
                .contains("'Ann Lee'")
                .contains("--scope: There is no access scope 'emea'. [BAD_VALUE]")
                .contains("--claim:")
                .contains("--expires:");
    }

    @Test
    void a_key_says_what_it_may_do_and_what_it_sees() {
        var without = cairn.inside("key", "create", "a", "--everything");
        assertThat(without.exit()).isEqualTo(2);
        assertThat(without.errors()).contains("--role");
        var blind = cairn.inside("key", "create", "a", "--role", "admin");
        assertThat(blind.exit()).isEqualTo(2);
        assertThat(blind.errors()).contains("--everything");
        assertThat(cairn.inside("key", "revoke").exit()).isEqualTo(2);
        assertThat(cairn.inside("key", "list", "a").exit()).isEqualTo(2);
        assertThat(cairn.inside("key", "revoke", "nobody").errors())
                .contains("There is no key of the name 'nobody'.");
    }

    private Object lastUsed(String name) throws SQLException {
        try (var connection = cairn.database().connect();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select last_used_at from api_key where name = '" + name + "'")) {
            row.next();
            return row.getObject(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = cairn.database().connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
