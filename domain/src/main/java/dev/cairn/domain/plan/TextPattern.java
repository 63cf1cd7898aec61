package dev.cairn.domain.plan;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The patterns of {@code matches}: a subset of regular expressions that every engine reads alike and in linear time. Letters, digits, blanks and
 * escaped signs stand for themselves; {@code . [abc] [^a-z] ( | ) * + ? {m,n} ^ $ \d \w \s} mean what they always do, in ASCII.
 */
public final class TextPattern {
    private static final String DIGIT = "0-9";
    private static final String WORD = "A-Za-z0-9_";
    private static final String BLANK = " \\t\\n\\r";
    private static final int LONGEST = 500;

    private TextPattern() {}

    /** What is wrong with a pattern; empty where nothing is. */
    public static Optional<String> faultOf(String pattern) {
        if (pattern.length() > LONGEST) {
            return Optional.of("longer than " + LONGEST + " characters");
        }
        try {
            compile(pattern);
            return Optional.empty();
        } catch (IllegalArgumentException refused) {
            return Optional.of(
                    String.valueOf(refused.getMessage())
                            .lines()
                            .findFirst()
                            .orElse("not a pattern"));
        }
    }

    /**
     * The same pattern without the short forms {@code \d \w \s}.
     *
     * @throws IllegalArgumentException where it uses something outside the subset
     */
    public static String normalise(String pattern) {
        return translate(pattern, "$");
    }

    /** The same for this platform, where {@code $} alone would also match before a last line break. */
    static Pattern compile(String pattern) {
        return Pattern.compile(translate(pattern, "\\z"), Pattern.DOTALL);
    }

    private static String translate(String pattern, String end) {
        var text = new StringBuilder();
        boolean inSet = false;
        for (int at = 0; at < pattern.length(); at++) {
            char sign = pattern.charAt(at);
            if (sign == '\\') {
                at++;
                if (at == pattern.length()) {
                    throw new IllegalArgumentException("ends with a backslash");
                }
                text.append(escaped(pattern.charAt(at), inSet));
            } else if (inSet) {
                if (sign == '[' || sign == '&') {
                    throw new IllegalArgumentException(
                            "'" + sign + "' inside [...] must be escaped");
                }
                inSet = sign != ']';
                text.append(sign);
            } else {
                refuseExtensions(pattern, at);
                inSet = sign == '[';
                text.append(sign == '$' ? end : String.valueOf(sign));
                if (inSet && at + 1 < pattern.length() && pattern.charAt(at + 1) == ']') {
                    throw new IllegalArgumentException("an empty [...]");
                }
            }
        }
        if (inSet) {
            throw new IllegalArgumentException("'[' is not closed");
        }
        return text.toString();
    }

    private static String escaped(char sign, boolean inSet) {
        return switch (sign) {
            case 'd' -> inSet ? DIGIT : "[" + DIGIT + "]";
            case 'w' -> inSet ? WORD : "[" + WORD + "]";
            case 's' -> inSet ? BLANK : "[" + BLANK + "]";
            case 'n', 't', 'r' -> "\\" + sign;
            default -> {
                if (Character.isLetterOrDigit(sign)) {
                    throw new IllegalArgumentException("'\\" + sign + "' is not known");
                }
                yield "\\" + sign;
            }
        };
    }

    private static void refuseExtensions(String pattern, int at) {
        char sign = pattern.charAt(at);
        char next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
        if (sign == '(' && next == '?') {
            throw new IllegalArgumentException("'(?' is not known");
        }
        boolean repeats = "*+?}".indexOf(sign) >= 0;
        if (repeats && "*+?{".indexOf(next) >= 0) {
            throw new IllegalArgumentException("'%s%s' is not known".formatted(sign, next));
        }
        if ("*+?{".indexOf(sign) >= 0
                && (at == 0
                        || ("(|^".indexOf(pattern.charAt(at - 1)) >= 0
                                && !escapedAt(pattern, at - 1)))) {
            throw new IllegalArgumentException("'%s' has nothing to repeat".formatted(sign));
        }
    }

    private static boolean escapedAt(String pattern, int at) {
        return at > 0 && pattern.charAt(at - 1) == '\\';
    }
}
