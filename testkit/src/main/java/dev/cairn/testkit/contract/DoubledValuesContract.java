package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.data.WorldBuilder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What is found out about a value beside it: its parts, its interval, what is behind it. Each of 40 values reads the one before more than once; whatever walks
 * them without keeping what it knows has no end.
 */
public interface DoubledValuesContract extends OpeningContract {
    /** Three events: 1 and 2 of acme, which is pro, and 4 of bolt, which is free. */
    private WorldBuilder threeEvents() {
        return events().member(account("acme").with("plan", "pro").since("2025-01-01"))
                .member(account("bolt").with("plan", "free").since("2025-01-01"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "login", 2)
                .fact("event", "2026-01-07T10:00:00Z", "bolt", "bob", "export", 4);
    }

    /** {@code %1$s} in the step is the name before. */
    private static String forty(String first, String step) {
        return IntStream.rangeClosed(2, 40)
                .mapToObj(at -> ", a%d = (%s)".formatted(at, step.formatted("a" + (at - 1))))
                .collect(Collectors.joining("", "(let a1 = (" + first + ")", " in a40)"));
    }

    @Test
    default void choices_among_values_are_values() {
        var choice = "case when %1$s > %1$s - 1 then %1$s else 0 - %1$s end";
        expectValue(threeEvents(), forty("count(event)", choice), "3");
        expectValue(threeEvents(), "sum(event : " + forty("amount", choice) + ")", "7");
        expectValue(
                threeEvents(), "sum(account : " + forty("sum(event.amount)", choice) + ")", "7");
        expectValue(
                threeEvents(),
                forty("count(event)", "coalesce(%1$s, greatest(%1$s, %1$s), least(%1$s, 0))"),
                "3");
    }

    @Test
    default void conditions_of_accounts_are_conditions() {
        var isPro = forty("plan = 'pro'", "%1$s and (%1$s or not %1$s)");
        expectValue(threeEvents(), "count(account where " + isPro + ")", "1");
        expect(threeEvents(), ask("sum(event.amount)").cohortBy(isPro), "3");
        expect(
                threeEvents(),
                ask("sum(event.amount)")
                        .by("(" + forty("account.plan = 'pro'", "%1$s and %1$s") + ") as pro"),
                "false | 4",
                "true | 3");
    }

    /** 3 and 7, each by half. */
    @Test
    default void choices_among_scores_have_the_parts_of_scores() {
        var score = "weighted(use 1 : count(event), best 1 : sum(event.amount))";
        assertThat(
                        rowsWithParts(
                                threeEvents(),
                                ask(
                                        forty(score, "case when %1$s > 4 then %1$s else %1$s end"),
                                        forty(
                                                "count(event)",
                                                "case when %1$s > 4 then %1$s else %1$s end"))))
                .containsExactly("5 (use 1.5, best 3.5) | 3 (n 3)");
    }

    /** The mean is 7 / 3, the variance (21 - 49 / 3) / 2 = 7 / 3, and t(2) = 4.302653. */
    @Test
    default void sums_of_averages_have_their_interval() {
        for (var step :
                new String[] {
                    "(%1$s + %1$s) / 2", "round(%1$s + %1$s, 9) / 2", "%1$s + %1$s - %1$s"
                }) {
            assertThat(rowsWithUncertainty(threeEvents(), ask(forty("avg(event : amount)", step))))
                    .as(step)
                    .singleElement()
                    .asString()
                    .endsWith(" (STUDENT -1.46125..6.12792, error 0.881917, n 3)");
        }
    }

    @Test
    default void sums_of_sums_are_opened() {
        assertThat(
                        opened(
                                threeEvents(),
                                ask(forty("sum(event.amount)", "(%1$s + %1$s) / 2")),
                                "",
                                "m1"))
                .containsExactly("bolt | 4", "acme | 3", "total | 7");
    }
}
