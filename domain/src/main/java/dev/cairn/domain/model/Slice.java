package dev.cairn.domain.model;

/**
 * A named, filtered source.
 *
 * @param of a source or another slice
 * @param where row formula; rows for which it is true are in
 */
public record Slice(String name, String label, String description, String of, String where)
        implements Definition {
    @Override
    public String meaning() {
        return "of %s where %s".formatted(of, where);
    }
}
