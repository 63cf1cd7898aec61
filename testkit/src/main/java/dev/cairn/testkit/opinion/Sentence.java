package dev.cairn.testkit.opinion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A formula as this package reads it. Names of {@code let} are put in place while it is read. */
sealed interface Sentence {
    /** @param value BigDecimal, String, Boolean, LocalDate, Instant; null for none */
    record Literal(@Nullable Object value) implements Sentence {}

    record Name(List<String> parts) implements Sentence {
        public Name {
            parts = List.copyOf(parts);
        }

        String last() {
            return parts.getLast();
        }
    }

    record Edge(boolean end) implements Sentence {}

    record Minus(Sentence of) implements Sentence {}

    record Not(Sentence of) implements Sentence {}

    /** @param sign of arithmetic or of a comparison, {@code and}, {@code or} */
    record Pair(String sign, Sentence left, Sentence right) implements Sentence {}

    record Is(Sentence left, Sentence right) implements Sentence {}

    record In(Sentence of, List<Sentence> values) implements Sentence {
        public In {
            values = List.copyOf(values);
        }
    }

    record InCohort(String cohort) implements Sentence {}

    record Case(List<When> whens, Sentence otherwise) implements Sentence {
        public Case {
            whens = List.copyOf(whens);
        }
    }

    record When(Sentence condition, Sentence result) {}

    record Call(String function, List<Sentence> arguments) implements Sentence {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * An aggregate.
     *
     * @param on the time field that was said; null: the declared one
     * @param value null for those that count rows
     * @param emptyIsNone over nothing there is no value
     */
    record Aggregate(
            String function,
            String relation,
            @Nullable String on,
            @Nullable Sentence where,
            @Nullable Sentence value,
            boolean emptyIsNone)
            implements Sentence {}
}
