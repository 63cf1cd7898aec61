package dev.cairn.adapters.graphql.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Fakes;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.in.TrustUseCase.Outcome;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.trust.BrokenStretch;
import dev.cairn.domain.trust.Check;
import dev.cairn.domain.trust.SourceTrust;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SourceTrustTest extends SliceTest {
    @Autowired private Fakes.Trust trust;

    @Test
    void trust_is_given_as_it_is() {
        var from = LocalDate.parse("2026-03-02");
        var until = LocalDate.parse("2026-03-09");
        trust.answers(
                new Outcome.Assessed(
                        List.of(
                                new SourceTrust(
                                        "event",
                                        Grade.C,
                                        List.of(
                                                new Check(
                                                        "volume",
                                                        Check.Kind.VOLUME,
                                                        null,
                                                        Check.Status.FAIL,
                                                        0.05,
                                                        0.0,
                                                        from,
                                                        until,
                                                        "Few.",
                                                        "Look.")),
                                        List.of(
                                                new BrokenStretch(
                                                        "event", from, until, "few", false)),
                                        Instant.parse("2026-04-01T00:00:00Z")))));
        var reply =
                ask("""
                { sourceTrust(sources: ["event"]) { items { source grade measuredAt since touches { metrics questions }
                    checks { name kind field status figure allowed from to found action } broken { from to why declared } } } }
                """)
                        .json();
        assertThat(trust.asked.getLast()).isEqualTo(Set.of("event"));
        assertThat(reply.at("/data/sourceTrust/items/0/grade").asString()).isEqualTo("C");
        assertThat(reply.at("/data/sourceTrust/items/0/since").asString()).isEqualTo("2026-03-02");
        assertThat(reply.at("/data/sourceTrust/items/0/touches").toString())
                .isEqualTo("{\"metrics\":[\"active_users\",\"dau\"],\"questions\":[\"weekly\"]}");
        assertThat(reply.at("/data/sourceTrust/items/0/checks/0").toString())
                .isEqualTo(
                        "{\"name\":\"volume\",\"kind\":\"VOLUME\",\"field\":null,\"status\":\"FAIL\",\"figure\":0.05,\"allowed\":0.0,\"from\":\"2026-03-02\",\"to\":\"2026-03-09\",\"found\":\"Few.\",\"action\":\"Look.\"}");
        assertThat(reply.at("/data/sourceTrust/items/0/broken/0/declared").asBoolean()).isFalse();
    }

    @Test
    void a_source_that_is_not_there_is_a_problem() {
        trust.answers(
                new Outcome.Rejected(
                        List.of(
                                Problem.of(
                                        ProblemCode.UNKNOWN_SOURCE,
                                        Place.of("sources"),
                                        "No source 'evnt'."))));
        var reply = ask("{ sourceTrust(sources: [\"evnt\"]) { items { source } } }").json();
        assertThat(reply.at("/errors/0/extensions/problems/0/code").asString())
                .isEqualTo("UNKNOWN_SOURCE");
    }
}
