package dev.cairn.domain.fact;

/** Blanks of every kind: those of Unicode too, which spreadsheets put between digits (no-break, narrow, thin). */
public final class Blanks {
    private Blanks() {}

    /** Every blank there is. */
    public static String all() {
        var all = new StringBuilder();
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            if (isBlank(c)) {
                all.append(c);
            }
        }
        return all.toString();
    }

    static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** The text with a plain space for each blank. */
    static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != ' ' && isBlank(text.charAt(i))) {
                return text.codePoints()
                        .map(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }
}
