package dev.cairn.domain.expression;

import dev.cairn.domain.expression.PatternPart.Range;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link TextPattern}; what is outside of the subset is refused with {@link IllegalArgumentException}. */
final class PatternParser {
    /** More is beyond what some engines count. */
    private static final int MOST_TIMES = 255;

    private static final String REPEATS = "*+?{";
    private static final List<Range> DIGIT = List.of(new Range('0', '9'));
    private static final List<Range> WORD =
            List.of(
                    new Range('A', 'Z'),
                    new Range('a', 'z'),
                    new Range('0', '9'),
                    new Range('_', '_'));
    private static final List<Range> BLANK =
            List.of(
                    new Range(' ', ' '),
                    new Range('\t', '\t'),
                    new Range('\n', '\n'),
                    new Range('\r', '\r'));

    private final int[] points;
    private int at;

    private PatternParser(String pattern) {
        this.points = pattern.codePoints().toArray();
    }

    /** The alternatives that a pattern consists of. */
    static List<PatternPart> parse(String pattern) {
        var parser = new PatternParser(pattern);
        var alternatives = parser.alternatives();
        if (parser.at < parser.points.length) {
            throw refused("a ')' without '('");
        }
        return alternatives;
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(why);
    }

    private boolean ends() {
        return at == points.length;
    }

    private boolean isNext(int sign) {
        return !ends() && points[at] == sign;
    }

    private int next() {
        return points[at++];
    }

    private List<PatternPart> alternatives() {
        var found = new ArrayList<PatternPart>();
        found.add(sequence());
        while (isNext('|')) {
            at++;
            found.add(sequence());
        }
        return found;
    }

    private PatternPart sequence() {
        var parts = new ArrayList<PatternPart>();
        while (!ends() && points[at] != '|' && points[at] != ')') {
            parts.add(repeated(part()));
        }
        return parts.size() == 1 ? parts.getFirst() : new PatternPart.Sequence(parts);
    }

    private PatternPart part() {
        int sign = next();
        return switch (sign) {
            case '(' -> group();
            case '[' -> set();
            case '.' -> PatternPart.ANY;
            case '^', '$' -> {
                if (!ends() && REPEATS.indexOf(points[at]) >= 0) {
                    throw refused("'%c' has nothing to repeat".formatted(points[at]));
                }
                yield new PatternPart.Edge(sign == '$');
            }
            case '*', '+', '?', '{' -> throw refused("'%c' has nothing to repeat".formatted(sign));
            case '\\' -> new PatternPart.OneOf(escaped(), false);
            case '\0' -> throw refused("a character that no text has");
            default -> new PatternPart.OneOf(List.of(new Range(sign, sign)), false);
        };
    }

    private PatternPart group() {
        if (isNext('?')) {
            throw refused("'(?' is not known");
        }
        var parts = alternatives();
        if (!isNext(')')) {
            throw refused("'(' is not closed");
        }
        at++;
        return new PatternPart.Choice(parts);
    }

    private PatternPart repeated(PatternPart part) {
        if (ends() || REPEATS.indexOf(points[at]) < 0) {
            return part;
        }
        int sign = next();
        var repeat =
                switch (sign) {
                    case '*' -> new PatternPart.Repeat(part, 0, -1);
                    case '+' -> new PatternPart.Repeat(part, 1, -1);
                    case '?' -> new PatternPart.Repeat(part, 0, 1);
                    default -> counted(part);
                };
        if (!ends() && REPEATS.indexOf(points[at]) >= 0) {
            throw refused("'%c%c' is not known".formatted(sign == '{' ? '}' : sign, points[at]));
        }
        return repeat;
    }

    private PatternPart.Repeat counted(PatternPart part) {
        int least = times();
        int most = least;
        if (isNext(',')) {
            at++;
            most = isNext('}') ? -1 : times();
        }
        if (!isNext('}')) {
            throw refused("'{' stands before a number of times: {2}, {2,} or {2,5}");
        }
        at++;
        if (most >= 0 && least > most) {
            throw refused("{%d,%d} ends before it starts".formatted(least, most));
        }
        return new PatternPart.Repeat(part, least, most);
    }

    private int times() {
        int start = at;
        int times = 0;
        while (!ends() && points[at] >= '0' && points[at] <= '9' && times <= MOST_TIMES) {
            times = times * 10 + next() - '0';
        }
        if (start == at) {
            throw refused("'{' stands before a number of times: {2}, {2,} or {2,5}");
        }
        if (times > MOST_TIMES) {
            throw refused("at most %d times".formatted(MOST_TIMES));
        }
        return times;
    }

    private List<Range> escaped() {
        if (ends()) {
            throw refused("ends with a backslash");
        }
        int sign = next();
        return switch (sign) {
            case 'd' -> DIGIT;
            case 'w' -> WORD;
            case 's' -> BLANK;
            case 'n' -> List.of(new Range('\n', '\n'));
            case 't' -> List.of(new Range('\t', '\t'));
            case 'r' -> List.of(new Range('\r', '\r'));
            default -> {
                if (Character.isLetterOrDigit(sign) || sign == 0) {
                    throw refused("'\\%s' is not known".formatted(Character.toString(sign)));
                }
                yield List.of(new Range(sign, sign));
            }
        };
    }

    private PatternPart set() {
        boolean negated = isNext('^');
        if (negated) {
            at++;
        }
        var ranges = new ArrayList<Range>();
        if (isNext(']')) {
            throw refused("an empty [...]");
        }
        while (!isNext(']')) {
            ranges.addAll(member(ranges.isEmpty()));
        }
        at++;
        return new PatternPart.OneOf(ranges, negated);
    }

    private List<Range> member(boolean isFirst) {
        if (ends()) {
            throw refused("'[' is not closed");
        }
        boolean bareHyphen = isNext('-');
        var from = signs();
        boolean isLast = isNext(']');
        if (bareHyphen && !isFirst && !isLast) {
            throw refused("a '-' between others in [...] must be escaped");
        }
        boolean isRange =
                isNext('-') && at + 1 < points.length && points[at + 1] != ']' && !bareHyphen;
        if (!isRange) {
            return from;
        }
        at++;
        var to = signs();
        boolean single = isSingle(from) && isSingle(to);
        if (!single || from.getFirst().first() > to.getFirst().first()) {
            throw refused("a range in [...] goes from one character to a later one");
        }
        return List.of(new Range(from.getFirst().first(), to.getFirst().first()));
    }

    private static boolean isSingle(List<Range> ranges) {
        return ranges.size() == 1 && ranges.getFirst().first() == ranges.getFirst().last();
    }

    private List<Range> signs() {
        if (ends()) {
            throw refused("'[' is not closed");
        }
        int sign = next();
        if (sign == '\\') {
            return escaped();
        }
        if (sign == '[' || sign == '&') {
            throw refused("'%c' inside [...] must be escaped".formatted(sign));
        }
        if (sign == 0) {
            throw refused("a character that no text has");
        }
        return List.of(new Range(sign, sign));
    }
}
