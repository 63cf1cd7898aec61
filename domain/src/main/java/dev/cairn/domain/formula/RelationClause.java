package dev.cairn.domain.formula;

import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.time.AskedGrain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an aggregate reads, as written: a head with its clauses. */
public record RelationClause(
        Head head,
        @Nullable Timing timing,
        @Nullable Formula where,
        @Nullable Formula weight,
        Span span) {

    /** What gives the rows. */
    public sealed interface Head {
        Span span();

        /**
         * A source, slice or entity, or what a link leads to: {@code line.product}, each once.
         *
         * @param via names the link where there are several
         * @param by pairs of the entity and a value: {@code account by event.category}
         */
        record Named(Path path, @Nullable Path via, List<Path> by, Span span) implements Head {
            public Named {
                by = List.copyOf(by);
            }

            /** Of the relation, or of the one that the link belongs to. */
            public String name() {
                return path.names().getFirst();
            }
        }

        /** Each day (week, ...) of the window. */
        record EachGrain(AskedGrain grain, Span span) implements Head {}

        /** Tiles of a length, counted back from the end. */
        record Every(TimeSpan length, Span span) implements Head {}

        /** Attempts at a sequence. */
        record StepsHead(Steps steps, Span span) implements Head {}

        /** Each later row with the latest earlier one; without {@code within} at any distance. */
        record Touch(
                RelationClause later,
                RelationClause earlier,
                @Nullable TimeSpan within,
                String per,
                List<Path> same,
                Span span)
                implements Head {
            public Touch {
                same = List.copyOf(same);
            }
        }

        /** Changes of a value over time. */
        record Changes(Path value, @Nullable TimeSpan gap, String per, Span span) implements Head {}
    }

    /** Which rows by time: {@code on field}, {@code at start}, {@code during}. */
    public sealed interface Timing {
        /** By another time field. */
        record On(String field, Span span) implements Timing {}

        /** Valid at a moment. */
        record At(Moment moment, Span span) implements Timing {}

        /** Valid at some time of the window. */
        record During(Span span) implements Timing {}
    }

    /** An ordered sequence of facts within a time. */
    public record Steps(
            List<RelationClause> steps,
            TimeSpan within,
            boolean inclusive,
            String per,
            Attempt attempt,
            Order order,
            List<Path> same,
            List<Without> without,
            boolean withPending) {
        public Steps {
            steps = List.copyOf(steps);
            if (steps.size() < 2) {
                throw new IllegalArgumentException("a sequence has two steps at least");
            }
            same = List.copyOf(same);
            without = List.copyOf(without);
        }

        /** No such row in the attempt, or between two of its steps, counted from 1. */
        public record Without(RelationClause relation, @Nullable Between between) {}

        /** The numbers of two steps. */
        public record Between(int from, int to) {}

        /** Which attempt counts. */
        public enum Attempt {
            FIRST,
            ANY
        }

        /** How strictly the order is taken. */
        public enum Order {
            LOOSE,
            STRICT,
            UNORDERED
        }
    }
}
