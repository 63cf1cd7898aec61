package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.FileFormat;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that describe a file of records: how it is written, and what its columns mean. */
final class FileOptions {
    @Option(
            names = "--as",
            paramLabel = "csv|ndjson",
            description =
                    "The format of the file, where neither its name (.csv, .tsv, .ndjson, .jsonl, each also .gz) nor its first character shows it.")
    private @Nullable FileFormat format;

    @Option(
            names = "--map",
            paramLabel = "COLUMN=FIELD",
            converter = Meant.Converter.class,
            description =
                    "The declared field that a column of another name holds; may be repeated.")
    private final List<Meant> columns = new ArrayList<>();

    @Option(
            names = "--columns",
            paramLabel = "NAME",
            split = ",",
            splitSynopsisLabel = ",",
            description =
                    "The columns of a file without a header. For NDJSON: keys that every line may lack.")
    private final List<String> names = new ArrayList<>();

    @Option(
            names = "--skip-lines",
            paramLabel = "N",
            description = "Lines to skip at the beginning of the file.")
    private int skippedLines = 0;

    @Option(
            names = "--encoding",
            paramLabel = "CHARSET",
            converter = Encoding.class,
            description = "UTF-8 (default), ISO-8859-1, windows-1252, UTF-16, ...")
    private Charset encoding = StandardCharsets.UTF_8;

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            converter = Delimiter.class,
            description =
                    "Separates the values of a CSV line: one character or the word tab. Default: a comma, in .tsv a tab.")
    private @Nullable Character delimiter;

    @Option(
            names = "--quote",
            paramLabel = "C",
            converter = Quote.class,
            description = "Encloses values of CSV: one character or the word none. Default: \".")
    private @Nullable Character quote;

    /** @throws IllegalArgumentException where the options contradict each other or the file's name */
    void check(String file) {
        dialect(file);
        meanings();
    }

    Dialect dialect(String file) {
        var named = format == null ? FileFormat.ofName(file).orElse(null) : format;
        boolean ofCsv = delimiter != null || quote != null;
        if (ofCsv && named == FileFormat.NDJSON) {
            throw new IllegalArgumentException(
                    "NDJSON has neither delimiters nor quotes to choose; is it CSV (--as csv)?");
        }
        return new Dialect(
                ofCsv ? FileFormat.CSV : named,
                encoding,
                Objects.requireNonNullElseGet(delimiter, () -> Dialect.delimiterOf(file)),
                Objects.requireNonNullElse(quote, Dialect.QUOTE),
                skippedLines,
                names);
    }

    /** Columns of the file that mean another declared one. */
    Map<String, String> meanings() {
        var meanings = new LinkedHashMap<String, String>();
        for (var meant : columns) {
            var earlier = meanings.put(meant.column(), meant.field());
            if (earlier != null && !earlier.equals(meant.field())) {
                throw new IllegalArgumentException(
                        "Column '%s' cannot be both %s and %s."
                                .formatted(meant.column(), earlier, meant.field()));
            }
        }
        return meanings;
    }

    private record Meant(String column, String field) {
        static final class Converter implements ITypeConverter<Meant> {
            @Override
            public Meant convert(String text) {
                int between = text.lastIndexOf('=');
                if (between < 1 || between == text.length() - 1) {
                    throw new TypeConversionException(
                            "'%s' is not COLUMN=FIELD, for example \"Invoice No=invoice_no\""
                                    .formatted(text));
                }
                return new Meant(text.substring(0, between), text.substring(between + 1));
            }
        }
    }

    private static final class Delimiter implements ITypeConverter<Character> {
        @Override
        public Character convert(String text) {
            return text.equals("tab") || text.equals("\\t") ? '\t' : letter(text);
        }
    }

    private static final class Quote implements ITypeConverter<Character> {
        @Override
        public Character convert(String text) {
            return text.equals("none") ? Dialect.NO_QUOTE : letter(text);
        }
    }

    private static char letter(String text) {
        if (text.length() != 1) {
            throw new TypeConversionException("'%s' is not one character".formatted(text));
        }
        return text.charAt(0);
    }

    private static final class Encoding implements ITypeConverter<Charset> {
        @Override
        public Charset convert(String name) {
            try {
                return Charset.forName(name);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
                throw new TypeConversionException(
                        "there is no encoding '%s'; there are UTF-8, ISO-8859-1, windows-1252, UTF-16 and many others"
                                .formatted(name));
            }
        }
    }
}
