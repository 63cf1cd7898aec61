package dev.cairn.application.port;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a file is written.
 *
 * @param format null: NDJSON where the text begins with a brace, else CSV
 * @param delimiter between the values of a CSV line
 * @param quote around a value of CSV that holds delimiters, quotes or line ends; {@link #NO_QUOTE} where quotes are ordinary characters
 * @param skippedLines at the beginning of the file
 * @param columns their names, where there is no header; for NDJSON, keys that every line may lack
 */
public record Dialect(
        @Nullable FileFormat format,
        Charset encoding,
        char delimiter,
        char quote,
        int skippedLines,
        List<String> columns) {
    /** A code point that is no character. */
    public static final char NO_QUOTE = '\uffff';

    public static final char QUOTE = '"';

    private static final Pattern TABBED = Pattern.compile(".*\\.(tsv|tab)(\\.gz)?");

    public Dialect {
        if (isLineEnd(delimiter) || isLineEnd(quote) || delimiter == quote) {
            throw new IllegalArgumentException(
                    "delimiter and quote differ from each other and from the ends of lines");
        }
        if (skippedLines < 0) {
            throw new IllegalArgumentException("%d lines to skip".formatted(skippedLines));
        }
        columns = List.copyOf(columns);
    }

    /** UTF-8, double quotes, a header; format and delimiter by the end of the file's name. */
    public static Dialect of(String file) {
        return new Dialect(
                FileFormat.ofName(file).orElse(null),
                StandardCharsets.UTF_8,
                delimiterOf(file),
                QUOTE,
                0,
                List.of());
    }

    /** A tab for {@code .tsv}, else a comma. */
    public static char delimiterOf(String file) {
        return TABBED.matcher(file.toLowerCase(Locale.ROOT)).matches() ? '\t' : ',';
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
