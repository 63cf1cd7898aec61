package dev.cairn.bootstrap.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.bootstrap.command.SmallCompany;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit log, from what is done to those who read it. */
class AuditLogTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String QUESTION =
            "{ analyze(input: {metrics: [{metric: {key: \"sample_revenue\"}}] where: \"account.plan = 'pro'\" groupBy: [\"account\"] timeRange: {between: {from: \"2026-01-01\", to: \"2026-07-01\"}}}) { records } }";

    private static RunningCairn cairn;
    private static String door;

    @BeforeAll
    static void start() {
        cairn = new RunningCairn(List.of("cairn.auth.keys=true"));
        SmallCompany.fill(cairn);
        door = made("door");
    }

    private static String made(String name) {
        var said =
                cairn.inside(
                        "key",
                        "create",
                        name,
                        "--role",
                        "viewer",
                        "--everything",
                        "--format",
                        "json");
        return JSON.readTree(said.output()).path("key").asString();
    }

    @AfterAll
    static void stop() {
        cairn.close();
    }

    @Test
    void a_question_is_written_down_with_its_rows_and_nothing_of_it() {
        var ann = new Caller("key:ann", Role.VIEWER, null);
        var answer = cairn.ask(QUESTION, Map.of(), signedIn(ann));
        int rows = answer.at("/data/analyze/records").size();
        assertThat(rows).isPositive();

        var entries = entries("key:ann");

        assertThat(entries)
                .extracting(
                        entry -> entry.path("kind").asString(),
                        entry -> entry.path("by").asString(),
                        entry -> entry.path("role").asString(),
                        entry -> entry.path("rows").asInt())
                .containsExactly(tuple("data_read", "analyze", "viewer", rows));
        assertThat(entries.toString()).doesNotContain("sample_revenue", "pro", "acme");
    }

    @Test
    void a_definition_that_is_changed_is_written_down_with_who_and_by_what() {
        var bob = new Caller("key:bob", Role.ANALYST, null);
        var mutation =
                "mutation { defineMetric(input: {key: \"of_bob\", label: \"Of Bob\", direction: NEUTRAL, of: CELL, formula: \"%s\", validateOnly: %s}) { problems { message } } }";

        cairn.ask(mutation.formatted("count(account)", true), Map.of(), signedIn(bob));
        cairn.ask(mutation.formatted("count(account)", false), Map.of(), signedIn(bob));
        cairn.ask(mutation.formatted("cuont(account)", false), Map.of(), signedIn(bob));

        assertThat(entries("key:bob"))
                .extracting(
                        entry -> entry.path("kind").asString(),
                        entry -> entry.path("by").asString(),
                        entry -> entry.path("subject").asString(),
                        entry -> entry.path("version").asInt())
                .containsExactly(tuple("definition_changed", "defineMetric", "metric of_bob", 1));
    }

    @Test
    void keys_and_refused_sign_ins_are_written_down_without_what_is_secret() {
        var key = made("power-bi");
        assertThat(key).startsWith("cairn_");
        assertThat(cairn.inside("key", "revoke", "power-bi").exit()).isZero();
        cairn.signIn(key);
        assertThat(cairn.answer("{ __typename }").statusCode()).isEqualTo(401);
        cairn.signIn(null);
        assertThat(cairn.answer("{ __typename }").statusCode()).isEqualTo(401);

        var output = cairn.inside("audit", "--since", "1h").output();

        assertThat(output)
                .startsWith("at,caller,role,kind,by,subject,version,rows\n")
                .contains(
                        ",local,admin,key_created,key create,power-bi,,\n",
                        ",local,admin,key_revoked,key revoke,power-bi,,\n",
                        ",,,sign_in_refused,sign-in,This key was revoked.,,\n")
                .doesNotContain(key.substring(6, 20));
        assertThat(output.lines().filter(line -> line.contains("sign_in_refused"))).hasSize(1);
    }

    @Test
    void admins_who_see_everything_read_it_page_by_page() {
        var document =
                "query($after: String) { auditLog(caller: \"local\", first: 3, after: $after) { edges { node { at caller role kind by subject version rows } } pageInfo { hasNextPage endCursor } } }";
        var admin = signedIn(new Caller("key:admin", Role.ADMIN, null));
        var first = cairn.ask(document, Map.of(), admin).at("/data/auditLog");
        var second =
                cairn.ask(
                                document,
                                Map.of("after", first.at("/pageInfo/endCursor").asString()),
                                admin)
                        .at("/data/auditLog");

        assertThat(first.path("edges")).hasSize(3);
        assertThat(second.path("edges")).hasSize(3);
        assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(first.at("/edges/0/node/caller").asString()).isEqualTo("local");
        assertThat(first.path("edges")).doesNotContainAnyElementsOf(second.path("edges"));
        var scoped =
                new Caller("key:emea", Role.ADMIN, new AccessScope("account.region = 'Europe'"));
        assertThat(
                        cairn.ask(document, Map.of(), signedIn(scoped))
                                .at("/errors/0/extensions/code")
                                .asString())
                .isEqualTo("FORBIDDEN");
    }

    private static JsonNode entries(String caller) {
        var said = cairn.inside("audit", "--caller", caller, "--format", "json");
        assertThat(said.exit()).as(said.errors()).isZero();
        return JSON.readTree(said.output()).path("entries");
    }

    /** A request of a caller that a test makes up has to be let in like any other. */
    private static Caller signedIn(Caller caller) {
        cairn.signIn(door);
        return caller;
    }
}
