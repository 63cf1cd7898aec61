package dev.cairn.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BetaBinomialTest {
    /** Beta-binomial with a = b = 1 gives 0 to n the same chance, and with a = 1, b = 2 and n = 2 the chances 1/2, 1/3 and 1/6. */
    @Test
    void its_chances_are_those_of_the_textbook() {
        assertThat(new BetaBinomial(1, 1).chances(3))
                .usingElementComparator((one, other) -> Math.abs(one - other) < 1e-12 ? 0 : 1)
                .containsExactly(0.25, 0.25, 0.25, 0.25);
        assertThat(new BetaBinomial(1, 2).chances(2))
                .usingElementComparator((one, other) -> Math.abs(one - other) < 1e-12 ? 0 : 1)
                .containsExactly(1 / 2.0, 1 / 3.0, 1 / 6.0);
    }

    /** Of 3 known 2: Beta(2.5, 1.5), mean 2.5/4, variance 2.5 x 1.5 / (16 x 5), p (1 - p) 2.5 x 1.5 / (4 x 5). */
    @Test
    void what_is_known_is_a_beta_distribution_with_jeffreys_prior() {
        var chance = BetaBinomial.known(2, 3);
        assertThat(chance.mean()).isEqualTo(0.625);
        assertThat(chance.variance()).isCloseTo(0.046875, within(1e-12));
        assertThat(chance.within()).isCloseTo(0.1875, within(1e-12));
        assertThat(BetaBinomial.known(0, 0).mean()).isEqualTo(0.5);
    }

    /** Two groups of one, each 0 or 1 with one half: 0, 1 and 2 with 1/4, 1/2, 1/4. */
    @Test
    void groups_add_up() {
        var sum = new BetaBinomial.Sum();
        sum.add(new BetaBinomial(1, 1), 1);
        sum.add(new BetaBinomial(1, 1), 1);
        assertThat(sum.interval()).isEqualTo(new Interval(0, 2));
        var sure = new BetaBinomial.Sum();
        sure.add(BetaBinomial.known(100_000, 100_000), 10);
        assertThat(sure.interval()).isEqualTo(new Interval(10, 10));
    }

    /** Rates of 0.6 and 0.9, each counted of 40, forecast for 25 and 60 others: in 400 draws the interval holds at least 93 %. */
    @Test
    void intervals_hold_what_they_say() {
        var dice = new Random(20260701);
        int held = 0;
        int draws = 400;
        for (int draw = 0; draw < draws; draw++) {
            var sum = new BetaBinomial.Sum();
            int happened = 0;
            for (double[] group : new double[][] {{0.6, 25}, {0.9, 60}}) {
                sum.add(BetaBinomial.known(successes(dice, group[0], 40), 40), (int) group[1]);
                happened += successes(dice, group[0], (int) group[1]);
            }
            held += sum.interval().holds(happened) ? 1 : 0;
        }
        assertThat(held / (double) draws).isBetween(0.93, 0.995);
    }

    private static int successes(Random dice, double chance, int trials) {
        return (int) Arrays.stream(new int[trials]).filter(_ -> dice.nextDouble() < chance).count();
    }
}
