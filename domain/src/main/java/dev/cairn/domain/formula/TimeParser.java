package dev.cairn.domain.formula;

import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.CalendarGrain;
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
        return path("a name");
    }

    Formula.Path path(String what) {
        var start = reader.start();
        var names = new ArrayList<>(List.of(reader.name(what)));
        while (reader.accept(".")) {
            names.add(reader.name("a name"));
        }
        return new Formula.Path(names, reader.since(start));
    }

    /** {@code path {"," path}}. */
    List<Formula.Path> paths() {
        var paths = new ArrayList<Formula.Path>();
        do {
            paths.add(path());
        } while (reader.accept(","));
        return paths;
    }

    /** Whether a number or a name stands before a unit. */
    boolean seesSpan() {
        return switch (reader.current()) {
            case Token.Literal(var value, _) ->
                    value instanceof Formula.NumberLiteral && seesUnit(1);
            // Elsewhere an operator was forgotten between two names, and that is told.
            case Token.Name _ ->
                    isUnit(reader.following())
                            || (seesPeriod(1) && (reader.follows("+") || reader.follows("-")));
            case Token.Keyword _, Token.Symbol _, Token.Bad _, Token.End _ -> false;
        };
    }

    /** Whether a unit or a grain of a calendar stands so many tokens ahead. */
    boolean seesUnit(int from) {
        return isUnit(reader.ahead(from)) || seesPeriod(from);
    }

    private static boolean isUnit(Token token) {
        return token instanceof Token.Keyword(var word, _) && Words.UNITS.containsKey(word);
    }

    private static boolean isGrain(Token token) {
        return token instanceof Token.Keyword(var word, _) && Words.GRAINS.containsKey(word);
    }

    /** Whether a grain stands here: one of the language, or one that only a calendar can have. */
    boolean seesGrain() {
        return seesGrain(0);
    }

    /** Whether a grain stands so many tokens ahead. */
    boolean seesGrain(int from) {
        return isGrain(reader.ahead(from)) || (seesPeriod(from) && isGrain(reader.ahead(from + 2)));
    }

    /** Whether two names with a dot stand so many tokens ahead; where only a grain can stand they are one of a calendar. */
    private boolean seesPeriod(int from) {
        return reader.ahead(from) instanceof Token.Name(_, var quoted, _)
                && !quoted
                && reader.ahead(from + 1) instanceof Token.Symbol(var dot, _)
                && dot.equals(".")
                && (reader.ahead(from + 2) instanceof Token.Name(_, var quotedToo, _)
                        ? !quotedToo
                        : isGrain(reader.ahead(from + 2)));
    }

    /** The grain of a calendar that stands here, passed. */
    private CalendarGrain period() {
        var calendar = reader.textOf(reader.current());
        var period = reader.textOf(reader.ahead(2));
        reader.advance();
        reader.advance();
        reader.advance();
        return new CalendarGrain(calendar, period);
    }

    /** {@code span = (integer | name) unit}. */
    TimeSpan span() {
        var start = reader.start();
        var count = count();
        if (seesPeriod(0)) {
            return new TimeSpan(count, new TimeSpan.OfCalendar(period()), reader.since(start));
        }
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
        if (reader.seesWord("onward") && !isUnit(reader.following())) {
            reader.advance();
            return new Window.Onward();
        }
        boolean isToDate =
                seesPeriod(0)
                        && reader.ahead(3) instanceof Token.Keyword(var to, _)
                        && to.equals("to");
        var grain = isToDate ? grain() : acceptGrain();
        if (grain != null) {
            reader.expect("to");
            reader.expect("date");
            return new Window.ToDate(grain);
        }
        return relative();
    }

    private Window relative() {
        reader.expecting("a grain", Words.GRAINS.keySet());
        reader.expecting("'onward'", Set.of("onward"));
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
    @Nullable AskedGrain acceptGrain() {
        if (seesPeriod(0) && seesGrain()) {
            return period();
        }
        var grain =
                reader.current() instanceof Token.Keyword(var word, _)
                        ? Words.GRAINS.get(word)
                        : null;
        if (grain != null) {
            reader.advance();
        }
        return grain;
    }

    /** The grain that stands here, where nothing else can. */
    AskedGrain grain() {
        if (seesPeriod(0)) {
            return period();
        }
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

    private Moment instantOrNow() {
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

    /** The number of a step, from 1. */
    int stepNumber() {
        var place = reader.start();
        var number = number().stripTrailingZeros();
        boolean counts = number.scale() <= 0 && number.signum() > 0 && number.precision() <= 3;
        if (!counts) {
            reader.failAt(place, "Steps are counted from 1, in whole numbers.", List.of());
        }
        return counts ? number.intValue() : 1;
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
