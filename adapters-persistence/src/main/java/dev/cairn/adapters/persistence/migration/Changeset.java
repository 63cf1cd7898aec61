package dev.cairn.adapters.persistence.migration;

/**
 * One step of the changelog.
 *
 * @param file the resource it stands in
 */
public record Changeset(String file, String id) {
    static final String AUTHOR = "cairn";

    @Override
    public String toString() {
        return file.replaceFirst(".*/", "") + ":" + id;
    }
}
