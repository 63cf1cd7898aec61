package dev.cairn.domain.model;

import java.util.Objects;

/**
 * What stands in a metric's formula for a literal that is given where the metric is asked for.
 *
 * @param type any but money: a plain number takes the unit of what it is compared with
 * @param defaultValue what it is where nothing is given, as a query writes it: {@code 4}, {@code pro}, {@code 2026-01-31}
 */
public record Parameter(String name, DataType type, String defaultValue) {
    public Parameter {
        Objects.requireNonNull(defaultValue);
    }

    String meaning() {
        return "%s %s %s".formatted(name, type, defaultValue);
    }
}
