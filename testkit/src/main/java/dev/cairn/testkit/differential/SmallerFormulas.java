package dev.cairn.testkit.differential;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaPieces;
import dev.cairn.domain.formula.RelationClause.Timing;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Formulas that are simpler than one: of a piece what stands in it, an aggregate without a clause, a number in place of a piece, and what the name of a metric
 * stands for. Many are no formulas any more, or are refused.
 */
final class SmallerFormulas {
    private final String text;
    private final Catalog catalog;

    /** In the order in which they are tried. */
    private final Set<String> smaller = new LinkedHashSet<>();

    private SmallerFormulas(String text, Catalog catalog) {
        this.text = text;
        this.catalog = catalog;
    }

    static List<String> of(String text, Catalog catalog) {
        var formulas = new SmallerFormulas(text, catalog);
        if (FormulaParser.parse(text, Place.NOWHERE) instanceof Parsed.Ok(var whole)) {
            formulas.addFrom(whole);
        }
        formulas.smaller.remove(text);
        return List.copyOf(formulas.smaller);
    }

    /** What the whole is replaced by comes first. */
    private void addFrom(Formula piece) {
        var inside = FormulaPieces.of(piece);
        if (isInParentheses(piece.span())) {
            cut(piece.span().start() - 1, piece.span().end() + 1, text(piece.span()));
        }
        for (Formula one : inside) {
            String part = text(one.span());
            replaced(piece.span(), stands(piece.span()) ? part : "(" + part + ")");
        }
        switch (piece) {
            case Formula.Path path ->
                    meaning(path).ifPresent(meaning -> replaced(path.span(), meaning));
            case Formula.Aggregate aggregate -> {
                without("where", aggregate.relation().where());
                without(aggregate.relation().timing());
            }
            default -> {}
        }
        if (!inside.isEmpty() || piece instanceof Formula.Path) {
            replaced(piece.span(), "1");
            replaced(piece.span(), "true");
        }
        inside.forEach(this::addFrom);
    }

    /** Whether nothing stands beside it that could bind more tightly. */
    private boolean stands(Span span) {
        return isInParentheses(span) || (span.start() == 0 && span.end() == text.length());
    }

    private boolean isInParentheses(Span span) {
        return span.start() > 0
                && span.end() < text.length()
                && text.charAt(span.start() - 1) == '('
                && text.charAt(span.end()) == ')';
    }

    private String text(Span span) {
        return text.substring(span.start(), span.end());
    }

    private void replaced(Span span, String by) {
        cut(span.start(), span.end(), by);
    }

    private void cut(int start, int end, String by) {
        var before = text.substring(0, start);
        smaller.add((by.isEmpty() ? before.stripTrailing() : before) + by + text.substring(end));
    }

    private void without(@Nullable Timing timing) {
        switch (timing) {
            case null -> {}
            case Timing.On(_, var span) -> replaced(span, "");
            case Timing.At(_, var span) -> replaced(span, "");
            case Timing.During(var span) -> replaced(span, "");
        }
    }

    /** The parentheses around it go with it. */
    private void without(String word, @Nullable Formula clause) {
        if (clause == null) {
            return;
        }
        int start = clause.span().start();
        int end = clause.span().end();
        int at = text.lastIndexOf(word, start);
        long open = text.substring(at, start).chars().filter(one -> one == '(').count();
        while (open > 0 && end < text.length() && text.charAt(end) == ')') {
            end++;
            open--;
        }
        cut(at, end, "");
    }

    private Optional<String> meaning(Formula.Path path) {
        return catalog.metric(path.text()).map(SmallerFormulas::formulaOf);
    }

    /** What a metric stands for in a cell. */
    static String formulaOf(Metric metric) {
        var rollUp = metric.rollUp();
        return rollUp == null
                ? "(" + metric.formula() + ")"
                : "%s(%s : %s)"
                        .formatted(
                                rollUp.name().toLowerCase(Locale.ROOT),
                                metric.of(),
                                metric.formula());
    }
}
