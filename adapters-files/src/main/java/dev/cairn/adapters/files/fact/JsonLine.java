package dev.cairn.adapters.files.fact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Takes apart the JSON objects of lines, and learns the names of their columns. */
final class JsonLine {
    private static final int MOST_COLUMNS = 1 << 14;
    private static final int DEEPEST = 20;
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .build();

    private final List<String> columns = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();

    /** What a line is. */
    sealed interface Parsed {
        /**
         * @param cells one per column known so far; null where the line has no such key, or null as its value
         * @param odd why the value of a key is no cell, by its name
         */
        record Cells(List<@Nullable String> cells, Map<String, String> odd) implements Parsed {}

        record Failed(String reason) implements Parsed {}
    }

    JsonLine(List<String> columns) {
        columns.forEach(this::position);
    }

    /** In the order in which they were met. */
    List<String> columns() {
        return Collections.unmodifiableList(columns);
    }

    Parsed parse(String line) {
        int known = columns.size();
        var parsed = read(line);
        if (parsed instanceof Parsed.Failed) {
            var met = columns.subList(known, columns.size());
            positions.keySet().removeAll(Set.copyOf(met));
            met.clear();
        }
        return parsed;
    }

    private Parsed read(String line) {
        try (var json = JSON.createParser(ObjectReadContext.empty(), line)) {
            var row = new Row(json);
            var refusal = row.read();
            return refusal == null ? row.cells() : new Parsed.Failed(refusal);
        } catch (JacksonException wrong) {
            var place = wrong.getLocation();
            return new Parsed.Failed(
                    "not JSON%s: %s"
                            .formatted(
                                    place == null ? "" : " at letter " + place.getColumnNr(),
                                    wrong.getOriginalMessage().replaceFirst(": enable .*", "")));
        }
    }

    private int position(String column) {
        return positions.computeIfAbsent(
                column,
                name -> {
                    columns.add(name);
                    return columns.size() - 1;
                });
    }

    /** One line on its way to cells. Its methods give why the line is refused; null where it is not. */
    private final class Row {
        private final JsonParser json;
        private final List<@Nullable String> values = new ArrayList<>();
        private final BitSet met = new BitSet();
        private Map<String, String> odd = Map.of();

        Row(JsonParser json) {
            this.json = json;
        }

        @Nullable String read() {
            var first = json.nextToken();
            if (first == JsonToken.START_ARRAY) {
                return "an array, not an object";
            }
            if (first != JsonToken.START_OBJECT) {
                return "not a JSON object";
            }
            var refusal = object("");
            if (refusal == null && json.nextToken() != null) {
                return "more than one JSON object on a line";
            }
            return refusal;
        }

        Parsed.Cells cells() {
            while (values.size() < columns.size()) {
                values.add(null);
            }
            return new Parsed.Cells(values, odd);
        }

        private @Nullable String object(String prefix) {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var refusal = value(prefix + json.currentName(), json.nextToken());
                if (refusal != null) {
                    return refusal;
                }
            }
            return null;
        }

        private @Nullable String value(String name, JsonToken token) {
            switch (token) {
                case START_OBJECT -> {
                    odd(name, "an object; what is in it has names like '%s.id'".formatted(name));
                    return object(name + ".");
                }
                case START_ARRAY -> {
                    odd(name, "an array; a column holds one value");
                    json.skipChildren();
                    return set(name, null);
                }
                case VALUE_NULL -> {
                    return set(name, null);
                }
                default -> {
                    var text = json.getString();
                    if (holdsHalfCharacter(text)) {
                        odd(name, "a text with half a character (an unpaired surrogate)");
                    }
                    return set(name, text);
                }
            }
        }

        private void odd(String name, String what) {
            if (odd.isEmpty()) {
                odd = new LinkedHashMap<>();
            }
            odd.put(name, what);
        }

        private @Nullable String set(String name, @Nullable String value) {
            int at = position(name);
            if (at >= MOST_COLUMNS) {
                return "more than %d different keys so far".formatted(MOST_COLUMNS);
            }
            while (values.size() <= at) {
                values.add(null);
            }
            if (met.get(at)) {
                return "the key '%s' is there twice".formatted(name);
            }
            met.set(at);
            values.set(at, value);
            return null;
        }

        private static boolean holdsHalfCharacter(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (Character.isSurrogate(text.charAt(i))) {
                    if (i + 1 == text.length()
                            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                        return true;
                    }
                    i++;
                }
            }
            return false;
        }
    }
}
