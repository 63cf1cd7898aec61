package dev.cairn.domain.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import dev.cairn.domain.calibration.CalibrationQuery.Outcomes;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CalibrationsTest {
    private static final LocalDate DUE = LocalDate.of(2026, 3, 12);

    /** The Monday before the tenth of February, which is 30 days before. */
    private static final LocalDate SCORED = LocalDate.of(2026, 2, 9);

    private static final Outcomes.Renewals ASKED =
            new Outcomes.Renewals(Contracts.OF_PACK, List.of(30), DUE, DUE.plusDays(1), Grid.WEEK);
    private static final CalibrationQuery QUERY =
            new CalibrationQuery(
                    "health",
                    null,
                    50.0,
                    List.of(),
                    ASKED,
                    null,
                    null,
                    ZoneOffset.UTC,
                    null,
                    false);
    private final Calibrations calibrations = new Calibrations(QUERY, ScoreBands.at(50, true));

    private static Term term(
            String account, @Nullable LocalDate decidedOn, int decided, int renewed) {
        return new Term(account, DUE, decidedOn, Math.max(1, decided), decided, renewed, 0, 0, 0);
    }

    @Test
    void scores_are_read_before_rather_than_after() {
        assertThat(Calibrations.needed(ASKED, List.of(term("a", null, 1, 1))))
                .isEqualTo(Map.of(SCORED, Set.of("a")));
        assertThat(Grid.MONTH.before(DUE)).isEqualTo(LocalDate.of(2026, 3, 1));
        assertThat(Grid.DAY.before(DUE)).isEqualTo(DUE);
        assertThat(Grid.WEEK.before(SCORED)).isEqualTo(SCORED);
    }

    @Test
    void what_was_decided_before_its_score_says_nothing_of_it() {
        var terms =
                List.of(
                        term("early", SCORED.minusDays(1), 1, 0),
                        term("that day", SCORED, 1, 0),
                        term("open", null, 0, 0),
                        term("elsewhere", null, 1, 1),
                        term("two", DUE, 2, 1));
        var checkpoint =
                calibrations.renewals(
                        ASKED,
                        30,
                        terms,
                        Map.of(
                                SCORED,
                                Map.of(
                                        "early", new double[] {10},
                                        "that day", new double[] {10},
                                        "two", new double[] {80})));
        assertThat(checkpoint.decidedBefore()).isEqualTo(1);
        assertThat(checkpoint.pending()).isEqualTo(1);
        assertThat(checkpoint.absent()).isEqualTo(1);
        assertThat(checkpoint.cases()).isEqualTo(3);
        assertThat(checkpoint.accounts()).isEqualTo(2);
        assertThat(checkpoint.scores().getFirst().misses())
                .singleElement()
                .satisfies(miss -> {
                    assertThat(miss.account()).isEqualTo("two");
                    assertThat(miss.due()).isEqualTo(DUE);
                    assertThat(miss.scoredOn()).isEqualTo(SCORED);
                });
    }

    @Test
    void a_condition_that_is_empty_for_an_account_leaves_it_out() {
        var asked = new Outcomes.Within("churned", false, List.of(DUE), 90);
        var checkpoint =
                calibrations.within(
                        asked,
                        DUE,
                        Map.of(
                                "left", new double[] {80},
                                "stayed", new double[] {20},
                                "unknown", new double[] {20},
                                "not there", new double[] {20}),
                        Map.of("left", 1.0, "stayed", 0.0, "unknown", Double.NaN, "new", 1.0),
                        Set.of("left", "of no cohort that was asked for"));
        assertThat(checkpoint.incomplete()).isEqualTo(1);
        assertThat(checkpoint.cases()).isEqualTo(2);
        assertThat(checkpoint.pending()).isEqualTo(2);
        var scored = checkpoint.scores().getFirst();
        assertThat(scored.misses()).extracting(Case::account).containsExactly("left");
        assertThat(scored.falseAlarms()).extracting(Case::account).containsExactly("stayed");
    }
}
