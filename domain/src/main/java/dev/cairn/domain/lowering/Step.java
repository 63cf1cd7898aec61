package dev.cairn.domain.lowering;

import dev.cairn.domain.formula.TimeSpan.Unit;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;

/** What a stretch of time is cut into by a relation over units of time. */
public sealed interface Step {
    /** Days, weeks, ...: those of the calendar. */
    record Each(Periods grain) implements Step {}

    /** Tiles of a length, counted back from the end. */
    record Every(Length length) implements Step {}

    /** What of the calendar's periods is in a bucket, which may cut the first and the last of them. */
    record Within(Periods grain) implements Step {}

    /** As a formula has it. */
    default String text() {
        return switch (this) {
            case Each(var grain) -> grain.text();
            case Within(var grain) -> grain.text();
            case Every(var length) -> "every " + length.text();
        };
    }

    /** Whether dates cannot be read in it. */
    default boolean isSubDaily() {
        return switch (this) {
            case Each(var grain) -> grain == Grain.HOUR;
            case Within _ -> false;
            case Every(var length) -> length.unit() == Unit.HOUR || length.unit() == Unit.MINUTE;
        };
    }
}
