package dev.cairn.adapters.files.fact;

import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.FileFormat;
import dev.cairn.application.port.RecordFile;
import dev.cairn.application.port.Records;
import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.out.RecordFiles;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Opens files of CSV or NDJSON, plain or gzip (seen by their first bytes). What is no text at all is broken at its first line. */
public final class TextRecordFiles implements RecordFiles {
    private static final String GZIP = "1f8b";
    private static final Map<String, String> NO_TEXT =
            Map.of(
                    "504b0304", "a zip or a spreadsheet: save it as CSV",
                    "d0cf11e0", "an old spreadsheet: save it as CSV",
                    "28b52ffd", "compressed by zstd: unpack it, or compress it by gzip",
                    "fd377a58", "compressed by xz: unpack it, or compress it by gzip",
                    "425a6839", "compressed by bzip2: unpack it, or compress it by gzip",
                    "50415231", "a Parquet file: save it as CSV or NDJSON");
    private static final int PEEKED = 4;
    private static final int BUFFER = 1 << 16;
    private static final int FIRST_BLANKS = 1 << 10;

    @Override
    public Records open(RecordFile file) {
        try {
            return open(file.content(), file.dialect());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Records open(InputStream file, Dialect dialect) throws IOException {
        var in = new BufferedInputStream(file, BUFFER);
        in.mark(PEEKED);
        var start = HexFormat.of().formatHex(in.readNBytes(PEEKED));
        in.reset();
        var other = NO_TEXT.get(start);
        if (other != null) {
            return refused(in, "This is %s.".formatted(other));
        }
        if (!start.startsWith(GZIP)) {
            return open(new TextReader(in, dialect.encoding()), dialect);
        }
        try {
            var unpacked = new GZIPInputStream(new Unhurried(in), BUFFER);
            return open(new TextReader(unpacked, dialect.encoding()), dialect);
        } catch (ZipException | EOFException damaged) {
            return refused(in, TextReader.damaged(damaged));
        }
    }

    private static Records open(Reader text, Dialect dialect) throws IOException {
        var buffered = new BufferedReader(text, BUFFER);
        var format = dialect.format() == null ? seen(buffered) : dialect.format();
        return switch (format) {
            case CSV -> CsvRecords.of(buffered, dialect);
            case NDJSON -> NdjsonRecords.of(buffered, dialect);
        };
    }

    private static FileFormat seen(BufferedReader text) throws IOException {
        text.mark(FIRST_BLANKS);
        try {
            int letter = text.read();
            for (int i = 1; i < FIRST_BLANKS && Character.isWhitespace(letter); i++) {
                letter = text.read();
            }
            return letter == '{' || letter == '[' ? FileFormat.NDJSON : FileFormat.CSV;
        } catch (Unreadable _) {
            return FileFormat.CSV;
        } finally {
            text.reset();
        }
    }

    private static Records refused(InputStream file, String reason) throws IOException {
        file.close();
        return new Refused(reason);
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

    /** A file without a line that can be read. */
    private static final class Refused implements Records {
        private @Nullable Raw broken;

        Refused(String reason) {
            this.broken = new Raw.Broken(1, 1, reason);
        }

        @Override
        public List<String> header() {
            return List.of();
        }

        @Override
        public @Nullable Raw next() {
            var last = broken;
            broken = null;
            return last;
        }

        @Override
        public void close() {}
    }
}
