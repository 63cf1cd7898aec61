package dev.cairn.adapters.graphql.trust;

import dev.cairn.domain.model.Grade;
import dev.cairn.domain.trust.BrokenStretch;
import dev.cairn.domain.trust.Check;
import dev.cairn.domain.trust.SourceTrust;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a source can be trusted, as the schema names it. */
public record SourceTrustOutput(
        String source,
        @Nullable Grade grade,
        List<CheckOutput> checks,
        List<BrokenOutput> broken,
        @Nullable LocalDate since,
        @Nullable Instant measuredAt) {
    public SourceTrustOutput {
        checks = List.copyOf(checks);
        broken = List.copyOf(broken);
    }

    public static SourceTrustOutput of(SourceTrust trust) {
        return new SourceTrustOutput(
                trust.source(),
                trust.grade(),
                trust.checks().stream().map(CheckOutput::of).toList(),
                trust.broken().stream().map(BrokenOutput::of).toList(),
                trust.since(),
                trust.measuredAt());
    }

    /** A check. */
    public record CheckOutput(
            String name,
            Check.Kind kind,
            @Nullable String field,
            Check.Status status,
            @Nullable Double figure,
            @Nullable Double allowed,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            String found,
            String action) {
        static CheckOutput of(Check check) {
            return new CheckOutput(
                    check.name(),
                    check.kind(),
                    check.field(),
                    check.status(),
                    check.figure(),
                    check.allowed(),
                    check.from(),
                    check.until(),
                    check.found(),
                    check.action());
        }
    }

    /** A broken stretch. */
    public record BrokenOutput(LocalDate from, LocalDate to, String why, boolean declared) {
        static BrokenOutput of(BrokenStretch stretch) {
            return new BrokenOutput(
                    stretch.from(), stretch.until(), stretch.why(), stretch.declared());
        }
    }
}
