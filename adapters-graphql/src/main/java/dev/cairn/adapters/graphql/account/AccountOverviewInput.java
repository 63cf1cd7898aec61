package dev.cairn.adapters.graphql.account;

import dev.cairn.application.port.in.AccountOverviewUseCase.Asked;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Which account, and when. */
public record AccountOverviewInput(
        String key,
        @Nullable Instant asOf,
        @Nullable Instant knownAt,
        @Nullable ZoneId timeZone,
        @Nullable DayOfWeek weekStarts) {
    Asked toDomain() {
        return new Asked(
                key, timeZone == null ? ZoneOffset.UTC : timeZone, weekStarts, asOf, knownAt);
    }
}
