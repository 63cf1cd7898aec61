package dev.cairn.domain.formula;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cuts a text into tokens. What is no token is told once and goes on as what was meant where that is clear, else as
 * {@link Token.Bad}. Columns count characters (code points).
 */
final class Lexer {
    private static final int LONGEST_NUMBER = 100;
    private static final List<String> SYMBOLS =
            List.of(
                    "->", "!=", "<=", ">=", "(", ")", ",", ";", ":", ".", "+", "-", "*", "/", "=",
                    "<", ">");

    /** What people write out of habit, and what it is here; longest first. */
    private static final List<Map.Entry<String, String>> HABITS =
            List.of(
                    Map.entry("==", "="),
                    Map.entry("<>", "!="),
                    Map.entry("=<", "<="),
                    Map.entry("=>", ">="),
                    Map.entry("&&", "and"),
                    Map.entry("||", "or"),
                    Map.entry("!", "not"),
                    Map.entry("\u2265", ">="),
                    Map.entry("\u2264", "<="),
                    Map.entry("\u2260", "!="),
                    Map.entry("\u2212", "-"),
                    Map.entry("\u2013", "-"),
                    Map.entry("\u00d7", "*"),
                    Map.entry("\u00f7", "/"),
                    Map.entry("\u2192", "->"));

    private static final String CURLY_QUOTES = "\u2018\u2019\u201a\u201c\u201d\u201e`\u00b4";

    private final String text;
    private final SyntaxProblems problems;
    private final List<Token> tokens = new ArrayList<>();
    private int at = 0;
    private int line = 1;
    private int column = 1;

    private Lexer(String text, SyntaxProblems problems) {
        this.text = text;
        this.problems = problems;
    }

    /** The tokens of the text; the last one, and only it, is {@link Token.End}. */
    static List<Token> tokens(String text, SyntaxProblems problems) {
        var lexer = new Lexer(text, problems);
        lexer.skipBlanks();
        while (lexer.at < text.length()) {
            lexer.tokens.add(lexer.next());
            lexer.skipBlanks();
        }
        lexer.tokens.add(new Token.End(lexer.take(lexer.at)));
        return List.copyOf(lexer.tokens);
    }

    private void skipBlanks() {
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (text.startsWith("--", at)) {
                int end = at;
                while (end < text.length()
                        && text.charAt(end) != '\n'
                        && text.charAt(end) != '\r') {
                    end++;
                }
                take(end);
            } else if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\ufeff') {
                take(at + Character.charCount(c));
            } else {
                return;
            }
        }
    }

    private Token next() {
        int c = text.codePointAt(at);
        if (isDigit(at) || (c == '.' && isDigit(at + 1) && !afterName())) {
            return number();
        }
        if (Words.startsName(c)) {
            return word();
        }
        return switch (c) {
            case '\'' -> text();
            case '"' -> quotedName();
            case '@' -> instant();
            default -> CURLY_QUOTES.indexOf(c) >= 0 ? curlyQuoted() : symbol();
        };
    }

    private Token word() {
        var span = take(endOfName(at));
        var word = textOf(span);
        if (!Words.isReserved(word)) {
            return new Token.Name(word, false, span);
        }
        var keyword = word.toLowerCase(Locale.ROOT);
        if (!word.equals(keyword)) {
            problems.syntax(
                    span,
                    "Keywords are written in lower case: '%s'; if '%s' is a name, put it in double quotes: \"%s\"."
                            .formatted(keyword, word, word));
        }
        return new Token.Keyword(keyword, span);
    }

    private Token number() {
        int end = endOfDigits(at);
        if (end < text.length() && text.charAt(end) == '.' && isDigit(end + 1)) {
            end = endOfDigits(end + 1);
        }
        int endOfTail = endOfName(end);
        var digits = text.substring(at, end);
        var tail = text.substring(end, endOfTail);
        var span = take(endOfTail);
        if (digits.length() > LONGEST_NUMBER) {
            problems.limit(span, "A number has at most %d digits.".formatted(LONGEST_NUMBER));
            return new Token.Literal(new Formula.NumberLiteral(BigDecimal.ZERO, span), span);
        }
        var value = new BigDecimal(digits);
        if (digits.startsWith(".")) {
            problems.syntax(span, "A number begins with a digit: 0%s.".formatted(digits));
        }
        if (tail.isEmpty() || tail.matches("[eE]\\d+")) {
            if (!tail.isEmpty()) {
                problems.syntax(span, "Numbers are written without exponent.");
            }
            return new Token.Literal(new Formula.NumberLiteral(value, span), span);
        }
        problems.syntax(
                span,
                Words.UNITS.containsKey(tail.toLowerCase(Locale.ROOT))
                        ? "A space is missing: '%s %s'.".formatted(digits, tail)
                        : "'%s' is neither a number nor a name; a name that begins with a digit is put in double quotes."
                                .formatted(shortened(digits + tail)));
        return new Token.Bad(span);
    }

    private Token text() {
        int closing = closing('\'');
        if (closing < 0) {
            return unclosed(
                    "This text has no closing quote '; a quote inside a text is written twice.");
        }
        var value = text.substring(at + 1, closing).replace("''", "'");
        var span = take(closing + 1);
        return new Token.Literal(new Formula.TextLiteral(value, span), span);
    }

    private Token quotedName() {
        int closing = closing('"');
        if (closing < 0) {
            return unclosed("This name has no closing quote \".");
        }
        var name = text.substring(at + 1, closing).replace("\"\"", "\"");
        var span = take(closing + 1);
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            problems.syntax(span, "A name is neither empty nor longer than its line.");
            return new Token.Bad(span);
        }
        return new Token.Name(name, true, span);
    }

    private Token instant() {
        int end = InstantText.endOf(text, at + 1);
        boolean goesOn =
                end < text.length()
                        && (Words.continuesName(text.codePointAt(end))
                                || (text.charAt(end) == ':' && isDigit(end + 1)));
        if (end == at + 1 || goesOn) {
            while (end < text.length() && isOfInstant(text.charAt(end))) {
                end++;
            }
        }
        var written = text.substring(at + 1, end);
        var span = take(end);
        Formula value =
                switch (InstantText.read(written)) {
                    case InstantText.Read.Date(var date) -> new Formula.DateLiteral(date, span);
                    case InstantText.Read.Point(var point) ->
                            new Formula.InstantLiteral(point, span);
                    case InstantText.Read.Wrong(var message) -> {
                        problems.syntax(span, message);
                        yield new Formula.DateLiteral(InstantText.ANY, span);
                    }
                };
        return new Token.Literal(value, span);
    }

    private static boolean isOfInstant(char c) {
        return Words.continuesName(c) || c == ':' || c == '.' || c == '+' || c == '-';
    }

    private Token curlyQuoted() {
        int end = at + 1;
        while (end < text.length()
                && text.charAt(end) != '\n'
                && CURLY_QUOTES.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        var span = take(Math.min(end + 1, text.length()));
        problems.syntax(
                span, "Quotes are straight here: '...' around a text, \"...\" around a name.");
        return new Token.Bad(span);
    }

    private Token symbol() {
        for (var habit : HABITS) {
            if (text.startsWith(habit.getKey(), at) && !text.startsWith("!=", at)) {
                var span = take(at + habit.getKey().length());
                var meant = habit.getValue();
                problems.syntax(
                        span, "'%s' is written '%s' here.".formatted(habit.getKey(), meant));
                return Words.isReserved(meant)
                        ? new Token.Keyword(meant, span)
                        : new Token.Symbol(meant, span);
            }
        }
        for (var symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                return new Token.Symbol(symbol, take(at + symbol.length()));
            }
        }
        int c = text.codePointAt(at);
        var span = take(at + Character.charCount(c));
        problems.syntax(
                span,
                "'%s' has no meaning in a formula.%s"
                        .formatted(
                                Character.isISOControl(c)
                                        ? "U+%04X".formatted(c)
                                        : Character.toString(c),
                                c == '#' ? " A comment begins with --." : ""));
        return new Token.Bad(span);
    }

    private Token unclosed(String message) {
        var opening = take(at + 1);
        problems.syntax(opening, message);
        take(text.length());
        return new Token.Bad(opening);
    }

    /** Where the quote that opens here is closed, doubled ones passed over; -1 if it is not. */
    private int closing(char quote) {
        int end = text.indexOf(quote, at + 1);
        while (end >= 0 && end + 1 < text.length() && text.charAt(end + 1) == quote) {
            end = text.indexOf(quote, end + 2);
        }
        return end;
    }

    private boolean afterName() {
        return !tokens.isEmpty() && tokens.getLast() instanceof Token.Name;
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private int endOfDigits(int from) {
        int end = from;
        while (isDigit(end)) {
            end++;
        }
        return end;
    }

    private int endOfName(int from) {
        int end = from;
        while (end < text.length() && Words.continuesName(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    private String textOf(Span span) {
        return text.substring(span.start(), span.end());
    }

    static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= 40
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 40)) + "...";
    }

    /** Goes on to {@code end} and says what was passed. */
    private Span take(int end) {
        var span = new Span(at, end, line, column);
        while (at < end) {
            int c = text.codePointAt(at);
            if (c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                problems.syntax(
                        new Span(at, at + 1, line, column),
                        "The character U+%04X cannot be stored.".formatted(c));
            }
            at += Character.charCount(c);
            if (c == '\n' || (c == '\r' && !text.startsWith("\n", at))) {
                line++;
                column = 1;
            } else if (c != '\r') {
                column++;
            }
        }
        return span;
    }
}
