package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code baseline} and {@code baselines} over the small company, and their values beside later ones on every face. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BaselineCommandsTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private RunningCairn cairn;

    @BeforeAll
    void start() {
        cairn = new RunningCairn();
        SmallCompany.fill(cairn);
    }

    @AfterAll
    void stop() {
        cairn.close();
    }

    private String answer(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
        return said.output();
    }

    private String refusal(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).isEqualTo(1);
        return said.errors();
    }

    private JsonNode kept(String... words) {
        return JSON.readTree(answer(words)).path("baselines").path(0);
    }

    @Test
    void a_value_that_was_kept_stands_beside_the_same_and_later_ones_until_it_is_removed() {
        var kept =
                kept("baseline", "keep", "sample_revenue", "--range", "2026-02", "--format=json");
        var value = kept.path("value").decimalValue();
        assertThat(kept.path("key").asString()).isEqualTo("sample_revenue_baseline");
        assertThat(kept.path("metricVersion").asInt()).isEqualTo(1);

        var lines =
                answer(
                                "query",
                                "sample_revenue",
                                "--grain=month",
                                "--range=2026-01..2026-03",
                                "--baselines",
                                "--format=csv")
                        .lines()
                        .toList();
        assertThat(lines.getFirst())
                .isEqualTo(
                        "time,sample_revenue,sample_revenue.baseline,sample_revenue.difference,sample_revenue.relative");
        assertThat(lines.get(1)).endsWith(",,,");
        var own = lines.get(2).split(",");
        assertThat(own[1]).isEqualTo(own[2]);
        assertThat(Double.parseDouble(own[3])).isZero();
        var later = lines.get(3).split(",");
        assertThat(Double.parseDouble(later[3]))
                .isEqualTo(Double.parseDouble(later[1]) - value.doubleValue());

        var records =
                cairn.ask(
                                "{ analyze(input: {metrics: [{metric: {key: \"sample_revenue\"}}], timeRange: {between: {from: \"2026-02-01\", to: \"2026-03-01\"}}, baselines: true}) { records } }",
                                Map.of())
                        .at("/data/analyze/records/0");
        assertThat(records.path("sample_revenue.baseline").decimalValue())
                .isEqualByComparingTo(value);
        assertThat(answer("baselines", "sample_revenue")).contains("sample_revenue_baseline");

        assertThat(refusal("baseline", "keep", "sample_revenue", "--range", "2026-03"))
                .contains("was kept already: 'sample_revenue_baseline'", "[CONFLICT]");
        assertThat(
                        kept(
                                        "baseline",
                                        "keep",
                                        "sample_revenue",
                                        "--range=2026-03",
                                        "--replace",
                                        "--format=json")
                                .path("from")
                                .asString())
                .isEqualTo("2026-03-01");
        assertThat(answer("baseline", "remove", "sample_revenue_baseline"))
                .startsWith("Removed 1 baseline.");
        assertThat(answer("baselines", "sample_revenue")).isEqualTo("No baselines were kept.\n");
    }

    @Test
    void the_zone_of_its_days_is_shown_where_it_is_not_that_of_commands() {
        assertThat(
                        answer(
                                "baseline",
                                "keep",
                                "sample_nps",
                                "--range=2026-03",
                                "--zone=Europe/Berlin",
                                "--key=in_berlin",
                                "--validate-only"))
                .contains("from 2026-03-01 until 2026-04-01 in Europe/Berlin");
    }

    @Test
    void the_value_of_its_own_days_is_told_and_not_tested() {
        answer("baseline", "keep", "sample_nps", "--range=2026-03", "--key=own_days");

        var answer =
                cairn.ask(
                                "{ analyze(input: {metrics: [{metric: {key: \"sample_nps\"}}], timeRange: {between: {from: \"2026-03-01\", to: \"2026-04-01\"}}, baselines: true}) "
                                        + "{ records rows { cells { standardError } } notices { code message } } }",
                                Map.of())
                        .at("/data/analyze");
        var record = answer.at("/records/0");

        assertThat(record.path("sample_nps.difference").asDouble()).isZero();
        assertThat(record.path("sample_nps.difference.p").isNull()).isTrue();
        assertThat(record.path("sample_nps.difference.verdict").asString())
                .isEqualTo("NOT_ENOUGH_DATA");
        assertThat(answer.path("notices").toString())
                .contains("BASELINE_NOT_TESTED", "of the very days of 'own_days'");
        answer("baseline", "remove", "own_days");
    }

    @Test
    void with_intervals_it_is_said_whether_a_difference_is_more_than_chance() {
        answer("baseline", "keep", "sample_nps", "sample_revenue", "--range", "2026-Q1");

        var answer =
                cairn.ask(
                                "{ analyze(input: {metrics: [{metric: {key: \"sample_nps\"}}, {metric: {key: \"sample_revenue\"}}], timeRange: {between: {from: \"2026-04-01\", to: \"2026-07-01\"}}, baselines: true}) "
                                        + "{ records rows { cells { standardError } } notices { code message } } }",
                                Map.of())
                        .at("/data/analyze");
        var record = answer.at("/records/0");
        double low = record.path("sample_nps.difference.low").asDouble();
        double high = record.path("sample_nps.difference.high").asDouble();
        assertThat((low + high) / 2)
                .isCloseTo(record.path("sample_nps.difference").asDouble(), within(1e-9));
        boolean beyond = low > 0 || high < 0;
        assertThat(record.path("sample_nps.difference.p").asDouble() < 0.05).isEqualTo(beyond);
        assertThat(record.path("sample_nps.difference.verdict").asString())
                .isEqualTo(beyond ? "MOVED" : "NO_EVIDENCE");
        assertThat(record.path("sample_revenue.difference.verdict").asString())
                .isEqualTo("NOT_ENOUGH_DATA");
        assertThat(answer.path("notices").toString())
                .contains("BASELINE_NOT_TESTED", "no standard error was kept");
        answer("baseline", "remove", "sample_nps_baseline", "sample_revenue_baseline");
    }

    @Test
    void options_that_are_wrong_hide_no_names_and_nothing_is_kept() {
        assertThat(
                        refusal(
                                "baseline",
                                "keep",
                                "sample_np",
                                "--range=2026-Q1",
                                "--zone=Europe/Pariss",
                                "--account=nobody"))
                .contains(
                        "--zone: 'Europe/Pariss' is not a time zone",
                        "No metric 'sample_np'. Did you mean 'sample_nps'? [UNKNOWN_METRIC]",
                        "--for: There is no account 'nobody'. [BAD_VALUE]");
        assertThat(
                        refusal(
                                "baseline",
                                "keep",
                                "sample_nps",
                                "--range=2026-Q1",
                                "--zone=Europe/Pariss",
                                "--key=of_no_zone"))
                .contains("--zone: ");
        assertThat(answer("baselines")).doesNotContain("of_no_zone");
    }

    @Test
    void what_is_no_sound_value_to_keep_is_refused_with_its_reason() {
        assertThat(refusal("baseline", "keep", "sample_np", "--range=2026-Q1"))
                .contains("No metric 'sample_np'. Did you mean 'sample_nps'? [UNKNOWN_METRIC]");
        assertThat(refusal("baseline", "keep", "sample_nps", "--range=2026-03..2026-01"))
                .contains("[BAD_RANGE]");
        assertThat(refusal("baseline", "keep", "sample_nps", "--range=2999"))
                .contains("--range: The time from 2999-01-01 until 3000-01-01 is not over");
        assertThat(refusal("baseline", "keep", "sample_nps", "--range", "last 3 months"))
                .contains("A baseline is of days that are said");
        assertThat(refusal("baseline", "keep", "sample_nps", "--range=2019"))
                .contains("[NOT_ENOUGH_DATA]");
        assertThat(refusal("baseline", "keep", "sample_nps", "--range=2026-Q1", "--account=nobody"))
                .contains("--for: There is no account 'nobody'. [BAD_VALUE]");
        assertThat(
                        refusal(
                                "baseline",
                                "keep",
                                "sample_nps",
                                "--range=2026-Q1",
                                "--for=account.pln=pro"))
                .contains("Did you mean 'account.plan'? [UNKNOWN_DIMENSION]");
        assertThat(
                        refusal(
                                "baseline",
                                "keep",
                                "sample_nps",
                                "--range=2026-Q1",
                                "--key=sample_revenue"))
                .contains("--key: 'sample_revenue' is the name of a metric already");
        assertThat(refusal("baseline", "remove", "sample_nps"))
                .contains("There is no baseline 'sample_nps'. [BAD_VALUE]");
        assertThat(cairn.inside("baseline", "keep", "sample_nps").exit()).isEqualTo(2);
        assertThat(cairn.inside("baseline", "remove", "x", "--level").exit()).isEqualTo(2);
        assertThat(answer("baselines")).isEqualTo("No baselines were kept.\n");
    }
}
