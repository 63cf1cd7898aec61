package dev.cairn.domain.catalog;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.model.Slice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing in which a company's own definition is not the pack's.
 *
 * @param part what differs: a parameter, {@code formula}, {@code where}, another key of the definition
 * @param value what it is
 * @param standard what it is in the pack; {@code none} where the pack has no such thing
 */
public record Departure(String part, String value, String standard) {
    private static final String NONE = "none";

    /** As part of a sentence: {@code detractors_to is 8 instead of 6}. */
    public String said() {
        return "%s is %s instead of %s".formatted(part, value, standard);
    }

    /** All in which a definition departs from the pack's that it is in force in place of, where its meaning is another; empty for others. */
    public static List<Departure> of(Entry entry) {
        var standard = entry.standard().orElse(null);
        if (standard == null || Meanings.areSame(entry.definition(), standard)) {
            return List.of();
        }
        var departures = new ArrayList<Departure>();
        if (entry.definition() instanceof Metric own && standard instanceof Metric metric) {
            ofMetric(own, metric, departures);
        } else if (entry.definition() instanceof Slice own && standard instanceof Slice slice) {
            add("of", own.of(), slice.of(), departures);
            add("where", own.where(), slice.where(), departures);
        }
        return List.copyOf(departures);
    }

    private static void ofMetric(Metric own, Metric standard, List<Departure> departures) {
        for (var parameter : standard.parameters()) {
            var now = own.parameter(parameter.name()).map(Parameter::defaultValue).orElse(NONE);
            if (!isSame(parameter.type(), now, parameter.defaultValue())) {
                add(parameter.name(), now, parameter.defaultValue(), departures);
            }
        }
        own.parameters().stream()
                .filter(parameter -> standard.parameter(parameter.name()).isEmpty())
                .forEach(parameter ->
                        add(parameter.name(), parameter.defaultValue(), NONE, departures));
        if (!Meanings.areSame(standard.withFormula(own.formula()), standard)) {
            add("formula", own.formula(), standard.formula(), departures);
        }
        add("of", own.of(), standard.of(), departures);
        add("rollup", word(own.rollUp()), word(standard.rollUp()), departures);
        add("unit", word(own.unit()), word(standard.unit()), departures);
        add(
                "empty",
                own.emptyIsNone() ? NONE : "zero",
                standard.emptyIsNone() ? NONE : "zero",
                departures);
        add("minSample", least(own.sample().least()), least(standard.sample().least()), departures);
    }

    private static void add(
            String part, String value, String standard, List<Departure> departures) {
        if (!value.equals(standard)) {
            departures.add(new Departure(part, value, standard));
        }
    }

    /**
     * What a value of a parameter departs in, that a formula or a question gives.
     *
     * @param entry the metric that it is given to
     * @param given the value as text
     */
    public static Optional<Departure> ofGiven(Entry entry, String parameter, String given) {
        var standard = entry.standard().orElse(entry.definition());
        return entry.origin() != null && standard instanceof Metric metric
                ? metric.parameter(parameter)
                        .filter(declared ->
                                !isSame(declared.type(), given, declared.defaultValue()))
                        .map(declared -> new Departure(parameter, given, declared.defaultValue()))
                : Optional.empty();
    }

    /** Numbers by what they are, everything else as it is written. */
    private static boolean isSame(DataType type, String one, String other) {
        if (one.strip().equals(other.strip())) {
            return true;
        }
        return switch (type) {
            case INTEGER, DECIMAL, MONEY -> isSameNumber(one.strip(), other.strip());
            case TEXT, BOOLEAN, DATE, TIMESTAMP -> false;
        };
    }

    private static boolean isSameNumber(String one, String other) {
        try {
            return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static String word(@Nullable Enum<?> value) {
        return value == null ? NONE : value.name().toLowerCase(Locale.ROOT);
    }

    private static String least(@Nullable Integer least) {
        return least == null ? NONE : least.toString();
    }
}
