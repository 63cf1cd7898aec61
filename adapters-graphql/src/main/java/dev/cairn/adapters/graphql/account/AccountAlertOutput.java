package dev.cairn.adapters.graphql.account;

import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.in.AccountOverviewUseCase.AlertOfAccount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An alert that names an account, as the schema names it. */
record AccountAlertOutput(AlertOfAccount of) {
    private AlertNews news() {
        return of.event().news();
    }

    public String alert() {
        return news().alert();
    }

    public String label() {
        return news().label();
    }

    public @Nullable String owner() {
        return news().owner();
    }

    public Instant at() {
        return news().at();
    }

    public boolean stands() {
        return of.stands();
    }

    public AlertNews.Reason reason() {
        return of.reason();
    }
}
