package dev.cairn.testkit.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeBudgetTest {
    private static final int MANY = 10;

    private final AtomicLong now = new AtomicLong();
    private final List<Long> numbers = new ArrayList<>();

    /** Cases of so many seconds each, in a run that may take 20. */
    private int ran(int seconds) {
        return ran(new TimeBudget(Duration.ofSeconds(20), now::get), seconds);
    }

    private int ran(TimeBudget budget, int seconds) {
        return budget.each(
                "a run",
                100,
                MANY,
                number -> {
                    numbers.add(number);
                    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
                });
    }

    @Test
    void a_run_whose_time_lasts_has_all_its_cases() {
        assertThat(ran(1)).isEqualTo(MANY);
        assertThat(numbers).hasSize(MANY).startsWith(100L, 101L).endsWith(109L);
    }

    @Test
    void a_run_ends_with_the_case_in_which_its_time_is_over() {
        assertThat(ran(5)).isEqualTo(4);
        assertThat(numbers).containsExactly(100L, 101L, 102L, 103L);
    }

    @Test
    void a_quarter_of_the_cases_is_run_however_long_it_takes() {
        assertThat(ran(1_000)).isEqualTo(3);
    }

    @Test
    void a_run_without_a_budget_has_all_its_cases() {
        assertThat(ran(new TimeBudget(Duration.ZERO, now::get), 1_000)).isEqualTo(MANY);
    }
}
