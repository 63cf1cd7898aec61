package dev.cairn.adapters.graphql.account;

import dev.cairn.application.port.in.AccountOverviewUseCase.Found;
import dev.cairn.domain.time.PointInTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An account, whose parts are asked for where they are selected. */
record AccountOverviewOutput(Found.Known known) {
    public AccountOutput account() {
        return new AccountOutput(known.account());
    }

    public Instant asOf() {
        return known.subject().asOf();
    }

    public @Nullable Instant knownAt() {
        return known.subject().knownAt();
    }

    public @Nullable String since() {
        return text(known.account().since());
    }

    public @Nullable String until() {
        return text(known.account().until());
    }

    public boolean isTest() {
        return known.isTest();
    }

    private static @Nullable String text(@Nullable PointInTime time) {
        return time == null ? null : time.toString();
    }
}
