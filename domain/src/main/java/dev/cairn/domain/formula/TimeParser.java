package dev.cairn.domain.formula;

import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads spans, windows, moments and the other small pieces: numbers, grains, paths. */
final class TimeParser {
    private static final int LONGEST_COUNT = 9;

    private final TokenReader reader;

    TimeParser(TokenReader reader) {
        this.reader = reader;
    }

    /** {@code path = name {"." name}}. */
    Formula.Path path() {
        var start = reader.start();
        var names = new ArrayList<String>();
        do {
            names.add(reader.name("a name"));
        } while (reader.accept("."));
        return new Formula.Path(names, reader.since(start));
    }

    /** Whether a number or a name stands before a unit. */
    boolean seesSpan() {
        boolean counts =
                switch (reader.current()) {
                    case Token.Literal(var value, _) -> value instanceof Formula.NumberLiteral;
                    case Token.Name _ -> true;
                    case Token.Keyword _, Token.Symbol _, Token.Bad _, Token.End _ -> false;
                };
        return counts
                && reader.following() instanceof Token.Keyword(var word, _)
                && Words.UNITS.containsKey(word);
    }

    /** {@code span = (integer | name) unit}. */
    TimeSpan span() {
        var start = reader.start();
        var count = count();
        reader.expecting("a unit such as 'days'", Words.UNITS.keySet());
        var unit = seenUnit();
        if (unit != null) {
            reader.advance();
            return new TimeSpan(count, unit, reader.since(start));
        }
        reader.fail();
        return new TimeSpan(count, TimeSpan.Unit.DAY, start);
    }

    TimeSpan.@Nullable Unit seenUnit() {
        return reader.current() instanceof Token.Keyword(var word, _)
                ? Words.UNITS.get(word)
                : null;
    }

    private String count() {
        var token = reader.current();
        if (token instanceof Token.Name(var name, _, var span)) {
            if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
                reader.failAt(
                        span,
                        "A parameter that counts units needs a name that is not a number.",
                        List.of());
            }
            reader.advance();
            return name;
        }
        if (token instanceof Token.Literal(Formula.NumberLiteral(var number, var span), _)) {
            var whole = number.stripTrailingZeros();
            if (whole.scale() > 0) {
                reader.failAt(
                        span,
                        "A length of time is a whole number of units; take a smaller unit.",
                        List.of());
            } else if (whole.precision() - whole.scale() > LONGEST_COUNT) {
                reader.failAt(
                        span,
                        "A length of time has at most %d digits.".formatted(LONGEST_COUNT),
                        List.of());
            }
            reader.advance();
            return whole.toPlainString();
        }
        reader.fail("a whole number of units");
        return "1";
    }

    /** What stands after {@code over}. */
    Window window() {
        if (reader.accept("last")) {
            return new Window.Last(span());
        }
        if (reader.accept("range")) {
            boolean toDate = reader.accept("to");
            if (toDate) {
                reader.expect("date");
            }
            return new Window.QuestionRange(toDate);
        }
        if (reader.accept("all")) {
            return new Window.All(reader.accept("before"));
        }
        if (reader.accept("ever")) {
            return new Window.Ever();
        }
        var grain = acceptGrain();
        if (grain != null) {
            reader.expect("to");
            reader.expect("date");
            return new Window.ToDate(grain);
        }
        return relative();
    }

    private Window relative() {
        reader.expecting("a grain", Words.GRAINS.keySet());
        boolean misspelt =
                reader.current() instanceof Token.Name
                        && reader.following() instanceof Token.Literal;
        if (misspelt) {
            reader.fail("a whole number of units");
        }
        var length = span();
        boolean from = reader.accept("from");
        boolean before = !from && reader.accept("before");
        if (!from && !before) {
            reader.failWith(
                    "A window that ends with the bucket is written 'last %s %s'."
                            .formatted(length.count(), FormulaPrinter.unit(length)));
        }
        return new Window.Relative(length, before, path());
    }

    /** The grain that stands here, passed; or null. */
    @Nullable Grain acceptGrain() {
        var grain =
                reader.current() instanceof Token.Keyword(var word, _)
                        ? Words.GRAINS.get(word)
                        : null;
        if (grain != null) {
            reader.advance();
        }
        return grain;
    }

    Grain grain() {
        var grain = acceptGrain();
        if (grain == null) {
            reader.expecting("a grain such as 'month'", Words.GRAINS.keySet());
            reader.fail();
            return Grain.DAY;
        }
        return grain;
    }

    /** {@code moment = "fact" | "start" | "end" | "now" | instant}. */
    Moment moment() {
        if (reader.accept("fact")) {
            return new Moment.AtFact();
        }
        if (reader.accept("start")) {
            return new Moment.AtStart();
        }
        return reader.accept("end") ? new Moment.AtEnd() : instantOrNow();
    }

    Moment instantOrNow() {
        return reader.accept("now") ? new Moment.Now() : new Moment.At(instant());
    }

    /** {@code "start" | "end" | instant}: when rows are valid. */
    Moment validAt() {
        if (reader.accept("start")) {
            return new Moment.AtStart();
        }
        return reader.accept("end") ? new Moment.AtEnd() : new Moment.At(instant());
    }

    private Formula instant() {
        if (reader.current() instanceof Token.Literal(var value, _)
                && (value instanceof Formula.DateLiteral
                        || value instanceof Formula.InstantLiteral)) {
            reader.advance();
            return value;
        }
        reader.expecting("an instant such as @2026-01-31", Set.of());
        reader.fail();
        return new Formula.DateLiteral(InstantText.ANY, reader.start());
    }

    BigDecimal number() {
        if (reader.current() instanceof Token.Literal(Formula.NumberLiteral(var number, _), _)) {
            reader.advance();
            return number;
        }
        reader.fail("a number");
        return BigDecimal.ONE;
    }

    /** {@code signed = ["-"] number}. */
    BigDecimal signed() {
        if (reader.sees("-")) {
            reader.advance();
            return number().negate();
        }
        return number();
    }
}
