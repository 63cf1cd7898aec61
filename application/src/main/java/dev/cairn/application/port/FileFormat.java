package dev.cairn.application.port;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The format of a file of records. */
public enum FileFormat {
    /** Values between delimiters, a record a line; the first line names the columns. */
    CSV,
    /** JSON objects: one a line, or in an array, or one after another. */
    NDJSON;

    private static final Pattern NAMED_CSV = Pattern.compile(".*\\.(csv|tsv|tab)(\\.gz)?");
    private static final Pattern NAMED_NDJSON = Pattern.compile(".*\\.(ndjson|jsonl|json)(\\.gz)?");

    /** The format that the end of a file's name stands for. */
    public static Optional<FileFormat> ofName(String file) {
        var name = file.toLowerCase(Locale.ROOT);
        if (NAMED_CSV.matcher(name).matches()) {
            return Optional.of(CSV);
        }
        return NAMED_NDJSON.matcher(name).matches() ? Optional.of(NDJSON) : Optional.empty();
    }
}
