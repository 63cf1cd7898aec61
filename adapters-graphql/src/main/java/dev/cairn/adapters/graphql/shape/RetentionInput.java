package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.FrameInput;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.shape.Retention;
import dev.cairn.domain.shape.Retention.Ages;
import dev.cairn.domain.shape.Retention.Bracket;
import dev.cairn.domain.shape.Retention.Occurrence;
import dev.cairn.domain.shape.Retention.Retained;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who comes back. An explicit null means the same as leaving a field out. */
public record RetentionInput(
        FrameInput frame,
        @Nullable String of,
        HappeningInput start,
        @Nullable Occurrence occurrence,
        @Nullable HappeningInput returned,
        @Nullable Retained retained,
        @Nullable String value,
        @Nullable AgesInput ages) {
    private static final int LAST_AGE = 6;

    Retention toDomain(AnalysisQuery inFrame) {
        return new Retention(
                inFrame,
                of == null ? "account" : of,
                start.toDomain(),
                occurrence,
                returned == null ? null : returned.toDomain(),
                retained == null ? Retained.HEADS : retained,
                value,
                ages == null ? new Ages.Exact(LAST_AGE) : ages.toDomain());
    }

    /** The columns; one of the three. */
    public record AgesInput(
            @Nullable Integer exact,
            @Nullable Integer orLater,
            @Nullable List<BracketInput> brackets) {
        Ages toDomain() {
            if (exact != null) {
                return new Ages.Exact(exact);
            }
            return orLater != null
                    ? new Ages.OnOrAfter(orLater)
                    : new Ages.Brackets(
                            Objects.requireNonNull(brackets).stream()
                                    .map(bracket -> new Bracket(bracket.from, bracket.to))
                                    .toList());
        }
    }

    /** Ages from and to, both included. */
    public record BracketInput(int from, int to) {}
}
