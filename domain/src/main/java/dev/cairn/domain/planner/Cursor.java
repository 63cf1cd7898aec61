package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Page.Position;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, as an opaque text. It names the question it is of, and what counted as now, so that all pages of a chain are of one moment. A
 * digest tells one that was changed by mistake; one that was made up can say no more than a question can, which {@link #fits} sees to.
 *
 * @param fingerprint of the question without its page
 */
record Cursor(String fingerprint, Instant asOf, Position position) {
    private static final String KIND = "c1";
    private static final int LONGEST_NUMBER = 2_000;

    /** Some 5,000 years from 1970: what any engine holds. */
    private static final long FURTHEST_DAY = 2_000_000;

    private static final long FURTHEST_SECOND = FURTHEST_DAY * 86_400;

    String encode() {
        var parts = new ArrayList<String>(List.of(KIND, fingerprint, asOf.toString()));
        position.values().forEach(value -> parts.add(OpaqueText.tagged(value)));
        return OpaqueText.of(parts);
    }

    /** The cursor that a text stands for; empty where it is none of ours. */
    static Optional<Cursor> decode(String text) {
        try {
            return OpaqueText.parts(text, KIND)
                    .filter(parts -> parts.size() >= 3)
                    .map(parts -> {
                        var values = new ArrayList<@Nullable Object>();
                        for (String part : parts.subList(3, parts.size())) {
                            values.add(OpaqueText.untagged(part));
                        }
                        return new Cursor(
                                parts.get(1), Instant.parse(parts.get(2)), new Position(values));
                    });
        } catch (IllegalArgumentException | DateTimeException foreign) {
            return Optional.empty();
        }
    }

    /** Of everything that decides which rows there are and their order. */
    static String fingerprint(AnalysisQuery query, Caller caller) {
        // Pages of one question may differ in what they say beside the values.
        var unpaged =
                query.page(1, null)
                        .withUncertainty(false)
                        .withKeys(false)
                        .withTargets(false)
                        .withBaselines(false);
        return OpaqueText.digest(unpaged + "|" + caller.access());
    }

    /**
     * Whether what was given with an answer is of this question. The question may say by now as of when it was answered, as the answer tells that.
     *
     * @param fingerprint of the question as it is
     * @param given the fingerprint that came with the answer
     * @param answered as of when
     */
    static boolean isOf(
            AnalysisQuery query,
            Caller caller,
            String fingerprint,
            String given,
            Instant answered) {
        return given.equals(fingerprint)
                || (answered.equals(query.asOf())
                        && given.equals(fingerprint(query.withAsOf(null), caller)));
    }

    /** The cursor after a row of an answer. */
    static String after(Planned.Ready ready, Answer.Row row) {
        var values = new ArrayList<@Nullable Object>();
        for (var term : ready.plan().page().order()) {
            values.add(
                    switch (term.by()) {
                        case Ordering.By.Time _ -> (Object) row.bucket();
                        case Ordering.By.Key(int index) -> row.keys().get(index);
                        case Ordering.By.Value(int output) -> row.values().get(output).value();
                    });
        }
        return new Cursor(ready.fingerprint(), ready.plan().time().asOf(), new Position(values))
                .encode();
    }

    /** Whether a plan's position is one that a row of it can have. */
    static boolean fits(AnalysisPlan plan) {
        var position = plan.page().after();
        if (position == null || position.values().size() != plan.page().order().size()) {
            return position == null;
        }
        for (int at = 0; at < plan.page().order().size(); at++) {
            var value = position.values().get(at);
            boolean fits =
                    switch (plan.page().order().get(at).by()) {
                        case Ordering.By.Time _ ->
                                value instanceof Integer bucket
                                        && bucket >= 0
                                        && bucket < plan.time().buckets().size();
                        case Ordering.By.Key(int index) ->
                                value instanceof GroupValue group
                                        && group.kind() != GroupValue.Kind.TOTAL
                                        && isOf(plan.keys().get(index).type(), group);
                        case Ordering.By.Value(int output) ->
                                value == null
                                        || isOf(plan.outputs().get(output).value().type(), value);
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** Whether a group is one that a key of a type may have. */
    static boolean isOf(Type type, GroupValue group) {
        return group.kind() == GroupValue.Kind.VALUE
                ? isOf(type, group.value())
                : group.value() == null;
    }

    /** Whether a value is one that a row may have. */
    private static boolean isOf(Type type, @Nullable Object value) {
        return switch (type.kind()) {
            case TEXT -> value instanceof String text && text.indexOf('\0') < 0;
            case BOOLEAN -> value instanceof Boolean;
            case INTEGER, DECIMAL, DOUBLE ->
                    (value instanceof Double || value instanceof BigDecimal) && isWritten(value);
            case DATE ->
                    value instanceof LocalDate date && Math.abs(date.toEpochDay()) < FURTHEST_DAY;
            case TIMESTAMP ->
                    value instanceof Instant instant
                            && Math.abs(instant.getEpochSecond()) < FURTHEST_SECOND;
            case NONE, BROKEN -> false;
        };
    }

    /** Whether it is no number, or one that can be written out. */
    static boolean isWritten(@Nullable Object value) {
        return switch (value) {
            case Double real -> Double.isFinite(real);
            case BigDecimal exact ->
                    exact.precision() <= LONGEST_NUMBER
                            && Math.abs((long) exact.scale()) <= LONGEST_NUMBER;
            case null, default -> true;
        };
    }
}
