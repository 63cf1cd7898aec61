package dev.cairn.domain.trust;

import dev.cairn.domain.model.Grade;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an answer needs to know of the trust of a source that it reads.
 *
 * @param grade null: nothing is expected of the source, or it has no facts and needs none
 * @param failing names of checks that fail, each with what is wrong, without figures
 * @param broken stretches that whoever asks may know of
 * @param zone that their days are of
 * @param isBeingCounted whether it is not known yet
 */
public record Standing(
        @Nullable Grade grade,
        List<String> failing,
        List<BrokenStretch> broken,
        ZoneId zone,
        boolean isBeingCounted) {
    public Standing {
        failing = List.copyOf(failing);
        broken = List.copyOf(broken);
    }

    /** @param isScoped whether who asks sees only some accounts, and is told of declared stretches alone */
    public static Standing of(SourceTrust trust, ZoneId zone, boolean isScoped) {
        return new Standing(
                trust.grade(),
                trust.checks().stream()
                        .filter(check -> check.status() == Check.Status.FAIL)
                        .map(check -> "%s (%s)".formatted(check.name(), check.words()))
                        .toList(),
                trust.broken().stream().filter(stretch -> stretch.declared() || !isScoped).toList(),
                zone,
                trust.isBeingCounted());
    }

    /** Whether it is worse than an owner asks for; what nobody looks at is. */
    public boolean isBelow(Grade floor) {
        return grade == null || grade.isBelow(floor);
    }

    /** What is said beside whatever is read from a source; empty where it is as expected, only warns, or nothing is known of it. */
    public Optional<String> warning(String source) {
        return grade != null && grade.isBelow(Grade.B)
                ? Optional.of(
                        "Some of this is read from data that is not as expected: %s. See sourceTrust or 'cairn trust'."
                                .formatted(words(source)))
                : Optional.empty();
    }

    /** As a message says it of a source. */
    public String words(String source) {
        return grade == null
                ? "'%s' has no grade, as nothing is expected of it or it has no facts"
                        .formatted(source)
                : "'%s' is of grade %s: %s"
                        .formatted(
                                source,
                                grade,
                                failing.isEmpty()
                                        ? "a check warns"
                                        : failing.stream().collect(Collectors.joining(", ")));
    }
}
