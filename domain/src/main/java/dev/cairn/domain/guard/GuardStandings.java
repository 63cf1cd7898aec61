package dev.cairn.domain.guard;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How all guards stand, as they were measured last; of each published metric that names a counter-metric one, by month.
 *
 * @param guards by metric; those that nobody has looked at as things are now are NOT_MEASURED
 */
public record GuardStandings(Map<String, Guard> guards) {
    private static final String COUNTER_MOVED = "COUNTER_MOVED";

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

    /** What is said beside an answer that shows metrics whose guards have tripped: nothing of one as of a moment when that was not known yet. */
    public List<Notice> beside(AnalysisResult answer) {
        return answer.knownAt() != null
                ? List.of()
                : answer.columns().stream()
                        .flatMap(column -> beside(column, answer).stream())
                        .toList();
    }

    private Optional<Notice> beside(Column column, AnalysisResult answer) {
        return Optional.ofNullable(column.metric())
                .flatMap(this::of)
                .filter(Guard::isTripped)
                .filter(guard ->
                        !answer.asOf()
                                .isBefore(guard.until().atStartOfDay().toInstant(ZoneOffset.UTC)))
                .map(guard -> new Notice(COUNTER_MOVED, guard.words(), column.key()));
    }
}
