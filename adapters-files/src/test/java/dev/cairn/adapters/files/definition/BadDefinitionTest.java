package dev.cairn.adapters.files.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadDefinitionTest {
    private static List<Problem> problems(String text) {
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));
        assertThat(read.drafts()).isEmpty();
        return read.problems();
    }

    private static Problem only(String text) {
        var problems = problems(text);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    private static String seen(Problem problem) {
        return "%d:%d %s"
                .formatted(problem.place().line(), problem.place().column(), problem.code());
    }

    @Test
    void an_unknown_key_is_told_with_the_nearest() {
        var problem = only("metric: m\nof: cell\nformla: count(x)\nformula: count(x)\n");

        assertThat(seen(problem)).isEqualTo("3:1 UNKNOWN_KEY");
        assertThat(problem.suggestions()).containsExactly("formula");
        assertThat(problem.place().path()).containsExactly("a.yaml", "m", "formla");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {entity: account, key: [a, a, b]}                                             | 1:28 CONFLICT
                    {entity: account, key: [A b, c]}                                              | 1:25 BAD_VALUE
                    {entity: account, key: [a, b], attributes: {a: integer}}                      | 1:45 INCOMPATIBLE
                    {entity: account, key: [a, b], attributes: {a: {type: text, marks: name}}}    | 1:45 INCOMPATIBLE
                    {source: s, time: d, account: {fields: [a, x]}, fields: {d: date, a: text}}   | 1:44 UNKNOWN_FIELD
                    {source: s, time: d, account: {fields: []}, fields: {d: date, a: text}}       | 1:32 MISSING
                    {source: s, time: d, account: {field: a, fields: [a, d]}, fields: {d: date, a: text}} | 1:32 CONFLICT
                    """)
    void key_of_several_parts_that_is_none_is_told(String text, String seen) {
        assertThat(seen(only(text))).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    label: "a\\0b"                     | a NUL character at position 2
                    label: "\\ud800"                   | half a character at position 1
                    formula: "count(x where k = '\\0')" | a NUL character at position 20
                    "la\\0bel": b                      | a NUL character at position 3
                    """)
    void an_escape_for_what_no_text_can_hold_is_told(String line, String objection) {
        var problem = only("metric: m\nof: cell\n" + line + "\n");

        assertThat(seen(problem)).startsWith("3:").endsWith(" BAD_VALUE");
        assertThat(problem.message()).isEqualTo("There is %s of this text.".formatted(objection));
    }

    @Test
    void a_key_that_stands_twice_is_told() {
        var problem = only("slice: s\nof: a\nwhere: x\nwhere: y\n");

        assertThat(seen(problem)).isEqualTo("4:1 CONFLICT");
    }

    @Test
    void everything_wrong_is_told_at_once_in_every_document() {
        var problems =
                problems(
                        """
                        metric: m
                        of: cell
                        rollup: average
                        unit: point
                        ---
                        source: S
                        ---
                        cohort: c
                        accounts: {a: b}
                        ---
                        slice: s
                        params: {goal: 4}
                        """);

        assertThat(problems)
                .extracting(BadDefinitionTest::seen)
                .containsExactly(
                        "3:9 BAD_VALUE",
                        "1:1 MISSING",
                        "4:7 BAD_VALUE",
                        "6:9 BAD_VALUE",
                        "9:11 BAD_VALUE",
                        "11:1 MISSING",
                        "11:1 MISSING",
                        "12:1 INCOMPATIBLE");
        assertThat(problems.get(0).suggestions()).containsExactly("avg");
        assertThat(problems.get(3).suggestions()).containsExactly("s");
    }

    @Test
    void what_is_wrong_with_a_parameter_is_told_where_it_stands() {
        assertThat(
                        problems(
                                """
                                metric: m
                                of: cell
                                formula: goal
                                params:
                                  goal: {type: integer}
                                  Goal: {type: integer, default: 1}
                                  plain: 4
                                  none:
                                  kind: {type: string, default: x}
                                  free: {default: x, min: 1}
                                """))
                .extracting(BadDefinitionTest::seen)
                .containsExactly(
                        "5:9 MISSING",
                        "6:3 BAD_VALUE",
                        "7:10 BAD_VALUE",
                        "8:3 MISSING",
                        "9:16 BAD_VALUE",
                        "10:9 MISSING",
                        "10:22 UNKNOWN_KEY");
    }

    @Test
    void a_document_of_no_kind_is_told_with_the_nearest_kind() {
        var problem = only("metrics: m\nof: cell\nformula: count(x)\n");

        assertThat(problem.code()).isEqualTo(ProblemCode.MISSING);
        assertThat(problem.suggestions()).containsExactly("metric");
    }

    @Test
    void a_document_of_two_kinds_is_refused() {
        assertThat(seen(only("metric: m\nof: cell\nformula: count(x)\nslice: s\n")))
                .isEqualTo("4:1 CONFLICT");
    }

    @Test
    void two_definitions_of_one_name_are_refused_over_files() {
        var read =
                DefinitionReader.read(
                        List.of(
                                new DefinitionFile("a.yaml", "\nslice: s\nof: a\nwhere: x\n"),
                                new DefinitionFile("b.yaml", "{metric: s, of: cell, formula: 1}")));

        assertThat(read.problems()).hasSize(1);
        assertThat(read.problems().getFirst().message()).contains("a.yaml").contains("line 2");
        assertThat(read.problems().getFirst().place().path()).startsWith("b.yaml");
    }

    @Test
    void yaml_that_does_not_parse_is_told_with_its_place_and_what_stood_before_is_read() {
        var read =
                DefinitionReader.read(
                        List.of(
                                new DefinitionFile(
                                        "a.yaml",
                                        "slice: s\nof: a\nwhere: x\n---\nmetric: m\nformula: avg(a : b)\n"),
                                new DefinitionFile("b.yaml", "metric: [m\n")));

        assertThat(read.drafts()).hasSize(1);
        assertThat(read.problems())
                .extracting(BadDefinitionTest::seen)
                .containsExactly("6:16 SYNTAX", "2:1 SYNTAX");
        assertThat(read.problems().getFirst().message()).contains("quotes");
    }

    @Test
    void money_needs_a_currency_in_both_forms() {
        var problems =
                problems(
                        "source: s\ntime: t\nfields:\n  t: date\n  a: money\n  b: {type: money}\n  c: {type: money, currency: XYZZY}\n  d: {type: text, currency: EUR}\n");

        assertThat(problems)
                .extracting(BadDefinitionTest::seen)
                .containsExactly("5:3 MISSING", "6:3 MISSING", "7:30 BAD_VALUE", "8:29 BAD_VALUE");
    }

    @Test
    void rates_name_fields_a_currency_and_days() {
        var source = "source: s\ntime: t\nrates: {%s}\nfields: {t: date, c: text, r: decimal}\n";
        assertThat(seen(only(source.formatted("currency: c, to: USD")))).isEqualTo("3:8 MISSING");
        assertThat(seen(only(source.formatted("to: USD, rate: r")))).isEqualTo("3:8 MISSING");
        assertThat(seen(only(source.formatted("currency: c, rate: r")))).isEqualTo("3:8 MISSING");
        assertThat(seen(only(source.formatted("currency: x, to: USD, rate: r"))))
                .isEqualTo("3:19 UNKNOWN_FIELD");
        assertThat(seen(only(source.formatted("currency: c, to: XYZZY, rate: r"))))
                .isEqualTo("3:26 BAD_VALUE");
        for (var carry : List.of("0", "-1 days", "0 days", "a week", "1.5 days")) {
            assertThat(
                            seen(
                                    only(
                                            source.formatted(
                                                    "currency: c, to: USD, rate: r, carry: "
                                                            + carry))))
                    .isEqualTo("3:47 BAD_VALUE");
        }
    }

    @Test
    void an_unknown_type_is_told_with_what_was_meant() {
        assertThat(only("{source: s, time: t, fields: {t: date, a: string}}").suggestions())
                .containsExactly("text");
        assertThat(
                        only("{source: s, time: t, fields: {t: date, a: {type: datetime}}}")
                                .suggestions())
                .containsExactly("timestamp");
    }

    @Test
    void fields_that_are_named_and_not_there_are_told_with_the_nearest() {
        var problems =
                problems(
                        "source: s\ntime: at\naccount: customr\nuser: {field: nobody}\nkey: [id, id, ix]\nfields: {customer: text, id: text, act: date}\n");

        assertThat(problems)
                .extracting(BadDefinitionTest::seen)
                .containsExactlyInAnyOrder(
                        "2:7 UNKNOWN_FIELD",
                        "3:10 UNKNOWN_FIELD",
                        "4:15 UNKNOWN_FIELD",
                        "5:11 CONFLICT",
                        "5:15 UNKNOWN_FIELD");
        assertThat(problems.get(1).suggestions()).containsExactly("customer");
    }

    @Test
    void a_source_without_time_is_refused() {
        assertThat(seen(only("source: s\nfields: {a: text}\n"))).isEqualTo("1:1 MISSING");
    }

    @Test
    void a_time_is_a_date_or_a_timestamp() {
        assertThat(seen(only("source: s\ntime: a\nfields: {a: text}\n")))
                .isEqualTo("2:7 TYPE_MISMATCH");
    }

    @Test
    void a_time_zone_and_the_days_of_coverage_exist() {
        var problems =
                problems(
                        "source: s\ntime: {field: t, zone: Europe/Londn}\ncoverage: {from: 2015-02-30, until: 1.1.2016}\nfields: {t: date}\n");

        assertThat(problems)
                .extracting(BadDefinitionTest::seen)
                .containsExactly("2:24 BAD_VALUE", "3:18 BAD_VALUE", "3:37 BAD_VALUE");
        assertThat(problems.getFirst().suggestions()).contains("Europe/London");
    }

    @Test
    void a_coverage_that_ends_before_it_begins_is_refused() {
        assertThat(
                        only("{source: s, time: t, coverage: {from: 2016-01-01, until: 2016-01-01}, fields: {t: date}}")
                                .code())
                .isEqualTo(ProblemCode.BAD_RANGE);
    }

    @Test
    void ranges_are_numbers_in_order_on_numbers() {
        var problems =
                problems(
                        """
                        source: s
                        time: t
                        fields:
                          t: date
                          a: {type: integer, min: low, max: 1e99999999}
                          b: {type: integer, min: 5, max: 1}
                          c: {type: text, min: 5}
                        """);

        assertThat(problems)
                .extracting(BadDefinitionTest::seen)
                .containsExactly(
                        "5:27 BAD_VALUE", "5:37 BAD_VALUE", "6:22 BAD_RANGE", "7:24 BAD_VALUE");
    }

    @Test
    void names_are_lower_case_and_at_most_fifty_long() {
        assertThat(only("{metric: NPS Score, of: cell, formula: 1}").suggestions())
                .containsExactly("nps_score");
        assertThat(only("{metric: a" + "b".repeat(50) + ", of: cell, formula: 1}").code())
                .isEqualTo(ProblemCode.BAD_VALUE);
        assertThat(only("{metric: \"x'; drop table account; --\", of: cell, formula: 1}").code())
                .isEqualTo(ProblemCode.BAD_VALUE);
        assertThat(only("{source: s, time: t, fields: {t: date, Plan: text}}").suggestions())
                .containsExactly("plan");
    }

    @Test
    void marks_fit_their_type_and_stand_once() {
        var problems =
                problems(
                        """
                        entity: account
                        attributes:
                          a: {type: text, marks: test}
                          b: {type: text, marks: name}
                          c: {type: text, marks: name}
                          d: {type: integer, compute: "1", min: 0, missing: [x]}
                        """);

        assertThat(problems)
                .extracting(BadDefinitionTest::seen)
                .containsExactly(
                        "3:19 TYPE_MISMATCH", "5:3 CONFLICT", "6:44 BAD_VALUE", "6:36 BAD_VALUE");
    }

    @Test
    void an_entity_of_ones_own_is_not_named_and_has_a_key_of_different_columns() {
        assertThat(
                        problems(
                                """
                                entity: product
                                key: [id, id]
                                attributes:
                                  name: {type: text, marks: name}
                                  exists_from: date
                                links:
                                  account: {entity: account, field: a}
                                """))
                .extracting(BadDefinitionTest::seen)
                .containsExactlyInAnyOrder(
                        "2:11 CONFLICT", "4:3 INCOMPATIBLE", "5:3 CONFLICT", "7:3 CONFLICT");
    }

    @Test
    void member_of_ones_own_entity_exists_by_one_day_of_its_file() {
        assertThat(
                        problems(
                                """
                                entity: product
                                key: id
                                attributes:
                                  sold: {type: boolean, marks: test}
                                  since: {type: timestamp, marks: start}
                                  soon: {type: date, compute: "date(2026, 1, 1)", marks: start}
                                  gone: {type: date, marks: removed}
                                  left: {type: date, marks: removed}
                                """))
                .extracting(BadDefinitionTest::seen)
                .containsExactlyInAnyOrder(
                        "4:3 INCOMPATIBLE",
                        "5:3 TYPE_MISMATCH",
                        "6:3 INCOMPATIBLE",
                        "8:3 CONFLICT");
    }

    @Test
    void a_history_of_an_entity_of_ones_own_has_columns_of_its_own() {
        assertThat(
                        seen(
                                only(
                                        """
                                        entity: product
                                        key: id
                                        history: {from: since, until: ended}
                                        attributes: {ended: date}
                                        """)))
                .isEqualTo("3:1 CONFLICT");
        assertThat(
                        seen(
                                only(
                                        """
                                        entity: product
                                        key: id
                                        history: {snapshot: id}
                                        """)))
                .isEqualTo("3:1 CONFLICT");
        assertThat(
                        seen(
                                only(
                                        """
                                        entity: product
                                        key: id
                                        history: {snapshot: ds}
                                        attributes:
                                          currency: text
                                          price: {type: money, currency: {field: currency}}
                                        """)))
                .isEqualTo("3:1 INCOMPATIBLE");
    }

    @Test
    void an_account_is_had_by_one_link() {
        var problem =
                only(
                        "source: s\ntime: a\naccount: {via: subscription.reseller}\nfields: {a: date}\n");

        assertThat(seen(problem)).isEqualTo("3:11 INCOMPATIBLE");
        assertThat(problem.message())
                .isEqualTo(
                        "'subscription.reseller' is more than one link. A row is of the account of the row that it points at itself: name that link, and let the source that it leads to have its account by a link of its own.");
        assertThat(problem.suggestions()).containsExactly("subscription");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    account: {via: subscription, field: a}  | 3:30 INCOMPATIBLE | by 'field' or by 'via', not by both
                    account: {via: subscription, fields: [a]} | 3:30 INCOMPATIBLE | by 'fields' or by 'via', not by both
                    user: {via: subscription, field: a} | 3:8 INCOMPATIBLE | user: {field: user_no}
                    """)
    void who_a_row_is_of_is_said_in_one_way(String line, String seen, String reason) {
        var problem = only("source: s\ntime: a\n" + line + "\nfields: {a: date}\n");
        assertThat(seen(problem)).isEqualTo(seen);
        assertThat(problem.message()).contains(reason);
    }

    @Test
    void parameters_are_of_metrics_alone() {
        var problem =
                only(
                        "slice: m\nof: s\nwhere: c > goal\nparams: {goal: {type: integer, default: 4}}\n");
        assertThat(seen(problem)).isEqualTo("4:1 INCOMPATIBLE");
        assertThat(problem.message())
                .isEqualTo(
                        "Parameters are of metrics: a slice is the same wherever it is named. Write the condition in the formula of a metric with the parameter: count(answer where score >= goal).");
        assertThat(seen(only("cohort: m\nrule: c > goal\nparams: {goal: {type: integer}}\n")))
                .isEqualTo("3:1 INCOMPATIBLE");
    }

    @Test
    void rows_of_no_time_have_nothing_that_says_one() {
        assertThat(
                        seen(
                                only(
                                        "source: r\ntime: none\ncoverage: {from: 2020-01-01}\nfields: {c: text}\n")))
                .isEqualTo("3:1 CONFLICT");
        assertThat(seen(only("source: r\ntime: none\nfields: {exists_from: date}\n")))
                .isEqualTo("2:7 CONFLICT");
    }

    @Test
    void rows_vary_together_by_account() {
        var problem = only("metric: m\nof: cell\nformula: count(s)\ncluster: plan\n");
        assertThat(seen(problem)).isEqualTo("4:10 BAD_VALUE");
        assertThat(problem.message()).contains("account");
    }

    @Test
    void a_sample_is_a_whole_number_of_observations() {
        for (var written : List.of("thirty", "2.5", "[30]", "99999999999")) {
            assertThat(
                            seen(
                                    only(
                                            "metric: m\nof: cell\nformula: count(s)\nminSample: %s\n"
                                                    .formatted(written))))
                    .as(written)
                    .isEqualTo("4:12 BAD_VALUE");
        }
    }

    @Test
    void a_table_of_ones_own_has_a_schema_and_greatest_values_are_of_its_columns() {
        String rest = "time: a\nfields: {a: date}\n";
        assertThat(seen(only("source: s\ntable: invoices\n" + rest))).isEqualTo("2:8 BAD_VALUE");
        assertThat(seen(only("source: s\ntable: a.b.c\n" + rest))).isEqualTo("2:8 BAD_VALUE");
        assertThat(seen(only("source: s\nversion: {max: a}\n" + rest))).isEqualTo("2:1 CONFLICT");
        assertThat(seen(only("source: s\ncoverage: {until: {max: a}}\n" + rest)))
                .isEqualTo("2:1 CONFLICT");
        assertThat(seen(only("source: s\ntable: a.b\nversion: a\n" + rest)))
                .isEqualTo("3:10 BAD_VALUE");
        assertThat(seen(only("entity: account\ntable: accounts\n"))).isEqualTo("2:8 BAD_VALUE");
    }

    @Test
    void a_calendar_of_rows_says_its_source_and_day() {
        assertThat(seen(only("calendar: retail\nrows: days\ngrains: {period: [yr, per]}\n")))
                .isEqualTo("1:1 MISSING");
        assertThat(
                        seen(
                                only(
                                        "calendar: retail\nrows: days\nday: ds\ngrains: {period: per}\nyear_begins: 02-01\n")))
                .isEqualTo("5:1 CONFLICT");
        assertThat(
                        seen(
                                only(
                                        "calendar: retail\nrows: days\ntable: finance.days\nday: ds\ngrains: {period: per}\n")))
                .isEqualTo("2:1 CONFLICT");
        assertThat(seen(only("calendar: retail\ntable: days\nday: ds\ngrains: {period: per}\n")))
                .isEqualTo("2:8 BAD_VALUE");
        assertThat(seen(only("calendar: retail\ntable: finance.days\ngrains: {period: per}\n")))
                .isEqualTo("1:1 MISSING");
    }

    @Test
    void a_calendar_says_the_month_and_day_that_its_year_begins_on() {
        assertThat(seen(only("calendar: fiscal\n"))).isEqualTo("1:1 MISSING");
        assertThat(seen(only("calendar: fiscal\nyear_begins: february\n")))
                .isEqualTo("2:1 BAD_VALUE");
        assertThat(seen(only("calendar: fiscal\nyear_begins: 02-01\nof: year\n")))
                .isEqualTo("3:1 UNKNOWN_KEY");
    }

    @Test
    void what_is_wrong_with_a_link_is_told_where_it_stands() {
        var problems =
                problems(
                        """
                        source: s
                        time: a
                        links:
                          b: {source: t}
                          c: {fields: [a]}
                          d: {source: t, fields: [x]}
                          e: {source: t, field: a, fields: [a]}
                          f: y
                          g: {source: t, field: a, via: h}
                          h:
                        fields: {a: date}
                        """);

        assertThat(problems)
                .extracting(BadDefinitionTest::seen)
                .containsExactlyInAnyOrder(
                        "4:6 MISSING",
                        "5:6 MISSING",
                        "6:27 UNKNOWN_FIELD",
                        "7:18 CONFLICT",
                        "8:6 UNKNOWN_FIELD",
                        "9:28 UNKNOWN_KEY",
                        "10:3 MISSING");
    }

    @Test
    void an_entity_whose_name_is_nearly_a_built_in_one_is_not_declared_anew() {
        for (var name : List.of("acount", "accounts", "users", "usre")) {
            var problem = only("entity: %s\nattributes: {plan: text}\n".formatted(name));
            assertThat(seen(problem)).as(name).isEqualTo("1:9 CONFLICT");
        }
        assertThat(only("entity: acount\n").suggestions()).containsExactly("account");
        var other = new DefinitionFile("a.yaml", "entity: user_group\nattributes: {plan: text}\n");
        assertThat(DefinitionReader.read(List.of(other)).problems()).isEmpty();
    }

    @Test
    void a_history_is_of_two_columns_of_one_or_of_whole_files() {
        assertThat(seen(only("entity: account\nhistory: {from: a, until: a}\n")))
                .isEqualTo("2:20 CONFLICT");
        assertThat(seen(only("entity: account\nhistory: {from: a}\n"))).isEqualTo("2:10 MISSING");
        assertThat(seen(only("entity: account\nhistory: always\n"))).isEqualTo("2:10 BAD_VALUE");
        assertThat(seen(only("entity: account\nhistory: {snapshot: ds, from: a}\n")))
                .isEqualTo("2:25 UNKNOWN_KEY");
    }

    @Test
    void a_validity_names_two_times_of_the_source() {
        var fields = "\nfields: {starts_on: date, ends_on: date, plan: text}\n";
        var source = "source: subscription\nvalidity: ";

        var unknown = only(source + "{from: start_on, until: ends_on}" + fields);
        assertThat(seen(unknown)).isEqualTo("2:18 UNKNOWN_FIELD");
        assertThat(unknown.suggestions()).contains("starts_on");
        assertThat(seen(only(source + "{from: starts_on, until: plan}" + fields)))
                .isEqualTo("2:36 TYPE_MISMATCH");
        assertThat(seen(only(source + "{from: starts_on}" + fields))).isEqualTo("2:11 MISSING");
        assertThat(seen(only(source + "{from: starts_on, until: starts_on}" + fields)))
                .isEqualTo("2:29 CONFLICT");
        assertThat(seen(only(source + "{from: starts_on, until: ends_on, per: [plam]}" + fields)))
                .isEqualTo("2:51 UNKNOWN_FIELD");
        assertThat(
                        seen(
                                only(
                                        source
                                                + "{from: starts_on, until: ends_on, zone: UTC}\ntime: starts_on"
                                                + fields)))
                .isEqualTo("2:45 UNKNOWN_KEY");
    }

    @TestFactory
    Stream<DynamicTest> what_the_document_says_cannot_be_declared_is_refused_with_the_reason()
            throws IOException {
        var examples =
                Files.readAllLines(Path.of("..", "docs", "files.md")).stream()
                        .dropWhile(line -> !line.startsWith("| Not declared |"))
                        .takeWhile(line -> line.startsWith("|"))
                        .map(row -> Pattern.compile("`(.*?)`").matcher(row))
                        .filter(Matcher::find)
                        .map(example -> example.group(1))
                        .toList();
        assertThat(examples).isNotEmpty();
        return examples.stream()
                .map(example ->
                        DynamicTest.dynamicTest(
                                example,
                                () ->
                                        assertThat(problems(example))
                                                .extracting(Problem::code)
                                                .contains(ProblemCode.INCOMPATIBLE)
                                                .doesNotContain(
                                                        ProblemCode.SYNTAX,
                                                        ProblemCode.UNKNOWN_KEY)));
    }

    @Test
    void only_an_entity_has_the_name_of_one() {
        assertThat(seen(only("metric: account\nof: cell\nformula: 1\n"))).isEqualTo("1:9 CONFLICT");
    }

    @Test
    void a_cohort_has_a_list_or_a_rule_and_not_both() {
        assertThat(only("{cohort: c}").code()).isEqualTo(ProblemCode.MISSING);
        assertThat(only("{cohort: c, accounts: [a], rule: x}").code())
                .isEqualTo(ProblemCode.CONFLICT);
        assertThat(only("{cohort: c, accounts: ['']}").code()).isEqualTo(ProblemCode.BAD_VALUE);
    }

    @Test
    void a_roll_up_is_not_for_metrics_of_a_cell() {
        assertThat(only("{metric: m, of: cell, rollup: avg, formula: 1}").code())
                .isEqualTo(ProblemCode.BAD_VALUE);
    }

    @Test
    void a_list_where_a_text_belongs_is_told_once() {
        assertThat(seen(only("metric: m\nof: cell\nformula: [a]\n"))).isEqualTo("3:10 BAD_VALUE");
        assertThat(seen(only("metric: m\nof: [cell]\nformula: a\n"))).isEqualTo("2:5 BAD_VALUE");
    }

    @Test
    void a_document_that_is_a_text_or_a_list_is_told() {
        assertThat(seen(only("hello\n"))).isEqualTo("1:1 BAD_VALUE");
        assertThat(seen(only("- metric: m\n"))).isEqualTo("1:1 BAD_VALUE");
    }

    @Test
    void a_tag_is_refused_and_never_constructed() {
        assertThat(seen(only("metric: !!javax.script.ScriptEngineManager [x]\n")))
                .isEqualTo("1:9 BAD_VALUE");
    }

    @Test
    void deep_nesting_and_billion_laughs_are_refused() {
        assertThat(only("metric: " + "[".repeat(100_000)).code()).isEqualTo(ProblemCode.LIMIT);
        assertThat(only("metric: " + "{a: ".repeat(60)).code()).isEqualTo(ProblemCode.LIMIT);
        assertThat(only("a: &a [x]\nb: [" + "*a, ".repeat(101) + "]\n").code())
                .isEqualTo(ProblemCode.LIMIT);
        assertThat(only("#" + "x".repeat(DefinitionReader.LONGEST)).code())
                .isEqualTo(ProblemCode.LIMIT);
    }

    @Test
    void an_alias_of_itself_does_not_trap_the_reader() {
        assertThat(problems("metric: &a [*a]\n")).isNotEmpty();
        assertThat(problems("source: s\ntime: t\nfields: &f {t: date, a: *f}\n")).isNotEmpty();
    }

    @Test
    void characters_that_no_text_can_hold_are_refused_with_their_place() {
        assertThat(seen(only("metric: m\nof: \u0001cell\n"))).isEqualTo("2:5 SYNTAX");
        assertThat(seen(only("metric: m\nof: cell\nformula: \"a\\0b\"\n")))
                .isEqualTo("3:10 BAD_VALUE");
    }
}
