package dev.cairn.domain.separation;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.planner.SourcesRead;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.separation.MetricAudit.Gap;
import dev.cairn.domain.separation.MetricAudit.SourceGrade;
import dev.cairn.domain.separation.Separation.Code;
import dev.cairn.domain.separation.Separation.Reason;
import dev.cairn.domain.separation.Separation.Verdict;
import dev.cairn.domain.separation.SeparationCheck.Checked;
import dev.cairn.domain.separation.SeparationQuestion.When;
import dev.cairn.domain.statistics.Groups;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeparationsTest {
    private static final Instant NOW = Instant.parse("2026-09-01T00:00:00Z");
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
    private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);
    private static final Window SPRING = new Window.Dates(MARCH, JUNE);

    private static Catalog catalog(@Nullable Window window) {
        return shop().define(new Success("s", "S", "", null, "count(event) > 3", window, "seats"))
                .build();
    }

    private static SeparationQuery query(String formula) {
        return new SeparationQuery(
                new MetricReference.Inline(formula),
                "s",
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                0,
                false,
                ZoneOffset.UTC,
                null);
    }

    private static SeparationQuery query(
            @Nullable LocalDate from, @Nullable LocalDate to, @Nullable Integer days, int slices) {
        var plain = query("count(event)");
        return new SeparationQuery(
                plain.metric(),
                "s",
                from,
                to,
                days,
                null,
                null,
                slices > 0 ? "account.plan" : null,
                slices > 0 ? List.of(4, 8) : List.of(),
                slices,
                false,
                ZoneOffset.UTC,
                null);
    }

    private static SeparationQuestion sound(SeparationQuery query, @Nullable Window window) {
        return ((Checked.Sound) SeparationCheck.of(query, catalog(window), NOW)).question();
    }

    private static List<String> problems(SeparationQuery query, @Nullable Window window) {
        return ((Checked.Unsound) SeparationCheck.of(query, catalog(window), NOW))
                .problems().stream()
                        .map(problem ->
                                problem.code() + " " + String.join(".", problem.place().path()))
                        .toList();
    }

    @Test
    void a_metric_is_read_as_it_was_known_before_success_is_decided() {
        var question = sound(query("count(event)"), SPRING);

        var features = question.features();
        assertThat(features.asOf()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(features.range()).isEqualTo(new AskedRange.Between(MARCH.minusDays(90), MARCH));
        assertThat(features.metrics())
                .extracting(metric -> String.valueOf(metric.as()))
                .containsExactly("metric", "start_of_account", "size_of_account");
        var labels = question.labels();
        assertThat(labels).isNotNull();
        assertThat(labels.range()).isEqualTo(new AskedRange.Between(MARCH, JUNE));
        assertThat(labels.asOf()).isEqualTo(NOW);
        assertThat(question.lead(4).asOf()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(question.earlier(1))
                .isEqualTo(
                        new When.Dates(
                                LocalDate.of(2025, 9, 1),
                                LocalDate.of(2025, 12, 1),
                                LocalDate.of(2025, 12, 1),
                                MARCH));
    }

    @Test
    void what_is_read_of_the_time_in_which_success_is_decided_is_refused() {
        assertThat(problems(query(null, JUNE, null, 0), SPRING))
                .containsExactly("LEAKAGE timeRange");
        assertThat(problems(query(MARCH, MARCH.plusDays(1), null, 0), SPRING))
                .containsExactly("LEAKAGE timeRange");
        assertThat(problems(query(null, null, 29, 0), new Window.Days("signed", 28, 90)))
                .containsExactly("LEAKAGE days");
        assertThat(
                        problems(
                                query("count(event) over last 28 days"),
                                new Window.Days("signed", 28, 90)))
                .containsExactly("LEAKAGE metric");
        assertThat(problems(query("prior(count(event))"), new Window.Days("signed", 28, 90)))
                .containsExactly("LEAKAGE metric");
    }

    @Test
    void numbers_that_are_wrong_are_told_once() {
        assertThat(problems(query(null, null, -1, 0), new Window.Days("signed", 28, 90)))
                .containsExactly("BAD_VALUE days");
    }

    /** A cohort over facts is that of the end of all time where days are counted from a date, and a list was written whenever. */
    @Test
    void cohorts_that_may_know_the_outcome_are_noticed() {
        var catalog =
                shop().define(
                                new Success(
                                        "s",
                                        "S",
                                        "",
                                        null,
                                        "count(event) > 3",
                                        new Window.Days("signed", 0, 90),
                                        null))
                        .rule("busy", "count(event) > 10")
                        .cohort("lost", "a1")
                        .build();
        assertThat(SeparationCheck.of(query("count(event where account in busy)"), catalog, NOW))
                .isInstanceOfSatisfying(
                        Checked.Unsound.class,
                        unsound ->
                                assertThat(unsound.problems())
                                        .extracting(Problem::code)
                                        .containsExactly(ProblemCode.LEAKAGE));
        assertThat(SeparationCheck.of(query("count(event where account in lost)"), catalog, NOW))
                .isInstanceOfSatisfying(
                        Checked.Sound.class,
                        sound -> assertThat(sound.attributes()).containsExactly("lost"));
    }

    @Test
    void without_a_time_in_which_success_is_decided_a_description_alone_is_given() {
        assertThat(problems(query("count(event)"), null)).containsExactly("LEAKAGE crossSectional");
    }

    /** The option has another name on the terminal; each tells the place by its own. */
    @Test
    void messages_name_no_option_of_one_face() {
        var answer = SeparationCheck.of(query("count(event)"), catalog(null), NOW);
        assertThat(((Checked.Unsound) answer).problems())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("ask for a cross-sectional answer")
                .doesNotContain("crossSectional");
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        var wrong =
                new SeparationQuery(
                        new MetricReference.ByKey("revenu"),
                        "t",
                        JUNE,
                        MARCH,
                        0,
                        null,
                        null,
                        null,
                        List.of(0),
                        9,
                        false,
                        ZoneOffset.UTC,
                        null);
        assertThat(problems(wrong, SPRING))
                .containsExactly(
                        "UNKNOWN_FIELD success",
                        "UNKNOWN_METRIC metric",
                        "BAD_VALUE leadWeeks",
                        "BAD_VALUE slices",
                        "BAD_VALUE days",
                        "CONFLICT days",
                        "BAD_RANGE timeRange");
        assertThat(
                        problems(
                                query("count(event)"),
                                new Window.Dates(MARCH, LocalDate.of(2026, 9, 2))))
                .containsExactly("BAD_RANGE success");
    }

    @Test
    void where_days_are_counted_from_a_date_both_are_read_at_once() {
        var question = sound(query("count(event)"), new Window.Days("signed", 0, 90));

        assertThat(question.labels()).isNull();
        assertThat(question.features().metrics())
                .extracting(metric -> ((MetricReference.Inline) metric.metric()).formula())
                .contains(
                        "avg(account : (\ncount(event)\n) over 90 days before signed)",
                        "sum(account : case when (\ncount(event) > 3\n) over 90 days from signed then 1 else 0 end)",
                        "max(account : trunc(signed, day))");
        assertThat(
                        question.placed(
                                List.of(
                                        Problem.of(
                                                ProblemCode.SYNTAX,
                                                Place.of("metrics", "0").at(2, 7),
                                                "No."))))
                .extracting(Problem::place)
                .containsExactly(Place.of("metric").at(1, 7));
    }

    private static Sample sample(int accounts, Map<String, IntToDoubleFunction> columns) {
        var keys = new ArrayList<>(columns.keySet());
        var builder = new Sample.Builder(keys, 1);
        for (int at = 0; at < accounts; at++) {
            builder.account("a" + at, List.of(at % 2 == 0 ? "even" : "odd"));
            for (int column = 0; column < keys.size(); column++) {
                double value = columns.get(keys.get(column)).applyAsDouble(at);
                builder.value(
                        column,
                        value,
                        Double.NaN,
                        Double.NaN,
                        Double.isNaN(value) ? Absence.NO_DATA : null,
                        true);
            }
        }
        return builder.sample(NOW);
    }

    private static double[] noise(int accounts, long seed) {
        var random = new SplittableRandom(seed);
        return IntStream.range(0, accounts).mapToDouble(_ -> random.nextInt(20)).toArray();
    }

    private static Separation separated(IntToDoubleFunction metric, IntToDoubleFunction size) {
        int accounts = 400;
        var question = sound(query(null, null, null, 2), SPRING);
        var features =
                sample(
                        accounts,
                        Map.of(
                                "metric",
                                metric,
                                SeparationQuestion.TENURE,
                                at -> noise(accounts, 5)[at],
                                SeparationQuestion.SIZE,
                                size));
        var labels = sample(accounts, Map.of(SeparationQuestion.LABEL, at -> at < 150 ? 1 : 0));
        return Separations.of(question, features, labels)
                .separation(
                        "metric",
                        "m",
                        Map.of(
                                4,
                                features,
                                8,
                                sample(accounts, Map.of("metric", at -> noise(accounts, 9)[at]))),
                        List.of(new Separations.Then(question.earlier(1), features, labels)),
                        List.of());
    }

    private static List<Code> codes(Separation separation) {
        return separation.reasons().stream().map(Reason::code).toList();
    }

    @Test
    void a_metric_that_tells_who_succeeds_is_actionable() {
        var noise = noise(400, 1);
        var separation = separated(at -> noise[at] + (at < 150 ? 7 : 0), at -> noise(400, 2)[at]);

        assertThat(separation.verdict()).as(separation.toString()).isEqualTo(Verdict.ACTIONABLE);
        assertThat(codes(separation)).containsExactly(Code.SEPARATES);
        assertThat(separation.whole().successes()).isEqualTo(150);
        assertThat(separation.whole().others()).isEqualTo(250);
        assertThat(separation.segments())
                .extracting(Separation.Segment::value)
                .containsExactly("even", "odd");
        assertThat(separation.trivial())
                .extracting(Separation.Trivial::missing)
                .containsExactly(null, null);
        assertThat(separation.separatesAhead()).isEqualTo(4);
        assertThat(separation.slices().getFirst().stability()).isZero();
    }

    @Test
    void a_metric_that_both_groups_have_as_much_of_is_vanity() {
        var noise = noise(400, 21);
        var separation = separated(at -> noise[at], at -> noise(400, 2)[at]);

        assertThat(separation.verdict()).as(separation.toString()).isEqualTo(Verdict.VANITY);
        assertThat(separation.separatesAhead()).isNull();
    }

    @Test
    void a_baseline_that_nothing_is_known_of_is_told() {
        assertThat(missing("", SPRING))
                .containsExactly(
                        "TENURE no attribute of accounts says since when they are there (marks: start)",
                        "SIZE 's' says no size of an account (size)");
        assertThat(missing("", new Window.Days("signed", 0, 90)))
                .first()
                .isEqualTo(
                        "TENURE no attribute of accounts besides signed, from which the days are counted, says since when they are there");
        assertThat(missing("seats", SPRING)).hasSize(1);
    }

    private static List<String> missing(String size, Window window) {
        var question =
                new SeparationQuestion(
                        query("count(event)"),
                        new Success("s", "S", "", null, "r", window, size.isEmpty() ? null : size),
                        List.of(new SeparationQuestion.Asked("metric", "count(event)", null)),
                        sound(query("count(event)"), window).when(),
                        null,
                        NOW);
        var features =
                sample(
                        4,
                        Map.of(
                                "metric",
                                at -> at,
                                SeparationQuestion.LABEL,
                                at -> at % 2,
                                SeparationQuestion.ANCHOR,
                                _ -> 0));
        return Separations.of(question, features, null).ofAccounts().stream()
                .filter(trivial -> trivial.missing() != null)
                .map(trivial -> trivial.baseline() + " " + trivial.missing())
                .toList();
    }

    @Test
    void a_metric_that_all_have_the_same_of_is_told_as_such() {
        var separation = separated(_ -> 7, at -> noise(400, 2)[at]);

        assertThat(separation.verdict()).as(separation.toString()).isEqualTo(Verdict.VANITY);
        assertThat(separation.reasons())
                .contains(
                        new Reason(
                                Code.CONSTANT,
                                "All 400 accounts with a value have the same one: it can tell none from another."));
        assertThat(codes(separated(at -> at == 0 ? 8 : 7, at -> noise(400, 2)[at])))
                .contains(Code.NO_SIGNAL)
                .doesNotContain(Code.CONSTANT);
        // Those that succeed lie between the others, and none is of one value.
        assertThat(codes(separated(at -> at < 150 ? 1 : at % 2 * 2, at -> noise(400, 2)[at])))
                .doesNotContain(Code.CONSTANT);
    }

    @Test
    void what_size_tells_by_itself_is_no_merit_of_a_metric() {
        var noise = noise(400, 1);
        IntToDoubleFunction telling = at -> noise[at] + (at < 150 ? 7 : 0);
        var separation = separated(telling, telling);

        assertThat(separation.verdict()).isEqualTo(Verdict.WEAK);
        assertThat(codes(separation)).contains(Code.NO_BETTER_THAN_TRIVIAL);
    }

    /** Of even accounts those that succeed have more, of odd ones less: over all the stronger side shows. */
    @Test
    void a_sign_that_turns_between_segments_is_told() {
        var noise = noise(400, 1);
        var separation =
                separated(
                        at ->
                                noise[at]
                                        + (at < 150 ? at % 2 == 0 ? 30 : -7 : 0)
                                        + (at % 2 == 0 ? 0 : 20),
                        at -> noise(400, 2)[at]);

        assertThat(codes(separation)).contains(Code.TURNS_BETWEEN_SEGMENTS);
        assertThat(separation.verdict()).isNotEqualTo(Verdict.ACTIONABLE);
    }

    @Test
    void who_has_no_value_and_of_whom_nothing_is_known_is_counted_and_left_out() {
        var question = sound(query("count(event)"), SPRING);
        var features = sample(100, Map.of("metric", at -> at < 10 ? Double.NaN : at));
        var labels = sample(90, Map.of(SeparationQuestion.LABEL, at -> at < 50 ? 1 : 0));

        var separation =
                Separations.of(question, features, labels)
                        .separation("metric", "m", Map.of(), List.of(), List.of());

        assertThat(separation.without())
                .containsExactly(new Separation.Without(Absence.NO_DATA, 10));
        assertThat(separation.undecided()).isEqualTo(10);
        assertThat(separation.whole().successes()).isEqualTo(40);
        assertThat(separation.whole().others()).isEqualTo(40);
        assertThat(codes(separation)).contains(Code.SUSPECT_LEAKAGE);
        assertThat(separation.verdict()).isEqualTo(Verdict.WEAK);
    }

    /** As {@link #sample}, each value of data that is incomplete for this reason. */
    private static Sample incomplete(
            Incomplete reason, int accounts, Map<String, IntToDoubleFunction> columns) {
        var keys = new ArrayList<>(columns.keySet());
        var builder = new Sample.Builder(keys, 0);
        for (int at = 0; at < accounts; at++) {
            builder.account("a" + at, List.of());
            for (int column = 0; column < keys.size(); column++) {
                double value = columns.get(keys.get(column)).applyAsDouble(at);
                builder.value(column, value, Double.NaN, Double.NaN, null, false);
                builder.because(column, Set.of(reason));
            }
        }
        return builder.sample(NOW);
    }

    @Test
    void a_metric_of_broken_or_missing_days_says_nothing() {
        var noise = noise(400, 1);
        var question = sound(query("count(event)"), SPRING);
        Map<String, IntToDoubleFunction> telling =
                Map.of("metric", at -> noise[at] + (at < 150 ? 7 : 0));
        var labels = sample(400, Map.of(SeparationQuestion.LABEL, at -> at < 150 ? 1 : 0));
        for (var reason :
                List.of(
                        Incomplete.BROKEN_DATA,
                        Incomplete.BEYOND_COVERAGE,
                        Incomplete.BEFORE_COVERAGE)) {
            var separation =
                    Separations.of(question, incomplete(reason, 400, telling), labels)
                            .separation("metric", "m", Map.of(), List.of(), List.of());

            assertThat(separation.verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
            assertThat(codes(separation)).contains(Code.METRIC_INCOMPLETE);
        }
        var pending =
                Separations.of(question, incomplete(Incomplete.PENDING, 400, telling), labels)
                        .separation("metric", "m", Map.of(), List.of(), List.of());
        assertThat(pending.verdict()).isEqualTo(Verdict.ACTIONABLE);
    }

    @Test
    void success_of_broken_days_is_not_told_to_be_late() {
        var question = sound(query("count(event)"), SPRING);
        var noise = noise(400, 1);
        var labels =
                incomplete(
                        Incomplete.BROKEN_DATA,
                        400,
                        Map.of(SeparationQuestion.LABEL, at -> at < 150 ? 1 : 0));

        var separation =
                Separations.of(question, sample(400, Map.of("metric", at -> noise[at])), labels)
                        .separation("metric", "m", Map.of(), List.of(), List.of());

        assertThat(separation.verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
        assertThat(separation.reasons())
                .filteredOn(reason -> reason.code() == Code.LABEL_INCOMPLETE)
                .singleElement()
                .satisfies(reason -> assertThat(reason.message()).contains("is broken, or not"));
    }

    @Test
    void earlier_times_of_broken_days_are_not_held_against_a_metric() {
        var noise = noise(400, 1);
        var question = sound(query(null, null, null, 0), SPRING);
        Map<String, IntToDoubleFunction> telling =
                Map.of("metric", at -> noise[at] + (at < 150 ? 7 : 0));
        var labels = sample(400, Map.of(SeparationQuestion.LABEL, at -> at < 150 ? 1 : 0));
        var broken =
                incomplete(
                        Incomplete.BROKEN_DATA,
                        400,
                        Map.of("metric", at -> at < 150 ? 0 : noise[at]));

        var separation =
                Separations.of(question, sample(400, telling), labels)
                        .separation(
                                "metric",
                                "m",
                                Map.of(4, broken),
                                List.of(new Separations.Then(question.earlier(1), broken, labels)),
                                List.of());

        assertThat(separation.verdict()).isEqualTo(Verdict.ACTIONABLE);
        assertThat(separation.slices().getFirst().auc()).isNull();
        assertThat(separation.slices().getFirst().stability()).isNull();
        assertThat(separation.leads().getFirst().auc()).isNull();
    }

    @Test
    void days_of_each_account_that_may_be_broken_weaken_what_a_metric_tells() {
        var noise = noise(400, 1);
        var question = sound(query("count(event)"), new Window.Days("signed", 0, 90));
        var features =
                incomplete(
                        Incomplete.BROKEN_DATA,
                        400,
                        Map.of(
                                "metric",
                                at -> noise[at] + (at < 150 ? 7 : 0),
                                SeparationQuestion.LABEL,
                                at -> at < 150 ? 1 : 0,
                                SeparationQuestion.ANCHOR,
                                _ -> MARCH.toEpochDay()));

        var separation =
                Separations.of(question, features, null)
                        .separation("metric", "m", Map.of(), List.of(), List.of());

        assertThat(separation.verdict()).isEqualTo(Verdict.WEAK);
        assertThat(codes(separation)).contains(Code.SEPARATES, Code.BROKEN_DATA);
    }

    @Test
    void who_has_days_from_before_the_data_is_left_out() {
        var question = sound(query("count(event)"), new Window.Days("signed", 0, 90));
        var builder =
                new Sample.Builder(
                        List.of("metric", SeparationQuestion.LABEL, SeparationQuestion.ANCHOR), 0);
        for (int at = 0; at < 100; at++) {
            builder.account("a" + at, List.of());
            builder.value(0, at, Double.NaN, Double.NaN, null, false);
            builder.because(0, at < 10 ? Set.of(Incomplete.BEFORE_COVERAGE) : Set.of());
            builder.value(1, at % 2, Double.NaN, Double.NaN, null, false);
            builder.because(1, at >= 95 ? Set.of(Incomplete.BEFORE_COVERAGE) : Set.of());
            builder.value(2, MARCH.toEpochDay(), Double.NaN, Double.NaN, null, true);
        }

        var separation =
                Separations.of(question, builder.sample(NOW), null)
                        .separation("metric", "m", Map.of(), List.of(), List.of());

        assertThat(separation.without())
                .containsExactly(new Separation.Without(Absence.BEFORE_DATA, 10));
        assertThat(separation.undecided()).isEqualTo(5);
        assertThat(separation.whole().successes() + separation.whole().others()).isEqualTo(85);
    }

    @Test
    void the_trust_of_a_metric_is_that_of_the_worst_source_under_it() {
        var metric = CatalogBuilder.metricOf("m", Metric.Level.CELL, null, "count(event)");
        var good = List.of(new SourceGrade("a", Grade.A), new SourceGrade("b", Grade.B));
        var bad = List.of(new SourceGrade("a", Grade.D), new SourceGrade("b", Grade.B));
        var unseen = List.of(new SourceGrade("a", Grade.A), new SourceGrade("b", null));

        assertThat(row(metric, good).trust()).isEqualTo(Grade.B);
        assertThat(row(metric, good).gaps()).doesNotContain(Gap.TRUST);
        assertThat(row(metric, bad).trust()).isEqualTo(Grade.D);
        assertThat(row(metric, bad).gaps()).contains(Gap.TRUST);
        assertThat(row(metric, unseen).trust()).isEqualTo(Grade.A);
        assertThat(row(metric, unseen).gaps()).contains(Gap.TRUST);
        assertThat(row(metric, List.of(new SourceGrade("b", null))).trust()).isNull();
    }

    private static MetricAudit.Row row(Metric metric, List<SourceGrade> sources) {
        var question = sound(query("count(event)"), SPRING);
        var labels = sample(10, Map.of(SeparationQuestion.LABEL, at -> at % 2));
        var row =
                Separations.of(question, sample(10, Map.of("m", at -> at)), labels)
                        .row(metric, false, sources, null, List.of());
        return MetricAudit.ranked(List.of(row)).getFirst();
    }

    @Test
    void a_metric_reads_the_sources_of_what_it_is_made_of() {
        var catalog =
                shop().metric("events", "count(event)").metric("twice", "events + events").build();
        assertThat(SourcesRead.of("twice", catalog)).containsExactly("event");
        assertThat(SourcesRead.of("nothing", catalog)).isEmpty();
    }

    /** Of 200 catalogues of 20 metrics of pure noise, 5 % may have a false alarm, and have fewer. */
    @Test
    void an_audit_of_noise_is_quiet() {
        int alarms = 0;
        var random = new SplittableRandom(3);
        for (int run = 0; run < 200; run++) {
            boolean alarm = false;
            for (int metric = 0; metric < 20; metric++) {
                var values = noise(120, random.nextLong());
                var strength =
                        Separations.strength(Groups.of(120, at -> values[at], at -> at % 2 == 0));
                alarm |=
                        Verdicts.of(
                                                        strength,
                                                        new Verdicts.Beside(
                                                                false, 0, 0, false, List.of(),
                                                                List.of(), List.of(), List.of()))
                                                .verdict()
                                        == Verdict.ACTIONABLE
                                && strength.auc().p() * 20 <= 0.05;
            }
            alarms += alarm ? 1 : 0;
        }
        assertThat(alarms / 200.0).isCloseTo(0, within(0.05));
    }

    @Test
    void the_time_before_whole_months_is_whole_months_and_before_days_as_many_days() {
        assertThat(before(LocalDate.of(2025, 12, 1), MARCH))
                .isEqualTo(
                        new AskedRange.Between(
                                LocalDate.of(2025, 9, 1), LocalDate.of(2025, 12, 1)));
        assertThat(before(LocalDate.of(2025, 12, 2), MARCH))
                .isEqualTo(
                        new AskedRange.Between(
                                LocalDate.of(2025, 9, 4), LocalDate.of(2025, 12, 2)));
    }

    private static AskedRange before(LocalDate from, LocalDate to) {
        var checked = SeparationCheck.of(query(from, to, null, 0), catalog(SPRING), NOW);
        return Objects.requireNonNull(((Checked.Sound) checked).question().before()).range();
    }
}
