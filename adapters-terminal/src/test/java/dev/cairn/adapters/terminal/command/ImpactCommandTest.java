package dev.cairn.adapters.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.terminal.display.Glyphs;
import dev.cairn.adapters.terminal.display.ImpactLines;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.ImpactUseCase;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.impact.Impact;
import dev.cairn.domain.impact.Impact.Effect;
import dev.cairn.domain.impact.Impact.Estimand;
import dev.cairn.domain.impact.Impact.OfMetric;
import dev.cairn.domain.impact.Impact.Reason;
import dev.cairn.domain.impact.Impact.Reason.Code;
import dev.cairn.domain.impact.Impact.Side;
import dev.cairn.domain.impact.Impact.Step;
import dev.cairn.domain.impact.Impact.Verdict;
import dev.cairn.domain.impact.ImpactQuery;
import dev.cairn.domain.impact.ImpactQuery.Unit;
import dev.cairn.domain.impact.ImpactWindows;
import dev.cairn.domain.impact.ImpactWindows.Days;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.statistics.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImpactCommandTest {
    private static final LocalDate CHANGED_ON = LocalDate.of(2026, 3, 2);

    /** Up by 40 of 100, from 20 to 60; who looks every day is told from 10 to 70. */
    private static Effect effect(@Nullable Interval sequential) {
        return new Effect(
                40,
                new Interval(20, 60),
                0.4,
                new Interval(0.2, 0.6),
                0.0004,
                0.0008,
                29,
                null,
                null,
                sequential,
                null,
                null,
                null);
    }

    private static OfMetric logins(@Nullable Interval sequential) {
        return new OfMetric(
                "logins",
                "Logins",
                MetricUnit.COUNT,
                null,
                Direction.HIGHER,
                Estimand.MEAN_OF_ACCOUNTS,
                new Side(100.0, 150.0, 73, 72),
                new Side(110.0, 120.0, 65, 64),
                effect(sequential),
                Verdict.IMPROVED,
                List.of(new Reason(Code.BEYOND_CHANCE, "Chance alone would seldom do this.")),
                List.of());
    }

    private static final OfMetric UNKNOWN =
            new OfMetric(
                    "votes",
                    "Votes",
                    null,
                    null,
                    Direction.NEUTRAL,
                    Estimand.MEAN_OF_ACCOUNTS,
                    new Side(null, null, 0, 0),
                    new Side(null, null, 0, 0),
                    null,
                    Verdict.NOT_ENOUGH_DATA,
                    List.of(new Reason(Code.TOO_FEW_UNITS, "Too few have a value.")),
                    List.of());

    private static Impact impact(OfMetric... metrics) {
        return new Impact(
                "Guided setup",
                ImpactWindows.of(CHANGED_ON, 30, 7),
                Instant.parse("2026-06-01T00:00:00Z"),
                73,
                65,
                null,
                List.of(metrics),
                List.of(
                        new Reason(
                                Code.NOT_WHOLE_WEEKS, "Windows of 30 days are no whole weeks.")));
    }

    private static final class Answers implements ImpactUseCase {
        private final List<ImpactQuery> asked = new ArrayList<>();
        private final Outcome outcome;

        Answers(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public Outcome impact(ImpactQuery query, Caller caller, Deadline deadline) {
            assertThat(caller).isEqualTo(Caller.LOCAL);
            asked.add(query);
            return outcome;
        }
    }

    private static Answers answers(OfMetric... metrics) {
        return new Answers(new ImpactUseCase.Outcome.Assessed(impact(metrics)));
    }

    private static String line(String output, String begin) {
        return output.lines().filter(line -> line.startsWith(begin)).findFirst().orElseThrow();
    }

    /** On a screen that is wide enough for all columns, wherever the test runs. */
    private static String shown(OfMetric... metrics) {
        return String.join(
                "\n", new ImpactLines(impact(metrics)).lines(new Screen(140, Glyphs.ASCII)));
    }

    @Test
    void it_is_said_what_was_compared_and_why_each_verdict_is_what_it_is() {
        var said =
                FakeCairn.with(answers(logins(null), UNKNOWN))
                        .execute("impact", "logins", "votes", "--change=M1", "--against=others");

        assertThat(said.exit()).as(said.errors()).isZero();
        assertThat(said.output().lines())
                .containsSubsequence(
                        "Guided setup, 2026-03-02: 2026-03-09 to 2026-04-07 beside 2026-01-31 to 2026-03-01.",
                        "73 accounts that it concerned, 65 to compare with.",
                        "logins: IMPROVED",
                        "  Chance alone would seldom do this.",
                        "votes: NOT_ENOUGH_DATA",
                        "  Too few have a value.",
                        "Windows of 30 days are no whole weeks.");
    }

    @Test
    void a_metric_is_shown_with_both_groups_and_its_effect() {
        var shown = shown(logins(null), UNKNOWN);

        assertThat(line(shown, "logins").split(" +"))
                .containsExactly(
                        "logins",
                        "IMPROVED",
                        "100",
                        "150",
                        "72",
                        "110",
                        "120",
                        "64",
                        "40",
                        "20",
                        "60",
                        "0.00080",
                        "29");
        assertThat(line(shown, "votes").split(" +"))
                .containsExactly(
                        "votes",
                        "NOT_ENOUGH_DATA",
                        "-",
                        "-",
                        "0",
                        "-",
                        "-",
                        "0",
                        "-",
                        "-",
                        "-",
                        "-",
                        "-");
    }

    @Test
    void effects_are_bars_in_percent_of_what_was_before() {
        var bars =
                shown(logins(null), UNKNOWN)
                        .lines()
                        .dropWhile(line -> !line.startsWith("Effect in percent"))
                        .takeWhile(line -> !line.isEmpty())
                        .toList();

        assertThat(bars).hasSize(3);
        assertThat(bars.get(1)).startsWith("logins  +40.0%");
        assertThat(bars.get(2).strip()).startsWith("+0.0%").endsWith("+60.0%");
    }

    @Test
    void who_looks_every_day_is_shown_the_interval_that_holds_then() {
        var shown = shown(logins(new Interval(10, 70)));

        assertThat(line(shown, "logins").split(" +")).containsSequence("40", "10", "70");
        assertThat(shown).contains("+70.0%").doesNotContain("+60.0%");
    }

    /** 10, 20 and a week without a value before the change, 30 and 40 after it, others at 10 all the time. */
    private static OfMetric withCourse() {
        var metric = logins(null);
        var steps = new ArrayList<Step>();
        var values = Arrays.asList(10.0, 20.0, null, 30.0, 40.0);
        for (int week = 0; week < values.size(); week++) {
            var from = CHANGED_ON.plusWeeks(week - 3);
            steps.add(
                    new Step(new Days(from, from.plusWeeks(1)), values.get(week), 10.0, week == 1));
        }
        return new OfMetric(
                metric.key(),
                metric.label(),
                metric.unit(),
                metric.currency(),
                metric.direction(),
                metric.estimand(),
                metric.treated(),
                metric.comparison(),
                metric.effect(),
                metric.verdict(),
                metric.reasons(),
                steps);
    }

    @Test
    void how_a_metric_went_is_drawn_with_the_change_and_those_to_compare_with() {
        var course =
                shown(withCourse())
                        .lines()
                        .dropWhile(line -> !line.startsWith("logins by week"))
                        .takeWhile(line -> !line.isEmpty())
                        .toList();

        assertThat(course)
                .containsExactly(
                        "logins by week, * those to compare with; ? may still change, or is of broken or missing data:",
                        "40 +                  :     .-----",
                        "   |                  :     |",
                        "   |                  ------'",
                        "   |                  :",
                        "   |                  :",
                        "   |      .~~~~~      :",
                        "   |      |           :",
                        "10 +------'***********************",
                        "   +------------------------------",
                        "          ?",
                        "    2026-02-09        2026-03-02");
    }

    @Test
    void of_many_metrics_none_is_drawn() {
        assertThat(shown(withCourse(), withCourse(), withCourse(), withCourse()))
                .doesNotContain("by week");
    }

    @Test
    void all_that_is_typed_is_asked() {
        var answers = answers(logins(null));
        var said =
                FakeCairn.with(answers)
                        .execute(
                                "impact",
                                "logins",
                                "shared = count(activity)",
                                "--on=2026-03-02",
                                "--for=europe",
                                "--against=account.region != 'Europe'",
                                "--window=14",
                                "--gap=3",
                                "--where=account.plan = 'pro'",
                                "--share=0.5",
                                "--daily",
                                "--rows",
                                "--direction=lower",
                                "--zone=Europe/Paris",
                                "--as-of=2026-05-31T10:00:00Z");

        assertThat(said.exit()).as(said.errors()).isZero();
        assertThat(answers.asked)
                .containsExactly(
                        new ImpactQuery(
                                List.of(
                                        new AskedMetric(new MetricReference.ByKey("logins"), null),
                                        new AskedMetric(
                                                new MetricReference.Inline("count(activity)"),
                                                "shared")),
                                CHANGED_ON,
                                null,
                                new CohortReference.ByKey("europe"),
                                new CohortReference.Rule("account.region != 'Europe'"),
                                14,
                                3,
                                ZoneId.of("Europe/Paris"),
                                "account.plan = 'pro'",
                                Instant.parse("2026-05-31T10:00:00Z"),
                                true,
                                0.5,
                                Unit.ROW,
                                true,
                                Direction.LOWER));
    }

    @Test
    void programs_are_given_all_of_it() {
        var output =
                FakeCairn.with(answers(logins(null)))
                        .execute("impact", "logins", "--change=M1", "--format=json")
                        .output();

        assertThat(output)
                .contains(
                        "\"verdict\" : \"IMPROVED\"",
                        "\"code\" : \"BEYOND_CHANCE\"",
                        "\"adjustedP\" : 8.0E-4",
                        "\"sequential\" : null");
    }

    @Test
    void what_is_wrong_is_told_by_the_option_that_it_was_typed_with() {
        var refusing =
                new Answers(
                        new ImpactUseCase.Outcome.Rejected(
                                List.of(
                                        Problem.of(
                                                ProblemCode.BAD_RANGE,
                                                Place.of("windowDays"),
                                                "The time after is not over."),
                                        Problem.of(
                                                ProblemCode.BAD_VALUE,
                                                Place.of("treatedShare"),
                                                "No share."))));
        var said = FakeCairn.with(refusing).execute("impact", "logins", "--change=M1");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.output()).isEmpty();
        assertThat(said.errors())
                .contains("--window", "[BAD_RANGE]", "--share", "[BAD_VALUE]")
                .doesNotContain("windowDays");
    }

    @Test
    void a_day_that_cannot_be_read_is_not_asked() {
        var answers = answers(logins(null));
        var said = FakeCairn.with(answers).execute("impact", "logins", "--on=2 March");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.errors()).contains("--on", "'2 March' is not a day");
        assertThat(answers.asked).isEmpty();
    }
}
