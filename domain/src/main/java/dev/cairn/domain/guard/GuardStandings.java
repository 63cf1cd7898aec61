package dev.cairn.domain.guard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How all guards stand, as they were measured last; of each published metric that names a counter-metric one, by month.
 *
 * @param guards by metric; those that nobody has looked at as things are now are NOT_MEASURED
 */
public record GuardStandings(Map<String, Guard> guards) {
    public GuardStandings {
        guards = Map.copyOf(guards);
    }

    public static GuardStandings of(List<Guard> guards) {
        var byMetric = new LinkedHashMap<String, Guard>();
        guards.forEach(guard -> byMetric.put(guard.metric(), guard));
        return new GuardStandings(byMetric);
    }

    /** Empty where the metric is not published, or names no counter-metric. */
    public Optional<Guard> of(String metric) {
        return Optional.ofNullable(guards.get(metric));
    }

    /** Those that tripped, by metric. */
    public Stream<Guard> tripped() {
        return Guard.inOrder(List.copyOf(guards.values())).stream().filter(Guard::isTripped);
    }
}
