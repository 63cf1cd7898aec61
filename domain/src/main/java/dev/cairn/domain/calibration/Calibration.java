package dev.cairn.domain.calibration;

import dev.cairn.domain.statistics.Auc;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A score held against what happened afterwards.
 *
 * @param asOf what counted as now
 * @param checkpoints in the order in which they were asked for
 */
public record Calibration(Instant asOf, List<Checkpoint> checkpoints) {
    public Calibration {
        checkpoints = List.copyOf(checkpoints);
    }

    /**
     * Of scores read on one day, or as many days before contracts were due.
     *
     * @param daysBefore null where it is of no contracts
     * @param date null where it is of contracts, or of a day of each account
     * @param cases accounts or contracts with an outcome
     * @param accounts how many different accounts they are of; where they are fewer, cases of one account go together, and intervals are too narrow
     * @param pending without an outcome: not decided, or the condition was empty
     * @param decidedBefore contracts left out, as they had been decided before their score was read
     * @param absent left out, as their account was not there when the score was read, or not of those that were asked for
     * @param incomplete accounts that were asked for whose outcome may still change, as data is not complete that far
     * @param scores the score, and the one asked for beside it
     */
    public record Checkpoint(
            @Nullable Integer daysBefore,
            @Nullable LocalDate date,
            int cases,
            int accounts,
            int pending,
            int decidedBefore,
            int absent,
            int incomplete,
            List<Scored> scores) {
        public Checkpoint {
            scores = List.copyOf(scores);
        }
    }

    /**
     * How well one score knew.
     *
     * @param score as it was asked for
     * @param bands from the least score; last, where there are such, cases without a score
     * @param order whether more of a better band went well
     * @param breaks neighbouring bands in the wrong order
     * @param auc how often of a case that went well and one that did not the former had the better score, ties half; null where there are not two of both
     * @param brier the mean squared distance of the score from what happened (1 or 0); null unless all scores are from 0 to 1
     * @param thresholds from the least
     * @param misses of the best band that did not go well, the best score first
     * @param falseAlarms of the worst band that went well, the worst score first
     */
    public record Scored(
            String score,
            List<BandOutcomes> bands,
            Order order,
            List<Break> breaks,
            @Nullable Auc auc,
            @Nullable Double brier,
            List<Threshold> thresholds,
            List<Case> misses,
            List<Case> falseAlarms) {
        public Scored {
            bands = List.copyOf(bands);
            breaks = List.copyOf(breaks);
            thresholds = List.copyOf(thresholds);
            misses = List.copyOf(misses);
            falseAlarms = List.copyOf(falseAlarms);
        }
    }

    /**
     * Cases of a band.
     *
     * @param band null: without a score
     * @param good how many of them went well
     * @param share null where there are none; so are low and high, the ends of Wilson's interval of 95 %
     */
    public record BandOutcomes(
            @Nullable String band,
            int cases,
            int good,
            @Nullable Double share,
            @Nullable Double low,
            @Nullable Double high) {}

    /** Whether more of a better band went well. */
    public enum Order {
        AS_EXPECTED,
        BROKEN,
        /** Fewer than two bands have cases. */
        UNKNOWN
    }

    /**
     * Of a worse band more went well than of a better one.
     *
     * @param p the chance of a difference at least so large, either way, were there none
     */
    public record Break(String worse, String better, double p) {}

    /**
     * What alarms of scores worse than a threshold would have been.
     *
     * @param alarms how many
     * @param caught alarms that did not go well
     * @param missed without an alarm, and did not go well
     * @param falseAlarms alarms that went well
     */
    public record Threshold(double at, int alarms, int caught, int missed, int falseAlarms) {}
}
