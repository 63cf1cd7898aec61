package dev.cairn.adapters.graphql.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Fakes;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.in.GuardUseCase.Outcome;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.Guard.Move;
import dev.cairn.domain.guard.Guard.State;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.guard.GuardQuery.Cycle;
import dev.cairn.domain.guard.GuardStandings;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.Status;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class GuardsTest extends SliceTest {
    private static final LocalDate FROM = LocalDate.parse("2026-06-01");

    @Autowired private Fakes.Guards guards;
    @Autowired private Fakes.Catalogs catalogs;

    private static Metric metric(String name) {
        return new Metric(
                name,
                name,
                "",
                Level.CELL,
                null,
                "count(invoice)",
                null,
                Direction.HIGHER,
                null,
                null,
                null,
                false,
                Status.PUBLISHED);
    }

    private static Guard tripped(String metric) {
        return new Guard(
                metric,
                "churn",
                State.TRIPPED,
                FROM,
                FROM.plusMonths(1),
                new Move(-2.5, 0.001, 0.999, 40),
                new Move(0.25, 0.998, 0.002, 50),
                0.004,
                null,
                FROM.minusMonths(1),
                Instant.parse("2026-07-02T08:00:00Z"));
    }

    @Test
    void guards_are_given_as_they_are() {
        guards.answers(new Outcome.Watched(List.of(tripped("revenue"))));
        var reply =
                ask("""
                { guards(input: {metrics: ["revenue"] every: QUARTER timeZone: "Europe/Berlin" asOf: "2026-07-02T00:00:00Z"}) {
                    pairs { metric counter state from until since measuredAt level reason metricMove { change better worse accounts } counterMove { change better worse accounts } } } }
                """)
                        .json();
        assertThat(guards.asked.getLast())
                .isEqualTo(
                        new GuardQuery(
                                List.of("revenue"),
                                Cycle.QUARTER,
                                ZoneId.of("Europe/Berlin"),
                                Instant.parse("2026-07-02T00:00:00Z")));
        assertThat(reply.at("/data/guards/pairs/0").toString())
                .isEqualTo(
                        """
                        {"metric":"revenue","counter":"churn","state":"TRIPPED","from":"2026-06-01","until":"2026-07-01","since":"2026-05-01","measuredAt":"2026-07-02T08:00:00Z","level":0.004,"reason":null,\
                        "metricMove":{"change":-2.5,"better":0.001,"worse":0.999,"accounts":40},"counterMove":{"change":0.25,"better":0.998,"worse":0.002,"accounts":50}}\
                        """);
    }

    @Test
    void all_is_left_out_and_a_problem_has_its_place() {
        guards.answers(
                new Outcome.Rejected(
                        List.of(
                                Problem.of(
                                        ProblemCode.UNKNOWN_METRIC,
                                        Place.of("metrics", "0"),
                                        "No metric 'x'."))));
        var reply = ask("{ guards(input: {}) { pairs { state } } }").json();
        assertThat(guards.asked.getLast())
                .isEqualTo(new GuardQuery(List.of(), Cycle.MONTH, ZoneId.of("UTC"), null));
        assertThat(reply.at("/errors/0/extensions/problems/0/code").asString())
                .isEqualTo("UNKNOWN_METRIC");
    }

    @Test
    void a_metric_of_the_catalogue_says_how_its_guard_stands_and_others_have_none() {
        catalogs.has(metric("revenue"), metric("churn"));
        guards.stand(new GuardStandings(Map.of("revenue", tripped("revenue"))));
        var reply =
                ask("{ metrics(first: 50) { edges { node { key guard { state since } } } } }")
                        .json();
        var nodes = reply.at("/data/metrics/edges");
        assertThat(nodes.size()).isEqualTo(2);
        nodes.forEach(node ->
                assertThat(node.at("/node/guard").toString())
                        .as(node.at("/node/key").asString())
                        .isEqualTo(
                                node.at("/node/key").asString().equals("revenue")
                                        ? "{\"state\":\"TRIPPED\",\"since\":\"2026-05-01\"}"
                                        : "null"));
        assertThat(guards.askedBy).as("once for all of them").hasSize(1);
    }
}
