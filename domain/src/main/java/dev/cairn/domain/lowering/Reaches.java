package dev.cairn.domain.lowering;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers what time is read, for all leaves of a question. */
final class Reaches {
    private final Map<TimeContext, Integer> numbers = new LinkedHashMap<>();

    Reaches() {
        of(TimeContext.BUCKET);
    }

    int of(TimeContext time) {
        return numbers.computeIfAbsent(time, _ -> numbers.size());
    }

    List<TimeContext> all() {
        return List.copyOf(numbers.keySet());
    }
}
