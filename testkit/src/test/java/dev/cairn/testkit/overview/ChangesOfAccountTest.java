package dev.cairn.testkit.overview;

import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Account;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AccountOverviewUseCase.Found;
import dev.cairn.application.port.in.AccountOverviewUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.overview.ChangeOfAccount;
import dev.cairn.domain.overview.Subject;
import dev.cairn.domain.problem.Problem;
import dev.cairn.testkit.data.World;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes for all, for those of a plan, for those that did something before, one with a condition that nobody can read, and one ahead. Now is the start of March 1. */
class ChangesOfAccountTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private static final World WORLD =
            World.world()
                    .entity(accounts().text("plan").history())
                    .source(source("event").timestamp("at").account("customer"))
                    .source(
                            source("change_marker")
                                    .date("changed_on")
                                    .text("change_id")
                                    .text("name")
                                    .text("concerns"))
                    .member(
                            account("north")
                                    .sinceDate("2025-06-01")
                                    .with("plan", "free")
                                    .seenOn("2025-06-01"))
                    .member(
                            account("north")
                                    .sinceDate("2025-06-01")
                                    .with("plan", "paid")
                                    .seenOn("2026-02-15"))
                    .member(
                            account("late")
                                    .sinceDate("2026-02-05")
                                    .with("plan", "paid")
                                    .seenOn("2026-02-05"))
                    .fact("event", "2026-01-02T10:00:00Z", "north")
                    .fact("event", "2026-02-03T10:00:00Z", "north")
                    .fact("event", "2026-02-25T10:00:00Z", "north")
                    .fact("change_marker", "2026-01-10", "all", "For all", null)
                    .fact("change_marker", "2026-02-10", "early", null, "plan = 'paid'")
                    .fact("change_marker", "2026-02-20", "paid", null, "plan = 'paid'")
                    .fact("change_marker", "2026-02-21", "active", null, "exists(event)")
                    .fact("change_marker", "2026-02-22", "broken", null, "pln = 'paid'")
                    .fact("change_marker", "2026-02-28", "late", null, "not exists(event)")
                    .fact("change_marker", "2026-03-05", "ahead", null, null)
                    .build();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void it_is_told_which_changes_concerned_an_account_as_it_was_on_their_day_the_latest_first() {
        assertThat(changes("north"))
                .containsExactly(
                        "late 2026-02-28 late UNKNOWN ",
                        "broken 2026-02-22 broken UNKNOWN UNKNOWN_FIELD",
                        "active 2026-02-21 active CONCERNED ",
                        "paid 2026-02-20 paid CONCERNED ",
                        "early 2026-02-10 early NOT_CONCERNED ",
                        "all 2026-01-10 For all CONCERNED ");
    }

    @Test
    void
            a_change_of_before_an_account_was_there_did_not_concern_it_and_of_one_that_lacks_data_it_is_not_known() {
        assertThat(changes("late"))
                .contains(
                        "late 2026-02-28 late UNKNOWN ",
                        "active 2026-02-21 active NOT_CONCERNED ",
                        "early 2026-02-10 early CONCERNED ",
                        "all 2026-01-10 For all NOT_THERE ");
    }

    private List<String> changes(String account) {
        var found =
                new Found.Known(
                        new Account(account, account, null, Map.of()),
                        new Subject(account, List.of(), ZoneOffset.UTC, null, NOW, null));
        return switch (Overviews.of(WORLD, NOW, threads)
                .changes(found, Caller.LOCAL, Deadline.NEVER)) {
            case Outcome.Answered<List<ChangeOfAccount>>(var changes) ->
                    changes.stream().map(ChangesOfAccountTest::text).toList();
            case Outcome.Rejected<List<ChangeOfAccount>>(var problems) ->
                    throw new AssertionError(problems.toString());
        };
    }

    private static String text(ChangeOfAccount one) {
        return "%s %s %s %s %s"
                .formatted(
                        one.change().key(),
                        one.change().changedOn(),
                        one.change().name(),
                        one.state(),
                        one.problems().stream()
                                .map(Problem::code)
                                .map(Enum::name)
                                .collect(Collectors.joining(", ")));
    }
}
