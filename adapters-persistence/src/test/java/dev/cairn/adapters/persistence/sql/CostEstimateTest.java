package dev.cairn.adapters.persistence.sql;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.contract.Question;
import dev.cairn.testkit.data.World;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of 20,000 events of 5,000 users, 100 accounts and 10 names, over 1,000 days. */
class CostEstimateTest {
    private static final int EVENTS = 20_000;
    private static final int USERS = 5_000;
    private static final int ACCOUNTS = 100;
    private static final int DAYS = 1_000;

    private static final World WORLD =
            World.world()
                    .entity(accounts().text("plan"))
                    .source(
                            source("event")
                                    .timestamp("at")
                                    .account("customer")
                                    .user("person")
                                    .text("name")
                                    .text("note"))
                    .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", "")
                    .build();

    private static final TableSizes SIZES =
            new TableSizes(
                    Map.of("fact_event", 20_000d, "account", 100d, "account_user", 5_000d),
                    Map.of(
                            "fact_event", Map.of("f_name", 10d, "f_note", -0.5),
                            "attribute_account", Map.of("a_plan", 3d)));

    private static long cost(Question question) {
        return CostEstimate.of(question.plan(WORLD.catalog()), SIZES);
    }

    private static Question daily(String... keys) {
        return ask("count(event)").between("2024-01-01", "2026-09-27").grain(Grain.DAY).by(keys);
    }

    @Test
    void one_row_for_each_bucket_is_made_without_groups() {
        assertThat(cost(ask("count(event)"))).isEqualTo(EVENTS + 1);
        assertThat(cost(daily())).isEqualTo(EVENTS + DAYS);
    }

    @Test
    void each_scan_has_rows_of_its_own() {
        var plan =
                ask("count(event)", "sum(account : count(event) over last 2 months)")
                        .between("2026-01-01", "2026-04-01")
                        .grain(Grain.MONTH)
                        .plan(WORLD.catalog());
        var rows = CostEstimate.ofScans(plan, SIZES);
        // Each event once; each account in each of 3 months; for them each event in 2 months.
        assertThat(plan.scans().stream().map(rows::get))
                .containsExactly((long) EVENTS, 3L * ACCOUNTS);
        assertThat(plan.scans().getLast().relation().own().scans().stream().map(rows::get))
                .containsExactly(2L * EVENTS);
    }

    @Test
    void users_for_each_day_are_many() {
        var expected = EVENTS + (long) USERS * DAYS;
        assertThat(cost(daily("event.user"))).isEqualTo(expected);
        assertThat(cost(daily("account.plan", "event.user", "account"))).isEqualTo(expected);
    }

    @Test
    void groups_are_as_many_as_their_columns_have_values() {
        assertThat(cost(daily("event.name"))).isEqualTo(EVENTS + 10 * DAYS);
        assertThat(cost(daily("account.plan"))).isEqualTo(EVENTS + 3 * DAYS);
        assertThat(cost(daily("account.plan", "event.name"))).isEqualTo(EVENTS + 30 * DAYS);
        assertThat(cost(daily("event.note"))).isEqualTo(EVENTS + (long) EVENTS / 2 * DAYS);
    }

    @Test
    void values_of_a_dimension_are_read_from_all_rows_that_have_it() {
        assertThat(CostEstimate.ofValues(new Expr.Field("event", "name", Type.TEXT), SIZES))
                .isEqualTo(EVENTS);
        assertThat(
                        CostEstimate.ofValues(
                                new Expr.Attribute(EntityRef.ACCOUNT, "plan", Type.TEXT), SIZES))
                .isEqualTo(100);
        assertThat(CostEstimate.ofValues(new Expr.Key(EntityRef.USER), SIZES)).isEqualTo(USERS);
    }

    @Test
    void groups_are_no_more_than_rows() {
        assertThat(cost(daily("event.user", "event.note")))
                .isEqualTo(EVENTS + (long) EVENTS * DAYS);
        assertThat(cost(daily("event.user").sparse())).isEqualTo(EVENTS + EVENTS);
    }

    @Test
    void a_formula_that_doubles_and_doubles_is_looked_through_once() {
        var doubled =
                IntStream.rangeClosed(1, 40)
                        .mapToObj(at -> ", v%d = concat(v%d, v%2$d)".formatted(at, at - 1))
                        .collect(Collectors.joining("", "let v0 = name", " in v40"));

        assertThat(cost(daily("((" + doubled + ")) as k")))
                .isEqualTo(EVENTS + (long) EVENTS * DAYS);
    }

    @Test
    void groups_by_a_formula_are_as_many_as_it_has_values() {
        assertThat(cost(daily("(case when name = 'x' then 'a' else 'b' end) as k")))
                .isEqualTo(EVENTS + 2 * DAYS);
        assertThat(cost(daily("(weekday(\"at\")) as k"))).isEqualTo(EVENTS + 7 * DAYS);
        assertThat(cost(daily("(concat(name, note)) as k")))
                .isEqualTo(EVENTS + (long) EVENTS * DAYS);
    }

    @Test
    void units_of_time_are_read_once_for_each_member_or_group() {
        long hours = 365 * 24;
        assertThat(inUnits("avg(account : count(hour where exists(event)))"))
                .isEqualTo(hours * ACCOUNTS);
        assertThat(inUnits("avg(account : count(hour))")).isEqualTo(hours * ACCOUNTS);
        assertThat(inUnits("avg(user : count(hour where exists(event)))")).isEqualTo(hours * USERS);
        assertThat(inUnits("avg(hour : count(event))", "event.user")).isEqualTo(hours * USERS);
        assertThat(inUnits("avg(hour : avg(user : count(event)))")).isEqualTo(hours * (USERS + 1));
        assertThat(inUnits("avg(hour : count(event))")).isEqualTo(hours);
        assertThat(inUnits("avg(user : count(event))")).isZero();
        assertThat(cost(ofYear("avg(account : count(hour where exists(event)))")))
                .isBetween(hours * ACCOUNTS, hours * ACCOUNTS + 2 * EVENTS);
    }

    private static long inUnits(String formula, String... keys) {
        return CostEstimate.inUnits(ofYear(formula).by(keys).plan(WORLD.catalog()), SIZES);
    }

    private static Question ofYear(String formula) {
        return ask(formula).between("2025-01-01", "2026-01-01");
    }
}
