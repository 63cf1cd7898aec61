package dev.cairn.adapters.graphql.standing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.in.BaselineUseCase.Keep;
import dev.cairn.application.port.in.BaselineUseCase.Outcome;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselinesTest extends SliceTest {
    private static final List<ScopeKey> PRO = List.of(new ScopeKey("account.plan", "pro"));

    private static final Baseline NPS =
            new Baseline(
                    "then",
                    "Then",
                    "",
                    "nps",
                    3,
                    new BigDecimal("31.5"),
                    400L,
                    new BigDecimal("2.25"),
                    LocalDate.of(2026, 1, 1),
                    LocalDate.of(2026, 4, 1),
                    ZoneId.of("Europe/Paris"),
                    PRO,
                    true,
                    Instant.parse("2026-06-01T10:00:00Z"),
                    null);

    @Test
    void every_field_of_what_is_to_be_kept_is_read() {
        baselines.answers(new Outcome.Done(List.of(NPS)));

        var reply =
                ask(
                        """
                        mutation { keepBaseline(input: {metric: "nps", from: "2026-01-01", to: "2026-04-01", scope: [{dimension: "account.plan", value: "pro"}],
                            timeZone: "Europe/Paris", asOf: "2026-05-01T00:00:00Z", level: true, key: "then", label: "Then", replace: true, validateOnly: true}) {
                          baseline { key label summary metric metricVersion value sampleSize standardError from to timeZone scope { dimension value } level keptAt asOf }
                          problems { code } } }
                        """);

        assertThat(baselines.kept)
                .containsExactly(
                        new Keep(
                                List.of("nps"),
                                PRO,
                                LocalDate.of(2026, 1, 1),
                                LocalDate.of(2026, 4, 1),
                                ZoneId.of("Europe/Paris"),
                                Instant.parse("2026-05-01T00:00:00Z"),
                                true,
                                "then",
                                "Then",
                                true,
                                true));
        assertThat(reply.json().at("/data/keepBaseline").toString())
                .isEqualTo(
                        "{\"baseline\":{\"key\":\"then\",\"label\":\"Then\",\"summary\":null,\"metric\":\"nps\",\"metricVersion\":3,\"value\":\"31.5\","
                                + "\"sampleSize\":\"400\",\"standardError\":\"2.25\",\"from\":\"2026-01-01\",\"to\":\"2026-04-01\",\"timeZone\":\"Europe/Paris\","
                                + "\"scope\":[{\"dimension\":\"account.plan\",\"value\":\"pro\"}],\"level\":true,\"keptAt\":\"2026-06-01T10:00:00Z\",\"asOf\":null},"
                                + "\"problems\":[]}");
    }

    @Test
    void what_is_left_out_is_of_the_company_in_utc_and_kept() {
        ask(
                """
                mutation { keepBaseline(input: {metric: "nps", from: "2026-01-01", to: "2026-04-01"}) { problems { code } } }
                """);

        assertThat(baselines.kept.getLast())
                .isEqualTo(
                        new Keep(
                                List.of("nps"),
                                List.of(),
                                LocalDate.of(2026, 1, 1),
                                LocalDate.of(2026, 4, 1),
                                ZoneId.of("UTC"),
                                null,
                                false,
                                null,
                                null,
                                false,
                                false));
    }

    @Test
    void a_problem_has_its_place_in_the_input() {
        baselines.answers(
                new Outcome.Rejected(
                        List.of(
                                Problem.of(ProblemCode.BAD_RANGE, Place.of("until"), "To come."),
                                Problem.of(
                                        ProblemCode.BAD_VALUE,
                                        Place.of("for", "account"),
                                        "There is no account."),
                                Problem.of(ProblemCode.BAD_RANGE, Place.of("as_of"), "To come."))));

        var reply =
                ask(
                        """
                        mutation { keepBaseline(input: {metric: "m", from: "2026-01-01", to: "2026-02-01"}) { baseline { key } problems { path } } }
                        """);

        assertThat(reply.json().at("/data/keepBaseline").toString())
                .isEqualTo(
                        "{\"baseline\":null,\"problems\":[{\"path\":[\"to\"]},{\"path\":[\"scope\",\"account\"]},{\"path\":[\"asOf\"]}]}");
    }

    @Test
    void they_are_listed_by_metric_and_removed_by_key() {
        baselines.answers(new Outcome.Done(List.of(NPS)));

        var reply =
                ask(
                        """
                        { baselines(metric: "nps") { items { key } } none: baselines(metric: "csat") { items { key } } }
                        """);
        var removal =
                ask(
                        """
                        mutation { removeBaseline(input: {key: "then"}) { baseline { key } problems { code } } }
                        """);

        assertThat(reply.json().path("data").toString())
                .isEqualTo(
                        "{\"baselines\":{\"items\":[{\"key\":\"then\"}]},\"none\":{\"items\":[]}}");
        assertThat(removal.json().at("/data/removeBaseline").toString())
                .isEqualTo("{\"baseline\":{\"key\":\"then\"},\"problems\":[]}");
        assertThat(baselines.removed).containsExactly("then");
    }
}
