package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code health.band} as the choice that it stands for: {@code case when health < 50 then 'red' ... end}. */
final class Bands {
    /** What follows the name of a metric. */
    static final String BAND = "band";

    private Bands() {}

    /** Empty where a path is no band of a metric that has bands. Of rows it is the band of each account. */
    static Optional<Formula> of(Path path, Frame frame, Catalog catalog) {
        var names = path.names();
        if (names.size() != 2 || !names.getLast().equals(BAND)) {
            return Optional.empty();
        }
        return catalog.metric(names.getFirst())
                .filter(metric -> !metric.bands().isEmpty())
                .map(metric -> ofRows(choice(metric, path.span()), path.span(), frame));
    }

    private static Formula ofRows(Formula choice, Span span, Frame frame) {
        boolean ofRows = frame.level() instanceof Level.Row || frame.level() instanceof Level.Asked;
        return ofRows ? new Formula.Per(new Path(List.of("account"), span), choice, span) : choice;
    }

    private static Formula choice(Metric metric, Span span) {
        Formula value = new Path(List.of(metric.name()), span);
        var whens = new ArrayList<Formula.When>();
        for (var band : metric.bands()) {
            var condition =
                    band.below() == null
                            ? new Formula.Is(value, true, new Formula.NoneLiteral(span), span)
                            : new Formula.Comparison(
                                    Formula.Comparator.LESS,
                                    value,
                                    new Formula.NumberLiteral(band.below(), span),
                                    span);
            whens.add(new Formula.When(condition, new Formula.TextLiteral(band.name(), span)));
        }
        return new Formula.Case(whens, null, span);
    }
}
