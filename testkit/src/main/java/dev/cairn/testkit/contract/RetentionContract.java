package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.frame;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.shape.Bridge;
import dev.cairn.domain.shape.Happening;
import dev.cairn.domain.shape.Happening.Condition;
import dev.cairn.domain.shape.Happening.Facts;
import dev.cairn.domain.shape.Lifecycle;
import dev.cairn.domain.shape.Retention;
import dev.cairn.domain.shape.Retention.Ages;
import dev.cairn.domain.shape.Retention.Bracket;
import dev.cairn.domain.shape.Retention.Occurrence;
import dev.cairn.domain.shape.Retention.Retained;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.DayOfWeek;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Retention matrices; the data is complete until the end of March 2026. */
public interface RetentionContract extends ExecutorContract {
    /** acme buys in each month, bolt in January and March, cyd in February and March, dan in March. */
    private WorldBuilder purchases() {
        var world = events();
        for (var row :
                List.of(
                        "01-05 acme 10",
                        "01-20 bolt 10",
                        "02-02 cyd 6",
                        "02-10 acme 15",
                        "03-02 cyd 3",
                        "03-03 acme 4",
                        "03-09 dan 7",
                        "03-15 bolt 10")) {
            var words = row.split(" ", -1);
            world.fact(
                    "event",
                    "2026-%sT10:00:00Z".formatted(words[0]),
                    words[1],
                    "ann",
                    "buy",
                    Integer.parseInt(words[2]));
        }
        return world;
    }

    private static AnalysisQuery months() {
        return frame().between("2026-01-01", "2026-04-01").grain(Grain.MONTH).query();
    }

    private static Retention heads(AnalysisQuery frame, Ages ages) {
        return new Retention(
                frame, "account", new Facts("event"), null, null, Retained.HEADS, null, ages);
    }

    private static Retention recurring(AnalysisQuery frame, @Nullable Happening returned) {
        return new Retention(
                frame,
                "account",
                new Facts("event where name = 'buy'"),
                Occurrence.RECURRING,
                returned,
                Retained.HEADS,
                null,
                new Ages.Exact(1));
    }

    private static Retention value(Retained retained) {
        return new Retention(
                months(),
                "account",
                new Facts("event"),
                null,
                null,
                retained,
                "sum(event.amount)",
                new Ages.Exact(2));
    }

    @Test
    default void first_times_come_back_in_just_the_period_of_an_age() {
        // January: acme and bolt; February: acme of them, March: both. February's cyd is back in
        // March. What would be in April has no value.
        // Averages: (1 + 1) of (2 + 1), 2 of 2.
        expect(
                purchases(),
                heads(months(), new Ages.Exact(2)),
                "2026-01-01 | 2 | 2/2 | 1/2 | 2/2",
                "2026-02-01 | 1 | 1/1 | 1/1 | NOT_YET",
                "2026-03-01 | 1 | 1/1 | NOT_YET | NOT_YET",
                "all | 4 | 4/4 | 2/3 | 2/2");
    }

    @Test
    default void or_later_counts_who_is_back_in_any_period_from_then_on() {
        // January, one month later or still later: acme and bolt, who is back in March only. It may
        // still change.
        expect(
                purchases(),
                heads(months(), new Ages.OnOrAfter(2)),
                "2026-01-01 | 2 | 2/2 | 2/2* | 2/2*",
                "2026-02-01 | 1 | 1/1 | 1/1* | NOT_YET",
                "2026-03-01 | 1 | 1/1 | NOT_YET | NOT_YET",
                "all | 4 | 4/4 | 3/3* | 2/2*");
    }

    @Test
    default void bracket_counts_who_is_back_in_any_of_its_periods() {
        // acme's first is on January 5. Days 1 to 15 are January 6 to 20, without a purchase; 16 to
        // 45 are January 21 to February 19, with that of February 10.
        expect(
                purchases(),
                heads(
                        frame().between("2026-01-05", "2026-01-06").grain(Grain.DAY).query(),
                        new Ages.Brackets(List.of(new Bracket(1, 15), new Bracket(16, 45)))),
                "2026-01-05 | 1 | 0/1 | 1/1",
                "all | 1 | 0/1 | 1/1");
        expect(
                purchases(),
                heads(
                        months(),
                        new Ages.Brackets(
                                List.of(new Bracket(0, 0), new Bracket(1, 2), new Bracket(2, 2)))),
                "2026-01-01 | 2 | 2/2 | 2/2 | 2/2",
                "2026-02-01 | 1 | 1/1 | NOT_YET | NOT_YET",
                "2026-03-01 | 1 | 1/1 | NOT_YET | NOT_YET",
                "all | 4 | 4/4 | 2/2 | 2/2");
    }

    @Test
    default void recurring_starts_count_in_each_period() {
        // January acme and bolt, of whom acme in February; February acme and cyd, both in March;
        // March all four.
        expect(
                purchases(),
                recurring(months(), null),
                "2026-01-01 | 2 | 2/2 | 1/2",
                "2026-02-01 | 2 | 2/2 | 2/2",
                "2026-03-01 | 4 | 4/4 | NOT_YET",
                "all | 8 | 8/8 | 3/4");
    }

    @Test
    default void coming_back_may_be_something_else_than_starting() {
        // A purchase of more than 9: of January's two acme in February; of February's two, acme's
        // is 4 and cyd's 3.
        expect(
                purchases(),
                recurring(months(), new Facts("event where amount > 9")),
                "2026-01-01 | 2 | 2/2 | 1/2",
                "2026-02-01 | 2 | 2/2 | 0/2",
                "2026-03-01 | 4 | 4/4 | NOT_YET",
                "all | 8 | 8/8 | 1/4");
        expect(
                purchases(),
                recurring(months(), new Condition("sum(event.amount) > 9")),
                "2026-01-01 | 2 | 2/2 | 1/2",
                "2026-02-01 | 2 | 2/2 | 0/2",
                "2026-03-01 | 4 | 4/4 | NOT_YET",
                "all | 8 | 8/8 | 1/4");
    }

    @Test
    default void net_value_is_that_of_then_of_that_of_the_start() {
        // January 20; of it February 15 (acme), March 4 + 10. February's 6 is 3 in March. Averages:
        // 18 of 26, 14 of 20.
        expect(
                purchases(),
                value(Retained.NET_VALUE),
                "2026-01-01 | 2 | 20/20 | 15/20 | 14/20",
                "2026-02-01 | 1 | 6/6 | 3/6 | NOT_YET",
                "2026-03-01 | 1 | 7/7 | NOT_YET | NOT_YET",
                "all | 4 | 33/33 | 18/26 | 14/20");
    }

    @Test
    default void gross_value_is_of_each_at_most_what_it_began_with() {
        // Of acme's 15 in February only its 10 count.
        expect(
                purchases(),
                value(Retained.GROSS_VALUE),
                "2026-01-01 | 2 | 20/20 | 10/20 | 14/20",
                "2026-02-01 | 1 | 6/6 | 3/6 | NOT_YET",
                "2026-03-01 | 1 | 7/7 | NOT_YET | NOT_YET",
                "all | 4 | 33/33 | 13/26 | 14/20");
    }

    @Test
    default void value_counts_only_of_who_is_back_where_that_is_said() {
        // Back with a purchase of more than 9: acme's 15 in February, bolt's 10 in March.
        expect(
                purchases(),
                new Retention(
                        months(),
                        "account",
                        new Facts("event"),
                        Occurrence.FIRST_TIME,
                        new Facts("event where amount > 9"),
                        Retained.NET_VALUE,
                        "sum(event.amount)",
                        new Ages.Exact(2)),
                "2026-01-01 | 2 | 20/20 | 15/20 | 10/20",
                "2026-02-01 | 1 | 0/6 | 0/6 | NOT_YET",
                "2026-03-01 | 1 | 0/7 | NOT_YET | NOT_YET",
                "all | 4 | 20/33 | 15/26 | 10/20");
    }

    @Test
    default void start_may_be_a_date_and_what_is_counted_another_entity() {
        var world =
                purchases()
                        .member(account("acme").with("signed_on", "2026-02-03"))
                        .member(account("eve").since("2026-02-28").with("signed_on", "2026-02-28"));
        expect(
                world,
                new Retention(
                        months(),
                        "account",
                        new Happening.Date("account.signed_on"),
                        null,
                        new Facts("event"),
                        Retained.HEADS,
                        null,
                        new Ages.Exact(1)),
                "2026-01-01 | 0 | NO_DATA | NO_DATA",
                "2026-02-01 | 2 | 2/2 | 1/2",
                "2026-03-01 | 0 | NO_DATA | NOT_YET",
                "all | 2 | 2/2 | 1/2");
        // Each account has a user ann of its own.
        expect(
                world,
                new Retention(
                        months(),
                        "user",
                        new Facts("event"),
                        null,
                        null,
                        Retained.HEADS,
                        null,
                        new Ages.Exact(1)),
                "2026-01-01 | 2 | 2/2 | 1/2",
                "2026-02-01 | 1 | 1/1 | 1/1",
                "2026-03-01 | 1 | 1/1 | NOT_YET",
                "all | 4 | 4/4 | 2/3");
    }

    @Test
    default void groups_are_those_of_the_start_of_the_period() {
        // acme is free when January begins and pro from the 15th on; when March begins it is pro.
        var world =
                purchases()
                        .entity(accounts().text("plan").history())
                        .member(
                                account("acme")
                                        .with("plan", "free")
                                        .held("2025-01-01", "2026-01-15"))
                        .member(account("acme").with("plan", "pro").held("2026-01-15", null))
                        .member(account("bolt").with("plan", "pro").held("2025-01-01", null))
                        .member(account("cyd").with("plan", "pro").held("2025-01-01", null))
                        .member(account("dan").with("plan", "free").held("2025-01-01", null));
        expect(
                world,
                heads(months().withGroupBy(List.of("account.plan")), new Ages.Exact(1)),
                "2026-01-01 | free | 1 | 1/1 | 1/1",
                "2026-01-01 | pro | 1 | 1/1 | 0/1",
                "2026-02-01 | free | 0 | NO_DATA | NO_DATA",
                "2026-02-01 | pro | 1 | 1/1 | 1/1",
                "2026-03-01 | free | 1 | 1/1 | NOT_YET",
                "2026-03-01 | pro | 0 | NO_DATA | NOT_YET",
                "all | free | 2 | 2/2 | 1/1",
                "all | pro | 2 | 2/2 | 1/2",
                "all | all | 4 | 4/4 | 2/3");
    }

    @Test
    default void period_that_is_not_over_is_no_age_yet_and_no_part_of_an_average() {
        // On March 10: March has acme, cyd and dan so far.
        expect(
                purchases(),
                heads(
                        frame().between("2026-01-01", "2026-04-01")
                                .grain(Grain.MONTH)
                                .asOf("2026-03-10T00:00:00Z")
                                .query(),
                        new Ages.Exact(2)),
                "2026-01-01 | 2 | 2/2 | 1/2 | NOT_YET",
                "2026-02-01 | 1 | 1/1 | NOT_YET | NOT_YET",
                "2026-03-01 | 1* | 1/1* | NOT_YET | NOT_YET",
                "all | 4* | 3/3 | 1/2 | NOT_YET");
    }

    @Test
    default void weeks_begin_on_the_day_and_in_the_zone_asked_for() {
        // From Sunday, March 1: acme and cyd; the week after dan (Monday) and nobody else; bolt on
        // Sunday, the 15th. In Auckland all is 13 hours later, and no other
        // day but for the ends.
        expect(
                purchases(),
                recurring(
                        frame().between("2026-03-01", "2026-03-22")
                                .grain(Grain.WEEK)
                                .weekStarts(DayOfWeek.SUNDAY)
                                .query(),
                        null),
                "2026-03-01 | 2 | 2/2 | 0/2",
                "2026-03-08 | 1 | 1/1 | 0/1",
                "2026-03-15 | 1 | 1/1 | 0/1",
                "all | 4 | 4/4 | 0/4");
        expect(
                purchases(),
                recurring(
                        frame().between("2026-03-02", "2026-03-16")
                                .grain(Grain.WEEK)
                                .zone("Pacific/Honolulu")
                                .query(),
                        null),
                "2026-03-02 | 2 | 2/2 | 0/2",
                "2026-03-09 | 2 | 2/2 | 0/2",
                "all | 4 | 4/4 | 0/4");
    }

    @Test
    default void condition_that_is_not_decided_does_not_hold() {
        // The last purchase of February is 15 for acme, and bolt has none; in March acme's is 4 and
        // cyd's 3. Nobody is missing among those who started.
        expect(
                purchases(),
                recurring(months(), new Condition("last(event.amount) > 9")),
                "2026-01-01 | 2 | 2/2 | 1/2",
                "2026-02-01 | 2 | 2/2 | 0/2",
                "2026-03-01 | 4 | 4/4 | NOT_YET",
                "all | 8 | 8/8 | 1/4");
        // More than 5 with the last: January acme and bolt, February acme and cyd, March dan and
        // bolt. Nobody has a date of start, so who is active again is back.
        expect(
                purchases(),
                new Lifecycle(
                        months(),
                        "account",
                        new Condition("last(event.amount) > 5"),
                        "account.signed_on"),
                "2026-01-01 | 2 | 0 | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA",
                "2026-02-01 | 2 | 0 | 1 | 1 | 1",
                "2026-03-01 | 2 | 0 | 0 | 2 | 2");
    }

    @Test
    default void stock_without_a_value_is_zero_in_a_bridge() {
        // January acme 10, bolt 10. February cyd comes with 6, acme has 5 more, bolt none. March
        // dan
        // comes with 7, acme has 11 less and cyd 3, bolt is back with 10: 24.
        expect(
                purchases(),
                new Bridge(
                        months(),
                        "last(event.amount)",
                        null,
                        null,
                        "exists(event) over all before"),
                "2026-01-01 | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA | 0 | 20",
                "2026-02-01 | 20 | 6 | 5 | 0 | 10 | 0 | 0 | 21",
                "2026-03-01 | 21 | 7 | 0 | 14 | 0 | 10 | 0 | 24");
    }

    @Test
    default void comment_behind_a_group_does_not_change_when_it_is_read() {
        // acme is free when January begins, pro when it ends.
        var world =
                purchases()
                        .entity(accounts().text("plan").history())
                        .member(
                                account("acme")
                                        .with("plan", "free")
                                        .held("2025-01-01", "2026-01-15"))
                        .member(account("acme").with("plan", "pro").held("2026-01-15", null));
        var january = frame().between("2026-01-01", "2026-02-01").grain(Grain.MONTH).query();
        expect(
                world,
                heads(
                        january.withGroupBy(List.of("account.plan -- of the account")),
                        new Ages.Exact(0)),
                "2026-01-01 | free | 1 | 1/1",
                "2026-01-01 | NONE | 1 | 1/1",
                "all | free | 1 | 1/1",
                "all | NONE | 1 | 1/1",
                "all | all | 2 | 2/2");
    }
}
