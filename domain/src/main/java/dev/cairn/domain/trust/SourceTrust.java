package dev.cairn.domain.trust;

import dev.cairn.domain.model.Grade;
import dev.cairn.domain.trust.Check.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a source can be trusted.
 *
 * @param grade null: nothing is expected of it, so nothing was looked at, or it has no facts and needs none
 * @param checks all, those that fail first
 * @param broken stretches of days to leave out, in order of their beginning
 * @param measuredAt as of when; null: nothing was looked at
 */
public record SourceTrust(
        String source,
        @Nullable Grade grade,
        List<Check> checks,
        List<BrokenStretch> broken,
        @Nullable Instant measuredAt) {
    public SourceTrust {
        checks = List.copyOf(checks);
        broken = List.copyOf(broken);
    }

    /** Of a source of which nothing is expected. */
    public static SourceTrust unchecked(String source) {
        return new SourceTrust(source, null, List.of(), List.of(), null);
    }

    /** Of a source that could not be looked at: nothing can be said for it. */
    public static SourceTrust unknown(String source, String why) {
        return new SourceTrust(
                source,
                Grade.F,
                List.of(
                        new Check(
                                "measured",
                                Check.Kind.NOT_MEASURED,
                                null,
                                Status.FAIL,
                                null,
                                null,
                                null,
                                null,
                                why,
                                "Ask again; 'cairn trust' says more.")),
                List.of(),
                null);
    }

    /** Of a source whose first count takes long: not known yet. */
    public static SourceTrust beingCounted(String source) {
        return new SourceTrust(
                source,
                null,
                List.of(
                        new Check(
                                "measured",
                                Check.Kind.NOT_MEASURED,
                                null,
                                Status.WARN,
                                null,
                                null,
                                null,
                                null,
                                "What is expected of it is being counted.",
                                "Ask again; 'cairn trust' waits for it.")),
                List.of(),
                null);
    }

    /** Whether it is not known yet. */
    public boolean isBeingCounted() {
        return grade == null
                && checks.stream().anyMatch(check -> check.kind() == Check.Kind.NOT_MEASURED);
    }

    /** Checks that do not pass. */
    public List<Check> failing() {
        return checks.stream().filter(check -> check.status() != Status.PASS).toList();
    }

    /** Since when it is not as expected: the first day that a check which fails touches; null: none fails, or none of them can say. */
    public @Nullable LocalDate since() {
        return checks.stream()
                .filter(check -> check.status() == Status.FAIL)
                .map(Check::from)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The same as it is told to who sees only some accounts: figures and days are of all. */
    public SourceTrust withoutFigures() {
        return new SourceTrust(
                source,
                grade,
                checks.stream().map(Check::withoutFigures).toList(),
                broken.stream().filter(BrokenStretch::declared).toList(),
                measuredAt);
    }

    /**
     * The days to leave out of a comparison, of all sources that it reads: whoever tests something over time takes no window that has one of them.
     *
     * @return whether a time of local days, half-open, has a broken day
     */
    public static boolean isBroken(
            Collection<SourceTrust> sources, LocalDate start, LocalDate end) {
        return sources.stream()
                .flatMap(source -> source.broken().stream())
                .anyMatch(stretch -> stretch.touches(start, end));
    }
}
