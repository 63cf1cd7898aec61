package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.CatalogBuilder.sourceOf;
import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static dev.cairn.domain.planner.Question.where;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisQuery.ParameterValue;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.Grain;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused beside formulas: filters, keys, columns, comparisons, and names that some catalogue has twice. As {@link RefusalTablesTest}. */
class RefusedQuestionsTest {
    private static Arguments refused(CatalogBuilder catalog, Question question, String told) {
        return Arguments.of(catalog, question, told);
    }

    private static CatalogBuilder history() {
        var accounts = (Entity) shop().build().entity(EntityRef.ACCOUNT);
        return shop().define(accounts.with(new History.OfFiles()));
    }

    private static CatalogBuilder bills() {
        return shop().source(
                        "bill",
                        "issued date, customer text -> account, currency text, amount money of currency")
                .metric("billed", "sum(bill.amount)");
    }

    /** What is pinged has a key of a text and a number with decimals. */
    private static CatalogBuilder sized() {
        var fields = List.of(Field.of("code", DataType.TEXT), Field.of("size", DataType.DECIMAL));
        return shop().define(
                        Source.entity(
                                "thing",
                                "",
                                "",
                                List.of("code", "size"),
                                fields,
                                Notation.STANDARD,
                                List.of()))
                .define(
                        sourceOf(
                                        "ping",
                                        "happened timestamp, customer text -> account, a text, b decimal")
                                .with(List.of(new Link("thing", "thing", List.of("a", "b")))));
    }

    private static Question compared(Comparison comparison) {
        return ask("events").each(Grain.DAY).comparedTo(comparison);
    }

    private static Comparison.Other range(String from, String to) {
        return new Comparison.Other(
                new AskedRange.Between(LocalDate.parse(from), LocalDate.parse(to)));
    }

    static Stream<Arguments> filters() {
        return Stream.of(
                refused(
                        shop(),
                        formula("count(account)")
                                .filter(where("(age month) as age", Operator.IN, "1")),
                        """
                          INCOMPATIBLE filter/where/field: 'account' is at no one time, and has several ages in a bucket: a filter would have to say which of them is meant. Group by the age, or compare with an edge of the bucket in the formula.
                            > count(account where signed_on + 3 months > bucket.end)
                        """),
                refused(
                        shop(),
                        ask("events").each(Grain.DAY).having(where("time", Operator.IN, "x")),
                        """
                          INCOMPATIBLE having/where/field: 'time' is not computed; it is limited by the range of the question.
                        """),
                refused(
                        shop(),
                        ask("events").having(where("event", Operator.GT, "3")),
                        """
                          UNKNOWN_COLUMN having/where/field: No column 'event' in the answer; it has events. Did you mean 'events'?
                            > events
                        """),
                refused(
                        shop(),
                        ask("events")
                                .by("account.plan")
                                .having(where("account.plan", Operator.GT, "a")),
                        """
                          INCOMPATIBLE having/where/field: 'account.plan' is not computed; a condition on it goes into 'where'.
                        """),
                refused(
                        shop(),
                        ask("events").filter("event.name", Operator.IS_NULL, "x"),
                        """
                          BAD_VALUE filter/where/values: IS_NULL takes no values.
                        """),
                refused(
                        shop(),
                        ask("events").filter("event.name", Operator.IN),
                        """
                          MISSING filter/where/values: IN needs at least one value.
                        """),
                refused(
                        shop(),
                        ask("events").filter("event.seconds", Operator.GT, "1", "2"),
                        """
                          BAD_VALUE filter/where/values: GT needs exactly one value.
                        """),
                refused(
                        shop(),
                        ask("events").filter("event.seconds", Operator.CONTAINS, "2"),
                        """
                          TYPE_MISMATCH filter/where/op: 'contains' is for texts; 'event.seconds' is number.
                        """));
    }

    static Stream<Arguments> columns() {
        return Stream.of(
                refused(
                        shop(),
                        ask("events").and("events", "1"),
                        """
                          CONFLICT metrics: Two columns are called 'events'; give one of them another name.
                        """),
                refused(
                        shop(),
                        new Question().emptyIsNone(new MetricReference.ByKey("events")),
                        """
                          INCOMPATIBLE metrics/0/emptyIsNone: A metric of the catalogue says itself whether nothing is 0 or no value ('empty: none' in its definition).
                        """),
                refused(
                        shop(),
                        new Question()
                                .metric(
                                        new MetricReference.Inline("count(event)"),
                                        null,
                                        new ParameterValue("goal", "3")),
                        """
                          MISSING metrics/0/as: The column of a formula needs a name.
                          INCOMPATIBLE metrics/0/params: Only a metric of the catalogue has parameters; a formula says its values itself.
                        """),
                refused(
                        shop(),
                        formula("count(event)").by("account").top(new TopGroups(1, "xx", true)),
                        """
                          UNKNOWN_COLUMN top/by: No metric 'xx' in the answer; it has x. Did you mean 'x'?
                            > x
                        """),
                refused(
                        shop(),
                        formula("count(event)").top(new TopGroups(10, null, true)),
                        """
                          INCOMPATIBLE top: There are no groups to choose from: the question groups by nothing.
                        """));
    }

    static Stream<Arguments> tops() {
        return Stream.of(
                refused(
                        shop(),
                        formula("count(event)").by("account").top(new TopGroups(0, null, true)),
                        """
                          LIMIT top/groups: Ask for 1 to 1000 groups, not 0.
                        """),
                refused(
                        shop(),
                        formula("count(event)")
                                .by("account")
                                .top(new TopGroups(3, null, true))
                                .having(where("x", Operator.GT, "3")),
                        """
                          INCOMPATIBLE top/other: A group that 'having' leaves out would neither be shown nor be one of the others; ask without one of the two.
                        """),
                refused(
                        shop(),
                        formula("count(event) / total(count(event) by account.plan)")
                                .by("account.plan", "event.name")
                                .top(new TopGroups(3, null, true)),
                        """
                          INCOMPATIBLE top: A total by some of the keys has no meaning for all other groups, which have no keys of their own.
                        """));
    }

    /** How much is asked for at once. */
    static Stream<Arguments> sizes() {
        return Stream.of(
                refused(
                        shop(),
                        new Question(),
                        """
                          LIMIT metrics: Ask for 1 to 150 metrics, not 0.
                        """),
                refused(
                        shop(),
                        columns(151, 1),
                        """
                          LIMIT metrics: Ask for 1 to 150 metrics, not 151.
                        """),
                refused(
                        shop(),
                        columns(7, 43),
                        """
                          LIMIT metrics: The question needs 301 aggregates; at most 300 are computed at once.
                        """));
    }

    /** So many columns, each the sum of so many counts of its own. */
    private static Question columns(int columns, int counts) {
        var question = new Question();
        for (int column = 0; column < columns; column++) {
            int first = column * counts;
            question.and(
                    "x" + column,
                    IntStream.range(first, first + counts)
                            .mapToObj("count(event where seconds > %d)"::formatted)
                            .collect(Collectors.joining(" + ")));
        }
        return question;
    }

    static Stream<Arguments> comparisons() {
        return Stream.of(
                refused(
                        shop(),
                        compared(new Comparison.Earlier(0, Grain.YEAR)),
                        """
                          BAD_RANGE compareTo/earlier/count: What it is compared with is 1 to 100000 units earlier, not 0.
                        """),
                refused(
                        shop(),
                        compared(range("2025-01-03", "2025-01-01")),
                        """
                          BAD_RANGE compareTo/timeRange/between: The range ends (2025-01-01, out) before it starts (2025-01-03, in); it must hold at least one day.
                        """),
                refused(
                        shop(),
                        compared(range("2025-01-01", "2025-01-03")),
                        """
                          BAD_RANGE compareTo/timeRange: Buckets are compared one by one: this range has 2, that of the question 31.
                        """));
    }

    static Stream<Arguments> names() {
        return Stream.of(
                refused(
                        shop().account("role text, plan text"),
                        ask("events").where("role = 'x'"),
                        """
                          AMBIGUOUS_NAME where 1:1: 'role' has more than one reading: account.role, user.role.
                            > account.role
                            > user.role
                        """),
                refused(
                        shop().cohort("beta", "a-1"),
                        ask("events").by("beta"),
                        """
                          AMBIGUOUS_NAME groupBy/0 1:1: 'beta' is a cohort and has other readings: event.beta.
                            > event.beta
                            > (account in beta) as in_beta
                        """),
                refused(
                        shop().define(
                                        new ConformedDimension(
                                                "city", "city", "", List.of("event.name"))),
                        ask("events", "warmth").by("city"),
                        """
                          AMBIGUOUS_NAME groupBy/0 1:1: 'city' is a dimension and has other readings: weather.city. Name one of them in full, or add it to the dimension.
                            > weather.city
                        """),
                refused(
                        shop().metric("score", "count(event)"),
                        formula("count(account by survey.score where score > 3)"),
                        """
                          AMBIGUOUS_NAME 1:37: 'score' is a value that this relation is split by, and has other readings; say which.
                            > survey.score
                        """));
    }

    static Stream<Arguments> instants() {
        return Stream.of(
                refused(
                        shop().calendar("fiscal", 2, 31),
                        formula("count(event) over fiscal.quarter to date"),
                        """
                          UNKNOWN_CALENDAR 1:1: The calendar 'fiscal' has no periods: its year begins on no day that each month has.
                        """),
                refused(
                        shop().define(sourceOf("place", "since date, code text key, region text"))
                                .define(
                                        sourceOf(
                                                        "ping",
                                                        "happened timestamp, customer text -> account, a text")
                                                .with(
                                                        List.of(
                                                                new Link(
                                                                        "later",
                                                                        "place",
                                                                        List.of("a"))))),
                        formula(
                                "count(touch(ticket after ping per account) where later.region = 'a')"),
                        """
                          AMBIGUOUS_NAME 1:50: 'later' is the later row of the touch, and a link of 'ping'; say 'ping.later.region' for what the link leads to. Rename that to ask for the row of the touch, or name its fields by its source.
                            > ping.later.region
                        """),
                refused(
                        shop().rule(
                                        "weekly",
                                        "count(week where exists(event)) over last 3 weeks > 1"),
                        formula("count(account where account in weekly as of @2026-01-14)")
                                .between("2026-01-05", "2026-02-02"),
                        """
                          INCOMPATIBLE metrics: The instant 2026-01-14T00:00:00Z lies inside a week, so 'week :' cannot be read until then. Ask as of the start of a week.
                        """),
                refused(
                        shop().source(
                                        "later",
                                        "at_time timestamp, customer text -> account, name text"),
                        formula(
                                "count(touch(event after ticket per account) where later.name = 'a')"),
                        """
                          AMBIGUOUS_NAME 1:51: 'later' is the later row of the touch, and a source or slice. Rename that to ask for the row of the touch, or name its fields by its source.
                        """),
                refused(
                        history(),
                        formula("(count(account) over all before) / count(account)")
                                .by("account.plan")
                                .each(Grain.MONTH),
                        """
                          INCOMPATIBLE metrics/0: 'x' reads 'account.plan', which has a history, in parts that would read it at different times; say as of when.
                            > account.plan as of start
                            > account.plan as of end
                            > account.plan as of now
                        """),
                refused(
                        history(),
                        formula("avg(hour : count(account where plan = 'pro'))"),
                        """
                          INCOMPATIBLE metrics/0: 'account.plan' has a history by days, and is read here at an edge of time that is no start of a day, or that is not known; say as of when.
                            > account.plan as of now
                        """),
                refused(
                        history(),
                        formula("count(account by account.plan)"),
                        """
                          INCOMPATIBLE 1:18: 'account.plan' is one value of each account, and splits none: group by it, or name a field of facts.
                        """),
                refused(
                        bills(),
                        formula("convert(billed over ever, 'USD') as of start"),
                        """
                          INCOMPATIBLE metrics/0: Rates are of days, and an amount is converted here at an edge of time that is no start of a day, or that is not known; say at which time.
                            > as of fact
                            > as of now
                        """),
                refused(
                        bills(),
                        ask("billed").by("bill.currency").withTotals(),
                        """
                          UNIT_MISMATCH metrics/0: 'billed' is grouped by 'bill.currency'; a total of all groups would add up several currencies. Convert them, keep to one of them, or ask without totals.
                            > convert(..., 'USD')
                            > where currency = 'EUR'
                        """),
                refused(
                        bills().rates("fx2", "rated_on date, coin text, in_chf decimal", "GBP"),
                        formula("convert(billed, 'CHF')"),
                        """
                          AMBIGUOUS_NAME 1:9: No rates to CHF are declared, and those of several sources (fx, fx2) may lead to it; declare rates to CHF.
                        """),
                refused(
                        bills().rates("fx2", "rated_on date, coin text, in_dollars decimal", "USD"),
                        formula("convert(sum(bill.amount), 'USD')"),
                        """
                          AMBIGUOUS_NAME 1:18: Rates to USD are in fx, fx2; let one source have them.
                        """),
                refused(
                        CatalogBuilder.catalog()
                                .source(
                                        "bill",
                                        "issued date, currency text, amount money of currency"),
                        formula("convert(sum(bill.amount), 'USD')"),
                        """
                          BAD_VALUE 1:18: No rates to 'USD' are declared: a source has them by 'rates: {currency: ..., to: USD, rate: ...}'.
                        """),
                refused(
                        sized(),
                        formula("max(ping : thing)"),
                        """
                          TYPE_MISMATCH 1:12: The key of 'thing' has a part that is no text, whole number, date or condition, and the member is no value by it; name an attribute of it.
                            > thing.code
                        """),
                refused(
                        history()
                                .define(
                                        sourceOf(
                                                        "ping",
                                                        "happened timestamp, customer text -> account, a text")
                                                .with(
                                                        List.of(
                                                                new Link(
                                                                        "other",
                                                                        EntityRef.ACCOUNT,
                                                                        "a")))),
                        formula("count(account by ping.other.plan)"),
                        """
                          INCOMPATIBLE 1:18: 'ping.other.plan' has a history, and rows of one value would be others at each time that they are read; name a field of the rows.
                        """));
    }

    @ParameterizedTest
    @MethodSource({"filters", "columns", "tops", "sizes", "comparisons", "names", "instants"})
    void a_question_is_refused_in_these_words(
            CatalogBuilder catalog, Question question, String told) {
        assertThat(Refusals.told(question.problems(catalog))).isEqualTo(told);
    }
}
