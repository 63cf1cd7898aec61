package dev.cairn.domain.fact;

import java.util.regex.Pattern;

/** What to declare for a number that is written in another way than it is read. */
final class NumberHint {
    private static final Pattern COMMA_DECIMALS = Pattern.compile("[+-]?[0-9]+,[0-9]*");
    private static final Pattern COMMA_EITHER = Pattern.compile("[+-]?[0-9]{1,3},[0-9]{3}");
    private static final Pattern COMMA_GROUPS =
            Pattern.compile("[+-]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]*)?");
    private static final Pattern POINT_GROUPS =
            Pattern.compile("[+-]?[0-9]{1,3}(\\.[0-9]{3})+(,[0-9]*)?");
    private static final Pattern BLANK_GROUPS =
            Pattern.compile("[+-]?[0-9]{1,3}([\\p{Z}\\s][0-9]{3})+([.,][0-9]*)?");
    private static final Pattern BRACKETED = Pattern.compile("\\(.*[0-9].*\\)");
    private static final Pattern PERCENT = Pattern.compile(".*[0-9].*%");
    private static final Pattern CURRENCY = Pattern.compile(".*(\\p{Sc}).*");

    private NumberHint() {}

    /** In words that follow on "not a number"; empty where nothing is known. */
    static String of(String raw, char decimal) {
        var text = Blanks.strip(raw);
        var sign = CURRENCY.matcher(text);
        if (sign.matches()) {
            return ": declare strip: ['%s']".formatted(sign.group(1));
        }
        if (BRACKETED.matcher(text).matches()) {
            return ": declare negative: brackets";
        }
        if (PERCENT.matcher(text).matches()) {
            return ": declare percent: fraction, or percent: number";
        }
        if (BLANK_GROUPS.matcher(text).matches()) {
            return ": declare thousands: ' '"
                    + (text.indexOf(',') >= 0 && decimal == '.' ? ", and decimal: ','" : "");
        }
        return decimal == '.' ? ofComma(text) : "";
    }

    private static String ofComma(String text) {
        if (COMMA_EITHER.matcher(text).matches()) {
            return ": it fits two readings; declare decimal: ',' or thousands: ','";
        }
        if (COMMA_DECIMALS.matcher(text).matches()) {
            return ": declare decimal: ','";
        }
        if (COMMA_GROUPS.matcher(text).matches()) {
            return ": declare thousands: ','";
        }
        return POINT_GROUPS.matcher(text).matches()
                ? ": declare decimal: ',' and thousands: '.'"
                : "";
    }

    /** Whether a text that is no number with a decimal point may be one with a decimal comma, or with points between thousands. */
    static boolean speaksAgainstPoint(String text) {
        return COMMA_DECIMALS.matcher(text).matches() || POINT_GROUPS.matcher(text).matches();
    }
}
