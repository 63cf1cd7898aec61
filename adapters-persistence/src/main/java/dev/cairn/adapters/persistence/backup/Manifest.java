package dev.cairn.adapters.persistence.backup;

import dev.cairn.adapters.persistence.backup.SchemaShape.TableShape;
import dev.cairn.adapters.persistence.migration.Changeset;
import java.util.List;
import java.util.Set;

/**
 * What stands in an archive; its own last entry but one.
 *
 * @param format of the archive itself; a reader knows one
 * @param cairn version of the program that wrote it
 * @param postgres version of the server it was read from
 * @param changesets what had been done to the fixed tables
 * @param content of the tables that hold rows
 * @param sequences where the counters of identity columns stood
 */
record Manifest(
        int format,
        String cairn,
        String postgres,
        Set<Changeset> changesets,
        SchemaShape shape,
        List<Content> content,
        List<Sequence> sequences) {
    static final int FORMAT = 1;

    /**
     * The rows of a table, in an entry of their own.
     *
     * @param sha256 of the entry, in hexadecimal digits
     */
    record Content(String table, long rows, String sha256) {}

    /** The number it gave last. */
    record Sequence(String table, String column, long last) {}

    Manifest {
        changesets = Set.copyOf(changesets);
        content = List.copyOf(content);
        sequences = List.copyOf(sequences);
    }

    TableShape shapeOf(Content rows) {
        return shape.tables().stream()
                .filter(table -> table.name().equals(rows.table()))
                .findFirst()
                .orElseThrow(() -> new DamagedArchive("it has rows of a table it does not know"));
    }

    long rows() {
        return content.stream().mapToLong(Content::rows).sum();
    }
}
