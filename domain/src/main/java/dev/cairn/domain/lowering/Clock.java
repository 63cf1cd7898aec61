package dev.cairn.domain.lowering;

import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.plan.Units;
import java.util.List;
import java.util.function.Function;

/** Finds the units of time that relations over them have; only a question knows them. */
public interface Clock {
    /**
     * The units of what is read in a time, cut by a step.
     *
     * @param ofEach whether those of each bucket are units of their own, as the bucket is read in them too
     */
    Cut cut(TimeContext time, Step step, boolean ofEach);

    /**
     * Units before it is known what is read in them.
     *
     * @param unitsOf gives the units, from what is read in each of them, in the order in which scans point to it
     * @param beneath of what is read in the units
     */
    record Cut(Function<List<TimeContext>, Units> unitsOf, Clock beneath) {
        Units units(List<TimeContext> reaches) {
            return unitsOf.apply(reaches);
        }
    }

    /** For a look at what is read, whatever the time. */
    Clock ANY =
            (_, _, _) -> new Cut(_ -> new Units(0, Timeline.NONE, List.of(), List.of()), Clock.ANY);
}
