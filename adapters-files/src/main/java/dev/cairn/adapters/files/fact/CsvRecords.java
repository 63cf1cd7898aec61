package dev.cairn.adapters.files.fact;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.Records;
import dev.cairn.application.port.Records.Raw;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Delimited values of RFC 4180; the first line names the columns, unless the dialect does. Lines with nothing in them are passed over. A
 * record with too many or too few columns is malformed; a quote that is not closed, text behind a closing quote, or more than can be meant
 * by a record, ends the file as broken, as where the next record begins is anybody's guess.
 */
final class CsvRecords implements Records {
    private static final int LONGEST_FIELD = 1 << 20;
    private static final int LONGEST_RECORD = 1 << 22;
    private static final int MOST_FIELDS = 1 << 14;
    private static final Pattern STARTED =
            Pattern.compile(" ?\\(?(?:in )?[Rr]ecord starting at line ([0-9]+)\\)?");

    private final CloseableIterator<CsvRecord> records;
    private final List<String> header;
    private @Nullable Raw broken;
    private long line = 1;
    private boolean ended = false;

    private CsvRecords(CsvReader<CsvRecord> reader, Dialect dialect) {
        skip(reader, dialect.skippedLines());
        this.records = reader.iterator();
        this.header = dialect.columns().isEmpty() ? firstLine() : dialect.columns();
    }

    /** @param text closed with the records */
    static CsvRecords of(Reader text, Dialect dialect) {
        var reader =
                CsvReader.builder()
                        .fieldSeparator(dialect.delimiter())
                        .quoteCharacter(dialect.quote())
                        .allowUnclosedQuote(false)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .skipEmptyLines(true)
                        .maxBufferSize(LONGEST_FIELD)
                        .build(
                                CsvRecordHandler.of(limits ->
                                        limits.maxFieldSize(LONGEST_FIELD)
                                                .maxRecordSize(LONGEST_RECORD)
                                                .maxFields(MOST_FIELDS)),
                                text);
        return new CsvRecords(reader, dialect);
    }

    private void skip(CsvReader<CsvRecord> reader, int lines) {
        try {
            reader.skipLines(lines);
        } catch (CsvParseException | UncheckedIOException failed) {
            ended = true;
            broken = broken(failed);
        }
    }

    private List<String> firstLine() {
        var first = nextRecord();
        return first == null ? List.of() : List.copyOf(first.getFields());
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public @Nullable Raw next() {
        var record = nextRecord();
        if (record == null) {
            var last = broken;
            broken = null;
            return last;
        }
        var cells = record.getFields();
        if (cells.size() != header.size()) {
            boolean many = cells.size() > header.size();
            return new Raw.Malformed(
                    line,
                    Math.min(cells.size(), header.size()) + 1,
                    "%d columns, %s than the %d of the header"
                            .formatted(cells.size(), many ? "more" : "fewer", header.size()));
        }
        return new Raw.Read(line, values(cells));
    }

    /** The cells; a field of no characters, in quotes or not, is no value. */
    private static List<@Nullable String> values(List<String> fields) {
        var values = new ArrayList<@Nullable String>(fields.size());
        for (var field : fields) {
            values.add(field.isEmpty() ? null : field);
        }
        return values;
    }

    private @Nullable CsvRecord nextRecord() {
        try {
            if (ended || !records.hasNext()) {
                ended = true;
                return null;
            }
            var record = records.next();
            line = record.getStartingLineNumber();
            return record;
        } catch (CsvParseException | UncheckedIOException failed) {
            ended = true;
            broken = broken(failed);
            return null;
        }
    }

    private Raw broken(RuntimeException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof Unreadable unreadable) {
                return unreadable.broken();
            }
        }
        if (!(failed instanceof CsvParseException)) {
            throw failed;
        }
        var said = failed.getCause() == null ? failed.getMessage() : failed.getCause().getMessage();
        var started = STARTED.matcher(String.valueOf(said));
        long at = started.find() ? Long.parseLong(started.group(1)) : line;
        return new Raw.Broken(at, 0, reason(started.replaceAll("").strip()));
    }

    private static String reason(String said) {
        if (said.startsWith("Unclosed quoted field")) {
            return "A quote that opens in the record of this line is not closed before the end of the file.";
        }
        if (said.contains("buffer size") || said.contains("max field size")) {
            return "A field of the record of this line has more than %d characters; is a quote not closed?"
                    .formatted(LONGEST_FIELD);
        }
        if (said.contains("max record size")) {
            return "The record of this line has more than %d characters; is a quote not closed?"
                    .formatted(LONGEST_RECORD);
        }
        if (said.contains("maximum limit")) {
            return "The record of this line has more than %d fields.".formatted(MOST_FIELDS);
        }
        return said.endsWith(".") ? said : said + ".";
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
