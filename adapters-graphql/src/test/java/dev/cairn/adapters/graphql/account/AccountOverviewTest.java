package dev.cairn.adapters.graphql.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.Account;
import dev.cairn.application.port.in.AccountOverviewUseCase.AskedMetrics;
import dev.cairn.application.port.in.AccountOverviewUseCase.Found;
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

class AccountOverviewTest extends SliceTest {
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
