package dev.cairn.domain.formula;

import static dev.cairn.domain.formula.Texts.formula;
import static dev.cairn.domain.formula.Texts.printed;
import static dev.cairn.domain.formula.Texts.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.problem.Place;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FormulaParserTest {

    static Stream<String> examples() {
        return Examples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void reads_every_example(String text) {
        assertThat(FormulaParser.parse(text, Place.NOWHERE))
                .isInstanceOf(FormulaParser.Parsed.Ok.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    7             | NumberLiteral(7)
                    2.50          | NumberLiteral(2.50)
                    true          | BooleanLiteral(true)
                    false         | BooleanLiteral(false)
                    none          | NoneLiteral()
                    7 days        | SpanLiteral(TimeSpan(7, DAY))
                    1 day         | SpanLiteral(TimeSpan(1, DAY))
                    007 weeks     | SpanLiteral(TimeSpan(7, WEEK))
                    2.0 minutes   | SpanLiteral(TimeSpan(2, MINUTE))
                    n quarters    | SpanLiteral(TimeSpan(n, QUARTER))
                    @2024-02-29   | DateLiteral(2024-02-29)
                    @2026-01-31T10:00Z             | InstantLiteral(2026-01-31T10:00:00Z)
                    @2026-01-31T10:00:30+01:00     | InstantLiteral(2026-01-31T09:00:30Z)
                    @2026-01-31T10:00:30.250-05:30 | InstantLiteral(2026-01-31T15:30:30.250Z)
                    a.b.c         | Path([a, b, c])
                    größe         | Path([größe])
                    "a b"."date"  | Path([a b, date])
                    bucket.start  | BucketEdge(false)
                    bucket.end    | BucketEdge(true)
                    asof          | Call(asof, [])
                    """,
            quoteCharacter = '~')
    void reads_literals_and_names(String text, String expected) {
        assertThat(tree(text)).isEqualTo(expected);
    }

    @Test
    void a_quote_inside_a_text_or_a_name_is_written_twice() {
        assertThat(tree("'it''s'")).isEqualTo("TextLiteral(it's)");
        assertThat(tree("''")).isEqualTo("TextLiteral()");
        assertThat(tree("\"a \"\" b\"")).isEqualTo("Path([a \" b])");
    }

    @Test
    void a_comment_ends_with_its_line() {
        assertThat(tree("1 -- one ) '\n + -- two\r\n 2")).isEqualTo(tree("1 + 2"));
    }

    @Test
    void a_date_may_stand_right_before_a_minus() {
        assertThat(tree("@2026-01-31-7 days")).isEqualTo(tree("@2026-01-31 - 7 days"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    10 / 2 / 5                | (10 / 2) / 5
                    10 - 2 - 5                | (10 - 2) - 5
                    10 - 2 + 5                | (10 - 2) + 5
                    a + b * c                 | a + (b * c)
                    a * b + c                 | (a * b) + c
                    -a * b                    | (-a) * b
                    -a over last 3 days       | -(a over last 3 days)
                    a / b over last 3 days    | a / (b over last 3 days)
                    a + b = c * d             | (a + b) = (c * d)
                    a = b and c = d           | (a = b) and (c = d)
                    a or b and c              | a or (b and c)
                    a or b or c               | (a or b) or c
                    a and b and c             | (a and b) and c
                    not a = b                 | not (a = b)
                    not a and b               | (not a) and b
                    a is not b + c            | a is not (b + c)
                    a is not none and b       | (a is not none) and b
                    a + b in (1)              | (a + b) in (1)
                    not a in (1)              | not (a in (1))
                    let a = 1 in a or b       | let a = 1 in (a or b)
                    x over last 3 days > 2    | (x over last 3 days) > 2
                    x as of end over ever     | (x as of end) over ever
                    """)
    void holds_tighter(String text, String parenthesized) {
        assertThat(tree(text)).isEqualTo(tree(parenthesized));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    10 / (2 / 5)              | 10 / 2 / 5
                    a - (b - c)               | a - b - c
                    (a + b) * c               | a + b * c
                    a and (b and c)           | a and b and c
                    (not a) = b               | not a = b
                    (a / b) over last 3 days  | a / b over last 3 days
                    (-a) over last 3 days     | -a over last 3 days
                    """)
    void parentheses_matter(String with, String without) {
        assertThat(tree(with)).isNotEqualTo(tree(without));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sum(invoice.amount where paid)       | sum(invoice where paid : invoice.amount)
                    distinct(event.user)                 | distinct(event : event.user)
                    sum(invoice.account.plan)            | sum(invoice : invoice.account.plan)
                    last(nps.score on answered_at)       | last(nps on answered_at : nps.score)
                    p90(sale."weight" weight w + 1)      | p90(sale weight w + 1 : sale."weight")
                    count(x.y at end)                    | count(x at end : x.y)
                    """)
    void the_short_form_is_the_long_one_with_the_value_in_full(String shortForm, String longForm) {
        assertThat(tree(shortForm)).isEqualTo(tree(longForm));
    }

    @Test
    void a_bare_name_in_an_aggregate_is_a_relation() {
        assertThat(tree("count(x)"))
                .isEqualTo("Aggregate(COUNT, RelationClause(Named(Path([x]), -, []), -, -, -), -)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    count(day)                    | EachGrain(DAY)
                    count(every 7 days)           | Every(TimeSpan(7, DAY))
                    count(event via a.b)          | Named(Path([event]), Path([a, b]), [])
                    count("day")                  | Named(Path([day]), -, [])
                    count(changes(s.mrr per account)) | Changes(Path([s, mrr]), -, account)
                    count(changes(s.plan.name gap n days per account)) | Changes(Path([s, plan, name]), TimeSpan(n, DAY), account)
                    """,
            quoteCharacter = '~')
    void reads_heads_of_relations(String text, String head) {
        assertThat(tree(text))
                .isEqualTo("Aggregate(COUNT, RelationClause(%s, -, -, -), -)".formatted(head));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    on due_at                     | On(due_at), -, -
                    at start                      | At(AtStart()), -, -
                    at end                        | At(AtEnd()), -, -
                    at @2026-01-31                | At(At(DateLiteral(2026-01-31))), -, -
                    during                        | During(), -, -
                    where a                       | -, Path([a]), -
                    weight a                      | -, -, Path([a])
                    during where a weight b + c   | During(), Path([a]), Arithmetic(ADD, Path([b]), Path([c]))
                    """)
    void reads_clauses(String clauses, String expected) {
        assertThat(tree("count(x " + clauses + ")"))
                .isEqualTo(
                        "Aggregate(COUNT, RelationClause(Named(Path([x]), -, []), %s), -)"
                                .formatted(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    last 28 days         | Last(TimeSpan(28, DAY))
                    last n months        | Last(TimeSpan(n, MONTH))
                    month to date        | ToDate(MONTH)
                    range                | QuestionRange(false)
                    range to date        | QuestionRange(true)
                    all                  | All(false)
                    all before           | All(true)
                    ever                 | Ever()
                    14 days from a.b     | Relative(TimeSpan(14, DAY), false, Path([a, b]))
                    n hours before x     | Relative(TimeSpan(n, HOUR), true, Path([x]))
                    """)
    void reads_windows(String window, String expected) {
        assertThat(tree("x over " + window)).isEqualTo("Over(Path([x]), %s)".formatted(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    fact             | AtFact()
                    start            | AtStart()
                    end              | AtEnd()
                    now              | Now()
                    @2026-01-31      | At(DateLiteral(2026-01-31))
                    """)
    void reads_moments(String moment, String expected) {
        assertThat(tree("a.b as of " + moment))
                .isEqualTo("PathAsOf(Path([a, b]), %s)".formatted(expected));
    }

    @Test
    void reads_steps() {
        assertThat(
                        tree(
                                "conversion(a where x -> b within 2 weeks inclusive per user any strict same e.f, g without c without d between 1 and 2 with pending)"))
                .isEqualTo(
                        "Conversion(Steps([RelationClause(Named(Path([a]), -, []), -, Path([x]), -),"
                                + " RelationClause(Named(Path([b]), -, []), -, -, -)], TimeSpan(2, WEEK), true, user, ANY, STRICT,"
                                + " [Path([e, f]), Path([g])], [Without(RelationClause(Named(Path([c]), -, []), -, -, -), -),"
                                + " Without(RelationClause(Named(Path([d]), -, []), -, -, -), Between(1, 2))], true))");
    }

    @Test
    void an_attempt_is_the_first_and_in_loose_order_unless_said() {
        assertThat(tree("conversion(a -> b within 1 day per user)"))
                .isEqualTo(tree("conversion(a -> b within 1 days per user first)"))
                .contains("false, user, FIRST, LOOSE, []");
    }

    @Test
    void reads_touch() {
        assertThat(
                        tree(
                                "count(touch(deal after ad where x within 30 days per account same campaign.id))"))
                .contains(
                        "Touch(RelationClause(Named(Path([deal]), -, []), -, -, -), RelationClause(Named(Path([ad]), -, []), -, Path([x]), -),"
                                + " TimeSpan(30, DAY), account, [Path([campaign, id])])");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    prior(x)                         | Shift(false, Path([x]), -, -)
                    next(x, 3 months)                | Shift(true, Path([x]), TimeSpan(3, MONTH), -)
                    prior(x, start of year)          | Shift(false, Path([x]), -, YEAR)
                    total(x)                         | Total(Path([x]), [])
                    total(x by a.b, c)               | Total(Path([x]), [ByPath(Path([a, b]), -, -), ByPath(Path([c]), -, -)])
                    total(x by weekday of a.b)       | Total(Path([x]), [ByDatePart(WEEKDAY, Path([a, b]))])
                    only(x where a)                  | Only(Path([x]), Path([a]))
                    convert(x, 'USD') as of end      | Convert(Path([x]), USD, AtEnd())
                    window.end                       | WindowEdge(true)
                    sum(line.product : x)            | Aggregate(SUM, RelationClause(Named(Path([line, product]), -, []), -, -, -), Path([x]))
                    count(account by a.b, c)         | Aggregate(COUNT, RelationClause(Named(Path([account]), -, [Path([a, b]), Path([c])]), -, -, -), -)
                    per(account : x)                 | Per(Path([account]), Path([x]))
                    scale(x, 5 to -5)                | Scale(Path([x]), 5, -5)
                    survival(s : a -> b, 0.5)        | Survival(RelationClause(Named(Path([s]), -, []), -, -, -), Path([a]), Path([b]), 0.5)
                    case when a then b end           | Case([When(Path([a]), Path([b]))], -)
                    case when a then b else c end    | Case([When(Path([a]), Path([b]))], Path([c]))
                    x is not none                    | Is(Path([x]), true, NoneLiteral())
                    x not in (1, -2)                 | InList(Path([x]), true, [NumberLiteral(1), NumberLiteral(-2)])
                    account in vip                   | InCohort(Path([account]), false, vip, -)
                    account in vip as of now         | InCohort(Path([account]), false, vip, Now())
                    f(goal: -5, x)                   | Call(f, [Argument(goal, NumberLiteral(-5)), Argument(-, Path([x]))])
                    f()                              | Call(f, [])
                    weighted(1 : x)                  | Weighted([Part(-, 1, Path([x]))], [])
                    weighted(a 1 : x; missing neutral 50; coverage 0.6) | Weighted([Part(a, 1, Path([x]))], [Option(missing, neutral, 50), Option(coverage, -, 0.6)])
                    let a = 1, b = a in b            | Let([Binding(a, NumberLiteral(1)), Binding(b, Path([a]))], Path([b]))
                    """)
    void reads_forms(String text, String expected) {
        assertThat(tree(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "p50, 0.5, false",
        "p05, 0.05, false",
        "p1, 0.01, false",
        "p99, 0.99, false",
        "p99_9, 0.999, false",
        "p99_90, 0.999, false",
        "p99_disc, 0.99, true",
        "p99_9_disc, 0.999, true",
        "p0_1, 0.001, false"
    })
    void reads_percentiles(String word, String fraction, boolean discrete) {
        assertThat(tree(word + "(a.b)"))
                .startsWith("Aggregate(Percentile(%s, %s), ".formatted(fraction, discrete));
    }

    @Test
    void a_percentile_is_a_name_without_parenthesis_or_in_quotes() {
        assertThat(tree("let p1 = 2 in p1 + x.p90")).contains("Path([p1])", "Path([x, p90])");
        assertThat(tree("\"p90\"(x)")).isEqualTo("Call(p90, [Argument(-, Path([x]))])");
        assertThat(printed("\"p90\"(x)")).isEqualTo("\"p90\"(x)");
    }

    @Test
    void words_of_the_language_are_names_in_quotes() {
        assertThat(tree("sum(\"where\" on \"date\" where \"weight\" = 1 : \"first\".\"end\")"))
                .isEqualTo(
                        "Aggregate(SUM, RelationClause(Named(Path([where]), -, []), On(date), Comparison(EQUAL, Path([weight]),"
                                + " NumberLiteral(1)), -), Path([first, end]))");
    }

    @Test
    void words_with_two_meanings_are_told_apart_by_their_place() {
        assertThat(tree("hours(a, b) = 2 hours"))
                .contains("Call(hours, ", "SpanLiteral(TimeSpan(2, HOUR))");
        assertThat(tree("date(y, 1, 1) over month to date"))
                .contains("Call(date, ", "ToDate(MONTH)");
        assertThat(tree("last(x.y) over last 3 days"))
                .contains("Aggregate(LAST, ", "Last(TimeSpan(3, DAY))");
        assertThat(tree("conversion(a -> b within 1 day per x first)")).contains("FIRST");
        assertThat(tree("per(x : count(day)) over all"))
                .contains("Per(", "EachGrain(DAY)", "All(false)");
        assertThat(tree("case when count(x at end) > 1 then a as of end end")).contains("AtEnd()");
        assertThat(tree("scale(x over range, 0 to 5)")).contains("QuestionRange(false)");
        assertThat(tree("weekday(d) in (6, 7)")).contains("Call(weekday, ");
    }

    @Test
    void let_stands_in_parentheses_inside_a_formula() {
        assertThat(tree("1 + (let a = 2 in a)")).contains("Arithmetic(ADD, NumberLiteral(1), Let(");
        assertThat(tree("f(let a = 1, b = 2 in a + b, 3)"))
                .contains("Argument(-, Let(", "Argument(-, NumberLiteral(3))");
        assertThat(tree("sum(x : let a = y in a * a)")).contains(", Let([Binding(a, Path([y]))]");
    }

    @Test
    void every_piece_knows_where_it_stands() {
        var sum = (Formula.Arithmetic) formula("a +\n  sum(x : y)\n  * (b - c)");
        assertThat(sum.span()).isEqualTo(new Span(0, 28, 1, 1));
        var product = (Formula.Arithmetic) sum.right();
        assertThat(product.span()).isEqualTo(new Span(6, 28, 2, 3));
        assertThat(product.left().span()).isEqualTo(new Span(6, 16, 2, 3));
        assertThat(product.right().span()).isEqualTo(new Span(22, 27, 3, 6));
        var aggregate = (Formula.Aggregate) product.left();
        assertThat(aggregate.relation().span()).isEqualTo(new Span(10, 11, 2, 7));
        assertThat(aggregate.value()).extracting(Formula::span).isEqualTo(new Span(14, 15, 2, 11));
    }

    @Test
    void the_short_form_knows_where_it_stands() {
        var aggregate = (Formula.Aggregate) formula("sum(invoice.amount where paid)");
        assertThat(aggregate.relation().head().span()).isEqualTo(new Span(4, 11, 1, 5));
        assertThat(aggregate.value()).extracting(Formula::span).isEqualTo(new Span(12, 18, 1, 13));
        assertThat(aggregate.span()).isEqualTo(new Span(0, 30, 1, 1));
    }

    @Test
    void columns_count_characters_and_any_line_break_ends_a_line() {
        var sum = (Formula.Arithmetic) formula("'\uD83D\uDE00' +\r\n\r\t x");
        assertThat(sum.right().span().line()).isEqualTo(3);
        assertThat(sum.right().span().column()).isEqualTo(3);
        var comparison = (Formula.Comparison) formula("'\uD83D\uDE00' = x");
        assertThat(comparison.right().span().column()).isEqualTo(7);
    }

    @Test
    void pieces_of_a_formula_are_all_that_stands_right_inside() {
        assertThat(FormulaPieces.of(formula("sum(x via l at @2026-01-31 where a weight b : c)")))
                .extracting(FormulaPrinter::print)
                .containsExactly("l", "@2026-01-31", "a", "b", "c");
    }
}
