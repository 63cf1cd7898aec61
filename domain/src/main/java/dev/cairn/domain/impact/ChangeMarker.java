package dev.cairn.domain.impact;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that was written down as a fact of the source {@code change_marker}.
 *
 * @param key by which it is asked for
 * @param name in words; its key where it has none
 * @param concerned the accounts that it concerned, as written: the name of a cohort or a condition; null: all
 */
public record ChangeMarker(
        String key, String name, LocalDate changedOn, @Nullable String concerned) {
    private static final String SOURCE = "change_marker";
    private static final List<String> FIELDS = List.of("change_id", "changed_on", "name");
    private static final String CONCERNS = "concerns";
    private static final Place OF_CHANGE = Place.of("change");
    private static final LocalDate FIRST = LocalDate.of(1990, 1, 1);

    /** What came of looking for one. */
    public sealed interface Found {
        record One(ChangeMarker marker) implements Found {}

        record None(Problem problem) implements Found {}
    }

    /** The accounts that it concerned; null: all. */
    public @Nullable CohortReference concerns(Catalog catalog) {
        if (concerned == null) {
            return null;
        }
        return catalog.cohort(concerned).isPresent()
                ? new CohortReference.ByKey(concerned)
                : new CohortReference.Rule(concerned);
    }

    /** What keeps markers from being asked for; empty: nothing. */
    public static List<Problem> problems(Catalog catalog) {
        var source = catalog.source(SOURCE);
        return source.isPresent() && FIELDS.stream().allMatch(field -> has(source.get(), field))
                ? List.of()
                : List.of(
                        Problem.of(
                                ProblemCode.UNKNOWN_SOURCE,
                                OF_CHANGE,
                                "There are no change markers: they are facts of a source '%s' with the fields %s. Declare it, as the pack 'customer-success' does, or give the day.",
                                SOURCE,
                                String.join(", ", FIELDS)));
    }

    /** That they are not for who sees only some accounts, as facts of no account are not; empty: they may be asked for. {@link #problems} are none. */
    public static List<Problem> outOfSight(Catalog catalog, Caller caller) {
        return caller.isScoped() && catalog.source(SOURCE).filter(Source::isOfAccounts).isEmpty()
                ? List.of(
                        Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                OF_CHANGE,
                                "Change markers are of no account, and you may see some accounts only: give the day of the change instead, and the accounts that it concerned."))
                : List.of();
    }

    private static boolean has(Source source, String field) {
        return source.field(field).isPresent();
    }

    /** All markers up to now. {@link #problems} are none. */
    public static AnalysisQuery question(Catalog catalog, ZoneId zone, Instant asOf) {
        var groups = new ArrayList<String>();
        groups.add(SOURCE + ".change_id");
        groups.add(SOURCE + ".name");
        if (catalog.source(SOURCE).filter(source -> has(source, CONCERNS)).isPresent()) {
            groups.add(SOURCE + "." + CONCERNS);
        }
        return AnalysisQuery.of(
                        List.of(
                                new AskedMetric(
                                        new MetricReference.Inline(
                                                "min(%s : changed_on)".formatted(SOURCE)),
                                        "changed_on")),
                        new AskedRange.Between(FIRST, asOf.atZone(zone).toLocalDate().plusDays(1)),
                        zone)
                .withGroupBy(groups)
                .withAsOf(asOf)
                .withKeys(false);
    }

    /** @param answer to {@link #question} */
    public static Found find(String key, AnalysisResult answer) {
        var markers = all(answer);
        return markers.stream()
                .filter(marker -> marker.key().equals(key))
                .findFirst()
                .<Found>map(Found.One::new)
                .orElseGet(() -> new Found.None(unknown(key, markers)));
    }

    private static Problem unknown(String key, List<ChangeMarker> markers) {
        return Problem.of(ProblemCode.BAD_VALUE, OF_CHANGE, "No change '%s' up to now.", key)
                .suggesting(
                        NearestNames.nearest(
                                key, markers.stream().map(ChangeMarker::key).toList()));
    }

    /**
     * Those that have a key and a day.
     *
     * @param answer to {@link #question}
     */
    public static List<ChangeMarker> all(AnalysisResult answer) {
        var markers = new ArrayList<ChangeMarker>();
        for (var row : answer.rows()) {
            var key = text(row, 0);
            if (key != null
                    && row.cells().getLast() instanceof Cell.Value(var value, _)
                    && value.value() instanceof LocalDate changedOn) {
                var name = text(row, 1);
                markers.add(
                        new ChangeMarker(
                                key,
                                name == null ? key : name,
                                changedOn,
                                row.group().size() > 2 ? text(row, 2) : null));
            }
        }
        return markers;
    }

    private static @Nullable String text(Row row, int group) {
        return row.group().get(group).value() instanceof String text && !text.isBlank()
                ? text
                : null;
    }
}
