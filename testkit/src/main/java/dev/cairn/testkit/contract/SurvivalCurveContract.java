package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.SurvivalCurve;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left when, of rows of which some have not ended, and rows that count for their weight. */
public interface SurvivalCurveContract extends ExecutorContract {
    LocalDate AS_OF = LocalDate.of(2026, 3, 1);

    /** Days after which patients relapsed, or were last seen. */
    List<Integer> RELAPSES = List.of(6, 6, 6, 7, 10, 13, 16, 22, 23);

    List<Integer> LAST_SEEN = List.of(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35);

    private static WorldBuilder stays() {
        return World.world()
                .entity(accounts().text("plan"))
                .source(
                        source("stay")
                                .date("began")
                                .date("ended")
                                .account("customer")
                                .decimal("size")
                                .coverage("2026-01-01", "2026-07-01"));
    }

    /** As of 1 March it has lasted so long, or ends after so long and began 50 days before. */
    private static void stay(
            WorldBuilder world, int lasted, boolean ended, String account, @Nullable String size) {
        var began = AS_OF.minusDays(ended ? 50 : lasted);
        world.fact(
                "stay",
                began.toString(),
                ended ? began.plusDays(lasted).toString() : null,
                account,
                size);
    }

    private static WorldBuilder patients() {
        var world = stays();
        RELAPSES.forEach(days -> stay(world, days, true, "acme", "2.5"));
        LAST_SEEN.forEach(days -> stay(world, days, false, "acme", "2.5"));
        return world;
    }

    private static Question asked(String... formulas) {
        return ask(formulas).asOf("2026-03-01T00:00:00Z").between("2026-01-01", "2026-03-01");
    }

    private List<Measured> measured(WorldBuilder world, Question question) {
        var built = world.build();
        return answer(built, question.withUncertainty().plan(built.catalog())).rows().stream()
                .flatMap(row -> row.values().stream())
                .toList();
    }

    private static Uncertainty uncertainty(Measured measured) {
        return Objects.requireNonNull(measured.uncertainty());
    }

    private SurvivalCurve drawn(WorldBuilder world, Question question) {
        return Objects.requireNonNull(curve(world, question));
    }

    private @Nullable SurvivalCurve curve(WorldBuilder world, Question question) {
        var uncertainty = measured(world, question).getFirst().uncertainty();
        return uncertainty == null ? null : uncertainty.curve();
    }

    private static List<String> lines(@Nullable SurvivalCurve curve) {
        return curve == null
                ? List.of("none")
                : curve.steps().stream()
                        .map(step ->
                                "%s: %s at risk, %s ended, %s last seen, left %s (%s, %s to %s)"
                                        .formatted(
                                                plain(step.time()),
                                                plain(step.atRisk()),
                                                plain(step.ended()),
                                                plain(step.censored()),
                                                rounded(step.left(), 3),
                                                rounded(step.standardError(), 4),
                                                rounded(step.low(), 3),
                                                rounded(step.high(), 3)))
                        .toList();
    }

    private static String plain(double number) {
        return rounded(number, 6).replaceAll("\\.?0+$", "");
    }

    private static String rounded(@Nullable Double number, int digits) {
        return number == null ? "-" : String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    /**
     * The remission of 21 patients with 6-mercaptopurine (E. Freireich and others, "The Effect of 6-Mercaptopurine on the Duration of Steroid-induced Remissions in Acute Leukemia", Blood 21, 1963), with the part that is left, its
     * standard error by Greenwood and the log-log interval as textbooks and statistical packages print them: 21, 17, 15, 12, 11, 7 and 6 at risk at the times at which some relapse.
     */
    @Test
    default void it_is_the_table_of_textbooks() {
        assertThat(
                        lines(curve(patients(), asked("survival(stay : began -> ended, 0.5)")))
                                .stream()
                                .filter(line -> !line.contains(" 0 ended")))
                .containsExactly(
                        "6: 21 at risk, 3 ended, 1 last seen, left 0.857 (0.0764, 0.620 to 0.952)",
                        "7: 17 at risk, 1 ended, 0 last seen, left 0.807 (0.0869, 0.563 to 0.923)",
                        "10: 15 at risk, 1 ended, 1 last seen, left 0.753 (0.0963, 0.503 to 0.889)",
                        "13: 12 at risk, 1 ended, 0 last seen, left 0.690 (0.1068, 0.432 to 0.849)",
                        "16: 11 at risk, 1 ended, 0 last seen, left 0.627 (0.1141, 0.368 to 0.805)",
                        "22: 7 at risk, 1 ended, 0 last seen, left 0.538 (0.1282, 0.268 to 0.747)",
                        "23: 6 at risk, 1 ended, 0 last seen, left 0.448 (0.1346, 0.188 to 0.680)");
    }

    @Test
    default void times_at_which_none_end_are_steps_too() {
        var world = stays();
        stay(world, 2, false, "acme", null);
        stay(world, 3, true, "acme", null);
        stay(world, 5, true, "acme", null);
        // All three are left after two days, one of two after three, none after five.
        assertThat(lines(curve(world, asked("survival(stay : began -> ended, 0.5)"))))
                .containsExactly(
                        "2: 3 at risk, 0 ended, 1 last seen, left 1.000 (0.0000, - to -)",
                        "3: 2 at risk, 1 ended, 0 last seen, left 0.500 (0.3536, 0.006 to 0.910)",
                        "5: 1 at risk, 1 ended, 0 last seen, left 0.000 (-, - to -)");
    }

    @Test
    default void there_is_a_curve_where_the_share_is_not_reached_and_none_without_rows() {
        var measured = measured(patients(), asked("survival(stay : began -> ended, 0.9)"));
        assertThat(measured.getFirst().absence()).hasToString("NO_DATA");
        assertThat(lines(uncertainty(measured.getFirst()).curve())).hasSize(16);
        assertThat(curve(patients(), asked("survival(stay where size > 9 : began -> ended, 0.5)")))
                .isNull();
        assertThat(curve(patients(), asked("avg(stay : size)"))).isNull();
    }

    /** Of two rows there is no value where three are asked for; a row without a rate may be one of those that are asked for. */
    @Test
    default void there_is_no_curve_of_a_value_that_is_kept_back() {
        var few =
                stays().metric("of_three", 3, "survival(stay : began -> ended, 0.5)")
                        .metric("of_two", 2, "survival(stay : began -> ended, 0.5)");
        stay(few, 4, true, "acme", null);
        stay(few, 6, true, "bolt", null);
        assertThat(kept(few, "of_three")).isEqualTo("INSUFFICIENT_SAMPLE none");
        assertThat(kept(few, "of_two")).isEqualTo("null 4.0 6.0");
        // A euro is worth 1.1 dollars until 8 January: what begins on 1 February has no rate.
        var inEuros =
                World.world()
                        .entity(accounts())
                        .source(Bills.dollars())
                        .source(
                                source("stay")
                                        .date("began")
                                        .date("ended")
                                        .account("customer")
                                        .text("currency")
                                        .moneyIn("fee", "currency")
                                        .coverage("2026-01-01", "2026-07-01"))
                        .fact("fx", "2026-01-01", "EUR", "1.1")
                        .fact("stay", "2026-01-01", "2026-01-03", "acme", "EUR", 100)
                        .fact("stay", "2026-02-01", "2026-02-06", "acme", "EUR", 100);
        var large = "survival(stay where convert(fee, 'USD') > 50 : began -> ended, 0.5)";
        assertThat(kept(inEuros, large)).isEqualTo("NO_RATE none");
        assertThat(kept(inEuros, large.replace("convert(fee, 'USD') > 50", "currency = 'EUR'")))
                .isEqualTo("null 2.0 5.0");
    }

    /** Why there is no value, and the times of its curve. */
    private String kept(WorldBuilder world, String formula) {
        var measured = measured(world, asked(formula)).getFirst();
        var curve = uncertainty(measured).curve();
        return measured.absence()
                + " "
                + (curve == null
                        ? "none"
                        : curve.steps().stream()
                                .map(step -> String.valueOf(step.time()))
                                .collect(Collectors.joining(" ")));
    }

    @Test
    default void each_group_and_total_has_its_own_in_the_unit_of_its_value() {
        var world = stays();
        stay(world, 4, true, "acme", null);
        stay(world, 6, true, "bolt", null);
        var question = asked("24 * survival(stay : began -> ended, 0.5)").by("account").totals();
        assertThat(measured(world, question))
                .extracting(one ->
                        Objects.requireNonNull(uncertainty(one).curve()).steps().stream()
                                .map(step -> "%s %s".formatted(step.time(), step.left()))
                                .toList())
                .containsExactly(
                        List.of("96.0 0.0"),
                        List.of("144.0 0.0"),
                        List.of("96.0 0.5", "144.0 0.0"));
    }

    @Test
    default void rows_that_end_count_for_their_weight() {
        var world = stays();
        stay(world, 2, true, "acme", "0.5");
        stay(world, 4, true, "acme", "1.5");
        stay(world, 6, false, "acme", "1");
        stay(world, 8, true, "acme", "2");
        stay(world, 3, true, "acme", "0");
        stay(world, 3, true, "acme", null);
        // Of 5 are left 4.5 after two days, which is 0.9; of 4.5 then 3, which is 0.6; after eight
        // days none of 2.
        expect(
                world,
                asked(
                        "survival(stay weight size : began -> ended, 0.1)",
                        "survival(stay weight size : began -> ended, 0.11)",
                        "survival(stay weight size : began -> ended, 0.4)",
                        "survival(stay weight size : began -> ended, 0.41)",
                        "survival(stay weight 100 * size : began -> ended, 0.4)",
                        "survival(stay where size > 0 : began -> ended, 0.41)"),
                "2 | 4 | 4 | 8 | 4 | 4");
        assertThat(lines(curve(world, asked("survival(stay weight size : began -> ended, 0.4)"))))
                .containsExactly(
                        "2: 5 at risk, 0.5 ended, 0 last seen, left 0.900 (-, - to -)",
                        "4: 4.5 at risk, 1.5 ended, 0 last seen, left 0.600 (-, - to -)",
                        "6: 3 at risk, 0 ended, 1 last seen, left 0.600 (-, - to -)",
                        "8: 2 at risk, 2 ended, 0 last seen, left 0.000 (-, - to -)");
        assertThat(
                        uncertainty(
                                        measured(
                                                        world,
                                                        asked(
                                                                "survival(stay weight size : began -> ended, 0.4)"))
                                                .getFirst())
                                .noInterval())
                .isEqualTo(Uncertainty.NoInterval.WEIGHTED_RANKS);
    }

    @Test
    @Tag("long")
    default void of_too_many_times_it_is_said_how_many_there_are() {
        var world =
                World.world()
                        .source(
                                source("visit")
                                        .timestamp("began")
                                        .timestamp("ended")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-07-01"));
        var began = Instant.parse("2026-01-05T00:00:00Z");
        for (int second = 1; second <= SurvivalCurve.MOST_STEPS + 1; second++) {
            // Of no account: a test's account takes its time for each of its facts.
            world.fact("visit", began.toString(), began.plusSeconds(second).toString(), null);
        }
        var curve = drawn(world, asked("survival(visit : began -> ended, 0.001)"));
        assertThat(curve.times()).isEqualTo(4001);
        assertThat(curve.steps()).isEmpty();
        // By day they have one time.
        assertThat(lines(curve(world, asked("survival(visit : date(began) -> date(ended), 0.5)"))))
                .containsExactly(
                        "0: 4001 at risk, 4001 ended, 0 last seen, left 0.000 (-, - to -)");
    }

    /** By a loop of its own over rows of a fixed seed. */
    @Test
    default void of_many_rows_it_is_what_a_loop_makes_of_them() {
        var random = new Random(11);
        for (int run = 0; run < 3; run++) {
            var world = stays();
            var rows = new ArrayList<int[]>();
            for (int row = 0; row < 60; row++) {
                int lasted = random.nextInt(12);
                boolean ended = random.nextInt(3) > 0;
                int size = 1 + random.nextInt(5);
                rows.add(new int[] {lasted, ended ? 1 : 0, size});
                stay(world, lasted, ended, "acme", String.valueOf(size));
            }
            for (boolean weighted : new boolean[] {false, true}) {
                var formula =
                        "survival(stay%s : began -> ended, 0.5)"
                                .formatted(weighted ? " weight size" : "");
                assertThat(
                                drawn(world, asked(formula)).steps().stream()
                                        .map(step ->
                                                "%s %s %s %s"
                                                        .formatted(
                                                                plain(step.time()),
                                                                plain(step.atRisk()),
                                                                plain(step.ended()),
                                                                rounded(step.left(), 9)))
                                        .toList())
                        .isEqualTo(loop(rows, weighted));
            }
        }
    }

    private static List<String> loop(List<int[]> rows, boolean weighted) {
        var times = new TreeSet<Integer>();
        // A stay that begins at as-of has no time yet.
        rows.removeIf(row -> row[0] == 0 && row[1] == 0);
        rows.forEach(row -> times.add(row[0]));
        double left = 1;
        var lines = new ArrayList<String>();
        for (int time : times) {
            double atRisk = 0;
            double ended = 0;
            for (var row : rows) {
                double weighs = weighted ? row[2] : 1;
                atRisk += row[0] >= time ? weighs : 0;
                ended += row[0] == time && row[1] == 1 ? weighs : 0;
            }
            left *= 1 - ended / atRisk;
            lines.add(
                    "%s %s %s %s"
                            .formatted(plain(time), plain(atRisk), plain(ended), rounded(left, 9)));
        }
        return lines;
    }
}
