package dev.cairn.domain.formula;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads formulas. Any text gives a tree or problems, never an exception; what the language has and this version does
 * not answer is read as well.
 */
public final class FormulaParser {
    /** Longest text that is read. */
    public static final int LONGEST = 100_000;

    /** Deepest nesting that is read, of the text and of the tree: what walks a tree may recurse. */
    public static final int DEEPEST = TokenReader.DEEPEST;

    private static final Span BEGINNING = new Span(0, 0, 1, 1);
    private static final Pattern PLAIN_PATH = Pattern.compile("[a-z_]\\w*+(?:\\.[a-z_]\\w*+)++");

    private FormulaParser() {}

    /** What became of a text. */
    public sealed interface Parsed {
        record Ok(Formula formula) implements Parsed {}

        /** In the order of the text, at least one. */
        record Failed(List<Problem> problems) implements Parsed {
            public Failed {
                problems = List.copyOf(problems);
            }
        }
    }

    /** What became of a dimension's text. */
    public sealed interface ParsedDimension {
        record Ok(DimensionText dimension) implements ParsedDimension {}

        /** In the order of the text, at least one. */
        record Failed(List<Problem> problems) implements ParsedDimension {
            public Failed {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * Reads one formula.
     *
     * @param place where the text stands; problems add their line and column to it
     */
    public static Parsed parse(String text, Place place) {
        var problems = new SyntaxProblems(place);
        var formula = read(text, problems, reader -> new ExpressionParser(reader).formula());
        return formula.isPresent() && isShallow(formula.get(), problems)
                ? new Parsed.Ok(formula.get())
                : new Parsed.Failed(problems.inOrder());
    }

    /**
     * Reads one dimension, as in {@code groupBy}. Names with dots and nothing else are a path, reserved words among them too: so
     * does the catalogue write the keys of dimensions, and so do programs send them back.
     */
    public static ParsedDimension parseDimension(String text, Place place) {
        var problems = new SyntaxProblems(place);
        var dimension =
                read(text, problems, reader -> DimensionParser.of(reader).dimension())
                        .or(() -> plainPath(text));
        return dimension.isPresent() && isShallow(dimension.get(), problems)
                ? new ParsedDimension.Ok(dimension.get())
                : new ParsedDimension.Failed(problems.inOrder());
    }

    private static Optional<DimensionText> plainPath(String text) {
        if (text.length() > LONGEST || !PLAIN_PATH.matcher(text).matches()) {
            return Optional.empty();
        }
        var span = new Span(0, text.length(), 1, 1);
        return Optional.of(
                new DimensionText.ByPath(
                        new Formula.Path(List.of(text.split("\\.")), span), null, null, span));
    }

    /** What the rule reads, if the text is that and nothing else. */
    private static <T> Optional<T> read(
            String text, SyntaxProblems problems, Function<TokenReader, T> rule) {
        if (text.length() > LONGEST) {
            problems.limit(
                    BEGINNING,
                    "A formula has at most %d characters, this one %d. Name parts of it as metrics."
                            .formatted(LONGEST, text.length()));
            return Optional.empty();
        }
        var tokens = Lexer.tokens(text, problems);
        if (tokens.size() == 1) {
            problems.syntax(
                    BEGINNING, "There is nothing but blanks and comments; a formula is expected.");
            return Optional.empty();
        }
        var reader = new TokenReader(text, tokens, problems);
        var result = rule.apply(reader);
        reader.end();
        return problems.none() ? Optional.of(result) : Optional.empty();
    }

    private static boolean isShallow(DimensionText dimension, SyntaxProblems problems) {
        return !(dimension instanceof DimensionText.ByFormula byFormula)
                || isShallow(byFormula.formula(), problems);
    }

    private static boolean isShallow(Formula formula, SyntaxProblems problems) {
        var deep = FormulaPieces.deeperThan(DEEPEST, formula);
        deep.ifPresent(piece -> problems.limit(piece.span(), TokenReader.tooDeep()));
        return deep.isEmpty();
    }
}
