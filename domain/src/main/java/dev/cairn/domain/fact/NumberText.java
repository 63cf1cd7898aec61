package dev.cairn.domain.fact;

import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Notation.Negative;
import dev.cairn.domain.model.Notation.Percent;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers that are written in a declared way: {@code 1.234,56}, {@code € -99,00}, {@code (12.50)}, {@code 12,5 %}. A sign, one text
 * to strip, brackets and a percent sign stand around the digits in any order, each at most once; what is between must be digits in groups as
 * declared, wholly.
 */
final class NumberText {
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    static final int LONGEST = 60;
    static final int LARGEST_EXPONENT = 30;

    private final char decimal;
    private final @Nullable String thousands;
    private final List<String> strip;
    private final boolean brackets;
    private final @Nullable Percent percent;
    private final Pattern form;

    NumberText(Notation notation) {
        var separator = notation.decimal();
        this.decimal = separator == null ? '.' : separator.charAt(0);
        this.thousands = notation.thousands();
        this.strip = notation.strip();
        this.brackets = notation.negative() == Negative.BRACKETS;
        this.percent = notation.percent();
        var point = Pattern.quote(String.valueOf(decimal));
        var whole =
                thousands == null
                        ? "[0-9]+"
                        : "(?:[0-9]{1,3}(?:%s[0-9]{3})+|[0-9]+)".formatted(group(thousands));
        this.form =
                Pattern.compile(
                        "(?:%s(?:%s[0-9]*)?|%s[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
                                .formatted(whole, point, point));
    }

    /** Whether a notation says something about numbers that the plain reading does not do. */
    static boolean isNeeded(Notation notation) {
        return (notation.decimal() != null && !".".equals(notation.decimal()))
                || notation.thousands() != null
                || !notation.strip().isEmpty()
                || notation.negative() != null
                || notation.percent() != null;
    }

    private static String group(String thousands) {
        return thousands.isBlank() ? "[\\p{Z}\\s]" : Pattern.quote(thousands);
    }

    /** The number, or why the text is none; and the digits with their separators. */
    sealed interface Read {
        record Found(BigDecimal value, String digits) implements Read {}

        record Not(String reason, String digits) implements Read {}
    }

    Read read(String raw) {
        if (raw.length() > LONGEST) {
            return new Read.Not("a number has at most %d characters".formatted(LONGEST), raw);
        }
        var around = new Around(raw);
        around.peel();
        if (percent != null && !around.percentSign) {
            return new Read.Not(
                    "without a percent sign, though the field is declared as percent", raw);
        }
        if (around.bracketed && around.signed) {
            return new Read.Not("a sign and brackets at once", raw);
        }
        if (!form.matcher(around.digits).matches()) {
            return new Read.Not(refusal(raw), around.digits);
        }
        var plain = plain(around.digits);
        int e = Math.max(plain.indexOf('e'), plain.indexOf('E'));
        if (e >= 0
                && Math.abs(Integer.parseInt(plain, e + 1, plain.length(), 10))
                        > LARGEST_EXPONENT) {
            return new Read.Not("an exponent is within %d".formatted(LARGEST_EXPONENT), raw);
        }
        var number = new BigDecimal(plain);
        if (percent == Percent.FRACTION) {
            number = number.divide(HUNDRED);
        }
        return new Read.Found(around.negative ? number.negate() : number, around.digits);
    }

    /** The digits as {@link BigDecimal} reads them. */
    private String plain(String digits) {
        var plain = new StringBuilder(digits.length());
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c == decimal) {
                plain.append('.');
            } else if (thousands == null || !isGroup(c)) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private boolean isGroup(char c) {
        return thousands != null
                && (thousands.isBlank() ? Blanks.isBlank(c) : thousands.charAt(0) == c);
    }

    private String refusal(String raw) {
        var declared = new StringBuilder("decimal: '%s'".formatted(decimal));
        if (thousands != null) {
            declared.append(", thousands: '%s'".formatted(thousands));
        }
        return "not a number as declared (%s)%s".formatted(declared, NumberHint.of(raw, decimal));
    }

    /** What stands around the digits, taken off from the outside. */
    private final class Around {
        private String digits;
        private boolean stripped = false;
        private boolean percentSign = false;
        private boolean bracketed = false;
        private boolean signed = false;
        private boolean negative = false;

        Around(String raw) {
            this.digits = Blanks.strip(raw);
        }

        void peel() {
            boolean more = true;
            while (more && !digits.isEmpty()) {
                more = peelSign() || peelBrackets() || peelPercent() || peelStrip();
                digits = Blanks.strip(digits);
            }
        }

        private boolean peelSign() {
            char first = digits.charAt(0);
            if (signed || (first != '-' && first != '+' && first != '\u2212')) {
                return false;
            }
            signed = true;
            negative = first != '+';
            digits = digits.substring(1);
            return true;
        }

        private boolean peelBrackets() {
            if (!brackets || bracketed || !digits.startsWith("(") || !digits.endsWith(")")) {
                return false;
            }
            bracketed = true;
            negative = true;
            digits = digits.substring(1, digits.length() - 1);
            return true;
        }

        private boolean peelPercent() {
            if (percent == null || percentSign || !digits.endsWith("%")) {
                return false;
            }
            percentSign = true;
            digits = digits.substring(0, digits.length() - 1);
            return true;
        }

        private boolean peelStrip() {
            for (var text : strip) {
                if (!stripped && !text.isEmpty() && digits.startsWith(text)) {
                    stripped = true;
                    digits = digits.substring(text.length());
                    return true;
                }
                if (!stripped && !text.isEmpty() && digits.endsWith(text)) {
                    stripped = true;
                    digits = digits.substring(0, digits.length() - text.length());
                    return true;
                }
            }
            return false;
        }
    }
}
