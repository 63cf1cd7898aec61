package dev.cairn.adapters.graphql.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.Cohort.Members;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CohortsTest extends SliceTest {
    @Test
    void a_cohort_by_rule_and_one_by_list() {
        catalogs.has(
                new Cohort("happy", "Happy", "", new Members.Rule("count(event) > 3")),
                new Cohort("partners", "Partners", "", new Members.Accounts(List.of("a-1"))));

        graphQl.document(
                        """
                        { happy: cohort(key: "happy") { key label membership rule } partners: cohort(key: "partners") { membership rule }
                          none: cohort(key: "none") { key } }
                        """)
                .execute()
                .path("happy")
                .matchesJsonStrictly(
                        "{\"key\": \"happy\", \"label\": \"Happy\", \"membership\": \"RULE\", \"rule\": \"count(event) > 3\"}")
                .path("partners")
                .matchesJsonStrictly("{\"membership\": \"LIST\", \"rule\": null}")
                .path("none")
                .valueIsNull();
    }

    @Test
    void every_field_of_a_cohort_reaches_the_definition() {
        var reply =
                ask(
                        """
                        mutation {
                          one: defineCohort(input: {key: "happy", label: "Happy", summary: "Those.", members: {rule: "true"}}) {
                            cohort { key membership } problems { code } }
                          other: defineCohort(input: {key: "list", label: "List", members: {accounts: ["a-1", "a-2"]}}) {
                            cohort { key membership } problems { code } } }
                        """);

        assertThat(reply.json().path("data").toString())
                .isEqualTo(
                        "{\"one\":{\"cohort\":{\"key\":\"happy\",\"membership\":\"RULE\"},\"problems\":[]},"
                                + "\"other\":{\"cohort\":{\"key\":\"list\",\"membership\":\"LIST\"},\"problems\":[]}}");
        assertThat(definitions.requests)
                .containsExactly(
                        request(new Cohort("happy", "Happy", "Those.", new Members.Rule("true"))),
                        request(
                                new Cohort(
                                        "list",
                                        "List",
                                        "",
                                        new Members.Accounts(List.of("a-1", "a-2")))));
    }

    @Test
    void a_problem_of_the_rule_has_the_rules_path_in_the_input() {
        definitions.rejects(
                Problem.of(ProblemCode.SYNTAX, Place.of("rule").at(1, 3), "Expected ')'."));

        var reply =
                ask(
                        """
                        mutation { defineCohort(input: {key: "c", label: "C", members: {rule: "(("}}) { cohort { key } problems { path line column } } }
                        """);

        assertThat(reply.json().at("/data/defineCohort").toString())
                .isEqualTo(
                        "{\"cohort\":null,\"problems\":[{\"path\":[\"members\",\"rule\"],\"line\":1,\"column\":3}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{rule: \"true\", accounts: []}"})
    void members_are_by_one_of_the_two(String members) {
        var reply =
                ask(
                        "mutation { defineCohort(input: {key: \"c\", label: \"C\", members: %s}) { cohort { key } } }"
                                .formatted(members));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(definitions.requests).isEmpty();
    }

    private static Request request(Cohort cohort) {
        return new Request(List.of(new Draft(cohort, Place.NOWHERE)), false, false)
                .by(new Author("tester", Role.ADMIN, "defineCohort"));
    }
}
