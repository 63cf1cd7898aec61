package dev.cairn.adapters.graphql.account;

import dev.cairn.domain.overview.SuccessOfAccount;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Whether an account has succeeded, as the schema names it. */
record AccountSuccessOutput(SuccessOfAccount of) {
    public String key() {
        return of.success().name();
    }

    public String label() {
        return of.success().label();
    }

    public @Nullable String owner() {
        return of.success().owner();
    }

    public @Nullable LocalDate from() {
        return of.from();
    }

    public @Nullable LocalDate until() {
        return of.until();
    }

    public SuccessOfAccount.State state() {
        return of.state();
    }

    public boolean holds() {
        return of.holds();
    }
}
