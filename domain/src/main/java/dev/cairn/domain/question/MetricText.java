package dev.cairn.domain.question;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.ParameterValue;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.problem.Place;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a metric: its name, {@code name@3} for a version of it, {@code name(goal: 5)} with values of its parameters, or a formula; each with {@code column =} before it, where the column is to have
 * another name.
 */
final class MetricText {
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{Nd}_]*";
    private static final Pattern NAMED =
            Pattern.compile(
                    "\\s*(?:(?<plain>" + NAME + ")|\"(?<quoted>[^\"]+)\")\\s*=(?<rest>.*)",
                    Pattern.DOTALL);
    private static final Pattern CATALOG =
            Pattern.compile("(?<key>" + NAME + ")(?:@(?<version>[0-9]{1,9}))?");

    private MetricText() {}

    /** A name as it stands in a formula without quotes. */
    static boolean isName(String text) {
        return text.matches(NAME);
    }

    static AskedMetric read(String text) {
        var named = NAMED.matcher(text);
        return named.matches()
                ? asked(named.group("rest").strip(), column(named))
                : asked(text.strip(), null);
    }

    private static String column(Matcher named) {
        return named.group("plain") != null ? named.group("plain") : named.group("quoted");
    }

    private static AskedMetric asked(String text, @Nullable String column) {
        var key = CATALOG.matcher(text);
        if (!key.matches()) {
            return withParameters(text, column)
                    .orElseGet(() ->
                            new AskedMetric(
                                    new MetricReference.Inline(text),
                                    column == null ? text : column));
        }
        return new AskedMetric(
                key.group("version") == null
                        ? new MetricReference.ByKey(key.group("key"))
                        : new MetricReference.Pinned(
                                key.group("key"), Integer.parseInt(key.group("version"))),
                column);
    }

    /** {@code name(goal: 5)}; empty where it is another formula. */
    private static Optional<AskedMetric> withParameters(String text, @Nullable String column) {
        if (!(FormulaParser.parse(text, Place.NOWHERE)
                        instanceof Parsed.Ok(Formula.Call(var name, var arguments, _)))
                || arguments.isEmpty()) {
            return Optional.empty();
        }
        var values = new ArrayList<ParameterValue>();
        for (var argument : arguments) {
            var value = text(argument.value());
            if (argument.name() == null || value == null) {
                return Optional.empty();
            }
            values.add(new ParameterValue(argument.name(), value));
        }
        return Optional.of(
                new AskedMetric(
                        new MetricReference.ByKey(name),
                        column == null ? text : column,
                        false,
                        values));
    }

    private static @Nullable String text(Formula value) {
        if (value instanceof Formula.TextLiteral(var text, _)) {
            return text;
        }
        if (value instanceof Formula.NumberLiteral(var number, _)) {
            return number.toPlainString();
        }
        if (value instanceof Formula.BooleanLiteral(var truth, _)) {
            return Boolean.toString(truth);
        }
        if (value instanceof Formula.DateLiteral(var date, _)) {
            return date.toString();
        }
        return value instanceof Formula.InstantLiteral(var instant, _) ? instant.toString() : null;
    }
}
