package dev.cairn.adapters.graphql.standing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Samples;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest extends SliceTest {
    private static final Target QUOTA =
            new Target(
                    "quota",
                    "Quota",
                    "Each month.",
                    "revenue",
                    new Goal.Between(new BigDecimal("40"), new BigDecimal("50.5")),
                    LocalDate.of(2026, 1, 1),
                    LocalDate.of(2027, 1, 1),
                    List.of(new ScopeKey("account.plan", "pro")),
                    Target.Holds.AMOUNT,
                    Grain.MONTH,
                    null,
                    new BigDecimal("0.8"));

    @Test
    void every_field_of_a_target_reaches_the_definition() {
        var reply =
                ask(
                        """
                        mutation { setTarget(input: {key: "quota", label: "Quota", summary: "Each month.", metric: "revenue", value: "40", most: "50.5",
                            from: "2026-01-01", to: "2027-01-01", scope: [{dimension: "account.plan", value: "pro"}], holds: AMOUNT, each: MONTH, near: "0.8"}) {
                          target { key } problems { code } } }
                        """);

        assertThat(reply.json().at("/data/setTarget").toString())
                .isEqualTo("{\"target\":{\"key\":\"quota\"},\"problems\":[]}");
        assertThat(definitions.requests)
                .containsExactly(
                        new Request(List.of(new Draft(QUOTA, Place.NOWHERE)), false, false)
                                .by(new Author("tester", Role.ADMIN, "setTarget")));
    }

    @Test
    void targets_are_listed_by_metric() {
        catalogs.has(QUOTA, Samples.metric("revenue", "1"), Samples.metric("nps", "1"));

        var reply =
                ask(
                        """
                        { metric(key: "revenue") { targets { key label summary metric value most from to scope { dimension value } holds each baseline near } }
                          none: metric(key: "nps") { targets { key } } }
                        """);

        assertThat(reply.json().path("data").toString())
                .isEqualTo(
                        "{\"metric\":{\"targets\":[{\"key\":\"quota\",\"label\":\"Quota\",\"summary\":\"Each month.\",\"metric\":\"revenue\",\"value\":\"40\",\"most\":\"50.5\","
                                + "\"from\":\"2026-01-01\",\"to\":\"2027-01-01\",\"scope\":[{\"dimension\":\"account.plan\",\"value\":\"pro\"}],"
                                + "\"holds\":\"AMOUNT\",\"each\":\"MONTH\",\"baseline\":null,\"near\":\"0.8\"}]},\"none\":{\"targets\":[]}}");
    }

    @Test
    void who_sees_some_accounts_is_told_no_target_of_some_rows() {
        var company =
                new Target(
                        "company",
                        "Company",
                        "",
                        "revenue",
                        new Goal.Reach(new BigDecimal("400")),
                        LocalDate.of(2026, 1, 1),
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        Target.NEAR);
        catalogs.has(QUOTA, company, Samples.metric("revenue", "1"));

        assertThat(scoped("{ metric(key: \"revenue\") { targets { key } } }").json().at("/data"))
                .hasToString("{\"metric\":{\"targets\":[{\"key\":\"company\"}]}}");
    }

    @Test
    void a_problem_has_its_place_in_the_input() {
        definitions.rejects(
                Problem.of(ProblemCode.BAD_RANGE, Place.of("until"), "It ends before it starts."));

        var reply =
                ask(
                        """
                        mutation { setTarget(input: {key: "t", metric: "m", value: "1", from: "2026-01-01", to: "2025-01-01"}) {
                          target { key } problems { path } } }
                        """);

        assertThat(reply.json().at("/data/setTarget").toString())
                .isEqualTo("{\"target\":null,\"problems\":[{\"path\":[\"to\"]}]}");
    }
}
