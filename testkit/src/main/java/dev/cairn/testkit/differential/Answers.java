package dev.cairn.testkit.differential;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.SurvivalCurve;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Answer.Row;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.testkit.data.Pages;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares answers. Exact numbers must be equal, doubles nearly so; rows that a double puts in order may change places where it is nearly equal.
 */
public final class Answers {
    private static final double RELATIVE = 1e-12;

    /** Below it a difference of two doubles is what was lost when larger ones were taken from each other. */
    private static final double CANCELLED = 1e-9;

    private Answers() {}

    /** What is different first, in words; empty where nothing is. */
    public static Optional<String> difference(AnalysisPlan plan, Answer expected, Answer actual) {
        if (expected.hasMore() != actual.hasMore()) {
            return Optional.of(
                    "has more: expected %s, got %s"
                            .formatted(expected.hasMore(), actual.hasMore()));
        }
        if (!expected.coverage().equals(actual.coverage())) {
            return Optional.of(
                    "coverage: expected %s, got %s"
                            .formatted(expected.coverage(), actual.coverage()));
        }
        if (!expected.tallies().equals(actual.tallies())) {
            return Optional.of(
                    "tallies: expected %s, got %s".formatted(expected.tallies(), actual.tallies()));
        }
        if (expected.rows().size() != actual.rows().size()) {
            return Optional.of(ofCounts(expected.rows(), actual.rows()));
        }
        for (int i = 0; i < expected.rows().size(); i++) {
            var found = inPlace(plan, i, expected, actual);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** What tells rows of one answer apart. */
    private record Identity(String kind, int bucket, List<GroupValue> keys) {
        static Identity of(Row row) {
            return new Identity(
                    row.kind().name(),
                    row.bucket(),
                    row.keys().stream().map(Answers::plain).toList());
        }
    }

    /** Equal numbers are equal keys. */
    static GroupValue plain(GroupValue key) {
        return key.value() instanceof BigDecimal number
                ? GroupValue.of(
                        number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros())
                : key;
    }

    private static String ofCounts(List<Row> expected, List<Row> actual) {
        var missing = byIdentity(expected);
        actual.forEach(row -> missing.remove(Identity.of(row)));
        var unexpected = byIdentity(actual);
        expected.forEach(row -> unexpected.remove(Identity.of(row)));
        return "expected %d rows, got %d; missing: %s; unexpected: %s"
                .formatted(expected.size(), actual.size(), some(missing), some(unexpected));
    }

    private static Map<Identity, Row> byIdentity(List<Row> rows) {
        var byIdentity = new LinkedHashMap<Identity, Row>();
        rows.forEach(row -> byIdentity.put(Identity.of(row), row));
        return byIdentity;
    }

    private static String some(Map<Identity, Row> rows) {
        return rows.values().stream().limit(3).map(Answers::words).toList().toString();
    }

    private static Optional<String> inPlace(
            AnalysisPlan plan, int at, Answer expected, Answer actual) {
        Row one = expected.rows().get(at);
        Row other = actual.rows().get(at);
        if (Identity.of(one).equals(Identity.of(other))) {
            return values(plan, at, one, other);
        }
        if (!standsAsWell(plan, one, other)) {
            return Optional.of(
                    "row %d: expected %s, got %s".formatted(at, words(one), words(other)));
        }
        var same = byIdentity(actual.rows()).get(Identity.of(one));
        return same == null ? Optional.empty() : values(plan, at, one, same);
    }

    /** Whether doubles that the rows are ordered by are so near that either may come first. */
    private static boolean standsAsWell(AnalysisPlan plan, Row one, Row other) {
        if (one.kind() != other.kind()) {
            return false;
        }
        var place = Pages.position(plan, one).values();
        var otherPlace = Pages.position(plan, other).values();
        for (int i = 0; i < plan.page().order().size(); i++) {
            boolean byDouble =
                    plan.page().order().get(i).by() instanceof Ordering.By.Value
                            && place.get(i) instanceof Double
                            && otherPlace.get(i) instanceof Double;
            if (byDouble && !Objects.equals(place.get(i), otherPlace.get(i))) {
                return near((Double) place.get(i), (Double) otherPlace.get(i));
            }
            if (!byDouble && !equal(place.get(i), otherPlace.get(i))) {
                return false;
            }
        }
        return false;
    }

    private static Optional<String> values(AnalysisPlan plan, int at, Row one, Row other) {
        for (int i = 0; i < one.values().size(); i++) {
            var expected = one.values().get(i);
            var actual = other.values().get(i);
            if (!equal(expected, actual)) {
                return Optional.of(
                        "row %d (%s), column '%s': expected %s, got %s"
                                .formatted(
                                        at,
                                        identity(one),
                                        plan.outputs().get(i).column(),
                                        words(expected),
                                        words(actual)));
            }
        }
        return Optional.empty();
    }

    /** Whether they are the same value or reason, with the same parts. */
    static boolean equal(Measured one, Measured other) {
        return one.absence() == other.absence()
                && equal(one.value(), other.value())
                && equal(one.numerator(), other.numerator())
                && equal(one.denominator(), other.denominator())
                && Objects.equals(one.sampleSize(), other.sampleSize())
                && one.pending() == other.pending()
                && Objects.equals(one.pendingCompleted(), other.pendingCompleted())
                && one.beginsBeforeData() == other.beginsBeforeData()
                && equal(one.contributions(), other.contributions())
                && equal(one.uncertainty(), other.uncertainty());
    }

    private static boolean equal(@Nullable Uncertainty one, @Nullable Uncertainty other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.noInterval() == other.noInterval()
                && equal((Object) one.standardError(), other.standardError())
                && equal((Object) one.effectiveN(), other.effectiveN())
                && equal(one.curve(), other.curve())
                && (one.interval() == null
                        || other.interval() == null
                        || (near(one.interval().low(), other.interval().low())
                                && near(one.interval().high(), other.interval().high())
                                && one.interval().method() == other.interval().method()));
    }

    private static boolean equal(@Nullable SurvivalCurve one, @Nullable SurvivalCurve other) {
        return (one == null || other == null)
                ? (one == null && other == null)
                : one.times() == other.times()
                        && one.steps().size() == other.steps().size()
                        && IntStream.range(0, one.steps().size())
                                .allMatch(at -> equal(one.steps().get(at), other.steps().get(at)));
    }

    private static boolean equal(SurvivalCurve.Step one, SurvivalCurve.Step other) {
        return near(one.time(), other.time())
                && near(one.atRisk(), other.atRisk())
                && near(one.ended(), other.ended())
                && near(one.censored(), other.censored())
                && near(one.left(), other.left());
    }

    private static boolean equal(
            List<Measured.Contribution> one, List<Measured.Contribution> other) {
        return one.size() == other.size()
                && IntStream.range(0, one.size())
                        .allMatch(part ->
                                Objects.equals(one.get(part).name(), other.get(part).name())
                                        && equal(one.get(part).value(), other.get(part).value()));
    }

    private static boolean equal(@Nullable Object one, @Nullable Object other) {
        return switch (one) {
            case BigDecimal a when other instanceof BigDecimal b -> a.compareTo(b) == 0;
            case Double a when other instanceof Double b -> near(a, b);
            case null -> other == null;
            default -> one.equals(other);
        };
    }

    private static boolean near(double one, double other) {
        double larger = Math.max(Math.abs(one), Math.abs(other));
        return Math.abs(one - other) <= Math.max(RELATIVE * larger, CANCELLED);
    }

    private static String identity(Row row) {
        return "%s bucket %d %s"
                .formatted(
                        row.kind(), row.bucket(), row.keys().stream().map(Answers::words).toList());
    }

    private static String words(Row row) {
        return identity(row) + " " + row.values().stream().map(Answers::words).toList();
    }

    private static String words(GroupValue key) {
        return key.kind() == GroupValue.Kind.VALUE ? "'" + key.value() + "'" : key.kind().name();
    }

    static String words(Measured measured) {
        var words = new ArrayList<String>();
        words.add(measured.absence() != null ? measured.absence().name() : word(measured.value()));
        if (measured.numerator() != null || measured.denominator() != null) {
            words.add("of " + word(measured.numerator()) + "/" + word(measured.denominator()));
        }
        if (measured.sampleSize() != null) {
            words.add("n " + measured.sampleSize());
        }
        if (measured.pending() > 0) {
            words.add("pending " + measured.pending());
        }
        if (measured.uncertainty() != null) {
            words.add(measured.uncertainty().toString());
        }
        return String.join(" ", words);
    }

    private static String word(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case BigDecimal exact -> exact.toPlainString();
            case Double number -> number + "d";
            case String text -> "'" + text + "'";
            default -> value.toString();
        };
    }

    /** The rows of an answer as text, for a report. */
    static String words(Answer answer) {
        var lines = new ArrayList<String>();
        answer.rows().stream().limit(40).forEach(row -> lines.add("  " + words(row)));
        if (answer.rows().size() > lines.size()) {
            lines.add("  ... %d rows".formatted(answer.rows().size()));
        }
        lines.add("  has more: " + answer.hasMore() + ", coverage: " + answer.coverage());
        return String.join("\n", lines);
    }
}
