package dev.cairn.domain.model;

import java.util.List;

/**
 * What the rows of a source point at: of each the one row of a keyed source whose key it says, many to one.
 *
 * @param name the link goes by in formulas
 * @param source the keyed source
 * @param fields that hold the key of the row, in the order of the key
 */
public record Link(String name, String source, List<String> fields) {
    public Link {
        fields = List.copyOf(fields);
    }

    String meaning() {
        return "%s to %s by %s".formatted(name, source, fields);
    }
}
