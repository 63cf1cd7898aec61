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
import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.overview.Subject;
import dev.cairn.domain.overview.SuccessOfAccount;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.BrokenStretch;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Trusts;
import dev.cairn.testkit.data.World;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three events within 30 days of the start are success. Now is the start of March 1. */
class SuccessesOfAccountTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private static final World WORLD =
            World.world()
                    .entity(accounts().date("begins_on"))
                    .define(
                            source("event")
                                    .timestamp("at")
                                    .account("customer")
                                    .build()
                                    .with(
                                            new Expectations(
                                                    Grain.DAY, null, List.of(), List.of(), null,
                                                    true, List.of(), List.of())))
                    .define(
                            new Success(
                                    "begun",
                                    "Begun",
                                    "",
                                    null,
                                    "count(event) >= 3",
                                    new Window.Days("begins_on", 0, 30),
                                    null))
                    .define(
                            new Success(
                                    "calm",
                                    "Calm",
                                    "",
                                    null,
                                    "not exists(event)",
                                    new Window.Dates(
                                            LocalDate.of(2026, 2, 3), LocalDate.of(2026, 2, 10)),
                                    null))
                    .define(
                            new Success(
                                    "quiet",
                                    "Quiet",
                                    "",
                                    null,
                                    "count(event) over last 28 days < 9",
                                    null,
                                    null))
                    .member(account("early").with("begins_on", "2026-01-05"))
                    .member(account("slow").with("begins_on", "2026-01-05"))
                    .member(account("late").with("begins_on", "2026-02-20"))
                    .member(account("idle").with("begins_on", "2026-02-20"))
                    .member(account("dateless").sinceDate("2026-01-02"))
                    .member(account("newer").sinceDate("2026-02-15"))
                    .fact("event", "2026-01-06T10:00:00Z", "early")
                    .fact("event", "2026-01-07T10:00:00Z", "early")
                    .fact("event", "2026-02-03T10:00:00Z", "early")
                    .fact("event", "2026-01-06T10:00:00Z", "slow")
                    .fact("event", "2026-01-07T10:00:00Z", "slow")
                    .fact("event", "2026-02-04T10:00:00Z", "slow")
                    // Of before its start there is one more, which does not count.
                    .fact("event", "2026-02-19T10:00:00Z", "idle")
                    .fact("event", "2026-02-21T10:00:00Z", "idle")
                    .fact("event", "2026-02-22T10:00:00Z", "idle")
                    .fact("event", "2026-02-21T10:00:00Z", "late")
                    .fact("event", "2026-02-22T10:00:00Z", "late")
                    .fact("event", "2026-02-28T10:00:00Z", "late")
                    .build();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void days_of_the_account_that_are_over_have_decided_it() {
        assertThat(of("early")).isEqualTo("begun 2026-01-05 2026-02-04 SUCCEEDED true");
        assertThat(of("slow")).isEqualTo("begun 2026-01-05 2026-02-04 NOT_SUCCEEDED false");
    }

    @Test
    void days_of_the_account_that_are_not_over_have_not_and_what_holds_so_far_is_told() {
        assertThat(of("late")).isEqualTo("begun 2026-02-20 2026-03-22 UNDECIDED true");
        assertThat(of("idle")).isEqualTo("begun 2026-02-20 2026-03-22 UNDECIDED false");
    }

    @Test
    void nothing_counts_zero_in_a_rule_as_everywhere() {
        assertThat(calm("early")).isEqualTo("calm 2026-02-03 2026-02-10 NOT_SUCCEEDED false");
        assertThat(calm("dateless")).isEqualTo("calm 2026-02-03 2026-02-10 SUCCEEDED true");
    }

    @Test
    void an_account_that_was_not_there_yet_is_not_counted() {
        assertThat(calm("newer")).isEqualTo("calm 2026-02-03 2026-02-10 NOT_COUNTED false");
    }

    @Test
    void an_account_without_the_date_is_not_counted() {
        assertThat(of("dateless")).isEqualTo("begun null null NOT_COUNTED false");
    }

    @Test
    void a_time_of_which_data_is_broken_has_decided_nothing() {
        var inside = broken(LocalDate.of(2026, 2, 5));
        assertThat(successes("early", inside))
                .containsExactly(
                        "begun 2026-01-05 2026-02-04 SUCCEEDED true",
                        "calm 2026-02-03 2026-02-10 UNDECIDED false",
                        "quiet null null UNDECIDED true");
        assertThat(successes("newer", inside).get(1))
                .isEqualTo("calm 2026-02-03 2026-02-10 NOT_COUNTED false");

        assertThat(successes("early", broken(LocalDate.of(2026, 1, 20))))
                .containsExactly(
                        "begun 2026-01-05 2026-02-04 SUCCEEDED true",
                        "calm 2026-02-03 2026-02-10 NOT_SUCCEEDED false",
                        "quiet null null SUCCEEDED true");
    }

    private static Trusts broken(LocalDate day) {
        return sources ->
                sources.stream()
                        .collect(
                                Collectors.toMap(
                                        source -> source,
                                        source ->
                                                new SourceTrust(
                                                        source,
                                                        null,
                                                        List.of(),
                                                        List.of(
                                                                new BrokenStretch(
                                                                        source,
                                                                        day,
                                                                        day.plusDays(1),
                                                                        "lost",
                                                                        false)),
                                                        NOW)));
    }

    /** The successes are in the order of their names. */
    private String of(String account) {
        return successes(account).getFirst();
    }

    private String calm(String account) {
        return successes(account).get(1);
    }

    private List<String> successes(String account) {
        return successes(account, Trusts.NONE);
    }

    private List<String> successes(String account, Trusts trusts) {
        var found =
                new Found.Known(
                        new Account(account, account, null, Map.of()),
                        new Subject(account, List.of(), ZoneOffset.UTC, null, NOW, null));
        return switch (Overviews.of(WORLD, NOW, threads, trusts)
                .successes(found, Caller.LOCAL, Deadline.NEVER)) {
            case Outcome.Answered<List<SuccessOfAccount>>(var successes) ->
                    successes.stream().map(SuccessesOfAccountTest::text).toList();
            case Outcome.Rejected<List<SuccessOfAccount>>(var problems) ->
                    throw new AssertionError(problems.toString());
        };
    }

    private static String text(SuccessOfAccount one) {
        return "%s %s %s %s %s"
                .formatted(one.success().name(), one.from(), one.until(), one.state(), one.holds());
    }
}
