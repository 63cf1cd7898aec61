package dev.cairn.adapters.files.fact;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines of a text, ended by LF, CR or both; of one that is too long, its beginning. */
final class Lines implements JsonTexts {
    private static final int BUFFER = 1 << 16;

    private final Reader text;
    private final int longest;
    private final char[] buffer = new char[BUFFER];
    private final StringBuilder line = new StringBuilder();
    private int at = 0;
    private int filled = 0;
    private boolean afterReturn = false;
    private boolean cut = false;
    private long number;

    /** @param linesBefore how many lines were read before */
    Lines(Reader text, int longest, long linesBefore) {
        this.number = linesBefore;
        this.text = text;
        this.longest = longest;
    }

    /** The next line without its end. */
    @Override
    public @Nullable String next() throws IOException {
        line.setLength(0);
        cut = false;
        if (!fill()) {
            return null;
        }
        if (afterReturn && buffer[at] == '\n') {
            at++;
        }
        afterReturn = false;
        if (!fill()) {
            return null;
        }
        while (fill()) {
            int end = at;
            while (end < filled && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            append(end);
            if (end < filled) {
                afterReturn = buffer[end] == '\r';
                at = end + 1;
                break;
            }
            at = end;
        }
        number++;
        return line.toString();
    }

    private void append(int end) {
        int room = longest - line.length();
        cut |= end - at > room;
        line.append(buffer, at, Math.min(end - at, room));
    }

    /** Whether there is a letter to read. */
    private boolean fill() throws IOException {
        if (at == filled) {
            at = 0;
            filled = Math.max(0, text.read(buffer));
        }
        return at < filled;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public boolean isCut() {
        return cut;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
