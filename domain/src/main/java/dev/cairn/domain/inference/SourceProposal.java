package dev.cairn.domain.inference;

import dev.cairn.domain.inference.ColumnReport.As;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A source declaration to edit, that reads every value of a file; what the file does not decide is left as text.
 *
 * @param remarks about the source
 * @param fieldRemarks for each field of the source, in order
 */
public record SourceProposal(Source source, List<String> remarks, List<List<String>> fieldRemarks) {
    private static final int LONGEST_NAME = 50;
    private static final int NEW_CENTURY = 1900;
    private static final String TAKEN_ON = "taken_on";

    public SourceProposal {
        remarks = List.copyOf(remarks);
        fieldRemarks = List.copyOf(fieldRemarks);
    }

    /**
     * @param columns of the file, in order; those without a name are left out
     * @param unreadable columns that are no single value in some row, each with what it is there; they are left out too
     * @param keys numbers of columns that identify a row together, the likeliest first
     * @param today for the time of facts in whose file there is none
     */
    public static SourceProposal of(
            String name,
            List<ColumnReport> columns,
            Map<String, String> unreadable,
            List<List<Integer>> keys,
            LocalDate today) {
        return new Proposing(name, columns, unreadable, today).propose(keys);
    }

    /** A name that a definition may have, made of any text. */
    public static String nameOf(String text) {
        var words =
                text.strip()
                        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "_")
                        .replaceAll("^_+|_+$", "");
        var name = words.isEmpty() || !Character.isLetter(words.charAt(0)) ? "c_" + words : words;
        name = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        return name.replaceAll("_+$", "");
    }

    /** @param number of the column */
    private record Proposed(int number, ColumnReport column, Field field) {}

    /** One proposal on its way. */
    private static final class Proposing {
        private final String name;
        private final LocalDate today;
        private final List<Proposed> fields = new ArrayList<>();
        private final List<List<String>> fieldRemarks = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();

        Proposing(
                String name,
                List<ColumnReport> columns,
                Map<String, String> unreadable,
                LocalDate today) {
            this.name = name;
            this.today = today;
            var names = new HashSet<String>();
            new TreeMap<>(unreadable)
                    .forEach((column, what) ->
                            remarks.add(
                                    "'%s' is not loaded where it is %s."
                                            .formatted(oneLine(column), what)));
            for (int i = 0; i < columns.size(); i++) {
                var column = columns.get(i);
                if (column.name().isBlank()) {
                    remarks.add("A column without a name is not loaded.");
                } else if (!unreadable.containsKey(column.name())) {
                    fields.add(new Proposed(i, column, field(column, unusedName(column, names))));
                }
            }
        }

        private static String unusedName(ColumnReport column, Set<String> names) {
            var wanted = nameOf(column.name());
            var name = wanted;
            for (int i = 2; !names.add(name); i++) {
                var end = "_" + i;
                int room = LONGEST_NAME - end.length();
                name = (wanted.length() > room ? wanted.substring(0, room) : wanted) + end;
            }
            return name;
        }

        private Field field(ColumnReport column, String name) {
            boolean identity = Names.isAccount(name) || Names.isUser(name);
            var chosen = identity ? text() : chosen(column, name);
            var notation = notation(column, name, chosen);
            boolean text = chosen.type() == DataType.TEXT;
            return new Field(
                    name,
                    name,
                    chosen.type(),
                    null,
                    null,
                    text ? List.of() : column.missing().keySet().stream().sorted().toList(),
                    null,
                    null,
                    notation);
        }

        private static As text() {
            return new As(DataType.TEXT, Notation.STANDARD);
        }

        /**
         * The one reading that fits; text where there is none, or where the file does not decide between two. Whether numbers count time, their
         * name decides.
         */
        private static As chosen(ColumnReport column, String name) {
            var readings = column.readings();
            if (column.zerosFirst() || readings.isEmpty()) {
                return readings.size() == 1 && readings.getFirst().type() == DataType.DATE
                        ? readings.getFirst()
                        : text();
            }
            if (readings.size() == 2 && readings.getLast().isCounted()) {
                return Names.isTime(name) ? readings.getLast() : readings.getFirst();
            }
            return readings.size() == 1 ? readings.getFirst() : text();
        }

        private static Notation notation(ColumnReport column, String name, As chosen) {
            var own = chosen.notation();
            boolean trims =
                    column.blank() > 0
                            || (column.padded() > 0
                                    && !column.missing().isEmpty()
                                    && chosen.type() != DataType.TEXT);
            return new Notation(
                    column.name().equals(name) ? null : column.name(),
                    own.formats(),
                    own.locale(),
                    own.pivot(),
                    own.decimal(),
                    own.thousands(),
                    own.strip(),
                    own.negative(),
                    own.percent(),
                    trims ? true : null,
                    null,
                    null);
        }

        SourceProposal propose(List<List<Integer>> keys) {
            var time = time();
            var account = first(Names::isAccount);
            var user = first(Names::isUser);
            var together = together(keys);
            var key = key(together);
            fields.forEach(field -> fieldRemarks.add(List.copyOf(remarks(field))));
            var all = new ArrayList<>(fields.stream().map(Proposed::field).toList());
            var timeField = time.map(found -> found.field().name()).orElse(null);
            if (timeField == null) {
                timeField = addTime(all);
            }
            remarks.add(
                    key.isEmpty()
                            ? "No column identifies a row: each is recognized by all it holds. If several columns do together, say so: key: [a, b]."
                            : "Every row has a value of its own in the key.");
            together.stream()
                    .filter(columns -> !columns.equals(key))
                    .map(columns ->
                            "No two rows are equal in these together, which are a key, if that is no accident: key: [%s]."
                                    .formatted(String.join(", ", columns)))
                    .forEach(remarks::add);
            return new SourceProposal(
                    new Source(
                            name,
                            name,
                            "",
                            timeField,
                            ZoneId.of("UTC"),
                            null,
                            null,
                            account,
                            user,
                            key,
                            all),
                    remarks,
                    fieldRemarks);
        }

        private @Nullable String first(Predicate<String> wanted) {
            return fields.stream()
                    .map(field -> field.field().name())
                    .filter(wanted)
                    .findFirst()
                    .orElse(null);
        }

        private Optional<Proposed> time() {
            var times =
                    fields.stream()
                            .filter(field ->
                                    field.field().type() == DataType.DATE
                                            || field.field().type() == DataType.TIMESTAMP)
                            .toList();
            var found =
                    times.stream()
                            .filter(field -> field.column().isFull())
                            .min(
                                    Comparator.comparing(
                                            field -> !Names.isTime(field.field().name())));
            if (times.size() > 1) {
                remarks.add(
                        "Times are: %s. Choose the one that says when a fact happened, and its zone (time: {field: ..., zone: Europe/Berlin})."
                                .formatted(
                                        times.stream()
                                                .map(field ->
                                                        field.field().name()
                                                                + (field.column().isFull()
                                                                        ? ""
                                                                        : " (empty in some rows)"))
                                                .collect(Collectors.joining(", "))));
            }
            return found;
        }

        private String addTime(List<Field> all) {
            remarks.add(
                    "No column says in every row when it happened: as it stands, all facts are of the day of the file. Choose another, or mend that day.");
            var taken = all.stream().map(Field::name).collect(Collectors.toSet());
            var field = TAKEN_ON;
            for (int i = 2; taken.contains(field); i++) {
                field = TAKEN_ON + "_" + i;
            }
            all.add(
                    new Field(
                            field,
                            field,
                            DataType.DATE,
                            null,
                            "date(%d, %d, %d)"
                                    .formatted(
                                            today.getYear(),
                                            today.getMonthValue(),
                                            today.getDayOfMonth()),
                            List.of(),
                            null,
                            null));
            fieldRemarks.add(List.of("the day of the file"));
            return field;
        }

        /** Names of columns that identify a row together; none where one does by itself. */
        private List<List<String>> together(List<List<Integer>> keys) {
            return fields.stream().anyMatch(field -> field.column().key())
                    ? List.of()
                    : keys.stream().map(key -> key.stream().map(this::fieldOf).toList()).toList();
        }

        private String fieldOf(int number) {
            return fields.stream()
                    .filter(field -> field.number() == number)
                    .findFirst()
                    .orElseThrow()
                    .field()
                    .name();
        }

        /** By identifiers only: that a customer and a time are unique together may be an accident. */
        private List<String> key(List<List<String>> together) {
            return Stream.concat(
                            fields.stream()
                                    .filter(field -> field.column().key())
                                    .map(field -> List.of(field.field().name())),
                            together.stream())
                    .filter(names -> names.stream().allMatch(Names::isIdentifier))
                    .findFirst()
                    .orElse(List.of());
        }

        private List<String> remarks(Proposed proposed) {
            var column = proposed.column();
            var said = new ArrayList<String>();
            if (column.values() == 0) {
                said.add("no value in any row");
            } else {
                said.add(
                        "%d values%s, such as %s"
                                .formatted(
                                        column.values(),
                                        column.empty() + column.blank() == 0
                                                ? ""
                                                : ", %d empty"
                                                        .formatted(column.empty() + column.blank()),
                                        column.examples().stream()
                                                .map(SourceProposal::oneLine)
                                                .collect(Collectors.joining(" | "))));
            }
            if (column.key()) {
                said.add("unique and never empty: a key, if that is no accident");
            }
            if (!column.missing().isEmpty()) {
                said.add(missing(proposed));
            }
            if (column.padded() > 0 && proposed.field().type() == DataType.TEXT) {
                said.add(
                        "%d values have blanks around them; trim: true takes them off"
                                .formatted(column.padded()));
            }
            if (column.zerosFirst()) {
                said.add("digits with zeros before them: as a number they would lose them");
            }
            said.addAll(twoReadings(column, proposed.field()));
            if (!isIdentity(proposed.field()) && !column.zerosFirst()) {
                column.odd().map(Proposing::odd).ifPresent(said::add);
            }
            if (proposed.field().notation().percent() != null) {
                said.add("percent: fraction makes 0.125 of 12.5 %, percent: number 12.5");
            }
            var pivot = proposed.field().notation().pivot();
            if (pivot != null) {
                said.add(
                        "years of two digits: pivot: %d makes them %d to %d"
                                .formatted(pivot, NEW_CENTURY + pivot, NEW_CENTURY + pivot + 99));
            }
            return said;
        }

        private static String missing(Proposed proposed) {
            var codes =
                    proposed.column().missing().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(code ->
                                    "'%s' (%d times)".formatted(code.getKey(), code.getValue()))
                            .collect(Collectors.joining(", "));
            return proposed.field().type() == DataType.TEXT
                    ? "%s may mean no value; if so: missing: [%s]"
                            .formatted(
                                    codes,
                                    proposed.column().missing().keySet().stream()
                                            .sorted()
                                            .map(code -> "'" + code.replace("'", "''") + "'")
                                            .collect(Collectors.joining(", ")))
                    : codes + ": no value, it seems";
        }

        private static boolean isIdentity(Field field) {
            return Names.isAccount(field.name()) || Names.isUser(field.name());
        }

        private static String odd(ColumnReport.Odd odd) {
            var text = oneLine(odd.text());
            return "all %d values before '%s' are %s: say so, and its row is rejected, unless it means no value (missing: ['%s'])"
                    .formatted(
                            odd.before(),
                            text,
                            odd.readings().stream()
                                    .map(Proposing::written)
                                    .collect(Collectors.joining(" or ")),
                            text.replace("'", "''"));
        }

        private static List<String> twoReadings(ColumnReport column, Field field) {
            if (column.readings().size() < 2 || isIdentity(field)) {
                return List.of();
            }
            var said = new ArrayList<String>();
            said.add(
                    field.type() == DataType.TEXT
                            ? "the values fit several readings, and the file does not decide; it is left as text. Choose:"
                            : "the values fit several readings; this one was chosen by the name. They are:");
            for (int i = 0; i < column.readings().size(); i++) {
                int at = i;
                var meaning =
                        column.disputed()
                                .filter(example -> at < example.meanings().size())
                                .map(example ->
                                        "   -- '%s' is %s"
                                                .formatted(
                                                        example.text(), example.meanings().get(at)))
                                .orElse("");
                said.add("  " + written(column.readings().get(i)) + meaning);
            }
            return said;
        }

        private static String written(As as) {
            var parts = new ArrayList<String>();
            parts.add("type: " + as.type().name().toLowerCase(Locale.ROOT));
            var notation = as.notation();
            notation.formats().forEach(format -> parts.add("format: \"%s\"".formatted(format)));
            if (notation.pivot() != null) {
                parts.add("pivot: " + notation.pivot());
            }
            if (notation.decimal() != null) {
                parts.add("decimal: '%s'".formatted(notation.decimal()));
            } else if (as.type() == DataType.DECIMAL) {
                parts.add("decimal: '.'");
            }
            if (notation.thousands() != null) {
                parts.add("thousands: '%s'".formatted(notation.thousands()));
            }
            return "{" + String.join(", ", parts) + "}";
        }
    }

    private static String oneLine(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
