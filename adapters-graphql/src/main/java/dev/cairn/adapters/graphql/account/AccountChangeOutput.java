package dev.cairn.adapters.graphql.account;

import dev.cairn.domain.overview.ChangeOfAccount;
import dev.cairn.domain.problem.ProblemDetails;
import java.time.LocalDate;
import java.util.List;

/** Whether a change concerned an account, as the schema names it. */
record AccountChangeOutput(ChangeOfAccount of) {
    public String key() {
        return of.change().key();
    }

    public String name() {
        return of.change().name();
    }

    public LocalDate changedOn() {
        return of.change().changedOn();
    }

    public ChangeOfAccount.State state() {
        return of.state();
    }

    public List<ProblemDetails> problems() {
        return of.problems().stream().map(ProblemDetails::of).toList();
    }
}
