package dev.cairn.adapters.files.fact;

import dev.cairn.adapters.files.fact.JsonLine.Parsed;
import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.Records;
import dev.cairn.application.port.Records.Raw;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects: one a line, or elements of one array, or one after another over any number of lines. Each key is a column, of an object within it by {@code outer.inner}; a key that a line does not have has no value there,
 * as has null; the empty text is a value. The columns are those of the first lines, unless the dialect names them; further ones join as they are met. A line that is no
 * object, or has an array or object where a wanted column is, is malformed.
 */
final class NdjsonRecords implements Records {
    static final int SAMPLED_LINES = 1_000;
    private static final int SAMPLED_SIZE = 1 << 22;
    private static final int LONGEST_TEXT = 1 << 20;

    private record Line(long number, Parsed parsed) {}

    private final JsonTexts texts;
    private final JsonLine parser;
    private final Queue<Line> sampled = new ArrayDeque<>();
    private final Map<String, String> unreadable = new TreeMap<>();
    private @Nullable Set<String> wanted;
    private @Nullable Raw broken;
    private boolean ended = false;

    private NdjsonRecords(BufferedReader text, Dialect dialect) {
        this.texts = texts(text, dialect.skippedLines());
        this.parser = new JsonLine(dialect.columns());
        if (dialect.columns().isEmpty()) {
            sample();
        }
    }

    /** @param text closed with the records */
    static NdjsonRecords of(BufferedReader text, Dialect dialect) {
        return new NdjsonRecords(text, dialect);
    }

    private JsonTexts texts(BufferedReader text, int skippedLines) {
        try {
            for (int i = 0; i < skippedLines; i++) {
                skipLine(text);
            }
            var elements = JsonElements.of(text, LONGEST_TEXT, skippedLines);
            return elements == null ? new Lines(text, LONGEST_TEXT, skippedLines) : elements;
        } catch (Unreadable _) {
            // Reported when the line that holds it is read.
            return new Lines(text, LONGEST_TEXT, skippedLines);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void skipLine(BufferedReader text) throws IOException {
        int c = text.read();
        while (c >= 0 && c != '\n' && c != '\r') {
            c = text.read();
        }
        text.mark(1);
        if (c == '\r' && text.read() != '\n') {
            text.reset();
        }
    }

    private void sample() {
        long size = 0;
        while (sampled.size() < SAMPLED_LINES && size < SAMPLED_SIZE) {
            var text = nextLine();
            if (text == null) {
                break;
            }
            if (!text.isBlank()) {
                sampled.add(parsed(text));
            }
            size += text.length() + parser.columns().size();
        }
        var first = sampled.peek();
        if (parser.columns().isEmpty() && first != null) {
            sampled.clear();
            ended = true;
            broken = noObjects(first);
        }
    }

    private static Raw noObjects(Line first) {
        return switch (first.parsed()) {
            case Parsed.Cells _ ->
                    new Raw.Broken(first.number(), 0, "There is no key in the first objects.");
            case Parsed.Failed(var reason) ->
                    new Raw.Broken(
                            first.number(),
                            0,
                            "None of the first lines or elements is a JSON object; this one: %s."
                                    .formatted(reason));
        };
    }

    @Override
    public List<String> header() {
        return parser.columns();
    }

    @Override
    public void want(Collection<String> columns) {
        wanted = Set.copyOf(columns);
    }

    @Override
    public Map<String, String> unreadable() {
        return Map.copyOf(unreadable);
    }

    @Override
    public @Nullable Raw next() {
        var line = sampled.isEmpty() ? nextObject() : sampled.remove();
        if (line == null) {
            var last = broken;
            broken = null;
            return last;
        }
        return switch (line.parsed()) {
            case Parsed.Failed(var reason) -> new Raw.Malformed(line.number(), 0, reason);
            case Parsed.Cells parsed -> raw(line.number(), parsed);
        };
    }

    private Raw raw(long number, Parsed.Cells parsed) {
        for (var odd : parsed.odd().entrySet()) {
            if (wanted == null || wanted.contains(odd.getKey())) {
                return new Raw.Malformed(
                        number, 0, "'%s' is %s".formatted(odd.getKey(), odd.getValue()));
            }
            unreadable.putIfAbsent(odd.getKey(), odd.getValue());
        }
        return new Raw.Read(number, parsed.cells());
    }

    private @Nullable Line nextObject() {
        for (var text = nextLine(); text != null; text = nextLine()) {
            if (!text.isBlank()) {
                return parsed(text);
            }
        }
        return null;
    }

    private Line parsed(String text) {
        return new Line(
                texts.number(),
                texts.isCut()
                        ? new Parsed.Failed(
                                "the line or object has more than %d characters"
                                        .formatted(LONGEST_TEXT))
                        : parser.parse(text));
    }

    private @Nullable String nextLine() {
        try {
            var text = ended ? null : texts.next();
            ended = text == null;
            return text;
        } catch (Unreadable unreadable) {
            ended = true;
            broken = unreadable.broken();
            return null;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            texts.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
