package dev.cairn.adapters.graphql.analysis;

import static dev.cairn.adapters.graphql.Samples.bucket;
import static dev.cairn.adapters.graphql.Samples.group;
import static dev.cairn.adapters.graphql.Samples.measure;
import static dev.cairn.adapters.graphql.Samples.metric;
import static dev.cairn.adapters.graphql.Samples.row;
import static dev.cairn.adapters.graphql.Samples.text;
import static dev.cairn.adapters.graphql.Samples.time;
import static dev.cairn.adapters.graphql.Samples.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.analysis.SurvivalCurve;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.analysis.Uncertainty.Change;
import dev.cairn.domain.analysis.Uncertainty.Interval;
import dev.cairn.domain.analysis.Uncertainty.Method;
import dev.cairn.domain.analysis.Uncertainty.NoInterval;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.MetricUnit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One result, three faces. */
class AnalysisFacesTest extends SliceTest {
    private static final Instant AS_OF = Instant.parse("2026-01-31T10:00:00Z");

    @Test
    void records_are_flat_rows_with_the_keys_of_the_columns_in_order() {
        answers(
                List.of(time(), group("plan"), measure("nps", null), measure("answers", null)),
                row(bucket("2026-01-01"), text("pro"), value(41.25), value(new BigDecimal("120"))));

        var records = analyze("columns { key } records").at("/records");

        assertThat(records.toString())
                .isEqualTo(
                        "[{\"time\":\"2026-01-01\",\"plan\":\"pro\",\"nps\":41.25,\"answers\":120}]");
    }

    @Test
    void records_hold_json_scalars() {
        answers(
                List.of(
                        column("decimal", ValueType.NUMBER),
                        column("double", ValueType.NUMBER),
                        column("text", ValueType.TEXT),
                        column("flag", ValueType.BOOLEAN),
                        column("day", ValueType.DATE),
                        column("instant", ValueType.TIMESTAMP),
                        column("nothing", ValueType.NUMBER)),
                row(
                        value(new BigDecimal("12.50")),
                        value(0.1),
                        value("a\"b"),
                        value(true),
                        value(LocalDate.of(2026, 1, 5)),
                        value(AS_OF),
                        none(Absence.NO_DATA)));

        assertThat(ask(question("records", "")).response().body())
                .contains(
                        "{\"decimal\":12.50,\"double\":0.1,\"text\":\"a\\\"b\",\"flag\":true,\"day\":\"2026-01-05\","
                                + "\"instant\":\"2026-01-31T10:00:00Z\",\"nothing\":null}");
    }

    @Test
    void a_group_of_no_value_is_null_in_records_and_told_apart_in_rows() {
        answers(
                List.of(group("plan"), measure("n", null)),
                row(text(""), value(BigDecimal.ONE)),
                row(group(GroupValue.NONE), value(BigDecimal.TWO)),
                row(group(GroupValue.NO_ACCOUNT), value(BigDecimal.TEN)));

        var analysis = analyze("records rows { cells { text key } }");

        assertThat(analysis.at("/records").toString())
                .isEqualTo(
                        "[{\"plan\":\"\",\"n\":1},{\"plan\":null,\"n\":2},{\"plan\":null,\"n\":10}]");
        assertThat(analysis.findValuesAsString("key"))
                .containsExactly("VALUE", "", "NONE", "", "NO_ACCOUNT", "");
    }

    @Test
    void totals_stand_in_rows_and_nowhere_else() {
        answers(
                List.of(time(), group("plan"), measure("n", null)),
                row(bucket("2026-01-01"), text("pro"), value(BigDecimal.ONE)),
                row(
                        RowKind.TOTAL_OVER_GROUPS,
                        bucket("2026-01-01"),
                        group(GroupValue.TOTAL),
                        value(BigDecimal.ONE)),
                row(
                        RowKind.GRAND_TOTAL,
                        new Cell.Time(null, null, Set.of()),
                        group(GroupValue.TOTAL),
                        value(BigDecimal.ONE)));

        var analysis =
                analyze("records series { points { value } } rows { kind cells { text key } }");

        assertThat(analysis.at("/records")).hasSize(1);
        assertThat(analysis.at("/series/0/points")).hasSize(1);
        assertThat(analysis.at("/rows").valueStream().map(row -> row.path("kind").asString()))
                .containsExactly("CELL", "TOTAL_OVER_GROUPS", "GRAND_TOTAL");
        assertThat(analysis.at("/rows/2/cells/1/key").asString()).isEqualTo("TOTAL");
        assertThat(analysis.at("/rows/2/cells/0/text").isNull()).isTrue();
    }

    @Test
    void a_cell_says_all_that_is_known_of_its_value() {
        answers(
                List.of(measure("rate", null)),
                row(
                        new Cell.Value(
                                new Measured(
                                        0.375, new BigDecimal("3"), new BigDecimal("8"), 8L, null),
                                Set.of(Incomplete.CUT_BY_RANGE, Incomplete.BUCKET_NOT_OVER))));

        assertThat(cell().toString())
                .isEqualTo(
                        "{\"column\":\"rate\",\"text\":\"0.375\",\"number\":0.375,\"exact\":null,\"numerator\":\"3\","
                                + "\"denominator\":\"8\",\"complete\":false,\"incompleteBecause\":[\"BUCKET_NOT_OVER\",\"CUT_BY_RANGE\"],"
                                + "\"key\":null,\"sampleSize\":8,\"absence\":null}");
    }

    private static Cell.Value uncertain(Uncertainty uncertainty) {
        return new Cell.Value(
                new Measured(
                        20.0,
                        null,
                        null,
                        10L,
                        null,
                        List.of(),
                        List.of(),
                        0,
                        null,
                        false,
                        uncertainty),
                Set.of());
    }

    @Test
    void a_value_has_an_interval_or_a_reason_for_none() {
        answers(
                List.of(measure("nps", null), measure("sent", null)),
                row(
                        uncertain(
                                new Uncertainty(
                                        20.0,
                                        29.5,
                                        10.0,
                                        new Interval(-45.5, 85.5, Method.STUDENT),
                                        null,
                                        new Change(-1.5, 0.125),
                                        null)),
                        uncertain(Uncertainty.none(NoInterval.NOT_A_MEAN))));

        assertThat(
                        analyze(
                                        "rows { cells { standardError effectiveN interval { low high method } noInterval change { z p } } }")
                                .at("/rows/0/cells")
                                .toString())
                .isEqualTo(
                        "[{\"standardError\":29.5,\"effectiveN\":10.0,\"interval\":{\"low\":-45.5,\"high\":85.5,\"method\":\"STUDENT\"},\"noInterval\":null,\"change\":{\"z\":-1.5,\"p\":0.125}},"
                                + "{\"standardError\":null,\"effectiveN\":null,\"interval\":null,\"noInterval\":\"NOT_A_MEAN\",\"change\":null}]");
        assertThat(
                        analyze("series { points { value interval { low high } } }")
                                .at("/series/0/points/0/interval")
                                .toString())
                .isEqualTo("{\"low\":-45.5,\"high\":85.5}");
    }

    @Test
    void an_interval_is_computed_only_where_one_of_its_fields_is_selected() {
        for (var selection :
                List.of(
                        "rows { cells { standardError } }",
                        "rows { cells { effectiveN } }",
                        "rows { cells { change { p } } }",
                        "rows { cells { interval { low } } }",
                        "rows { cells { noInterval } }",
                        "rows { ... on AnalysisRow { cells { ... on Cell { why: noInterval } } } }",
                        "series { points { interval { high } } }")) {
            analyze(selection);
            assertThat(analyses.asked.getLast().uncertainty()).as(selection).isTrue();
        }

        analyze("rows { cells { number sampleSize } } series { points { value } }");
        assertThat(analyses.asked.getLast().uncertainty()).isFalse();
    }

    @Test
    void an_exact_number_is_given_exactly() {
        answers(
                List.of(measure("revenue", null)),
                row(value(new BigDecimal("12345678901234567.10"))));

        assertThat(cell().path("exact").asString()).isEqualTo("12345678901234567.10");
        assertThat(cell().path("text").asString()).isEqualTo("12345678901234567.10");
    }

    @Test
    void no_value_comes_with_its_reason() {
        for (Absence absence : Absence.values()) {
            answers(
                    List.of(measure("rate", null)),
                    row(
                            new Cell.Value(
                                    new Measured(null, 0.0, BigDecimal.ZERO, 0L, absence),
                                    Set.of())));

            assertThat(cell().path("absence").asString()).isEqualTo(absence.name());
            assertThat(cell().path("number").isNull()).isTrue();
            assertThat(cell().path("text").isNull()).isTrue();
            assertThat(cell().path("denominator").asString()).isEqualTo("0");
            assertThat(cell().path("complete").asBoolean()).isTrue();
        }
    }

    @Test
    void a_number_too_large_for_a_float_is_still_exact() {
        var large = new BigDecimal("1e400");
        answers(List.of(measure("n", null)), row(value(large)));

        assertThat(cell().path("number").isNull()).isTrue();
        assertThat(cell().path("exact").asString()).isEqualTo(large.toPlainString());
    }

    @Test
    void a_sample_larger_than_an_int_saturates() {
        answers(
                List.of(measure("n", null)),
                row(
                        new Cell.Value(
                                new Measured(BigDecimal.ONE, null, null, 5_000_000_000L, null),
                                Set.of())));

        assertThat(cell().path("sampleSize").asInt()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void a_score_has_contributions_of_its_parts() {
        answers(
                List.of(measure("health", null)),
                row(
                        new Cell.Value(
                                new Measured(
                                        48.5,
                                        null,
                                        null,
                                        null,
                                        null,
                                        List.of(
                                                new Measured.Contribution("use", 44.5),
                                                new Measured.Contribution(null, 4.0),
                                                new Measured.Contribution("nps", null))),
                                Set.of())));

        assertThat(
                        analyze("rows { cells { contributions { name value } } }")
                                .at("/rows/0/cells/0/contributions")
                                .toString())
                .isEqualTo(
                        "[{\"name\":\"use\",\"value\":44.5},{\"name\":null,\"value\":4.0},{\"name\":\"nps\",\"value\":null}]");
    }

    @Test
    void a_time_of_survival_has_a_curve_though_it_has_no_value() {
        var curve =
                SurvivalCurve.of(
                        List.of(
                                new SurvivalCurve.Counted(2, 1, 0),
                                new SurvivalCurve.Counted(3.5, 0, 1)),
                        true);
        answers(
                List.of(measure("stay", null), measure("visit", null), measure("sent", null)),
                row(
                        withoutValue(Uncertainty.none(NoInterval.NO_VALUE).with(curve)),
                        withoutValue(
                                Uncertainty.none(NoInterval.NO_VALUE)
                                        .with(new SurvivalCurve(4001, List.of()))),
                        withoutValue(Uncertainty.none(NoInterval.NO_VALUE))));

        var cells =
                analyze(
                                "rows { cells { survival { times steps { time atRisk ended censored share standardError } } } }")
                        .at("/rows/0/cells");

        // One of two is left: sqrt(1 / (2 * 1)) / 2 is its error.
        assertThat(cells.at("/0/survival").toString())
                .isEqualTo(
                        "{\"times\":2,\"steps\":[{\"time\":2.0,\"atRisk\":2.0,\"ended\":1.0,\"censored\":0.0,\"share\":0.5,\"standardError\":0.3535533905932738},{\"time\":3.5,\"atRisk\":1.0,\"ended\":0.0,\"censored\":1.0,\"share\":0.5,\"standardError\":0.3535533905932738}]}");
        assertThat(cells.at("/1/survival").toString()).isEqualTo("{\"times\":4001,\"steps\":[]}");
        assertThat(cells.at("/2/survival").isNull()).isTrue();
    }

    private static Cell.Value withoutValue(Uncertainty uncertainty) {
        return new Cell.Value(
                new Measured(null, null, null, null, Absence.NO_DATA).with(uncertainty), Set.of());
    }

    @Test
    void a_series_is_one_measure_of_one_group_in_time_order() {
        answers(
                List.of(time(), group("plan"), measure("n", null), measure("m", null)),
                row(bucket("2026-02-01"), text("pro"), value(new BigDecimal("5")), value(0.5)),
                row(
                        bucket("2026-01-01"),
                        text("free"),
                        value(new BigDecimal("2")),
                        none(Absence.ZERO_BASE)),
                row(bucket("2026-01-01"), text("pro"), value(new BigDecimal("4")), value(0.25)));

        var series =
                analyze("series { measure group keys points { at value absence complete } }")
                        .at("/series");

        assertThat(
                        series.valueStream()
                                .map(one -> one.path("measure").asString() + one.path("group")))
                .containsExactly("n[\"pro\"]", "n[\"free\"]", "m[\"pro\"]", "m[\"free\"]");
        assertThat(series.get(0).path("points").toString())
                .isEqualTo(
                        "[{\"at\":\"2026-01-01T00:00:00Z\",\"value\":4.0,\"absence\":null,\"complete\":true},"
                                + "{\"at\":\"2026-02-01T00:00:00Z\",\"value\":5.0,\"absence\":null,\"complete\":true}]");
        assertThat(series.get(3).path("points").toString())
                .isEqualTo(
                        "[{\"at\":\"2026-01-01T00:00:00Z\",\"value\":null,\"absence\":\"ZERO_BASE\",\"complete\":true}]");
    }

    @Test
    void users_of_two_accounts_have_a_series_each_even_if_they_have_one_key() {
        answers(
                List.of(group("user"), measure("n", null)),
                annOf("acme", BigDecimal.ONE),
                annOf("bolt", BigDecimal.TWO));

        var series = analyze("series { group points { value } }").at("/series");

        assertThat(series.toString())
                .isEqualTo(
                        "[{\"group\":[\"ann\"],\"points\":[{\"value\":1.0}]},"
                                + "{\"group\":[\"ann\"],\"points\":[{\"value\":2.0}]}]");
    }

    private static Row annOf(String account, BigDecimal value) {
        return new Row(
                RowKind.CELL,
                List.of(text("ann"), value(value)),
                List.of(GroupValue.of("ann"), GroupValue.of(account)));
    }

    @Test
    void series_of_no_value_no_account_and_empty_text_are_three() {
        answers(
                List.of(group("plan"), measure("n", null)),
                row(text(""), value(BigDecimal.ONE)),
                row(group(GroupValue.NONE), value(BigDecimal.TWO)),
                row(group(GroupValue.NO_ACCOUNT), value(BigDecimal.TEN)));

        var series = analyze("series { group keys points { at value } }").at("/series");

        assertThat(series.valueStream().map(one -> one.path("group") + " " + one.path("keys")))
                .containsExactly(
                        "[\"\"] [\"VALUE\"]", "[\"\"] [\"NONE\"]", "[\"\"] [\"NO_ACCOUNT\"]");
        assertThat(series.get(0).at("/points/0/at").isNull()).isTrue();
    }

    @Test
    void a_measure_that_is_no_number_has_no_series() {
        answers(
                List.of(column("latest", ValueType.TEXT), measure("n", null)),
                row(value("pro"), value(BigDecimal.ONE)));

        assertThat(analyze("series { measure }").at("/series").findValuesAsString("measure"))
                .containsExactly("n");
    }

    @Test
    void columns_say_what_they_are() {
        catalogs.has(metric("revenue", "sum(invoice.amount)"));
        answers(
                List.of(
                        time(),
                        new Column(
                                "rev",
                                "Revenue",
                                Role.MEASURE,
                                ValueType.NUMBER,
                                MetricUnit.MONEY,
                                "GBP",
                                "revenue",
                                Direction.HIGHER),
                        measure("inline", null)));

        var columns =
                analyze(
                                "columns { key label role valueType unit currency direction metric { key version } }")
                        .at("/columns");

        assertThat(columns.get(1).toString())
                .isEqualTo(
                        "{\"key\":\"rev\",\"label\":\"Revenue\",\"role\":\"MEASURE\",\"valueType\":\"NUMBER\",\"unit\":\"MONEY\","
                                + "\"currency\":\"GBP\",\"direction\":\"HIGHER_IS_BETTER\",\"metric\":{\"key\":\"revenue\",\"version\":3}}");
        assertThat(columns.get(0).path("metric").isNull()).isTrue();
        assertThat(columns.get(2).path("metric").isNull()).isTrue();
    }

    @Test
    void metrics_of_columns_are_looked_up_at_once() {
        catalogs.has(metric("a", "1"), metric("b", "2"), metric("c", "3"));
        answers(List.of(measure("a", "a"), measure("b", "b"), measure("c", "c")));

        analyze("columns { metric { key } }");

        assertThat(catalogs.calls).containsExactly("catalog");
    }

    @Test
    void the_page_says_how_to_go_on() {
        analyses.answers(new AnalysisResult(List.of(), List.of(), true, "next", AS_OF, List.of()));

        var first =
                ask(question("pageInfo { hasNextPage hasPreviousPage startCursor endCursor }", ""));
        var second = ask(question("pageInfo { hasPreviousPage }", "after: \"next\""));

        assertThat(first.json().at("/data/analyze/pageInfo").toString())
                .isEqualTo(
                        "{\"hasNextPage\":true,\"hasPreviousPage\":false,\"startCursor\":null,\"endCursor\":\"next\"}");
        assertThat(second.json().at("/data/analyze/pageInfo/hasPreviousPage").asBoolean()).isTrue();
        assertThat(analyses.asked.getLast().after()).isEqualTo("next");
    }

    @Test
    void notices_and_as_of_come_along() {
        analyses.answers(
                new AnalysisResult(
                        List.of(),
                        List.of(),
                        false,
                        null,
                        AS_OF,
                        List.of(new Notice("LATE_DATA", "Until 2026-01-30.", null))));

        assertThat(analyze("asOf notices { code message }").toString())
                .isEqualTo(
                        "{\"asOf\":\"2026-01-31T10:00:00Z\",\"notices\":[{\"code\":\"LATE_DATA\",\"message\":\"Until 2026-01-30.\"}]}");
    }

    @Test
    void all_faces_are_of_one_computation() {
        answers(List.of(measure("n", null)), row(value(BigDecimal.ONE)));

        analyze(
                "columns { key } records series { measure } rows { kind } pageInfo { hasNextPage }");

        assertThat(analyses.asked).hasSize(1);
    }

    @Test
    void a_face_not_selected_is_not_made() {
        // A value that no face can give: asking for columns alone still works.
        answers(List.of(measure("n", null)), row(value(Double.NaN)));

        assertThat(analyze("columns { key }").at("/columns")).hasSize(1);
    }

    private void answers(List<Column> columns, Row... rows) {
        analyses.answers(new AnalysisResult(columns, List.of(rows), false, null, AS_OF, List.of()));
    }

    private static Column column(String key, ValueType type) {
        return new Column(key, key, Role.MEASURE, type, null, null, null, null);
    }

    private static Cell none(Absence absence) {
        return new Cell.Value(new Measured(null, null, null, null, absence), Set.of());
    }

    private JsonNode cell() {
        return analyze(
                        "rows { cells { column text number exact numerator denominator complete incompleteBecause key sampleSize absence } }")
                .at("/rows/0/cells/0");
    }

    private JsonNode analyze(String selection) {
        var reply = ask(question(selection, ""));
        assertThat(reply.json().path("errors")).as(reply.response().body()).isEmpty();
        return reply.json().at("/data/analyze");
    }

    private static String question(String selection, String more) {
        return "{ analyze(input: {metrics: [{metric: {key: \"n\"}}], timeRange: {last: {count: 1, grain: DAY}} %s}) { %s } }"
                .formatted(more, selection);
    }
}
