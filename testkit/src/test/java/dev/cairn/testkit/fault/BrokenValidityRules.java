package dev.cairn.testkit.fault;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.plan.Placing.Edge;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.testkit.reference.Rules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of rows that hold for a time, each with one of them broken. */
final class BrokenValidityRules {
    private BrokenValidityRules() {}

    private static Object next(Object time) {
        return moved(time, 1);
    }

    private static Object moved(Object time, int by) {
        return switch (time) {
            case LocalDate date -> date.plusDays(by);
            case Instant instant -> instant.plus(by, ChronoUnit.MICROS);
            default -> throw new IllegalArgumentException("not a time: " + time);
        };
    }

    static class OpeningStockHasWhatStartsWithIt extends Rules {
        @Override
        public boolean isValidAt(@Nullable Object from, @Nullable Object until, Object edge) {
            return super.isValidAt(from == null ? null : moved(from, -1), until, edge);
        }
    }

    static class StockHasLostWhatEndsWithIt extends Rules {
        @Override
        public boolean isValidAt(@Nullable Object from, @Nullable Object until, Object edge) {
            return super.isValidAt(from, until == null ? null : moved(until, -1), edge);
        }
    }

    static class OpenRowsAreNeverValid extends Rules {
        @Override
        public boolean isValidAt(@Nullable Object from, @Nullable Object until, Object edge) {
            return until != null && super.isValidAt(from, until, edge);
        }
    }

    static class StockAtTheEndIgnoresAsOf extends Rules {
        @Override
        public Object edge(Edge edge, Stretch stretch, boolean byDate, AnalysisPlan plan) {
            return edge == Edge.START
                    ? super.edge(edge, stretch, byDate, plan)
                    : byDate ? stretch.endDate() : stretch.end();
        }
    }

    static class EdgesAreChangedRound extends Rules {
        @Override
        public Object edge(Edge edge, Stretch stretch, boolean byDate, AnalysisPlan plan) {
            var other = edge == Edge.END && stretch.start() != null ? Edge.START : Edge.END;
            return super.edge(other, stretch, byDate, plan);
        }
    }

    static class DuringIsWhatStartsInIt extends Rules {
        @Override
        public boolean isValidDuring(
                @Nullable Object from,
                @Nullable Object until,
                Stretch stretch,
                boolean byDate,
                AnalysisPlan plan) {
            return from != null
                    && super.isValidDuring(from, next(from), stretch, byDate, plan)
                    && super.isValidDuring(from, until, stretch, byDate, plan);
        }
    }

    static class DuringHasWhatEndsWithItsStart extends Rules {
        @Override
        public boolean isValidDuring(
                @Nullable Object from,
                @Nullable Object until,
                Stretch stretch,
                boolean byDate,
                AnalysisPlan plan) {
            boolean hasLength = from != null && !from.equals(until);
            return super.isValidDuring(
                    from, until == null || !hasLength ? until : next(until), stretch, byDate, plan);
        }
    }

    static class DuringHasRowsWithoutLength extends Rules {
        @Override
        public boolean isValidDuring(
                @Nullable Object from,
                @Nullable Object until,
                Stretch stretch,
                boolean byDate,
                AnalysisPlan plan) {
            return super.isValidDuring(
                    from,
                    from != null && from.equals(until) ? next(from) : until,
                    stretch,
                    byDate,
                    plan);
        }
    }

    static class DuringAllBeginsBeforeTheCoverage extends Rules {
        @Override
        public boolean isValidDuring(
                @Nullable Object from,
                @Nullable Object until,
                Stretch stretch,
                boolean byDate,
                AnalysisPlan plan) {
            var bucket = stretch.of();
            boolean isOfBucket = Objects.equals(stretch.start(), bucket.start());
            var longer =
                    new Stretch(
                            bucket,
                            Instant.EPOCH,
                            stretch.end(),
                            LocalDate.EPOCH,
                            stretch.endDate(),
                            stretch.mustBeOver());
            return super.isValidDuring(from, until, isOfBucket ? stretch : longer, byDate, plan);
        }
    }

    static class StockOutsideTheCoverageIsOfTheRowsThereAre extends Rules {
        @Override
        public boolean knowsValidityInCoverageOnly() {
            return false;
        }
    }

    static class EdgeIsOutsideWhereTheCoverageBegins extends Rules {
        @Override
        public Optional<Absence> outside(
                Coverage coverage, boolean byDate, Stretch stretch, Object edge) {
            return super.outside(coverage, byDate, stretch, moved(edge, -1));
        }
    }

    static class StockOfABucketThatTheCoverageEndsInIsNotYet extends Rules {
        @Override
        public Optional<Absence> outside(
                Coverage coverage, boolean byDate, Stretch stretch, Object edge) {
            var whole =
                    new Stretch(
                            stretch.of(),
                            stretch.start(),
                            stretch.end(),
                            stretch.startDate(),
                            stretch.endDate(),
                            true);
            return super.outside(coverage, byDate, whole, edge);
        }
    }
}
