package dev.cairn.domain.model;

import dev.cairn.domain.time.FiscalPeriods;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import java.time.MonthDay;
import java.util.List;
import java.util.Optional;

/**
 * A calendar whose year begins on another day than January 1; its months and quarters are counted from there.
 *
 * @param beginsMonth of the first day of its year
 * @param beginsDay of the first day of its year and of each of its months
 */
public record Calendar(
        String name, String label, String description, int beginsMonth, int beginsDay)
        implements Definition {
    /** The last day that each month has. */
    public static final int LAST_DAY = 28;

    private static final List<Grain> PERIODS = List.of(Grain.MONTH, Grain.QUARTER, Grain.YEAR);

    /** Whether there is such a day, and each month has it. */
    public boolean isSound() {
        return beginsMonth >= 1 && beginsMonth <= 12 && beginsDay >= 1 && beginsDay <= LAST_DAY;
    }

    /** What it is cut into, as formulas name it. */
    public static List<String> periods() {
        return PERIODS.stream().map(Grain::text).toList();
    }

    /** Empty where it has no such period, or is not sound. */
    public Optional<Periods> periods(String period) {
        return PERIODS.stream()
                .filter(_ -> isSound())
                .filter(grain -> grain.text().equals(period))
                .findFirst()
                .map(grain -> new FiscalPeriods(name, grain, MonthDay.of(beginsMonth, beginsDay)));
    }

    @Override
    public String meaning() {
        return "begins %02d-%02d".formatted(beginsMonth, beginsDay);
    }
}
