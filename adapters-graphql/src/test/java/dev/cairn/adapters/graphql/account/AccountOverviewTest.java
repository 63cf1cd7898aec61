package dev.cairn.adapters.graphql.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Fakes;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.Account;
import dev.cairn.application.port.in.AccountOverviewUseCase.AskedMetrics;
import dev.cairn.application.port.in.AccountOverviewUseCase.Found;
import dev.cairn.application.port.in.TrustUseCase.Outcome;
import dev.cairn.domain.model.Metric.MetricDomain;
import dev.cairn.domain.overview.Subject;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.PointInTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class AccountOverviewTest extends SliceTest {
    @Autowired private Fakes.Trust trust;

    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    private static Found known() {
        return new Found.Known(
                new Account(
                        "a-17",
                        "Acme",
                        PointInTime.on(LocalDate.of(2025, 1, 3)),
                        PointInTime.at(NOW),
                        Map.of()),
                new Subject("a-17", List.of(), ZoneOffset.UTC, null, NOW, null));
    }

    @Test
    void an_account_that_is_not_there_is_null() {
        assertThat(
                        ask("{ accountOverview(input: {key: \"a-18\"}) { isTest } }")
                                .json()
                                .at("/data/accountOverview")
                                .isNull())
                .isTrue();
    }

    @Test
    void parts_are_asked_for_where_they_are_selected() {
        overviews.found = known();

        var reply =
                ask(
                        """
                        { accountOverview(input: {key: "a-17"}) { account { key name } since until isTest asOf
                            attributes { key value history { from until value } } children { key name link } } }
                        """);

        assertThat(reply.json().at("/data/accountOverview").toString())
                .isEqualTo(
                        "{\"account\":{\"key\":\"a-17\",\"name\":\"Acme\"},\"since\":\"2025-01-03\",\"until\":\"2026-07-01T00:00:00Z\","
                                + "\"isTest\":false,\"asOf\":\"2026-07-01T00:00:00Z\",\"attributes\":[{\"key\":\"plan\",\"value\":\"pro\","
                                + "\"history\":[{\"from\":null,\"until\":\"2026-03-01\",\"value\":\"free\"},{\"from\":\"2026-03-01\",\"until\":null,\"value\":\"pro\"}]}],"
                                + "\"children\":[{\"key\":\"a-18\",\"name\":null,\"link\":\"parent\"}]}");
        assertThat(overviews.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metrics",
                "band(metric: \"health\", outcome: \"true\", days: 30)",
                "successes",
                "lists",
                "facts"
            })
    void a_part_says_how_far_what_it_reads_can_be_trusted(String part) {
        overviews.found = known();
        trust.answers(new Outcome.Assessed(List.of()));
        trust.asked.clear();
        var reply =
                ask(
                        "{ accountOverview(input: {key: \"a-17\"}) { %s { trust { grade } } } }"
                                .formatted(part));
        assertThat(trust.asked).as(reply.json().toString()).containsExactly(Fakes.READ);
    }

    @Test
    void peers_are_asked_for_where_a_standing_is_selected() {
        overviews.found = known();

        ask("{ accountOverview(input: {key: \"a-17\"}) { metrics { metrics { change } } } }");
        ask(
                """
                { accountOverview(input: {key: "a-17"}) { metrics(domains: [REVENUE], grain: WEEK, periods: 2, peersBy: "account.segment") {
                    metrics { standing { rank } } } } }
                """);

        assertThat(overviews.asked)
                .containsExactly(
                        new AskedMetrics(List.of(), List.of(), Grain.MONTH, 6, null, false),
                        new AskedMetrics(
                                List.of(),
                                List.of(MetricDomain.REVENUE),
                                Grain.WEEK,
                                2,
                                "account.segment",
                                true));
    }

    @Test
    void health_lists_and_facts_are_asked_as_written() {
        overviews.found = known();

        var reply =
                ask(
                        """
                        { accountOverview(input: {key: "a-17"}) { health(days: 7) { difference } lists { lists { key } refused { metric } }
                            facts(sources: ["event"], after: "c") { lists { key label value rows { records } } } } }
                        """);

        assertThat(reply.json().at("/data/accountOverview").toString())
                .isEqualTo(
                        "{\"health\":{\"difference\":null},\"lists\":{\"lists\":[],\"refused\":[]},"
                                + "\"facts\":{\"lists\":[{\"key\":\"event\",\"label\":\"Events\",\"value\":\"2026-06-30\",\"rows\":{\"records\":[]}}]}}");
        assertThat(overviews.parts)
                .containsExactlyInAnyOrder(
                        "health of health within 7 days",
                        "lists of 10",
                        "facts of [event], 5 after c");
    }

    @Test
    void what_is_known_by_others_and_by_definitions_is_asked_where_it_is_selected() {
        overviews.found = known();

        var reply =
                ask(
                        """
                        { accountOverview(input: {key: "a-17"}) { health { sentence }
                            band(outcome: "mrr > 0", days: 30) { band date days bands { band cases good share low high } pending incomplete }
                            successes { items { key label from until state holds } } changes { items { key name changedOn state problems { code } } } alerts { items { alert stands } } trust { source grade checks { found } } } }
                        """);

        assertThat(reply.json().at("/data/accountOverview").toString())
                .isEqualTo(
                        "{\"health\":{\"sentence\":null},"
                                + "\"band\":{\"band\":\"red\",\"date\":\"2026-04-02\",\"days\":30,\"bands\":[{\"band\":\"red\",\"cases\":4,\"good\":1,\"share\":0.25,\"low\":0.05,\"high\":0.7}],\"pending\":2,\"incomplete\":0},"
                                + "\"successes\":{\"items\":[{\"key\":\"renewed\",\"label\":\"Renewed\",\"from\":\"2026-06-01\",\"until\":\"2026-09-01\",\"state\":\"UNDECIDED\",\"holds\":true}]},"
                                + "\"changes\":{\"items\":[{\"key\":\"M1\",\"name\":\"Shared views\",\"changedOn\":\"2026-05-04\",\"state\":\"UNKNOWN\",\"problems\":[{\"code\":\"UNKNOWN_FIELD\"}]}]},"
                                + "\"alerts\":{\"items\":[]},"
                                + "\"trust\":[{\"source\":\"event\",\"grade\":\"F\",\"checks\":[{\"found\":\"Not counted.\"}]}]}");
        assertThat(overviews.parts)
                .containsExactlyInAnyOrder(
                        "health of health within 30 days",
                        "band of health, mrr > 0 within 30 days",
                        "successes",
                        "changes",
                        "20 alerts",
                        "trust");
    }

    @Test
    void what_is_wrong_with_a_part_leaves_the_others() {
        overviews.found = known();
        overviews.problems =
                List.of(Problem.of(ProblemCode.LIMIT, Place.of("periods"), "Too many."));

        var reply =
                ask(
                        "{ accountOverview(input: {key: \"a-17\"}) { isTest metrics(periods: 99) { periods } } }");

        assertThat(reply.code()).isEqualTo("BAD_QUERY");
        assertThat(reply.json().at("/data/accountOverview").toString())
                .isEqualTo("{\"isTest\":false,\"metrics\":null}");
    }
}
