package dev.cairn.adapters.terminal.display;

import java.util.Locale;
import org.jline.utils.WCWidth;

/** Text as a terminal shows it: some characters take two columns, some none. */
public final class DisplayText {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private DisplayText() {}

    /** Shows each character that moves the cursor, writes from right to left or is undefined as a question mark: data may hold them. */
    public static String plain(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints().map(c -> isShown(c) ? c : '?').forEach(shown::appendCodePoint);
        return shown.toString();
    }

    static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.FORMAT ->
                    character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
            default -> true;
        };
    }

    /** How many columns of a terminal it takes. */
    public static int width(String text) {
        return text.codePoints().map(WCWidth::wcwidth).map(width -> Math.max(0, width)).sum();
    }

    /** The chance that something is chance alone: two digits of it, however small it is. */
    static String chance(double p) {
        return String.format(Locale.ROOT, "%.2g", p);
    }

    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }

    /** The text, or as much of its beginning as fits before {@code ellipsis}. */
    static String cut(String text, int width, String ellipsis) {
        if (width(text) <= width) {
            return text;
        }
        int room = width - width(ellipsis);
        var kept = new StringBuilder();
        for (int character : text.codePoints().toArray()) {
            room -= Math.max(0, WCWidth.wcwidth(character));
            if (room < 0) {
                break;
            }
            kept.appendCodePoint(character);
        }
        return kept + ellipsis;
    }
}
