package dev.cairn.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VolumeTest {
    private static final int WEEK = 7;

    private static List<Integer> odd(List<Long> counts, int phases) {
        var judged = Volume.judge(counts, phases, new BitSet(), Volume.FAR);
        return IntStream.range(0, counts.size())
                .filter(at -> judged.get(at).isOdd())
                .boxed()
                .toList();
    }

    private static List<Long> each(int periods, long count) {
        return new ArrayList<>(java.util.Collections.nCopies(periods, count));
    }

    @Test
    void a_count_is_compared_with_the_median_of_its_neighbours() {
        var counts = each(20, 100);
        counts.set(10, 36L);

        var judged = Volume.judge(counts, 1, new BitSet(), Volume.FAR).get(10);

        assertThat(judged.usual()).isEqualTo(100);
        // 2 sqrt(36.375) - 2 sqrt(100.375) = 12.0623 - 20.0375, by a scale of 1, the least.
        assertThat(judged.far()).isCloseTo(-7.9752, within(0.0001));
        assertThat(judged.isOdd()).isTrue();
        // 17 periods have 3 before them.
        assertThat(Volume.judge(each(20, 5), 1, new BitSet(), Volume.FAR).get(10).noneByChance())
                .isCloseTo(17 * Math.exp(-5), within(1e-9));
    }

    @Test
    void many_scales_away_is_not_odd_within_a_factor_of_two_and_a_half() {
        var counts = each(20, 10_000);
        counts.set(10, 4_100L);
        assertThat(odd(counts, 1)).isEmpty();
        counts.set(10, 4_000L);
        assertThat(odd(counts, 1)).containsExactly(10);
    }

    @Test
    void a_factor_of_three_is_not_odd_where_chance_does_it() {
        var counts = each(20, 6);
        counts.set(10, 2L);
        assertThat(odd(counts, 1)).isEmpty();
    }

    @Test
    void days_are_compared_with_the_same_day_of_other_weeks() {
        var counts = new ArrayList<Long>();
        for (int day = 0; day < 20 * WEEK; day++) {
            counts.add(day % WEEK < 5 ? 400L : 20L);
        }
        assertThat(odd(counts, WEEK)).isEmpty();
        counts.set(10 * WEEK, 20L);
        assertThat(odd(counts, WEEK)).containsExactly(10 * WEEK);
    }

    @Test
    void neither_growth_nor_a_step_is_odd() {
        var growing = IntStream.range(0, 300).mapToObj(day -> 50L + 3 * day).toList();
        assertThat(odd(growing, WEEK)).isEmpty();
        var step = each(150, 100);
        step.addAll(each(150, 190));
        assertThat(odd(step, WEEK)).isEmpty();
    }

    @Test
    void what_is_left_out_is_no_neighbour_and_not_judged() {
        var counts = each(20, 100);
        var leftOut = new BitSet();
        leftOut.set(3, 9);
        IntStream.range(3, 9).forEach(at -> counts.set(at, 0L));

        var judged = Volume.judge(counts, 1, leftOut, Volume.FAR);

        assertThat(judged.get(5).usual()).isNaN();
        assertThat(judged.get(5).isOdd()).isFalse();
        assertThat(judged.get(10).usual()).isEqualTo(100);
    }

    @Test
    void few_neighbours_say_nothing() {
        assertThat(odd(List.of(100L, 0L, 100L, 100L), 1)).isEmpty();
    }

    private static long falseAlarms(int companies) {
        long alarms = 0;
        for (int seed = 1; seed <= companies; seed++) {
            var random = new Random(seed);
            var counts = new ArrayList<Long>();
            for (int day = 0; day < 730; day++) {
                // Negative binomial: a Poisson count whose mean is itself a gamma of shape 20.
                double mean = (day % WEEK < 5 ? 60 : 15) * gamma(random, 20) / 20;
                counts.add(poisson(random, mean));
            }
            alarms += odd(counts, WEEK).size();
        }
        return alarms;
    }

    @Test
    void noise_that_varies_more_than_chance_raises_no_alarm() {
        assertThat(falseAlarms(10)).isZero();
    }

    @Test
    @Tag("long")
    void at_most_one_of_twenty_years_of_noise_raises_an_alarm() {
        assertThat(falseAlarms(500)).isLessThanOrEqualTo(50);
    }

    private static double gamma(Random random, int shape) {
        double sum = 0;
        for (int at = 0; at < shape; at++) {
            sum -= Math.log(1 - random.nextDouble());
        }
        return sum;
    }

    private static long poisson(Random random, double mean) {
        double least = Math.exp(-mean);
        double product = random.nextDouble();
        long count = 0;
        while (product > least) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
