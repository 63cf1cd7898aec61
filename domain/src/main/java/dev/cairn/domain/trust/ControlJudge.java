package dev.cairn.domain.trust;

import dev.cairn.domain.model.Expectations.Control;
import dev.cairn.domain.trust.Check.Kind;
import dev.cairn.domain.trust.Check.Status;
import dev.cairn.domain.trust.Findings.Span;
import dev.cairn.domain.trust.SourceFigures.ControlFigure;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds facts against the totals that they should have.
 *
 * @param findings takes what is found
 */
record ControlJudge(SourceFigures figures, Findings findings) {
    void judge(Control control) {
        var compared =
                figures.controls().stream()
                        .filter(figure -> figure.control().equals(control.name()))
                        .filter(figure -> figure.actual() != null && figure.expected() != null)
                        .filter(figure -> !findings.isDeclaredBroken(figure.from(), figure.until()))
                        .toList();
        double tolerance = control.tolerance().doubleValue();
        var differing = compared.stream().filter(figure -> difference(figure) > tolerance).toList();
        var worst = compared.stream().max(Comparator.comparingDouble(ControlJudge::difference));
        findings.add(
                "control:" + control.name(),
                Kind.CONTROL,
                null,
                compared.isEmpty() ? Status.WARN : differing.isEmpty() ? Status.PASS : Status.FAIL,
                worst.map(ControlJudge::difference).orElse(null),
                tolerance,
                differing.isEmpty()
                        ? null
                        : Span.of(differing.getFirst().from(), differing.getLast().until()),
                worst.map(figure ->
                                "%d of %d periods differ; the most from %s until %s: %s, where %s is expected."
                                        .formatted(
                                                differing.size(),
                                                compared.size(),
                                                figure.from(),
                                                figure.until(),
                                                number(figure.actual()),
                                                number(figure.expected())))
                        .orElse("There is nothing to compare with."),
                "Compare the facts of these days with the books, and import what is missing.");
    }

    /** As a share of what is expected; any difference from an expected zero is infinite, told as 1. */
    private static double difference(ControlFigure figure) {
        double actual = Objects.requireNonNull(figure.actual());
        double expected = Objects.requireNonNull(figure.expected());
        // Sums of doubles differ in their last digits.
        if (Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected))) {
            return 0;
        }
        return expected == 0 ? 1 : Math.abs(actual - expected) / Math.abs(expected);
    }

    private static String number(@Nullable Double value) {
        return new BigDecimal(String.format(Locale.ROOT, "%.2f", Objects.requireNonNull(value)))
                .stripTrailingZeros()
                .toPlainString();
    }
}
