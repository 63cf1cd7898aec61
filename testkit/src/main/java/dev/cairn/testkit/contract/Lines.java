package dev.cairn.testkit.contract;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An answer as text, a line a row: {@code 2026-01-05 | acme | 3}. A total's time is {@code all} and its keys are {@code total}; no value is its reason.
 * Doubles are shown with twelve digits.
 */
final class Lines {
    private static final MathContext TWELVE_DIGITS = new MathContext(12);

    private Lines() {}

    static List<String> of(Answer answer, AnalysisPlan plan, AnalysisQuery query) {
        return answer.rows().stream().map(row -> line(row, plan, query, Lines::value)).toList();
    }

    /** With numerator, denominator, sample size and what is pending: {@code 0.5 (1/2, n 2, pending 1)}. */
    static List<String> withParts(Answer answer, AnalysisPlan plan, AnalysisQuery query) {
        return answer.rows().stream().map(row -> line(row, plan, query, Lines::withParts)).toList();
    }

    /** With how far each value may be off: {@code 0.5 (STUDENT 0.1..0.9, error 0.2, n 12)}, or why nothing is said: {@code 7 (NOT_A_MEAN)}. */
    static List<String> withUncertainty(Answer answer, AnalysisPlan plan, AnalysisQuery query) {
        return answer.rows().stream()
                .map(row -> line(row, plan, query, Lines::withUncertainty))
                .toList();
    }

    private static String withUncertainty(Measured measured) {
        var parts = new ArrayList<String>();
        switch (measured.uncertainty()) {
            case null -> parts.add("not asked");
            case Uncertainty(_, var error, var n, var interval, var none, _, _) -> {
                parts.add(
                        interval == null
                                ? Objects.toString(none)
                                : "%s %s..%s"
                                        .formatted(
                                                interval.method(),
                                                sixDigits(interval.low()),
                                                sixDigits(interval.high())));
                if (error != null) {
                    parts.add("error " + sixDigits(error));
                }
                if (n != null) {
                    parts.add("n " + sixDigits(n));
                }
            }
        }
        return parts.stream().collect(Collectors.joining(", ", value(measured) + " (", ")"));
    }

    static String sixDigits(double number) {
        return plain(new BigDecimal(number).round(new MathContext(6)));
    }

    private static String line(
            Answer.Row row,
            AnalysisPlan plan,
            AnalysisQuery query,
            Function<Measured, String> text) {
        var cells = new ArrayList<String>();
        if (query.grain() != null) {
            cells.add(row.bucket() < 0 ? "all" : label(row.bucket(), plan, query));
        }
        row.keys().forEach(key -> cells.add(key(key)));
        row.values().forEach(value -> cells.add(text.apply(value)));
        return String.join(" | ", cells);
    }

    private static String label(int bucket, AnalysisPlan plan, AnalysisQuery query) {
        var local = plan.time().buckets().get(bucket).label().atZone(query.zone());
        return query.grain() == Grain.HOUR
                ? local.toLocalDateTime().toString()
                : local.toLocalDate().toString();
    }

    private static String key(GroupValue key) {
        return switch (key.kind()) {
            case VALUE -> "".equals(key.value()) ? "''" : text(key.value());
            case NONE -> "none";
            case NO_ACCOUNT -> "no account";
            case TOTAL -> "total";
            case OTHER -> "other";
        };
    }

    private static String value(Measured measured) {
        return measured.absence() != null ? measured.absence().name() : text(measured.value());
    }

    private static String withParts(Measured measured) {
        var parts = new ArrayList<String>();
        if (measured.numerator() != null || measured.denominator() != null) {
            parts.add(text(measured.numerator()) + "/" + text(measured.denominator()));
        }
        measured.contributions().forEach(part -> parts.add(part.name() + " " + text(part.value())));
        if (measured.sampleSize() != null) {
            parts.add("n " + measured.sampleSize());
        }
        if (measured.pending() > 0) {
            var completed = measured.pendingCompleted();
            parts.add(
                    "pending "
                            + measured.pending()
                            + (completed == null || completed == 0
                                    ? ""
                                    : " of which completed " + completed));
        }
        return value(measured)
                + (parts.isEmpty()
                        ? ""
                        : parts.stream().collect(Collectors.joining(", ", " (", ")")));
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case BigDecimal exact -> plain(exact);
            case Double number -> plain(new BigDecimal(number).round(TWELVE_DIGITS));
            case null -> "-";
            default -> Objects.toString(value);
        };
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
