package dev.cairn.adapters.files.fact;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.cairn.application.port.in.ImportUseCase.Raw;
import dev.cairn.application.port.in.ImportUseCase.Records;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values of RFC 4180 in UTF-8, plain or gzip (seen by its first bytes), the first line the names of the columns. Lines with
 * nothing in them are passed over. A record with too many or too few columns is malformed; a quote that is not closed, or text behind a
 * closing quote, ends the file as broken, as where the next record begins is anybody's guess.
 */
public final class CsvRecords implements Records {
    private static final int LONGEST_FIELD = 1 << 20;
    private static final int PEEKED = 4;
    private static final Pattern STARTED =
            Pattern.compile(" ?\\(record starting at line ([0-9]+)\\)");

    private final CloseableIterator<CsvRecord> records;
    private final List<String> header;
    private @Nullable Raw broken;
    private long line = 1;
    private boolean ended = false;

    private CsvRecords(CloseableIterator<CsvRecord> records) {
        this.records = records;
        var first = nextRecord();
        this.header = first == null ? List.of() : List.copyOf(first.getFields());
    }

    /** @param file closed with the records */
    public static CsvRecords open(InputStream file) throws IOException {
        var in = new BufferedInputStream(file, 1 << 16);
        in.mark(PEEKED);
        var start = in.readNBytes(PEEKED);
        in.reset();
        if (begins(start, 'P', 'K', 3, 4)) {
            return refused(in, "This is a zip or a spreadsheet: save it as CSV.");
        }
        if (!begins(start, 0x1f, 0x8b)) {
            return new CsvRecords(records(in));
        }
        try {
            return new CsvRecords(records(new GZIPInputStream(new Unhurried(in), 1 << 16)));
        } catch (ZipException | EOFException damaged) {
            return refused(in, Utf8Reader.damaged(damaged));
        }
    }

    private static CsvRecords refused(InputStream file, String reason) throws IOException {
        file.close();
        var nothing = new CsvRecords(records(InputStream.nullInputStream()));
        nothing.broken = new Raw.Broken(1, 1, reason);
        return nothing;
    }

    private static CloseableIterator<CsvRecord> records(InputStream text) {
        return CsvReader.builder()
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(true)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(new Utf8Reader(text))
                .iterator();
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
        return new Raw.Read(line, cells);
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
                return new Raw.Broken(unreadable.line(), unreadable.column(), unreadable.reason());
            }
        }
        if (!(failed instanceof CsvParseException)) {
            throw failed;
        }
        var said = String.valueOf(failed.getMessage());
        var started = STARTED.matcher(said);
        long at = started.find() ? Long.parseLong(started.group(1)) : line;
        return new Raw.Broken(at, 0, reason(started.replaceAll("").strip()));
    }

    private static String reason(String said) {
        if (said.startsWith("Unclosed quoted field")) {
            return "A quote that opens in the record of this line is not closed before the end of the file.";
        }
        if (said.contains("buffer size")) {
            return "A field of the record of this line has more than %d characters; is a quote not closed?"
                    .formatted(LONGEST_FIELD);
        }
        return said.endsWith(".") ? said : said + ".";
    }

    private static boolean begins(byte[] start, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (start.length <= i || (start[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Says that there may be more until there is not: else a compressed file of several parts may be taken to end with a part. */
    private static final class Unhurried extends FilterInputStream {
        Unhurried(InputStream in) {
            super(in);
        }

        @Override
        public int available() {
            return 1;
        }
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
