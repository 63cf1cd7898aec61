package dev.cairn.domain.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.shape.Happening.Condition;
import dev.cairn.domain.shape.Happening.Date;
import dev.cairn.domain.shape.Happening.Facts;
import dev.cairn.domain.shape.Stickiness.Count;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StickinessTest {
    private static Asked asked(String of, Happening active, String unit, Count... counts) {
        return new Stickiness(Shapes.MONTHS, of, active, unit, List.of(counts)).asked();
    }

    @Test
    void it_stands_for_formulas_of_the_language() {
        var asked =
                asked(
                        "user",
                        new Facts("event where name = 'a'"),
                        "fiscal.week",
                        Count.of(1),
                        new Count(2, 4),
                        new Count(5, null));

        assertThat(Shapes.told(asked)).isEmpty();
        assertThat(Shapes.formulas(asked))
                .containsExactly(
                        "active = count(user where count(fiscal.week where exists(event where name = 'a')) > 0)",
                        "mean = avg(user where count(fiscal.week where exists(event where name = 'a')) > 0 : count(fiscal.week where exists(event where name = 'a')))",
                        "median = median(user where count(fiscal.week where exists(event where name = 'a')) > 0 : count(fiscal.week where exists(event where name = 'a')))",
                        "on_1 = share(user where count(fiscal.week where exists(event where name = 'a')) > 0 : count(fiscal.week where exists(event where name = 'a')) = 1)",
                        "on_2_4 = share(user where count(fiscal.week where exists(event where name = 'a')) > 0 : count(fiscal.week where exists(event where name = 'a')) >= 2 and count(fiscal.week where exists(event where name = 'a')) <= 4)",
                        "on_5_or_more = share(user where count(fiscal.week where exists(event where name = 'a')) > 0 : count(fiscal.week where exists(event where name = 'a')) >= 5)");
    }

    @Test
    void a_condition_that_is_not_decided_does_not_hold() {
        assertThat(
                        Shapes.formulas(
                                asked(
                                        "account",
                                        new Condition("sum(event.n) > 3"),
                                        "every 7 days")))
                .first()
                .isEqualTo(
                        "active = count(account where count(every 7 days where coalesce((sum(event.n) > 3), false)) > 0)");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThat(
                        Shapes.told(
                                asked(
                                        "Users",
                                        new Facts("event where"),
                                        "dya",
                                        new Count(0, 3),
                                        new Count(4, 2),
                                        Count.of(5),
                                        Count.of(5))))
                .isEqualTo(
                        """
                        BAD_VALUE of 0:0 'Users' is not the name of an entity: write account, user or another that is declared.
                        BAD_VALUE unit 0:0 'dya' is no unit of time: write hour, day, week, month, quarter, year, one of a calendar such as fiscal.month, or every 7 days. Did you mean 'day'?
                        BAD_RANGE counts 0:0 A count reaches from 1 or more to the same or a greater number, or to any: 1, 2-4, 5-; not from 0 to 3.
                        BAD_RANGE counts 0:0 A count reaches from 1 or more to the same or a greater number, or to any: 1, 2-4, 5-; not from 4 to 2.
                        CONFLICT counts 0:0 'on_5' is asked for twice.
                        SYNTAX active.facts 1:12 Found ')', expected a value.\
                        """);
    }

    @Test
    void units_are_no_sources_and_have_no_conditions() {
        for (var unit : List.of("event", "day where true", "every 7 days on x", "")) {
            assertThat(Shapes.told(asked("account", new Facts("event"), unit, Count.of(1))))
                    .as(unit)
                    .startsWith("BAD_VALUE unit");
        }
    }

    @Test
    void a_date_and_too_many_counts_are_refused() {
        assertThat(Shapes.told(asked("account", new Date("account.signed_on"), "day")))
                .isEqualTo(
                        """
                        INCOMPATIBLE active 0:0 A date is in one day only: tell activity by facts or a condition.
                        LIMIT counts 0:0 Ask for 1 to 60 counts at once, not 0. A stretch, such as 5-9, takes many together.\
                        """);
        assertThat(
                        Shapes.told(
                                asked(
                                        "account",
                                        new Facts("event"),
                                        "day",
                                        IntStream.rangeClosed(1, 61)
                                                .mapToObj(Count::of)
                                                .toArray(Count[]::new))))
                .startsWith("LIMIT counts 0:0 Ask for 1 to 60 counts at once, not 61.");
    }
}
