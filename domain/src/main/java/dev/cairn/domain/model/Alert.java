package dev.cairn.domain.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells people of what was not so before.
 *
 * @param owner who answers for it; null where not said
 * @param watched what is looked at
 */
public record Alert(
        String name, String label, String description, @Nullable String owner, Watched watched)
        implements Definition {
    /** For which groups of an answer an alert stands. */
    public enum When {
        /** All that are in the answer. */
        THERE,
        /** Those of which a target is missed. */
        MISSED
    }

    /** How long a cycle of a guard is. */
    public enum Every {
        WEEK,
        MONTH,
        QUARTER
    }

    /** What an alert looks at. */
    public sealed interface Watched {
        /** Name of the definition that is watched. */
        String of();

        /** As people read it. */
        String meaning();

        /**
         * Groups in the answer to a saved question.
         *
         * @param of the question; its conditions say which groups are in the answer
         * @param provisional whether values count too that may still change
         */
        record Groups(String of, When when, boolean provisional) implements Watched {
            @Override
            public String meaning() {
                return "%s when %s%s"
                        .formatted(of, when.name().toLowerCase(Locale.ROOT), too(provisional));
            }
        }

        /**
         * Accounts that come to be in a cohort, by the end of the day before.
         *
         * @param of the cohort
         * @param provisional whether values count too that may still change
         */
        record Entered(String of, boolean provisional) implements Watched {
            @Override
            public String meaning() {
                return "accounts that enter %s%s".formatted(of, too(provisional));
            }
        }

        /**
         * Accounts whose value is in another band than it was, by the end of the day before.
         *
         * @param of the metric
         * @param band that they were in; null: any
         * @param provisional whether values count too that may still change
         */
        record BandLeft(String of, @Nullable String band, boolean provisional) implements Watched {
            @Override
            public String meaning() {
                return "accounts that leave %s of %s%s"
                        .formatted(band == null ? "a band" : band, of, too(provisional));
            }
        }

        /**
         * A metric that gets better while its counter-metric gets worse.
         *
         * @param of the metric
         */
        record GuardTripped(String of, Every every) implements Watched {
            @Override
            public String meaning() {
                return "guard of %s each %s".formatted(of, every.name().toLowerCase(Locale.ROOT));
            }
        }

        /**
         * A source whose grade is worse than this.
         *
         * @param of the source
         */
        record TrustLost(String of, Grade atLeast) implements Watched {
            @Override
            public String meaning() {
                return "trust of %s below %s".formatted(of, atLeast);
            }
        }

        private static String too(boolean provisional) {
            return provisional ? ", provisional too" : "";
        }
    }

    @Override
    public String meaning() {
        return "alert of " + watched.meaning();
    }
}
