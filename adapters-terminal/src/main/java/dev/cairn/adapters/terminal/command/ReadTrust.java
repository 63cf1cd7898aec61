package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Json;
import dev.cairn.application.port.in.TrustUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.planner.Trusting;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Standing;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far the sources can be trusted that were read for an answer which is made of the answers to several questions. */
record ReadTrust(List<SourceTrust> sources) {
    /** Of sources by their names; of those that somebody removed meanwhile nothing is known. */
    static ReadTrust of(Set<String> sources, UseCases cairn) {
        if (sources.isEmpty()) {
            return new ReadTrust(List.of());
        }
        return switch (cairn.trust().trust(sources, Caller.LOCAL, cairn.deadline())) {
            case Outcome.Assessed(var trusts) -> new ReadTrust(trusts);
            case Outcome.Rejected _ -> new ReadTrust(List.of());
        };
    }

    /** Beside an answer that waits for nobody; null while it is being counted, which a notice says. */
    static @Nullable List<SourceTrust> beside(
            AnalysisResult answer, Set<String> sources, UseCases cairn) {
        return answer.notices().stream()
                        .anyMatch(notice -> notice.code().equals(Trusting.TRUST_PENDING))
                ? null
                : of(sources, cairn).sources();
    }

    /** Says below an answer which sources are not as expected, as the answer to one question does. */
    void tell(PrintWriter out) {
        sources.forEach(trust ->
                // Days are not told, so that their zone does not matter.
                Standing.of(trust, ZoneOffset.UTC, false)
                        .warning(trust.source())
                        .ifPresent(message -> out.println("\n" + DisplayText.plain(message))));
        out.flush();
    }

    /** An answer for programs, with all that is known of its sources. */
    void write(Object answer, PrintWriter out) {
        out.println(Json.document(answer, sources));
        out.flush();
    }
}
