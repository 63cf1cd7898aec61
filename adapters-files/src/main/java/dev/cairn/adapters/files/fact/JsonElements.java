package dev.cairn.adapters.files.fact;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Splits one JSON array, or a sequence of objects, into elements of any number of lines. Only brackets are counted, so that a malformed element is
 * rejected alone. An array that is not closed breaks the file off: it was cut.
 */
final class JsonElements implements JsonTexts {
    private static final int END = -1;
    private static final int FIRST_LINE = 1 << 13;

    private final BufferedReader text;
    private final int longest;
    private final StringBuilder element = new StringBuilder();
    private final boolean array;
    private boolean begun = false;
    private boolean ended = false;
    private boolean cut = false;
    private boolean afterReturn = false;
    private long line;
    private long number = 0;

    /**
     * @param array whether the elements are of one array
     * @param linesBefore how many lines were read before
     */
    private JsonElements(BufferedReader text, int longest, boolean array, long linesBefore) {
        this.text = text;
        this.longest = longest;
        this.array = array;
        this.line = linesBefore + 1;
    }

    /** The elements of a text that begins with an array, or with an object that does not end on its first line; null for one object a line. */
    static @Nullable JsonElements of(BufferedReader text, int longest, long linesBefore)
            throws IOException {
        text.mark(FIRST_LINE);
        var start = new StringBuilder();
        for (int i = 0; i < FIRST_LINE; i++) {
            int c = text.read();
            boolean lineEnd = c == '\n' || c == '\r';
            if (c == END || (lineEnd && !start.isEmpty())) {
                break;
            }
            if (!start.isEmpty() || !Character.isWhitespace(c)) {
                start.append((char) c);
            }
        }
        text.reset();
        var first = start.toString().strip();
        if (first.startsWith("[")) {
            return new JsonElements(text, longest, true, linesBefore);
        }
        boolean open =
                first.startsWith("{")
                        && (first.endsWith("{") || first.endsWith(",") || first.endsWith("["));
        return open && start.length() < FIRST_LINE
                ? new JsonElements(text, longest, false, linesBefore)
                : null;
    }

    @Override
    public @Nullable String next() throws IOException {
        if (ended) {
            return null;
        }
        int first = afterBlanks();
        if (array) {
            first = separated(first);
        }
        if (first == END || ended) {
            ended = true;
            return null;
        }
        number = line;
        element.setLength(0);
        cut = false;
        if (first == '{' || first == '[') {
            nested(first);
        } else {
            scalar(first);
        }
        return element.toString();
    }

    /** Skips what separates elements of an array; returns the first character of the next element, or {@link #END} after the last. */
    private int separated(int first) throws IOException {
        int at = first;
        if (!begun) {
            begun = true;
            at = afterBlanks();
            if (at == ']') {
                end();
                return END;
            }
            return element(at);
        }
        if (at == ']') {
            end();
            return END;
        }
        if (at == ',') {
            return element(afterBlanks());
        }
        throw at == END
                ? broken(
                        "The array is not closed before the end of the file; it seems to be cut off.")
                : broken(
                        "'%s' stands between elements of the array, where a comma does."
                                .formatted(Character.toString(at)));
    }

    private int element(int first) throws IOException {
        if (first == END) {
            throw broken(
                    "The array is not closed before the end of the file; it seems to be cut off.");
        }
        if (first == ',' || first == ']') {
            throw broken("An element of the array is missing.");
        }
        return first;
    }

    /** What stands behind the array is nothing. */
    private void end() throws IOException {
        ended = true;
        if (afterBlanks() != END) {
            throw broken("More text stands behind the end of the array.");
        }
    }

    private void nested(int first) throws IOException {
        int depth = 0;
        boolean inText = false;
        boolean escaped = false;
        for (int c = first; c != END; c = read()) {
            append(c);
            if (escaped) {
                escaped = false;
            } else if (inText) {
                escaped = c == '\\';
                inText = c != '"';
            } else if (c == '"') {
                inText = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
                if (depth == 0) {
                    return;
                }
            }
        }
        throw broken(
                "The object that begins in line %d is not closed before the end of the file."
                        .formatted(number));
    }

    private void scalar(int first) throws IOException {
        boolean inText = first == '"';
        append(first);
        text.mark(1);
        for (int c = text.read(); c != END; c = text.read()) {
            boolean over = inText ? c == '\n' : c == ',' || c == ']' || Character.isWhitespace(c);
            if (over) {
                text.reset();
                return;
            }
            pass(c);
            append(c);
            if (inText && c == '"') {
                return;
            }
            text.mark(1);
        }
    }

    private void append(int c) {
        if (element.length() < longest) {
            element.append((char) c);
        } else {
            cut = true;
        }
    }

    private int afterBlanks() throws IOException {
        int c = read();
        while (c != END && Character.isWhitespace(c)) {
            c = read();
        }
        return c;
    }

    private int read() throws IOException {
        int c = text.read();
        pass(c);
        return c;
    }

    private void pass(int c) {
        if (c == '\r' || (c == '\n' && !afterReturn)) {
            line++;
        }
        afterReturn = c == '\r';
    }

    private Unreadable broken(String reason) {
        ended = true;
        return new Unreadable(line, 0, reason);
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
