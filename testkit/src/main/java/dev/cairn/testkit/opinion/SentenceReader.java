package dev.cairn.testkit.opinion;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads formulas that are known to be sound; of what it does not know it says so. */
final class SentenceReader {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(?:(?<text>'(?:[^']|'')*')|(?<time>@[0-9TZ:.+-]+)|(?<number>[0-9]+(?:\\.[0-9]+)?)"
                            + "|(?<word>[a-z_][a-z0-9_]*)|(?<sign>!=|<=|>=|[-+*/=<>(),.:;]))",
                    Pattern.DOTALL);
    private static final Set<String> AGGREGATES =
            Set.of(
                    "count",
                    "distinct",
                    "sum",
                    "avg",
                    "min",
                    "max",
                    "median",
                    "share",
                    "exists",
                    "stddev",
                    "first",
                    "last");
    private static final Pattern PERCENTILE = Pattern.compile("p[0-9]+(_disc)?");
    private static final Set<String> COMPARISONS = Set.of("=", "!=", "<", "<=", ">", ">=");
    private static final Set<String> DATE_PARTS =
            Set.of(
                    "hour_of_day",
                    "weekday",
                    "day_of_month",
                    "day_of_year",
                    "month_of_year",
                    "quarter_of_year",
                    "calendar_year");
    private static final Set<String> UNITS =
            Stream.of("minute", "hour", "day", "week", "month", "quarter", "year")
                    .flatMap(unit -> Stream.of(unit, unit + "s"))
                    .collect(Collectors.toUnmodifiableSet());

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Sentence> lets = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final boolean emptyIsNone;
    private int at;

    private SentenceReader(String text, boolean emptyIsNone) {
        this.emptyIsNone = emptyIsNone;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
            matcher.region(end, text.length());
        }
        if (!text.substring(end).isBlank()) {
            throw new Unsupported("the text " + text.substring(end));
        }
        tokens.add("");
    }

    static Sentence read(String formula) {
        return read(formula, false);
    }

    static Sentence read(String formula, boolean emptyIsNone) {
        var reader = new SentenceReader(formula, emptyIsNone);
        var sentence = reader.formula();
        reader.expect("");
        return sentence;
    }

    /** What {@code let} names and nothing reads: its rows make groups as those of all else do. */
    static List<Sentence> unread(String formula) {
        var reader = new SentenceReader(formula, false);
        reader.formula();
        return reader.lets.entrySet().stream()
                .filter(let -> !reader.used.contains(let.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** {@code (formula) as name}, or the name of something. */
    static Sentence dimension(String text) {
        var reader = new SentenceReader(text, false);
        var dimension = reader.dimension();
        reader.expect("");
        return dimension;
    }

    private Sentence dimension() {
        boolean isNamed = next().equals("(");
        if (DATE_PARTS.contains(next()) && !tokens.get(at + 1).equals("(")) {
            String part = word();
            return new Sentence.Call(
                    part, List.of(takes("of") ? primary() : new Sentence.OwnTime()));
        }
        var dimension = primary();
        if (isNamed) {
            expect("as");
            word();
        }
        if (!takes("by")) {
            return dimension;
        }
        String grain = word();
        return grain.equals("hour")
                ? new Sentence.Call("hour_start", List.of(dimension))
                : new Sentence.Call("trunc", List.of(dimension, new Sentence.Literal(grain)));
    }

    private String next() {
        return tokens.get(at);
    }

    private boolean takes(String token) {
        boolean found = next().equals(token);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String token) {
        if (!takes(token)) {
            throw new Unsupported("'%s' where '%s' was expected".formatted(next(), token));
        }
    }

    private String word() {
        String word = tokens.get(at++);
        if (!word.matches("[a-z_][a-z0-9_]*")) {
            throw new Unsupported("'%s' as a name".formatted(word));
        }
        return word;
    }

    private Sentence formula() {
        if (!takes("let")) {
            return either();
        }
        do {
            String name = word();
            expect("=");
            lets.put(name, sum());
        } while (takes(","));
        expect("in");
        return either();
    }

    private Sentence either() {
        var left = both();
        while (takes("or")) {
            left = new Sentence.Pair("or", left, both());
        }
        return left;
    }

    private Sentence both() {
        var left = negation();
        while (takes("and")) {
            left = new Sentence.Pair("and", left, negation());
        }
        return left;
    }

    private Sentence negation() {
        return takes("not") ? new Sentence.Not(test()) : test();
    }

    private Sentence test() {
        var left = sum();
        if (COMPARISONS.contains(next())) {
            String sign = tokens.get(at++);
            return new Sentence.Pair(sign, left, sum());
        }
        if (takes("is")) {
            boolean negated = takes("not");
            return negated(new Sentence.Is(left, sum()), negated);
        }
        boolean negated = takes("not");
        if (takes("in")) {
            return negated(set(left), negated);
        }
        return left;
    }

    private static Sentence negated(Sentence of, boolean negated) {
        return negated ? new Sentence.Not(of) : of;
    }

    private Sentence set(Sentence of) {
        if (!takes("(")) {
            return new Sentence.InCohort(word(), takesAsOf() ? moment() : null);
        }
        var values = new ArrayList<Sentence>();
        do {
            values.add(unary());
        } while (takes(","));
        expect(")");
        return new Sentence.In(of, values);
    }

    private Sentence sum() {
        var left = product();
        while (next().equals("+") || next().equals("-")) {
            String sign = tokens.get(at++);
            left = seesLength() ? moved(sign, left) : new Sentence.Pair(sign, left, product());
        }
        return left;
    }

    /** Whether a length of time stands here: {@code 3 days}. */
    private boolean seesLength() {
        return next().matches("[0-9]+") && UNITS.contains(tokens.get(at + 1));
    }

    private Sentence moved(String sign, Sentence time) {
        var span = span();
        var count = BigDecimal.valueOf(span.count());
        return new Sentence.Call(
                "moved",
                List.of(
                        time,
                        new Sentence.Literal(sign.equals("-") ? count.negate() : count),
                        new Sentence.Literal(span.unit())));
    }

    private Sentence product() {
        var left = unary();
        while (next().equals("*") || next().equals("/")) {
            String sign = tokens.get(at++);
            left = new Sentence.Pair(sign, left, unary());
        }
        return left;
    }

    private Sentence unary() {
        return takes("-") ? new Sentence.Minus(windowed()) : windowed();
    }

    private Sentence windowed() {
        var of = primary();
        return takes("over") ? new Sentence.Over(of, window()) : of;
    }

    private Sentence.Window window() {
        if (Character.isDigit(next().charAt(0))) {
            var span = span();
            boolean before = takes("before");
            if (!before) {
                expect("from");
            }
            return new Sentence.Window.OfEach(span, before, primary());
        }
        String word = word();
        return switch (word) {
            case "last" -> new Sentence.Window.Last(span());
            case "range" -> new Sentence.Window.Range(takesToDate());
            case "all" -> new Sentence.Window.All(takes("before"));
            case "onward" -> new Sentence.Window.Onward();
            case "ever" -> new Sentence.Window.Ever();
            default -> {
                if (!takesToDate()) {
                    throw new Unsupported("the window " + word);
                }
                yield new Sentence.Window.ToDate(word);
            }
        };
    }

    private boolean takesToDate() {
        boolean takes = takes("to");
        if (takes) {
            expect("date");
        }
        return takes;
    }

    private Sentence.Span span() {
        long count = new BigDecimal(tokens.get(at++)).longValueExact();
        return new Sentence.Span(count, word().replaceAll("s$", ""));
    }

    private Sentence shift(boolean next) {
        expect("(");
        var of = formula();
        Sentence.@Nullable Span by = null;
        @Nullable String startOf = null;
        if (takes(",")) {
            if (takes("start")) {
                expect("of");
                startOf = word();
            } else {
                by = span();
            }
        }
        expect(")");
        return new Sentence.Shift(next, of, by, startOf);
    }

    private Sentence ofCell(String word) {
        expect("(");
        var read =
                switch (word) {
                    case "total" -> total();
                    case "only" -> {
                        var of = formula();
                        expect("where");
                        yield new Sentence.Only(of, either());
                    }
                    case "scale" -> {
                        var of = either();
                        expect(",");
                        var from = signed();
                        expect("to");
                        yield new Sentence.Scale(of, from, signed());
                    }
                    default -> weighted();
                };
        expect(")");
        return read;
    }

    private Sentence total() {
        var of = formula();
        var by = new ArrayList<Sentence>();
        if (takes("by")) {
            do {
                by.add(dimension());
            } while (takes(","));
        }
        return new Sentence.Total(of, by);
    }

    private BigDecimal signed() {
        boolean negative = takes("-");
        var number = new BigDecimal(tokens.get(at++));
        return negative ? number.negate() : number;
    }

    private Sentence weighted() {
        var parts = new ArrayList<Sentence.Part>();
        do {
            if (!Character.isDigit(next().charAt(0))) {
                word();
            }
            var weight = signed();
            expect(":");
            parts.add(new Sentence.Part(weight, either()));
        } while (takes(","));
        @Nullable BigDecimal instead = null;
        boolean noneMissing = false;
        var coverage = BigDecimal.ZERO;
        while (takes(";")) {
            if (takes("coverage")) {
                coverage = signed();
            } else {
                expect("missing");
                String how = word();
                noneMissing = how.equals("none");
                instead =
                        switch (how) {
                            case "zero" -> BigDecimal.ZERO;
                            case "neutral" -> signed();
                            default -> null;
                        };
            }
        }
        return new Sentence.Weighted(parts, instead, noneMissing, coverage);
    }

    private Sentence per() {
        expect("(");
        expect("account");
        expect(":");
        var of = formula();
        expect(")");
        return new Sentence.Per(of);
    }

    private Sentence primary() {
        String token = tokens.get(at++);
        if (token.equals("(")) {
            var inside = formula();
            expect(")");
            return inside;
        }
        if (token.startsWith("'")) {
            return new Sentence.Literal(token.substring(1, token.length() - 1).replace("''", "'"));
        }
        if (token.startsWith("@")) {
            return new Sentence.Literal(time(token));
        }
        if (!token.isEmpty() && Character.isDigit(token.charAt(0))) {
            return new Sentence.Literal(new BigDecimal(token));
        }
        at--;
        return named(word());
    }

    private Sentence named(String word) {
        return switch (word) {
            case "true", "false" -> new Sentence.Literal(Boolean.valueOf(word));
            case "none" -> new Sentence.Literal(null);
            case "case" -> choice();
            case "prior", "next" -> shift(word.equals("next"));
            case "per" -> per();
            case "total", "only", "scale", "weighted" ->
                    next().equals("(") ? ofCell(word) : name(word);
            case "bucket", "window" -> {
                if (word.equals("window") && !next().equals(".")) {
                    yield name(word);
                }
                expect(".");
                yield new Sentence.Edge(word().equals("end"), word.equals("window"));
            }
            case "asof" -> new Sentence.AsOf();
            case "age" -> UNITS.contains(next()) ? age() : name(word);
            case "convert" -> next().equals("(") ? converted() : name(word);
            default -> next().equals("(") ? called(word) : name(word);
        };
    }

    private Sentence name(String first) {
        var parts = new ArrayList<>(List.of(first));
        while (takes(".")) {
            parts.add(word());
        }
        var let = parts.size() == 1 ? lets.get(first) : null;
        used.add(first);
        if (let != null) {
            return let;
        }
        var name = new Sentence.Name(parts);
        return takesAsOf() ? new Sentence.NameAsOf(name, moment()) : name;
    }

    private boolean takesAsOf() {
        boolean takes = next().equals("as") && tokens.get(at + 1).equals("of");
        at += takes ? 2 : 0;
        return takes;
    }

    private Sentence.Moment moment() {
        return next().startsWith("@")
                ? new Sentence.Moment("at", time(tokens.get(at++)))
                : new Sentence.Moment(word(), null);
    }

    private static Object time(String token) {
        String time = token.substring(1);
        return time.length() == 10 ? LocalDate.parse(time) : Instant.parse(time);
    }

    private Sentence age() {
        String grain = word();
        return new Sentence.Age(
                grain, takes("from") && name(word()) instanceof Sentence.Name name ? name : null);
    }

    private Sentence converted() {
        expect("(");
        var of = formula();
        expect(",");
        String currency = tokens.get(at++).replace("'", "");
        expect(")");
        return new Sentence.Convert(of, currency, takesAsOf() ? moment() : null);
    }

    private Sentence choice() {
        var whens = new ArrayList<Sentence.When>();
        while (takes("when")) {
            var condition = either();
            expect("then");
            whens.add(new Sentence.When(condition, either()));
        }
        var otherwise = takes("else") ? either() : new Sentence.Literal(null);
        expect("end");
        return new Sentence.Case(whens, otherwise);
    }

    private Sentence called(String function) {
        expect("(");
        if (AGGREGATES.contains(function) || PERCENTILE.matcher(function).matches()) {
            return aggregate(function);
        }
        var arguments = new ArrayList<Sentence>();
        do {
            boolean isGrain = function.equals("trunc") && arguments.size() == 1;
            arguments.add(isGrain ? new Sentence.Literal(word()) : formula());
        } while (takes(","));
        expect(")");
        return new Sentence.Call(function, arguments);
    }

    private Sentence aggregate(String function) {
        String relation = word();
        @Nullable Sentence value = null;
        if (takes(".")) {
            value = new Sentence.Name(List.of(relation, word()));
        }
        @Nullable String via = takes("via") ? word() : null;
        @Nullable String on = takes("on") ? word() : null;
        Sentence.@Nullable Moment valid =
                takes("at")
                        ? moment()
                        : takes("during") ? new Sentence.Moment("during", null) : null;
        @Nullable Sentence where = takes("where") ? either() : null;
        @Nullable Sentence weight = takes("weight") ? sum() : null;
        if (takes(":")) {
            value = formula();
        }
        expect(")");
        return new Sentence.Aggregate(
                function, relation, via, on, valid, where, weight, value, emptyIsNone);
    }
}
