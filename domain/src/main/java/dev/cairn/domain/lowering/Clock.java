package dev.cairn.domain.lowering;

import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.plan.Units;
import java.util.List;

/** Finds the units of time that relations over them have; only a question knows them. */
public interface Clock {
    /** The units of what is read in a time, cut by a step. */
    Cut cut(TimeContext time, Step step);

    /** Units before it is known what is read in them. */
    interface Cut {
        /** @param reaches what is read in each unit, in the order in which scans point to it */
        Units units(List<TimeContext> reaches);

        /** Of what is read in the units. */
        Clock beneath();
    }

    /** For a look at what is read, whatever the time. */
    Clock ANY =
            (_, _) ->
                    new Cut() {
                        @Override
                        public Units units(List<TimeContext> reaches) {
                            return new Units(0, Timeline.NONE, List.of(), List.of());
                        }

                        @Override
                        public Clock beneath() {
                            return ANY;
                        }
                    };
}
