package dev.cairn.testkit.opinion;

import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import java.math.BigDecimal;
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

    /** @param ofWindow of the window at hand, not of the bucket */
    record Edge(boolean end, boolean ofWindow) implements Sentence {}

    /** The question's as-of. */
    record AsOf() implements Sentence {}

    /**
     * When something is read: {@code fact}, {@code start}, {@code end}, {@code now} or {@code at}.
     *
     * @param at a date or an instant; null but for {@code at}
     */
    record Moment(String word, @Nullable Object at) {}

    /** An attribute as it was at another time. */
    record NameAsOf(Name name, Moment moment) implements Sentence {}

    /** @param moment whose rate; null: that of the row's time */
    record Convert(Sentence of, String currency, @Nullable Moment moment) implements Sentence {}

    /**
     * Units of a grain from the one that holds a time to that of the row.
     *
     * @param from null: the start of the account
     */
    record Age(String grain, @Nullable Name from) implements Sentence {}

    /** The time by which a row is placed. */
    record OwnTime() implements Sentence {}

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

    /** @param moment null: that of what is read */
    record InCohort(String cohort, @Nullable Moment moment) implements Sentence {
        InCohort(String cohort) {
            this(cohort, null);
        }
    }

    /** Of a question's own cohort. */
    record InRule(Sentence rule) implements Sentence {}

    record Case(List<When> whens, Sentence otherwise) implements Sentence {
        public Case {
            whens = List.copyOf(whens);
        }
    }

    record When(Sentence condition, Sentence result) {}

    record Over(Sentence of, Window window) implements Sentence {}

    /** A count of units: {@code 3 days}. */
    record Span(long count, String unit) {}

    sealed interface Window {
        record Last(Span span) implements Window {}

        record ToDate(String grain) implements Window {}

        record Range(boolean toDate) implements Window {}

        record All(boolean before) implements Window {}

        record Onward() implements Window {}

        record Ever() implements Window {}

        /** Relative to a time of a member or row. */
        record OfEach(Span span, boolean before, Sentence time) implements Window {}

        /** That of one member or row. */
        record Own(Stretch stretch) implements Window {}
    }

    /**
     * {@code prior} or {@code next}.
     *
     * @param by null: by the bucket, or to the start of a grain
     */
    record Shift(boolean next, Sentence of, @Nullable Span by, @Nullable String startOf)
            implements Sentence {}

    /** @param by keys that are kept, as they are written */
    record Total(Sentence of, List<Sentence> by) implements Sentence {
        public Total {
            by = List.copyOf(by);
        }
    }

    record Only(Sentence of, Sentence where) implements Sentence {}

    record Scale(Sentence of, BigDecimal from, BigDecimal to) implements Sentence {}

    /**
     * A weighted mean.
     *
     * @param instead of a missing part; null: its weight is spread
     * @param noneMissing whether a missing part makes it missing
     * @param coverage the least part of the weight that has a value
     */
    record Weighted(
            List<Part> parts,
            @Nullable BigDecimal instead,
            boolean noneMissing,
            BigDecimal coverage)
            implements Sentence {
        public Weighted {
            parts = List.copyOf(parts);
        }
    }

    record Part(BigDecimal weight, Sentence of) {}

    /** Of the account of a row. */
    record Per(Sentence of) implements Sentence {}

    record Call(String function, List<Sentence> arguments) implements Sentence {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * An aggregate.
     *
     * @param via the link that was said of rows that point at a row; null: the only one
     * @param on the time field that was said; null: the declared one
     * @param valid when rows must hold: at a moment, or {@code during}; null: they are placed by a time
     * @param weight of each row; null: all weigh the same
     * @param value null for those that count rows
     * @param emptyIsNone over nothing there is no value
     */
    record Aggregate(
            String function,
            String relation,
            @Nullable String via,
            @Nullable String on,
            @Nullable Moment valid,
            @Nullable Sentence where,
            @Nullable Sentence weight,
            @Nullable Sentence value,
            boolean emptyIsNone)
            implements Sentence {
        /** Whether it is a sum through another: a share, or a mean of what is weighed. */
        boolean isDivision() {
            return function.equals("share") || (function.equals("avg") && weight != null);
        }

        /** What it reads of each row. */
        Sentence ofRow() {
            if (value == null) {
                throw new Unsupported(function + " of nothing");
            }
            return value;
        }
    }
}
