package dev.cairn.domain.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How a file of accounts says from when until when the attributes of a row hold. All are local dates. */
public sealed interface History {
    /**
     * Each row holds from one day until another, out.
     *
     * @param from column with the first day; empty: from ever
     * @param until column with the first day on which it holds no more; empty: it still does
     * @param missing what stands in these columns in place of nothing, such as {@code \N} or {@code 9999-12-31}
     */
    record Intervals(String from, String until, List<String> missing) implements History {
        public Intervals {
            // What earlier releases stored has no codes.
            missing = List.copyOf(Objects.requireNonNullElse(missing, List.of()));
        }

        /** Intervals that end where a column is empty. */
        public Intervals(String from, String until) {
            this(from, until, List.of());
        }
    }

    /**
     * Each row holds from a day on, until the next one that is known of the same member.
     *
     * @param on column with the day
     */
    record Snapshots(String on) implements History {}

    /** A whole file is of one day, which whoever imports it says. */
    record OfFiles() implements History {
        /** The column of a declared entity that keeps the day, as if each row said it. */
        public static final String DAY = "as_of";
    }

    /** Of a declared entity, the column with the day from which a row holds. */
    default String begins() {
        return switch (this) {
            case Intervals(var from, _, _) -> from;
            case Snapshots(var on) -> on;
            case OfFiles() -> OfFiles.DAY;
        };
    }

    /** The column with the first day on which a row holds no more; empty: it holds until the next. */
    default Optional<String> ends() {
        return this instanceof Intervals(_, var until, _) ? Optional.of(until) : Optional.empty();
    }
}
