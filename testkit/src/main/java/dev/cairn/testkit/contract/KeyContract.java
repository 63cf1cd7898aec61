package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.plan.Answer;
import dev.cairn.testkit.data.WorldBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No value, the empty text and no account are three keys, each of which can be asked for. */
public interface KeyContract extends ExecutorContract {
    /** Amounts that say of what they are sums: of plan pro 1 and 2, of plan '' 4, of no plan 8, of no account 16 and 32. */
    private WorldBuilder plans() {
        return events().member(
                        account("acme")
                                .since("2025-01-01")
                                .with("plan", "pro")
                                .with("seats", 3)
                                .with("signed_on", "2024-02-29"))
                .member(account("bolt").since("2025-01-01").with("plan", ""))
                .member(account("cord").since("2025-01-01"))
                .member(user("acme", "ann").with("role", "admin"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-05T11:00:00Z", "acme", "abe", null, 2)
                .fact("event", "2026-01-06T10:00:00Z", "bolt", "bob", "", 4)
                .fact("event", "2026-01-07T10:00:00Z", "cord", "cid", "login", 8)
                .fact("event", "2026-01-08T10:00:00Z", null, null, "login", 16)
                .fact("event", "2026-01-08T11:00:00Z", null, "dan", null, 32);
    }

    private static Question amount() {
        return ask("sum(event : amount)");
    }

    @Test
    default void key_that_says_what_no_account_is_has_its_own_value() {
        expect(
                plans(),
                amount().by("(case when account is none then 'nobody' else account.plan end) as p"),
                "'' | 4",
                "nobody | 48",
                "pro | 3",
                "none | 8");
        expect(
                plans(),
                amount().by("(coalesce(account.plan, 'unknown')) as p"),
                "'' | 4",
                "pro | 3",
                "unknown | 56");
        expect(plans(), amount().by("(account.plan is none) as p"), "false | 7", "true | 56");
    }

    @Test
    default void key_that_is_empty_only_for_want_of_an_account_says_so_row_by_row() {
        expect(
                plans(),
                amount().by(
                                "(case when event.name = 'login' then account.plan else 'other' end) as p"),
                "other | 38",
                "pro | 1",
                "none | 8",
                "no account | 16");
    }

    @Test
    default void key_of_its_own_value_stands_in_totals_and_buckets_too() {
        expect(
                plans(),
                amount().by("(coalesce(account.plan, 'unknown')) as p")
                        .grain(dev.cairn.domain.time.Grain.DAY)
                        .between("2026-01-07", "2026-01-09")
                        .totals(),
                "2026-01-07 | unknown | 8",
                "2026-01-08 | unknown | 48",
                "2026-01-07 | total | 8",
                "2026-01-08 | total | 48",
                "all | unknown | 56",
                "all | total | 56");
    }

    @Test
    default void no_value_the_empty_text_and_no_account_are_asked_for_one_by_one() {
        expect(plans(), amount().filter("account.plan", Operator.IN, ""), "4");
        expect(plans(), amount().filter("account.plan", Operator.IS_NULL), "8");
        expect(plans(), amount().filter("account.plan", Operator.IS_NO_ACCOUNT), "48");
        expect(plans(), amount().filter("account.plan", Operator.IS_NOT_NULL), "7");
        expect(plans(), amount().filter("account", Operator.IS_NULL), "48");
        expect(plans(), amount().filter("account", Operator.IS_NO_ACCOUNT), "48");
        expect(plans(), amount().filter("account", Operator.IS_NOT_NULL), "15");
        expect(
                plans(),
                amount().filter(
                                new Filter.Not(
                                        new Filter.Where(
                                                "account.plan", Operator.IS_NULL, List.of()))),
                "55");
        expect(
                plans(),
                amount().filter(
                                new Filter.Not(
                                        new Filter.Where(
                                                "account.plan",
                                                Operator.IS_NO_ACCOUNT,
                                                List.of()))),
                "15");
    }

    @Test
    default void every_row_is_found_again_by_its_own_keys() {
        for (String key :
                List.of(
                        "account",
                        "account.plan",
                        "account.seats",
                        "account.signed_on",
                        "event.name",
                        "event.amount",
                        "event.happened",
                        "user.role",
                        "(account.plan = 'pro') as p",
                        "(account.plan is none) as p",
                        "(coalesce(account.plan, 'unknown')) as p",
                        "(case when account is none then 'nobody' else account.plan end) as p",
                        "(case when event.name = 'login' then account.plan else 'other' end) as p",
                        "(case when event.name = 'login' then account.plan end) as p",
                        "(event.amount / 3) as third")) {
            expectEachRowAgain(amount().by(key));
        }
        expectEachRowAgain(amount().by("account.plan", "event.name"));
        expectEachRowAgain(
                amount().by(
                                "(case when event.name = 'login' then account.plan end) as p",
                                "account"));
        expectEachRowAgain(
                ask("count(account)", "count(event)").by("account.plan", "account.seats"));
    }

    private void expectEachRowAgain(Question question) {
        var world = plans().build();
        var rows = answer(world, question.plan(world.catalog())).rows();
        assertThat(rows).as("%s", question.query().groupBy()).hasSizeGreaterThan(1);
        for (var row : rows) {
            var alone = question.by().filter(new Filter.All(filters(question, row)));
            assertThat(answer(world, alone.plan(world.catalog())).rows())
                    .as("%s of %s", question.query().groupBy(), row.keys())
                    .extracting(Answer.Row::values)
                    .containsExactly(row.values());
        }
    }

    private static List<Filter> filters(Question question, Answer.Row row) {
        var filters = new ArrayList<Filter>();
        for (int at = 0; at < question.query().groupBy().size(); at++) {
            filters.add(filter(question.query().groupBy().get(at), row.keys().get(at)));
        }
        return filters;
    }

    private static Filter filter(String dimension, GroupValue key) {
        return switch (key.kind()) {
            case VALUE -> new Filter.Where(dimension, Operator.IN, List.of(text(key)));
            case NONE -> new Filter.Where(dimension, Operator.IS_NULL, List.of());
            case NO_ACCOUNT -> new Filter.Where(dimension, Operator.IS_NO_ACCOUNT, List.of());
            case TOTAL, OTHER -> throw new IllegalArgumentException("not a key");
        };
    }

    private static String text(GroupValue key) {
        return switch (key.value()) {
            case BigDecimal number -> number.toPlainString();
            case Double number -> BigDecimal.valueOf(number).toPlainString();
            case null -> throw new IllegalArgumentException("no value");
            case Object other -> other.toString();
        };
    }
}
