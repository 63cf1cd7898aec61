package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A guard over two quarters, and SQL that gives of both of its metrics the change, its error and the number of accounts from the raw files.
 *
 * @param change SQL of {@code change}, {@code error} and {@code accounts} of the metric
 * @param counterChange of the counter-metric
 */
record GuardedExample(
        String metric, boolean isHigherBetter, Moved change, Moved counterChange, String state) {
    /**
     * @param value of a ticket, in SQL
     * @param condition which tickets have one
     * @param ofAccount what is made of the tickets of an account, in SQL; null: it is the ratio of all tickets
     */
    record Moved(String value, String condition, @Nullable String ofAccount) {
        /** Influences of the ratio of sums on its change, account by account (Cochran, 1977, section 6.3). */
        private static final String RATIO =
                """
                with ticket as (
                  select account_id, submitted_at >= '2024-10-01' as is_now, (%s)::double precision as value
                  from support_tickets where submitted_at >= '2024-07-01' and submitted_at < '2025-01-01' and %s
                ),
                of_account as (
                  select account_id,
                    coalesce(sum(value) filter (where is_now), 0) as top, count(*) filter (where is_now) as below,
                    coalesce(sum(value) filter (where not is_now), 0) as top_before, count(*) filter (where not is_now) as below_before
                  from ticket group by account_id
                ),
                whole as (
                  select sum(top) / sum(below) as ratio, sum(top_before) / sum(below_before) as ratio_before,
                    avg(below)::double precision as mean, avg(below_before)::double precision as mean_before
                  from of_account
                )
                select ratio - ratio_before as change, count(*) as accounts,
                  stddev_samp((top - ratio * below) / mean - (top_before - ratio_before * below_before) / mean_before) / sqrt(count(*)::double precision) as error
                from of_account, whole group by ratio, ratio_before
                """;

        /** Student's paired test of accounts with tickets in both quarters. */
        private static final String PAIRED =
                """
                with ticket as (
                  select account_id, submitted_at >= '2024-10-01' as is_now, (%1$s)::double precision as value
                  from support_tickets where submitted_at >= '2024-07-01' and submitted_at < '2025-01-01' and %2$s
                ),
                of_account as (
                  select %3$s filter (where is_now) - %3$s filter (where not is_now) as difference
                  from ticket group by account_id
                )
                select avg(difference) as change, count(difference) as accounts,
                  stddev_samp(difference) / sqrt(count(difference)::double precision) as error
                from of_account
                """;

        void expect(JsonNode move, boolean isHigherBetter, RawTables raw) throws SQLException {
            var byHand =
                    raw.query(
                                    (ofAccount == null ? RATIO : PAIRED)
                                            .formatted(value, condition, ofAccount))
                            .getFirst();
            double change = (double) byHand.get("change");
            long accounts = (long) byHand.get("accounts");
            double above =
                    TDistribution.of(accounts - 1.0)
                            .survivalProbability(change / (double) byHand.get("error"));
            assertThat(move.path("accounts").asLong()).isEqualTo(accounts);
            assertThat(move.path("change").asDouble()).isCloseTo(change, within(1e-9));
            assertThat(move.path(isHigherBetter ? "better" : "worse").asDouble())
                    .isCloseTo(above, within(1e-9));
            assertThat(move.path(isHigherBetter ? "worse" : "better").asDouble())
                    .isCloseTo(1 - above, within(1e-9));
        }
    }

    static final String DATA = "ravenstack";

    private static final Moved MEAN =
            new Moved("first_response_time_minutes", "true", "avg(value)");
    private static final Moved SATISFIED =
            new Moved(
                    "(satisfaction_score::numeric >= 4)::integer",
                    "coalesce(satisfaction_score, '') <> ''",
                    null);

    static List<GuardedExample> all() {
        return List.of(
                new GuardedExample("mean_reply", false, MEAN, SATISFIED, "QUIET"),
                new GuardedExample(
                        "median_reply",
                        false,
                        new Moved(
                                "first_response_time_minutes",
                                "true",
                                "percentile_cont(0.5) within group (order by value)"),
                        SATISFIED,
                        "QUIET"),
                new GuardedExample("satisfied", true, SATISFIED, MEAN, "QUIET"));
    }

    void expect(RunningCairn service, RawTables raw) throws SQLException {
        var answer =
                service.ask(
                        """
                        { guards(input: {metrics: ["%s"], every: QUARTER, asOf: "2025-01-01T00:00:00Z"}) { pairs {
                          state from until level metricMove { change better worse accounts } counterMove { change better worse accounts } } } }
                        """
                                .formatted(metric),
                        Map.of());
        var guard = answer.at("/data/guards/pairs/0");
        assertThat(guard.path("from").asString()).as(answer.toString()).isEqualTo("2024-10-01");
        assertThat(guard.path("until").asString()).isEqualTo("2025-01-01");
        assertThat(guard.path("level").asDouble()).isEqualTo(0.05 / 4);
        change.expect(guard.path("metricMove"), isHigherBetter, raw);
        counterChange.expect(guard.path("counterMove"), !isHigherBetter, raw);
        assertThat(guard.path("state").asString()).isEqualTo(state);
    }
}
