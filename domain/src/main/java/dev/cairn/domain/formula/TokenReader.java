package dev.cairn.domain.formula;

import dev.cairn.domain.problem.NearestNames;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Walks along the tokens and tells what was found in place of what was expected.
 *
 * <p>After a problem the reader is <em>lost</em>: it seems to stand at the end, accepts nothing and tells nothing, until
 * {@link #close} finds the parenthesis that ends the group with the problem. So each group tells one problem, and no
 * problem is the consequence of another. Where parentheses do not match it stays lost. What is built meanwhile is
 * thrown away, as there is a problem.
 */
final class TokenReader {
    static final int DEEPEST = 200;

    private static final Set<String> OPERATORS =
            Stream.of(
                            "+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "is", "not", "in",
                            "and", "or", "over")
                    .map(operator -> "'" + operator + "'")
                    .collect(Collectors.toUnmodifiableSet());

    /** Where one of these is expected, a quoted name would do. */
    private static final Set<String> NAMES =
            Set.of(
                    "a value",
                    "a name",
                    "a relation",
                    "a time field",
                    "a cohort's name",
                    "an entity");

    private final String text;
    private final List<Token> tokens;
    private final SyntaxProblems problems;
    private final int[] closing;
    private final boolean balanced;
    private final Set<String> expected = new LinkedHashSet<>();
    private final Set<String> near = new LinkedHashSet<>();
    private int position = 0;
    private int depth = 0;
    private boolean lost = false;
    private boolean halted = false;

    TokenReader(String text, List<Token> tokens, SyntaxProblems problems) {
        this.text = text;
        this.tokens = tokens;
        this.problems = problems;
        this.closing = new int[tokens.size()];
        this.balanced = matchParentheses();
    }

    private boolean matchParentheses() {
        var open = new ArrayDeque<Integer>();
        for (int index = 0; index < tokens.size(); index++) {
            if (is(tokens.get(index), "(")) {
                open.push(index);
            } else if (is(tokens.get(index), ")")) {
                if (open.isEmpty()) {
                    return false;
                }
                closing[open.pop()] = index;
            }
        }
        return open.isEmpty();
    }

    Token current() {
        return lost ? tokens.getLast() : tokens.get(position);
    }

    /** The token after the current one. */
    Token following() {
        return ahead(1);
    }

    Span start() {
        return current().span();
    }

    /** The token so many after the current one. */
    Token ahead(int count) {
        return lost ? tokens.getLast() : tokens.get(Math.min(position + count, tokens.size() - 1));
    }

    /** Whether a symbol was read last. */
    boolean follows(String symbol) {
        return position > 0
                && tokens.get(position - 1) instanceof Token.Symbol(var read, _)
                && read.equals(symbol);
    }

    /** From {@code start} to the end of what was read last. */
    Span since(Span start) {
        return position == 0 ? start : start.to(tokens.get(position - 1).span());
    }

    boolean isLost() {
        return lost;
    }

    void advance() {
        if (!lost && position < tokens.size() - 1) {
            position++;
            expected.clear();
            near.clear();
        }
    }

    /** Whether this keyword or symbol stands here; it is not remembered as expected. */
    boolean sees(String wanted) {
        return is(current(), wanted);
    }

    boolean seesNext(String wanted) {
        return is(following(), wanted);
    }

    private static boolean is(Token token, String wanted) {
        return switch (token) {
            case Token.Keyword(var keyword, _) -> keyword.equals(wanted);
            case Token.Symbol(var symbol, _) -> symbol.equals(wanted);
            case Token.Name _, Token.Literal _, Token.Bad _, Token.End _ -> false;
        };
    }

    /** Passes this keyword or symbol if it stands here; else remembers it as expected. */
    boolean accept(String wanted) {
        if (sees(wanted)) {
            advance();
            return true;
        }
        expected.add("'" + wanted + "'");
        near.add(wanted);
        return false;
    }

    /** As {@link #sees}, of a word that has a meaning in some places only and is a name elsewhere. */
    boolean seesWord(String wanted) {
        return current() instanceof Token.Name(var name, var quoted, _)
                && !quoted
                && name.equals(wanted);
    }

    /** As {@link #accept}, of such a word. */
    boolean acceptWord(String wanted) {
        if (seesWord(wanted)) {
            advance();
            return true;
        }
        expected.add("'" + wanted + "'");
        near.add(wanted);
        return false;
    }

    void expect(String wanted) {
        if (!accept(wanted)) {
            fail();
        }
    }

    /** As {@link #expect}, with the way out. */
    void expect(String wanted, String wayOut) {
        if (!accept(wanted)) {
            failWith(wayOut);
        }
    }

    /** Remembers what could stand here, and the words that a misspelt one may have meant. */
    void expecting(String what, Collection<String> words) {
        expected.add(what);
        near.addAll(words);
    }

    /** Passes a name; fails where there is none. */
    String name(String what) {
        if (current() instanceof Token.Name(var name, _, _)) {
            advance();
            return name;
        }
        fail(what);
        return "";
    }

    /** Fails where anything is left. */
    void end() {
        if (!(current() instanceof Token.End)) {
            fail("the end");
        }
    }

    /** Opens a parenthesis and gives a mark for {@link #close}. */
    int open() {
        int mark = position;
        expect("(");
        return lost ? -1 : mark;
    }

    /** Closes the parenthesis that opened at the mark, past whatever stands before it. */
    void close(int mark) {
        if (!lost && !accept(")")) {
            expected.remove("')'");
            expected.add(
                    mark < 0 ? "')'" : "')' for the '(' at " + placeOf(tokens.get(mark).span()));
            fail();
        }
        if (lost && !halted && balanced && mark >= 0) {
            position = closing[mark] + 1;
            lost = false;
            expected.clear();
            near.clear();
        }
    }

    private static String placeOf(Span span) {
        return "line %d, column %d".formatted(span.line(), span.column());
    }

    /** Goes one level down; false where that is too deep, and then reading ends. */
    boolean descend() {
        depth++;
        if (depth > DEEPEST && !lost) {
            problems.limit(start(), tooDeep());
            halted = true;
            lost = true;
        }
        return !lost;
    }

    /** Tells that a list is longer than is read; reading goes on. */
    void tooMany(String list, int most, String of, Span first) {
        if (!lost) {
            problems.limit(
                    first, "%s has at most %d %s; here begins one more.".formatted(list, most, of));
        }
    }

    static String tooDeep() {
        return "The formula is more than %d levels deep. A long chain of 'or' is shorter as 'x in (...)'; name parts of it as metrics."
                .formatted(DEEPEST);
    }

    void ascend() {
        depth--;
    }

    void fail(String alsoExpected) {
        expected.add(alsoExpected);
        fail();
    }

    /** Tells what was found and what was expected, unless that is known already. */
    void fail() {
        failWith("");
    }

    /** As {@link #fail()}, with the way out. */
    void failWith(String wayOut) {
        if (!(current() instanceof Token.Bad)) {
            tell(
                    current().span(),
                    "Found %s, expected %s.%s"
                            .formatted(
                                    found(),
                                    listed(),
                                    wayOut.isEmpty() ? reservedNote() : " " + wayOut),
                    misspelt());
        }
        lost = true;
    }

    /** Tells something else than what was expected, at another place. */
    void failAt(Span place, String message, List<String> suggestions) {
        tell(place, message, suggestions);
        lost = true;
    }

    private void tell(Span place, String message, List<String> suggestions) {
        if (!lost) {
            problems.syntax(place, message, suggestions);
        }
    }

    private String found() {
        var token = current();
        return token instanceof Token.End
                ? "the end"
                : "'%s'".formatted(Lexer.shortened(textOf(token)));
    }

    String textOf(Token token) {
        return text.substring(token.span().start(), token.span().end());
    }

    private List<String> misspelt() {
        return current() instanceof Token.Name(var name, var quoted, _) && !quoted
                ? NearestNames.nearest(name, near.stream().filter(Words::hasMeaning).toList())
                : List.of();
    }

    private String reservedNote() {
        boolean nameFits = expected.stream().anyMatch(NAMES::contains);
        return nameFits && current() instanceof Token.Keyword(var word, _)
                ? " '%s' is a word of the language; as a name it is written \"%s\"."
                        .formatted(word, word)
                : "";
    }

    private String listed() {
        boolean operators = expected.stream().filter(OPERATORS::contains).count() > 2;
        var all =
                expected.stream()
                        .map(what -> operators && OPERATORS.contains(what) ? "an operator" : what)
                        .distinct()
                        .toList();
        return switch (all.size()) {
            case 0 -> "something else";
            case 1 -> all.getFirst();
            default ->
                    all.stream().limit(all.size() - 1L).collect(Collectors.joining(", "))
                            + " or "
                            + all.getLast();
        };
    }
}
