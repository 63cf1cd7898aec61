package dev.cairn.domain.time;

/**
 * {@code fiscal.quarter}.
 *
 * @param period what the calendar is cut into
 */
public record CalendarGrain(String calendar, String period) implements AskedGrain {
    @Override
    public String text() {
        return calendar + "." + period;
    }
}
