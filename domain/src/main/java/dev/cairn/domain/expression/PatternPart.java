package dev.cairn.domain.expression;

import java.util.List;
import java.util.stream.Collectors;

/** A part of a {@link TextPattern}; its text is the form that every engine reads alike. */
sealed interface PatternPart {
    /** Signs that mean something outside of [...], and so are written with a backslash. */
    String SPECIAL = "\\.[]()|*+?{}^$";

    /** One character, or a range of them by code point. */
    record Range(int first, int last) {
        boolean holds(int point) {
            return first <= point && point <= last;
        }
    }

    /** Any one character. */
    OneOf ANY = new OneOf(List.of(), true);

    /** One character of a set, or not of it. */
    record OneOf(List<Range> ranges, boolean negated) implements PatternPart {
        public OneOf {
            ranges = List.copyOf(ranges);
        }

        boolean holds(int point) {
            for (var range : ranges) {
                if (range.holds(point)) {
                    return !negated;
                }
            }
            return negated;
        }
    }

    /** The start or the end of the text. */
    record Edge(boolean end) implements PatternPart {}

    record Sequence(List<PatternPart> parts) implements PatternPart {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** What stands in parentheses: one of several. */
    record Choice(List<PatternPart> parts) implements PatternPart {
        public Choice {
            parts = List.copyOf(parts);
        }
    }

    /** @param most -1: no limit */
    record Repeat(PatternPart part, int least, int most) implements PatternPart {}

    default String text() {
        return switch (this) {
            case OneOf(var ranges, var negated) -> ranges.isEmpty() ? "." : text(ranges, negated);
            case Edge(var end) -> end ? "$" : "^";
            case Sequence(var parts) ->
                    parts.stream().map(PatternPart::text).collect(Collectors.joining());
            case Choice(var parts) -> "(" + alternatives(parts) + ")";
            case Repeat(var part, int least, int most) -> part.text() + times(least, most);
        };
    }

    static String alternatives(List<PatternPart> parts) {
        return parts.stream().map(PatternPart::text).collect(Collectors.joining("|"));
    }

    private static String text(List<Range> ranges, boolean negated) {
        if (!negated
                && ranges.size() == 1
                && ranges.getFirst().first() == ranges.getFirst().last()) {
            return sign(ranges.getFirst().first(), SPECIAL);
        }
        return ranges.stream()
                .map(range ->
                        range.first() == range.last()
                                ? inSet(range.first())
                                : inSet(range.first()) + "-" + inSet(range.last()))
                .collect(Collectors.joining("", negated ? "[^" : "[", "]"));
    }

    private static String inSet(int point) {
        return sign(point, "\\[]^-&");
    }

    private static String sign(int point, String special) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default -> (special.indexOf(point) >= 0 ? "\\" : "") + Character.toString(point);
        };
    }

    private static String times(int least, int most) {
        if (most < 0) {
            return least == 0 ? "*" : least == 1 ? "+" : "{%d,}".formatted(least);
        }
        if (least == 0 && most == 1) {
            return "?";
        }
        return least == most ? "{%d}".formatted(least) : "{%d,%d}".formatted(least, most);
    }
}
