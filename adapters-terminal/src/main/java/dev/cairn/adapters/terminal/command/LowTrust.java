package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.application.port.in.TrustUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Standing;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Says below an answer that is made of the answers to several questions which sources are not as expected, as the answers themselves do. */
final class LowTrust {
    private LowTrust() {}

    /** @param sources that were read for the answer */
    static void tell(Set<String> sources, UseCases cairn, PrintWriter out) {
        assessed(sources, cairn)
                .forEach(trust ->
                        // Days are not told, so that their zone does not matter.
                        Standing.of(trust, ZoneOffset.UTC, false)
                                .warning(trust.source())
                                .ifPresent(
                                        message -> out.println("\n" + DisplayText.plain(message))));
        out.flush();
    }

    /** None of sources that somebody removed meanwhile. */
    private static List<SourceTrust> assessed(Set<String> sources, UseCases cairn) {
        if (sources.isEmpty()) {
            return List.of();
        }
        return switch (cairn.trust().trust(sources, Caller.LOCAL, cairn.deadline())) {
            case Outcome.Assessed(var trusts) -> trusts;
            case Outcome.Rejected _ -> List.of();
        };
    }
}
