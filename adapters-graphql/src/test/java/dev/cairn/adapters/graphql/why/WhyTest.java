package dev.cairn.adapters.graphql.why;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.in.WhyUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.ParameterValue;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.why.Piece;
import dev.cairn.domain.why.Piece.Kind;
import dev.cairn.domain.why.Why;
import dev.cairn.domain.why.WhyQuery;
import dev.cairn.domain.why.WhyQuery.AskedCell;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WhyTest extends SliceTest {
    private static final Instant NOW = Instant.parse("2026-07-02T00:00:00Z");
    private static final AskedRange WINTER =
            new AskedRange.Between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 4, 1));
    private static final AskedRange SPRING =
            new AskedRange.Between(LocalDate.of(2026, 4, 1), LocalDate.of(2026, 7, 1));
    private static final String CELLS =
            """
            from: {timeRange: {between: {from: "2026-01-01", to: "2026-04-01"}}}
            to: {timeRange: {between: {from: "2026-04-01", to: "2026-07-01"}}}
            """;

    private static Piece piece(
            String what,
            Kind kind,
            double contribution,
            List<Piece> parts,
            List<Piece.Moved> moved) {
        return new Piece(
                what, kind, 3.0, null, contribution, 2, parts, List.of(), List.of(), moved);
    }

    private static Outcome explained() {
        var left =
                piece(
                        "accounts that left",
                        Kind.LEFT,
                        -2,
                        List.of(),
                        List.of(
                                new Piece.Moved(GroupValue.of("A1"), 3.0, null, -1.5),
                                new Piece.Moved(GroupValue.NO_ACCOUNT, 1.0, null, -0.5)));
        return new Outcome.Explained(
                new Why(
                        "billed",
                        "Billed",
                        MetricUnit.MONEY,
                        "EUR",
                        "billed fell by 2 EUR.",
                        piece(
                                "billed",
                                Kind.WHOLE,
                                -2,
                                List.of(piece("a", Kind.TERM, -2, List.of(left), List.of())),
                                List.of()),
                        new Why.Value(5, Set.of()),
                        new Why.Value(3, Set.of(Incomplete.BUCKET_NOT_OVER)),
                        NOW,
                        List.of(new Notice("NO_ACCOUNTS", "Not known.", null))));
    }

    @Test
    void what_is_left_out_is_as_by_default() {
        changes.answers(explained());
        ask(
                "{ why(input: {metric: {metric: {key: \"billed\"}} %s}) { sentence } }"
                        .formatted(CELLS));
        assertThat(changes.asked.getLast())
                .isEqualTo(
                        new WhyQuery(
                                new AskedMetric(new MetricReference.ByKey("billed"), null),
                                new AskedCell(WINTER, null),
                                new AskedCell(SPRING, null),
                                null,
                                null,
                                null,
                                List.of(),
                                ZoneId.of("UTC"),
                                null,
                                null,
                                null,
                                3,
                                5));
    }

    @Test
    void all_that_is_said_is_asked() {
        changes.answers(explained());
        ask(
                """
                { why(input: {metric: {metric: {key: "nps"}, params: [{name: "goal", value: "5"}]}
                    from: {timeRange: {between: {from: "2026-01-01", to: "2026-04-01"}}, where: "account.plan = 'a'"}
                    to: {timeRange: {between: {from: "2026-04-01", to: "2026-07-01"}}, where: "account.plan = 'b'"}
                    account: "A1", where: "true", cohort: {rule: "false"}, by: ["account.plan"], timeZone: "Europe/Paris"
                    weekStarts: SUNDAY, asOf: "2026-07-02T00:00:00Z", knownAt: "2026-07-02T00:00:00Z", depth: 2, top: 7}) { change } }
                """);
        assertThat(changes.asked.getLast())
                .isEqualTo(
                        new WhyQuery(
                                new AskedMetric(new MetricReference.ByKey("nps"), null)
                                        .with(new ParameterValue("goal", "5")),
                                new AskedCell(WINTER, "account.plan = 'a'"),
                                new AskedCell(SPRING, "account.plan = 'b'"),
                                "A1",
                                "true",
                                new CohortReference.Rule("false"),
                                List.of("account.plan"),
                                ZoneId.of("Europe/Paris"),
                                DayOfWeek.SUNDAY,
                                NOW,
                                NOW,
                                2,
                                7));
    }

    @Test
    void pieces_come_as_a_list_that_says_what_each_is_a_part_of() {
        changes.answers(explained());
        var answer =
                ask("""
                { why(input: {metric: {metric: {key: "billed"}} %s}) { label unit currency change sentence asOf
                    from { value incompleteBecause } to { value incompleteBecause } notices { code message }
                    pieces { number parent level axis what kind from to contribution accounts
                        moved { account from to contribution } } } }
                """
                                .formatted(CELLS))
                        .json()
                        .at("/data/why");
        assertThat(answer.at("/change").asDouble()).isEqualTo(-2);
        assertThat(answer.at("/to/incompleteBecause/0").asString()).isEqualTo("BUCKET_NOT_OVER");
        assertThat(answer.at("/pieces/0/parent").isNull()).isTrue();
        assertThat(answer.at("/pieces/0/axis").asString()).isEqualTo("WHOLE");
        assertThat(answer.at("/pieces/2/parent").asInt()).isEqualTo(1);
        assertThat(answer.at("/pieces/2/level").asInt()).isEqualTo(2);
        assertThat(answer.at("/pieces/2/kind").asString()).isEqualTo("LEFT");
        assertThat(answer.at("/pieces/2/moved/0/account").asString()).isEqualTo("A1");
        assertThat(answer.at("/pieces/2/moved/0/to").isNull()).isTrue();
        assertThat(answer.at("/pieces/2/moved/1/account").isNull()).isTrue();
        assertThat(answer.at("/notices/0/code").asString()).isEqualTo("NO_ACCOUNTS");
    }

    @Test
    void what_is_wrong_is_told_where_it_stands() {
        changes.answers(
                new Outcome.Rejected(
                        List.of(Problem.of(ProblemCode.NO_VALUE, Place.of("from"), "None."))));
        var answer =
                ask(
                        "{ why(input: {metric: {metric: {key: \"billed\"}} %s}) { sentence } }"
                                .formatted(CELLS));
        assertThat(answer.json().at("/errors/0/extensions/problems/0/code").asString())
                .isEqualTo("NO_VALUE");
        assertThat(answer.json().at("/errors/0/extensions/problems/0/path/0").asString())
                .isEqualTo("from");
    }
}
