package dev.cairn.adapters.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.trust.BrokenStretch;
import dev.cairn.domain.trust.Check;
import dev.cairn.domain.trust.MetricTrust;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Touched;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrustCommandTest {
    private static final LocalDate FROM = LocalDate.parse("2026-03-02");
    private static final LocalDate UNTIL = LocalDate.parse("2026-03-09");

    private static Check check(String name, Check.Kind kind, Check.Status status) {
        return new Check(
                name,
                kind,
                null,
                status,
                0.05,
                0.0,
                FROM,
                UNTIL,
                "Of " + name + ".",
                status == Check.Status.PASS ? "" : "Look at " + name + ".");
    }

    static final SourceTrust EVENT =
            new SourceTrust(
                    "event",
                    Grade.C,
                    List.of(
                            check("volume", Check.Kind.VOLUME, Check.Status.FAIL),
                            check("facts", Check.Kind.NO_FACTS, Check.Status.PASS)),
                    List.of(
                            new BrokenStretch("event", FROM, UNTIL, "few", false),
                            new BrokenStretch("event", UNTIL, UNTIL.plusDays(1), "moved", true)),
                    Instant.parse("2026-04-01T00:00:00Z"));

    private static final SourceTrust TICKET =
            new SourceTrust("ticket", null, List.of(), List.of(), null);

    private static final SourceTrust SURVEY =
            new SourceTrust(
                    "survey",
                    null,
                    List.of(check("facts", Check.Kind.NO_FACTS, Check.Status.PASS)),
                    List.of(),
                    Instant.EPOCH);

    /** Says so of whatever is asked for. */
    static TrustUseCase answering(TrustUseCase.Outcome outcome) {
        return new TrustUseCase() {
            @Override
            public Outcome trust(Set<String> sources, Caller caller, Deadline deadline) {
                return outcome;
            }

            @Override
            public Map<String, Touched> touched(Set<String> sources) {
                return Map.of(
                        "event",
                        new Touched(
                                IntStream.range(0, 10).mapToObj(at -> "m" + at).toList(),
                                List.of("weekly")));
            }

            @Override
            public Map<String, MetricTrust> ofMetrics(
                    Set<String> metrics, Caller caller, Deadline deadline) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static FakeCairn.Said said(TrustUseCase.Outcome outcome, String... words) {
        return FakeCairn.with(answering(outcome)).execute(words);
    }

    private static FakeCairn.Said said(List<SourceTrust> found, String... words) {
        return said(new TrustUseCase.Outcome.Assessed(found), words);
    }

    @Test
    void a_source_says_what_is_wrong_since_when_what_to_do_and_what_it_touches() {
        var said = said(List.of(EVENT, TICKET, SURVEY), "trust");

        assertThat(said.exit()).isZero();
        assertThat(said.output())
                .isEqualTo(
                        """
                        event  C
                          fail  volume: Of volume.
                                -> Look at volume.
                          broken  2026-03-02 until 2026-03-09: few
                          broken  2026-03-09 until 2026-03-10, declared: moved
                          touches metrics: m0, m1, m2, m3, m4, m5, m6, m7 and 2 more
                          touches questions: weekly
                        ticket  -  nothing is expected of it
                        survey  -  it has no facts, and needs none
                        """);
    }

    @Test
    void all_shows_checks_that_pass_and_every_name() {
        assertThat(said(List.of(EVENT), "trust", "event", "--all").output())
                .contains("  pass  facts: Of facts.\n", "m7, m8, m9\n");
    }

    @Test
    void a_pipeline_stops_below_a_grade_and_not_for_want_of_one() {
        assertThat(said(List.of(EVENT), "trust", "--at-least", "B").exit()).isOne();
        assertThat(said(List.of(EVENT), "trust", "--at-least", "C").exit()).isZero();
        assertThat(said(List.of(TICKET), "trust", "--at-least", "A").exit()).isZero();
    }

    @Test
    void programs_are_given_the_same() {
        assertThat(said(List.of(EVENT), "trust", "--format", "json").output())
                .containsPattern("\"grade\" ?: \"C\"")
                .containsPattern("\"since\" ?: \"2026-03-02\"")
                .containsPattern("\"figure\" ?: 0.05")
                .containsPattern("\"declared\" ?: true");
    }

    @Test
    void a_source_that_there_is_not_is_refused() {
        var problem =
                Problem.of(
                        ProblemCode.UNKNOWN_SOURCE, Place.of("sources"), "No source '%s'.", "evnt");
        var said = said(new TrustUseCase.Outcome.Rejected(List.of(problem)), "trust", "evnt");
        assertThat(said.exit()).isOne();
        assertThat(said.errors()).contains("No source 'evnt'.");
    }

    @Test
    void where_nothing_is_expected_that_is_said() {
        assertThat(said(List.of(), "trust").output())
                .startsWith("Nothing is expected of any source");
    }
}
