package dev.cairn.domain.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What it is for an account to have succeeded, and when that is known. It is what metrics are held against: whether accounts with more of them succeed more often.
 *
 * @param owner who answers for it; null where not said
 * @param rule a formula that is true or false for an account; where it is empty, the account has not succeeded
 * @param window when it is decided; null: it is a state of which nobody knows since when
 * @param size a formula of how large an account is, which metrics have to tell more than; null where not said
 */
public record Success(
        String name,
        String label,
        String description,
        @Nullable String owner,
        String rule,
        @Nullable Window window,
        @Nullable String size)
        implements Definition {
    /** The time in which success is decided: what is known of an account before it may foretell it. */
    public sealed interface Window {
        /** Local dates, half-open, of all accounts. */
        record Dates(LocalDate from, LocalDate until) implements Window {
            @Override
            public String meaning() {
                return "from %s until %s".formatted(from, until);
            }
        }

        /**
         * Days counted from a date of the account, half-open.
         *
         * @param after attribute of the account
         * @param from day on which it begins; 0 is the date itself
         * @param until day on which it is over
         */
        record Days(String after, int from, int until) implements Window {
            @Override
            public String meaning() {
                return "from day %d until day %d after %s".formatted(from, until, after);
            }
        }

        /** As people read it. */
        String meaning();
    }

    /** The same, decided at another time. */
    public Success during(Window other) {
        return new Success(name, label, description, owner, rule, other, size);
    }

    @Override
    public String meaning() {
        return "success %s %s size %s"
                .formatted(rule, window == null ? "at any time" : window.meaning(), size);
    }
}
