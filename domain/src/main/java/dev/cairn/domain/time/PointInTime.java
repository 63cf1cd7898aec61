package dev.cairn.domain.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** When something begins or ends: at an instant, or with a local date, which is that date in whatever zone it is looked at. */
public sealed interface PointInTime {
    /** From the first moment of a local date on. */
    record OnDate(LocalDate date) implements PointInTime {
        @Override
        public String toString() {
            return date.toString();
        }
    }

    record AtInstant(Instant instant) implements PointInTime {
        @Override
        public String toString() {
            return instant.toString();
        }
    }

    static PointInTime on(LocalDate date) {
        return new OnDate(date);
    }

    static PointInTime at(Instant instant) {
        return new AtInstant(instant);
    }

    /** Whether it is before another one in every zone there is. */
    default boolean isBeforeEverywhere(PointInTime other) {
        return switch (this) {
            case OnDate(var date) ->
                    switch (other) {
                        case OnDate(var later) -> date.isBefore(later);
                        case AtInstant(var later) ->
                                date.isBefore(later.atOffset(ZoneOffset.MIN).toLocalDate());
                    };
            case AtInstant(var instant) ->
                    switch (other) {
                        case OnDate(var later) ->
                                instant.atOffset(ZoneOffset.MAX).toLocalDate().isBefore(later);
                        case AtInstant(var later) -> instant.isBefore(later);
                    };
        };
    }
}
