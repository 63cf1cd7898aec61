package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueryPlotTest extends SampleQuestions {
    @Test
    void groups_are_drawn_as_bars() {
        assertThat(
                        answer(
                                "query",
                                "sample_nps",
                                "sample_revenue",
                                "--by=account.plan",
                                "--range=2026-H1",
                                "--as-of=" + AS_OF,
                                "--plot"))
                .isEqualToNormalizingNewlines(
                        """
                        sample_nps (points)
                        enterprise   22.6                                           │███████████████████
                        free        -50.0  █████████████████████████████████████████│
                        pro           0.0                                           │
                                           -50.0                                    0               22.6

                        sample_revenue (EUR)
                        enterprise  31,840.00  │████████████████████████████████████████████████████████
                        free             0.00  │
                        pro          8,869.00  │███████████████▌
                                               0.00                                            31,840.00
                        """);
    }

    @Test
    void time_is_drawn_as_a_line() {
        assertThat(
                        answer(
                                "query",
                                "sample_response_rate",
                                "--grain=month",
                                "--range=2025-12..2026-07",
                                "--as-of=2026-06-10",
                                "--plot"))
                .isEqualToNormalizingNewlines(
                        """
                        sample_response_rate
                        100.0% ┤      ──────────────────╮           ╭╌╌╌╌╌
                               │                        │           │
                               │                        │           │
                               │                        │           │
                               │                        ╰─────╮     │
                               │                              │     │
                               │                              │     │
                         80.0% ┤                              ╰─────╯
                               └────────────────────────────────────────────────
                                                                    *
                                2025-12                                  2026-07

                        gap no value: time, or the data, has not reached it
                        gap no value: the data begins later
                        *   incomplete: the bucket is not over, as of 2026-06-10 00:00Z
                        6 of 8 values of 'sample_response_rate' rest on fewer than 30 observations.
                        """);
    }

    @Test
    void groups_over_time_are_drawn_a_line_each_on_one_scale() {
        assertThat(
                        answer(
                                "query",
                                "sample_response_rate",
                                "--by=account.plan",
                                "--grain=month",
                                "--range=2026-H1",
                                "--as-of=2026-06-10",
                                "--plot",
                                "--ascii"))
                .isEqualToNormalizingNewlines(
                        """
                        sample_response_rate
                        account.plan  2026-01..2026-06  least  greatest     last
                                           *
                        ------------  ----------------  -----  --------  -------
                        enterprise     88478            71.4%    100.0%  100.0%*
                        free          88881             50.0%    100.0%   50.0%
                        pro           888838            66.7%    100.0%  100.0%*

                        gap no value: there are no facts to compute it from
                        *   incomplete: the bucket is not over, as of 2026-06-10 00:00Z
                        16 of 18 values of 'sample_response_rate' rest on fewer than 30 observations.
                        """);
    }

    @Test
    void a_plot_shows_no_totals_and_no_details_and_is_no_data() {
        for (var more : List.of("--totals", "--details", "--format=csv")) {
            assertThat(cairn.inside("query", "sample_nps", "--range=2026", "--plot", more).exit())
                    .isEqualTo(2);
        }
    }
}
