package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.Moment;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.formula.Window;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.DatePart;
import dev.cairn.domain.time.Grain;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every production of the grammar, asked of the shop: it has a value. */
class EveryConstructTest {
    /** In the order of the grammar; each is answered. */
    private static final List<String> BUILT =
            List.of(
                    // formula, expr, conj, neg, test
                    "convert(sum(invoice : amount), 'USD')",
                    "sum(invoice : convert(amount, 'USD') as of end)",
                    "let a = count(event), b = a + 2 in case when a > 1 or b = 2 and not (a = b) then 1 end",
                    "count(event where name = 'a' or name != 'b' and seconds < 1 or seconds <= 1 or seconds > 1 or seconds >= 1)",
                    "count(event where name is none or name is not 'x' or not beta)",
                    // set
                    "count(event where seconds in (-1, 2.5) or name not in ('a', 'b'))",
                    "count(event where account in pilots or account not in pilots)",
                    "count(event where account in pilots as of now)",
                    "count(event where account in pilots as of @2026-01-01)",
                    "count(event where account not in pilots as of start)",
                    "count(event where account in pilots as of end)",
                    // sum, term, unary
                    "-count(event) + 2 * count(event) - count(event) / 3",
                    // primary: literal
                    "count(event where happened >= @2026-01-31 or happened < @2026-01-31T10:00Z or beta = true or beta = false)",
                    "max(ticket : opened + 3 days - 1 month + 2 weeks - 4 hours + 30 minutes - 1 quarter + 2 years + 1 minute)",
                    "max(ticket : let n = day_of_month(opened) in opened + n days - n hours)",
                    "max(ticket : opened + 1 hour - 1 day - 1 week - 1 year - 2 months + 2 quarters - 1 day)",
                    "case when count(event) > 1 then 1 when count(event) > 2 then 2 else 3 end",
                    "sum(event.user : 1) + count(event.user) + count(event.account)",
                    "count(account by event.name where count(event) > 2)",
                    "count(account where signed >= bucket.start and signed < bucket.end)",
                    // primary, window
                    "avg(day : distinct(event.user)) over last 28 days / (distinct(event.user) over last 28 days)",
                    "max(every 7 days : count(event)) + count(day where exists(event))",
                    "avg(account : count(day where exists(event)))",
                    "avg(day : share(account : exists(event)))",
                    "count(event) over last 28 days + count(event) over month to date + count(event) over range",
                    "(count(event) over range to date + count(event) over all) over all before",
                    "count(event) over onward - (sum(event : seconds) / 2) over ever",
                    "count(account where signed >= window.start and signed < window.end) over last 1 quarter",
                    "count(ticket where hours(opened, asof) > 3) + count(account where signed < asof - 1 month)",
                    "count(event) over last 2 fiscal.quarter + count(event) over fiscal.quarter to date",
                    "avg(fiscal.month : count(event)) + prior(count(event), start of fiscal.year)",
                    "count(ticket where trunc(opened, fiscal.quarter) = @2026-01-01 and solved < opened + 1 fiscal.month)",
                    "share(account : exists(event) over 14 days from signed) + avg(account : count(event) over 1 month before signed)",
                    "count(ticket where per(account : exists(event)) over 14 days from opened)",
                    "avg(day : share(account : exists(event) over 14 days from signed)) + avg(account : count(user where exists(event) over 14 days from account.signed))",
                    "count(account where (exists(event) and signed = window.start) over 14 days from signed)",
                    "avg(account : count(day where exists(event)) over 14 days from signed) + count(account where exists(event where per(account : count(ticket)) > 3) over 14 days from signed)",
                    "sum(account : sum(contract at end : mrr) over 90 days from signed) + sum(account : count(contract during) over 90 days before signed)",
                    // shift
                    "prior(count(event)) + prior(count(event), 3 months) + next(count(event), start of year)",
                    // aggregate, agg, percentile
                    "count(event) + distinct(event : name) + sum(event : seconds) + avg(event : seconds) + min(event : seconds) + max(event : seconds)",
                    "median(event : seconds) + p90(event : seconds) + p99_disc(event : seconds)",
                    "stddev(event : seconds) + first(nps.score) + last(nps.score)",
                    "survival(account : signed -> signed, 0.5) - survival(event weight seconds : happened -> happened, 1)",
                    "share(nps : score >= 9)",
                    "case when exists(event) then 1 end",
                    "sum(event.seconds where beta)",
                    // path as of
                    "count(event where account.plan as of start = 'pro' or account.plan as of end = 'pro')",
                    "count(event where account.plan as of fact = account.plan as of now and account.plan as of @2026-01-31 is none)",
                    // relation, clauses
                    "count(ticket on solved where priority = 'high')",
                    "avg(account : count(user where exists(event)))",
                    "sum(contract at start : mrr) + sum(contract.mrr at end) + sum(contract at @2026-01-31 : mrr)",
                    "count(contract during where kind = 'pro') over last 2 months",
                    // derived
                    "count(steps(event where beta -> event within 7 days per user first strict same name without event where name = 'x' between 1 and 2))",
                    "conversion(event -> ticket -> event within 7 days per account strict)",
                    "conversion(event -> event within 7 days per account without ticket without event where beta)",
                    "count(steps(event -> event within 7 days per account any unordered) where step_2.name = 'a')",
                    "first(steps(event -> ticket within 7 days per account strict) : step_2.priority)",
                    "count(steps(event -> ticket within 7 days inclusive per account first same customer with pending))",
                    "max(steps(event where name = 'a' -> event -> event where beta within 3 hours per user any) where reached > 1 and not beta : hours(started, step_3_at))",
                    "conversion(event -> ticket within 1 month per account any) / conversion(event -> ticket within 1 month per account)",
                    "share(account : exists(steps(event -> ticket within 1 month per account) where completed and step_1.beta))",
                    "only(count(steps(event -> ticket within 1 fiscal.month per account)) where account.plan = 'pro')",
                    "count(touch(ticket after event where beta within 7 days per account same customer))",
                    "sum(changes(contract.mrr gap 3 days per account) where kind = 'new' : delta) + sum(changes(contract.mrr per account) : value_after - value_before)",
                    "sum(touch(event after ticket on solved per account) on later_at where earlier.priority = 'high' : seconds) + median(touch(event after event within 1 month per user same name) : hours(earlier_at, later_at))",
                    // per
                    "count(event where per(account : count(ticket)) > 3) + sum(event : per(account : count(ticket) over last 3 days))",
                    // call
                    "coalesce(least(1, count(event)), greatest(2, 3)) + abs(-1) + round(2.5, 1) + sqrt(4) + power(2, 3) + ln(2)",
                    "count(event where lower(trim(concat(name, key_part(key(name, 'x'), 1)))) = 'a' or contains(name, 'a') or starts(name, 'a') or matches(name, 'a+'))",
                    "count(ticket where hours(opened, solved) > 1 and days(opened, solved) > 1 and minutes(opened, solved) > 1)",
                    "count(ticket where date(2026, 1, 1) < date(opened) and trunc(opened, quarter) = trunc(due, week))",
                    "count(ticket where hour_of_day(opened) + weekday(due) + day_of_month(due) + day_of_year(due) > 4)",
                    "count(ticket where month_of_year(due) + quarter_of_year(due) + calendar_year(opened) > 4)",
                    // total, only
                    "count(event) / total(count(event))",
                    "total(count(event) by account.plan, month, weekday of event.happened, event.happened by week, (beta) as b, pilots)",
                    "total(count(event) by weekday)",
                    "total(count(event) by (usage >= 2) as repeat, (count(ticket)) as tickets)",
                    "total(count(event) by age month from signed)",
                    "only(count(event) where account.plan = 'pro' and beta)",
                    // rank
                    "rank(count(event)) + rank(total(usage by account.plan))",
                    "avg(account : count(event) / total(count(event)))",
                    "only(count(event) where per(account : count(ticket)) > 1)",
                    "count(event where per(user : count(event)) > 1)",
                    // weight
                    "sum(invoice weight quantity : amount) + avg(invoice weight quantity : amount)",
                    "median(invoice weight quantity : amount) + p90_disc(invoice weight quantity : amount) + stddev(invoice weight quantity : amount)",
                    "count(invoice weight quantity) * share(invoice weight quantity : coalesce(paid, false))",
                    // weighted, scale
                    "weighted(use 0.5 : usage, 0.5 : nps_score)",
                    "weighted(0.5 : usage; missing spread; coverage 0.6)",
                    "weighted(0.5 : usage; missing neutral 50) + weighted(0.5 : usage; missing zero) + weighted(0.5 : usage; missing none)",
                    "scale(nps_score, -100 to 100)",
                    "usage + nps_score",
                    "frequent + frequent(goal: 3, wait: 5)");

    private static final List<String> BUILT_DIMENSIONS =
            List.of(
                    "hour_of_day",
                    "weekday",
                    "day_of_month",
                    "day_of_year",
                    "month_of_year",
                    "quarter_of_year",
                    "calendar_year",
                    "weekday of event.happened",
                    "day_of_year of account.signed",
                    "calendar_year of signed",
                    "account",
                    "event.name",
                    "account.plan as of now",
                    "account.signed by month as of end",
                    "pilots",
                    "event.happened by hour",
                    "event.happened by day",
                    "event.happened by week",
                    "event.happened by fiscal.quarter",
                    "age fiscal.month from account.signed",
                    "account.signed by month",
                    "signed by quarter",
                    "account.signed by year",
                    "(seconds >= 9 or account in pilots) as slow",
                    "(usage >= 2) as repeat",
                    "age month from account.signed",
                    "age week from account.signed",
                    "age month",
                    "(least(age month, 12)) as tenure",
                    "(least(age day from signed, 12)) as tenure",
                    "(least(count(event), 5) + count(ticket) over last 30 days) as busy",
                    "(round(count(event) / total(count(event)), 1)) as part",
                    "(convert(sum(invoice : amount), 'USD') > 100) as large",
                    "(per(account : frequent(goal: 3)) > 0 and name = 'a') as repeat");

    static Stream<String> built() {
        return BUILT.stream();
    }

    static Stream<String> builtDimensions() {
        return BUILT_DIMENSIONS.stream();
    }

    @ParameterizedTest
    @MethodSource("built")
    void what_is_built_is_planned(String formula) {
        assertThat(formula(formula).planned(shop()).outputs()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("builtDimensions")
    void a_dimension_that_is_built_is_planned(String dimension) {
        assertThat(ask("events").by(dimension).planned(shop()).keys()).hasSize(1);
    }

    // ---- nothing is left out

    @Test
    void each_kind_of_piece_is_among_the_examples() {
        var seen = new HashSet<Object>();
        BUILT.stream().forEach(text -> collect(FormulaParser.parse(text, Place.NOWHERE), seen));
        BUILT_DIMENSIONS.stream()
                .forEach(text -> collect(FormulaParser.parseDimension(text, Place.NOWHERE), seen));
        var kinds = new HashSet<Object>();
        Stream.of(
                        Formula.class,
                        Window.class,
                        Moment.class,
                        DimensionText.class,
                        AggregateFunction.class,
                        RelationClause.Head.class,
                        RelationClause.Timing.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .filter(kind -> !kind.isEnum())
                .forEach(kinds::add);
        kinds.addAll(List.of(AggregateFunction.Named.values()));
        kinds.addAll(List.of(DatePart.values()));
        kinds.addAll(List.of(TimeSpan.Unit.values()));
        kinds.addAll(List.of(Grain.values()));
        kinds.addAll(List.of(Formula.Comparator.values()));
        kinds.addAll(List.of(Formula.Operator.values()));
        kinds.remove(Grain.HOUR);
        assertThat(seen).containsAll(kinds);
        assertThat(BUILT.stream().flatMap(text -> Arrays.stream(text.split("\\W+"))))
                .containsAll(Function.words());
    }

    /** The classes of records and the constants of enums that a value is made of. */
    private static void collect(@Nullable Object value, Set<Object> seen) {
        switch (value) {
            case Collection<?> all -> all.forEach(one -> collect(one, seen));
            case Enum<?> constant -> seen.add(constant);
            case Record whole -> {
                seen.add(whole.getClass());
                var parts = new ArrayList<@Nullable Object>();
                for (var component : whole.getClass().getRecordComponents()) {
                    try {
                        parts.add(component.getAccessor().invoke(whole));
                    } catch (IllegalAccessException | InvocationTargetException e) {
                        throw new IllegalStateException(e);
                    }
                }
                parts.forEach(part -> collect(part, seen));
            }
            case null, default -> {}
        }
    }

    // ---- words that are names elsewhere

    @ParameterizedTest
    @ValueSource(
            strings = {
                "only",
                "convert",
                "window",
                "onward",
                "age",
                "between",
                "with",
                "pending",
                "rank",
                "concat",
                "trim",
                "trunc",
                "hour_of_day",
                "day_of_year",
                "calendar_year",
                "fiscal",
            })
    void a_word_that_came_later_is_a_name_without_quotes(String word) {
        var catalog = shop().source("shelf", "put_on date, " + word + " integer");
        assertThat(formula("sum(shelf where %1$s > 0 : %1$s + 1)".formatted(word)).planned(catalog))
                .isNotNull();
        assertThat(formula("sum(shelf." + word + ")").planned(catalog)).isNotNull();
        assertThat(ask("events").and("x", "sum(shelf : shelf." + word + ")").planned(catalog))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"date", "first", "weight", "only", "window", "age", "weekday"})
    void any_word_is_a_name_in_quotes(String word) {
        var catalog = shop().source("shelf", "put_on date, " + word + " integer");
        assertThat(
                        formula("sum(shelf where \"%1$s\" > 0 : \"%1$s\" + 1)".formatted(word))
                                .planned(catalog))
                .isNotNull();
        assertThat(formula("count(shelf)").by("shelf.\"" + word + "\"").planned(catalog).keys())
                .hasSize(1);
    }

    @Test
    void a_field_that_is_called_like_a_grain_is_told_to_be_quoted() {
        var catalog = shop().source("shelf", "put_on date, week integer");
        var problem = formula("count(shelf)").by("shelf.week").problem(catalog);
        assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_CALENDAR);
        assertThat(problem.message()).contains("shelf.\"week\"");
        assertThat(formula("count(shelf)").by("shelf.\"week\"").planned(catalog).keys()).hasSize(1);
    }
}
