package dev.cairn.domain.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.domain.calibration.Calibration.BandOutcomes;
import dev.cairn.domain.calibration.Calibration.Order;
import dev.cairn.domain.calibration.Calibration.Scored;
import dev.cairn.domain.calibration.Calibration.Threshold;
import dev.cairn.domain.model.Band;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibratorTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
    private static final List<Band> HEALTH =
            List.of(
                    new Band("red", BigDecimal.valueOf(50)),
                    new Band("yellow", BigDecimal.valueOf(75)),
                    new Band("green", null));
    private static final ScoreBands HIGHER = new ScoreBands(HEALTH, true);

    /** Two red of which one went well, two yellow of which one did, three green of which two did, one without a score. */
    private static final List<Case> CASES =
            List.of(
                    one("a", 20, false),
                    one("b", 49.9, true),
                    one("c", 50, false),
                    one("d", 60, true),
                    one("e", 75, false),
                    one("f", 80, true),
                    one("g", 90, true),
                    one("h", Double.NaN, true));

    private static Case one(String account, double score, boolean isGood) {
        return new Case(account, DAY, null, score, Double.NaN, isGood);
    }

    private static Scored of(ScoreBands bands, List<Case> cases, Double... thresholds) {
        return Calibrator.of("health", bands, cases, List.of(thresholds));
    }

    @Test
    void a_score_is_of_the_band_that_begins_with_it() {
        assertThat(of(HIGHER, CASES).bands())
                .extracting(BandOutcomes::band, BandOutcomes::cases, BandOutcomes::good)
                .containsExactly(
                        tuple("red", 2, 1),
                        tuple("yellow", 2, 1),
                        tuple("green", 3, 2),
                        tuple(null, 1, 1));
    }

    /** Wilson's interval of 1 of 2 is (0.5 + 0.9604 ± 1.96 sqrt(0.125 + 0.2401)) / 2.9207. */
    @Test
    void the_share_of_a_band_has_wilsons_interval() {
        var red = of(HIGHER, CASES).bands().getFirst();
        assertThat(red.share()).isEqualTo(0.5);
        assertThat(red.low()).isCloseTo(0.0945, within(0.0001));
        assertThat(red.high()).isCloseTo(0.9055, within(0.0001));
    }

    @Test
    void alarms_are_counted_at_each_threshold() {
        assertThat(of(HIGHER, CASES, 50.0, 75.5).thresholds())
                .containsExactly(new Threshold(50, 2, 1, 2, 1), new Threshold(75.5, 5, 3, 0, 2));
    }

    @Test
    void thresholds_are_the_edges_and_tenths_where_none_are_asked_for() {
        assertThat(of(HIGHER, CASES).thresholds())
                .extracting(Threshold::at)
                .containsExactly(20.0, 49.9, 50.0, 60.0, 75.0, 80.0, 90.0);
    }

    @Test
    void misses_are_of_the_best_band_and_false_alarms_of_the_worst() {
        var scored = of(HIGHER, CASES);
        assertThat(scored.misses()).extracting(Case::account).containsExactly("e");
        assertThat(scored.falseAlarms()).extracting(Case::account).containsExactly("b");
    }

    /** Of 12 pairs of one that went well (49.9, 60, 80, 90) and one that did not (20, 50, 75) the former is greater in 1 + 2 + 3 + 3. */
    @Test
    void the_auc_counts_pairs() {
        assertThat(of(HIGHER, CASES).auc())
                .isNotNull()
                .satisfies(auc -> assertThat(auc.value()).isCloseTo(9.0 / 12, within(1e-12)));
    }

    @Test
    void where_less_is_better_all_of_it_is_turned_round() {
        var lower = new ScoreBands(HEALTH, false);
        var scored = of(lower, CASES, 75.0);
        assertThat(scored.auc()).isNotNull();
        assertThat(scored.auc().value()).isCloseTo(3.0 / 12, within(1e-12));
        assertThat(scored.thresholds()).containsExactly(new Threshold(75, 3, 1, 2, 2));
        assertThat(scored.misses()).extracting(Case::account).containsExactly("a");
        assertThat(scored.falseAlarms()).extracting(Case::account).containsExactly("g", "f");
    }

    @Test
    void equal_shares_are_in_order() {
        assertThat(of(HIGHER, CASES).order()).isEqualTo(Order.AS_EXPECTED);
    }

    /** 9 of 10 red and 5 of 10 yellow: z = 0.4 / sqrt(0.7 x 0.3 x 0.2) = 1.9518, p = 0.0510. */
    @Test
    void a_worse_band_that_went_better_is_told_with_its_chance() {
        var cases = new ArrayList<Case>();
        for (int i = 0; i < 10; i++) {
            cases.add(one("r" + i, 10, i < 9));
            cases.add(one("y" + i, 60, i < 5));
        }
        var scored = of(HIGHER, cases);
        assertThat(scored.order()).isEqualTo(Order.BROKEN);
        assertThat(scored.breaks())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.worse()).isEqualTo("red");
                    assertThat(one.better()).isEqualTo("yellow");
                    assertThat(one.p()).isCloseTo(0.0510, within(0.0001));
                });
    }

    @Test
    void one_band_has_no_order() {
        assertThat(of(HIGHER, List.of(one("a", 10, true), one("b", 20, false))).order())
                .isEqualTo(Order.UNKNOWN);
    }

    /** (0.8 - 1)² and (0.4 - 0)², halved. */
    @Test
    void a_score_from_0_to_1_has_a_brier_score() {
        var chances = ScoreBands.at(0.5, true);
        assertThat(of(chances, List.of(one("a", 0.8, true), one("b", 0.4, false))).brier())
                .isCloseTo(0.1, within(1e-12));
        assertThat(of(HIGHER, CASES).brier()).isNull();
    }
}
