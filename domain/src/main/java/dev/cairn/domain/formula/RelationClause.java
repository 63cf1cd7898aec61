package dev.cairn.domain.formula;

import dev.cairn.domain.time.Grain;
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

        /** A source, slice or entity; {@code via} names the link where there are several. */
        record Named(String name, Formula.@Nullable Path via, Span span) implements Head {}

        /** Each day (week, ...) of the window. */
        record EachGrain(Grain grain, Span span) implements Head {}

        /** Tiles of a length, counted back from the end. */
        record Every(TimeSpan length, Span span) implements Head {}

        /** Attempts at a sequence. */
        record StepsHead(Steps steps, Span span) implements Head {}

        /** Each later row with the latest earlier one. */
        record Touch(
                RelationClause later,
                RelationClause earlier,
                TimeSpan within,
                String per,
                Formula.@Nullable Path same,
                Span span)
                implements Head {}

        /** Changes of a value over time. */
        record Changes(Formula.Path value, @Nullable TimeSpan gap, String per, Span span)
                implements Head {}
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
            List<RelationClause> without) {
        public Steps {
            steps = List.copyOf(steps);
            without = List.copyOf(without);
        }

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
