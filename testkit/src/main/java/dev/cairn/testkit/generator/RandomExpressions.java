package dev.cairn.testkit.generator;

import dev.cairn.testkit.generator.Piece.Kind;
import dev.cairn.testkit.generator.Piece.Measure;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Generates expressions of a row, a member or a cell, as text. */
final class RandomExpressions {
    private static final List<String> CALENDAR_UNITS =
            List.of("days", "weeks", "months", "quarters", "years");

    private static final List<String> WINDOWS =
            List.of(
                    "last 3 days",
                    "last 10 days",
                    "last 2 weeks",
                    "last 1 month",
                    "week to date",
                    "month to date",
                    "range",
                    "range to date",
                    "all",
                    "all before",
                    "ever",
                    "onward");

    /** Behind what is moved. */
    private static final List<String> SHIFTS =
            List.of("", "", "", ", 1 week", ", 10 days", ", 1 month", ", start of month");

    private final Choice choice;
    private final RandomAggregates aggregates;
    private final List<String> cohorts;

    RandomExpressions(Choice choice, RandomAggregates aggregates, List<String> cohorts) {
        this.choice = choice;
        this.aggregates = aggregates;
        this.cohorts = cohorts;
    }

    Piece any(Place place, int depth) {
        return of(choice.of(Kind.values()), place, depth);
    }

    Piece of(Kind kind, Place place, int depth) {
        return switch (kind) {
            case NUMBER -> number(place, depth);
            case CONDITION -> condition(place, depth);
            case TEXT -> text(place, depth);
            case DATE -> date(place, depth);
            case INSTANT -> instant(place, depth);
        };
    }

    // ---- numbers

    Piece number(Place place, int depth) {
        if (depth <= 0) {
            return simple(Kind.NUMBER, place, 0);
        }
        int next = depth - 1;
        return switch (choice.below(14)) {
            case 0, 1, 2 -> arithmetic(number(place, next), number(place, next));
            case 3 -> wrap("-%s", number(place, next));
            case 4 -> chosen(Kind.NUMBER, place, next);
            case 5 -> coalesced(Kind.NUMBER, place, next);
            case 6 -> extreme(Kind.NUMBER, place, next);
            case 7 -> function(place, next);
            case 8 -> elapsed(place, next);
            case 9 -> wrap("weekday(%s)", date(place, next)).as(Kind.NUMBER);
            default -> simple(Kind.NUMBER, place, next);
        };
    }

    /** A number that is read of facts. */
    Piece aggregate(Place place, int depth) {
        return aggregates.of(Kind.NUMBER, place, depth);
    }

    private Piece wrap(String pattern, Piece inner) {
        return new Piece(
                "(" + pattern.formatted(inner.text()) + ")",
                inner.kind(),
                inner.measure(),
                inner.inexact());
    }

    /** A name, an aggregate or a literal. */
    private Piece simple(Kind kind, Place place, int depth) {
        var atoms = place.atoms(kind);
        boolean literal = choice.percent(6);
        if (!atoms.isEmpty() && !literal && (place.relations().isEmpty() || choice.percent(30))) {
            return choice.of(atoms);
        }
        if (!place.relations().isEmpty() && !literal) {
            return depth > 0 && choice.percent(15)
                    ? atAnotherTime(of(kind, place, depth - 1))
                    : aggregates.of(kind, place, depth);
        }
        return literal(kind);
    }

    /** Over a window, or in another bucket. */
    private Piece atAnotherTime(Piece of) {
        String text =
                choice.percent(60)
                        ? "((%s) over %s)".formatted(of.text(), window())
                        : "%s(%s%s)"
                                .formatted(
                                        choice.of("prior", "prior", "next"),
                                        of.text(),
                                        choice.of(SHIFTS));
        return new Piece(text, of.kind(), of.measure(), of.inexact());
    }

    /** What is rarely answered is asked for more often where there is more to ask. */
    private String window() {
        String window = choice.of(WINDOWS);
        return !aggregates.hasStates()
                ? window
                : switch (window) {
                    case "week to date", "last 3 days", "range" -> "onward";
                    case "last 1 month", "month to date" -> "all";
                    default -> window;
                };
    }

    Piece literal(Kind kind) {
        var text =
                switch (kind) {
                    case NUMBER -> choice.of("0", "1", "2", "5", "10", "0.5", "2.25", "100");
                    case CONDITION -> choice.of("true", "false");
                    case TEXT -> RandomFacts.quoted(choice.of(RandomFacts.TEXTS));
                    case DATE -> "@" + RandomFacts.day(choice);
                    case INSTANT -> "@" + RandomFacts.instant(choice).toString();
                };
        return Piece.exact(text, kind);
    }

    private Piece arithmetic(Piece left, Piece right) {
        boolean inexact = left.inexact() || right.inexact();
        if (choice.percent(50) && left.goesWith(right)) {
            String sum = "(%s %s %s)".formatted(left.text(), choice.of("+", "-"), right.text());
            return Piece.number(sum, left.common(right), inexact);
        }
        if (choice.percent(50) && (left.measure().isNumber() || right.measure().isNumber())) {
            var measure = left.measure().isNumber() ? right.measure() : left.measure();
            return Piece.number("(%s * %s)".formatted(left.text(), right.text()), measure, inexact);
        }
        if (right.measure().isNumber() || left.measure().isNumber()) {
            boolean counts = left.measure() == Measure.COUNT && right.measure() == Measure.COUNT;
            var measure = right.measure().isNumber() && !counts ? left.measure() : Measure.PLAIN;
            return Piece.number("(%s / %s)".formatted(left.text(), right.text()), measure, true);
        }
        return left;
    }

    private Piece function(Place place, int depth) {
        var of = number(place, depth);
        return switch (choice.below(5)) {
            case 0 -> wrap("abs(%s)", of);
            case 1 ->
                    // Where a double is on the edge of rounding depends on its last digit.
                    of.inexact()
                            ? of
                            : wrap(
                                    choice.of(
                                            "round(%s * 0.5)",
                                            "round(%s * 0.25, 1)", "round(%s, 2)"),
                                    of);
            case 2 -> Piece.number("sqrt(" + of.text() + ")", Measure.PLAIN, true);
            case 3 -> Piece.number("ln(" + of.text() + ")", Measure.PLAIN, true);
            default ->
                    Piece.number(
                            "power(%s, %s)".formatted(of.text(), choice.of("2", "0.5", "-1")),
                            Measure.PLAIN,
                            true);
        };
    }

    private Piece elapsed(Place place, int depth) {
        if (choice.percent(40)) {
            return partOfTime(place, depth);
        }
        if (choice.percent(30)) {
            return Piece.number(
                    "days(%s, %s)".formatted(date(place, depth).text(), date(place, depth).text()),
                    Measure.ELAPSED,
                    false);
        }
        String times =
                "(%s, %s)".formatted(instant(place, depth).text(), instant(place, depth).text());
        return Piece.number(choice.of("hours", "days", "minutes") + times, Measure.ELAPSED, true);
    }

    // ---- what every kind has

    private Piece chosen(Kind kind, Place place, int depth) {
        var result = of(kind, place, depth);
        String arms =
                IntStream.rangeClosed(0, choice.below(2))
                        .mapToObj(_ ->
                                "when %s then %s"
                                        .formatted(
                                                condition(place, depth).text(),
                                                standIn(result).text()))
                        .collect(Collectors.joining(" "));
        String otherwise =
                choice.percent(50)
                        ? ""
                        : " else " + (choice.percent(20) ? "none" : standIn(result).text());
        String first = "when %s then %s ".formatted(condition(place, depth).text(), result.text());
        return new Piece(
                "(case " + first + arms + otherwise + " end)",
                kind,
                result.measure(),
                result.inexact());
    }

    /** Another value that goes with it. */
    private Piece standIn(Piece piece) {
        return choice.percent(30) ? piece : literal(piece.kind());
    }

    private Piece coalesced(Kind kind, Place place, int depth) {
        var first = of(kind, place, depth);
        return new Piece(
                "coalesce(%s, %s)".formatted(first.text(), literal(kind).text()),
                kind,
                first.measure(),
                first.inexact());
    }

    private Piece extreme(Kind kind, Place place, int depth) {
        var first = of(kind, place, depth);
        var second = of(kind, place, depth);
        boolean inexact = first.inexact() || second.inexact();
        return first.goesWith(second)
                ? new Piece(
                        "%s(%s, %s)"
                                .formatted(
                                        choice.of("least", "greatest"),
                                        first.text(),
                                        second.text()),
                        kind,
                        first.common(second),
                        inexact)
                : first;
    }

    private Piece text(Place place, int depth) {
        int next = depth - 1;
        return switch (depth <= 0 ? -1 : choice.below(10)) {
            case 4 -> wrap(choice.of("trim(%s)", "concat(%s, '  ')"), text(place, next));
            case 5 ->
                    Piece.exact(
                            "trim(concat(' ', %s, %s))"
                                    .formatted(text(place, next).text(), text(place, next).text()),
                            Kind.TEXT);
            case 6 ->
                    Piece.exact(
                            "key_part(key(%s, %s), %d)"
                                    .formatted(
                                            text(place, next).text(),
                                            text(place, next).text(),
                                            1 + choice.below(3)),
                            Kind.TEXT);
            case 0 -> wrap("lower(%s)", text(place, next));
            case 1 -> chosen(Kind.TEXT, place, next);
            case 2 -> coalesced(Kind.TEXT, place, next);
            case 3 -> extreme(Kind.TEXT, place, next);
            default -> simple(Kind.TEXT, place, Math.max(next, 0));
        };
    }

    private Piece date(Place place, int depth) {
        int next = depth - 1;
        return switch (depth <= 0 ? -1 : choice.below(12)) {
            case 3 -> Piece.exact("date(%s)".formatted(instant(place, next).text()), Kind.DATE);
            case 4 ->
                    Piece.exact(
                            "trunc(%s, %s)"
                                    .formatted(
                                            choice.percent(50)
                                                    ? date(place, next).text()
                                                    : instant(place, next).text(),
                                            choice.of("day", "week", "month", "quarter", "year")),
                            Kind.DATE);
            case 5 -> moved(date(place, next), choice.of(CALENDAR_UNITS));
            case 0 ->
                    Piece.exact(
                            "date(2026, %d, %d)"
                                    .formatted(choice.between(1, 13), choice.between(1, 31)),
                            Kind.DATE);
            case 1 -> chosen(Kind.DATE, place, next);
            case 2 -> extreme(Kind.DATE, place, next);
            default -> simple(Kind.DATE, place, Math.max(next, 0));
        };
    }

    private Piece instant(Place place, int depth) {
        if (place.hasBucket() && choice.percent(15)) {
            if (aggregates.hasStates() && choice.percent(50)) {
                return Piece.exact(choice.of("window.start", "window.end", "asof"), Kind.INSTANT);
            }
            return Piece.exact(choice.of("bucket.start", "bucket.end"), Kind.INSTANT);
        }
        int next = depth - 1;
        return switch (depth <= 0 ? -1 : choice.below(9)) {
            case 2 ->
                    moved(
                            instant(place, next),
                            choice.percent(30)
                                    ? choice.of("hours", "minutes")
                                    : choice.of(CALENDAR_UNITS));
            case 0 -> coalesced(Kind.INSTANT, place, next);
            case 1 -> extreme(Kind.INSTANT, place, next);
            default -> simple(Kind.INSTANT, place, Math.max(next, 0));
        };
    }

    private Piece moved(Piece time, String unit) {
        return Piece.exact(
                "(%s %s %d %s)"
                        .formatted(time.text(), choice.of("+", "-"), choice.between(0, 40), unit),
                time.kind());
    }

    private Piece partOfTime(Place place, int depth) {
        if (choice.percent(25)) {
            return partOf("hour_of_day(%s)", instant(place, depth));
        }
        var part =
                choice.of(
                        "weekday",
                        "day_of_month",
                        "day_of_year",
                        "month_of_year",
                        "quarter_of_year",
                        "calendar_year");
        return partOf(
                part + "(%s)", choice.percent(50) ? date(place, depth) : instant(place, depth));
    }

    private static Piece partOf(String form, Piece time) {
        return Piece.number(form.formatted(time.text()), Measure.PLAIN, false);
    }

    // ---- conditions

    Piece condition(Place place, int depth) {
        if (depth <= 0) {
            return comparison(place, 0);
        }
        int next = depth - 1;
        return switch (choice.below(14)) {
            case 0, 1 -> joined("and", condition(place, next), condition(place, next));
            case 2, 3 -> joined("or", condition(place, next), condition(place, next));
            case 4 -> wrap("not %s", condition(place, next));
            case 5 -> chosen(Kind.CONDITION, place, next);
            case 6 -> coalesced(Kind.CONDITION, place, next);
            case 7 -> simple(Kind.CONDITION, place, next);
            case 8 -> ofText(place, next);
            case 9 -> inCohort(place, next);
            default -> comparison(place, next);
        };
    }

    private Piece joined(String word, Piece left, Piece right) {
        return Piece.condition("(%s %s %s)".formatted(left.text(), word, right.text()));
    }

    private Piece ofText(Place place, int depth) {
        String text = text(place, depth).text();
        String with = RandomFacts.quoted(choice.of(RandomFacts.TEXTS));
        return Piece.condition(
                choice.by(
                        () -> "contains(%s, %s)".formatted(text, with),
                        () -> "starts(%s, %s)".formatted(text, with),
                        () ->
                                "matches(%s, %s)"
                                        .formatted(
                                                text,
                                                RandomFacts.quoted(
                                                        choice.of(RandomFacts.PATTERNS)))));
    }

    private Piece inCohort(Place place, int depth) {
        boolean hasAccount = place.atoms().stream().anyMatch(atom -> atom.text().equals("account"));
        if (!hasAccount || cohorts.isEmpty()) {
            return comparison(place, depth);
        }
        return Piece.condition(
                "(account %s %s%s)"
                        .formatted(choice.of("in", "not in"), choice.of(cohorts), asOf(place)));
    }

    /** A cohort by attributes that have a history is one of a time. */
    private String asOf(Place place) {
        return aggregates.hasHistory() && place.hasBucket() && choice.percent(25)
                ? choice.of(" as of start", " as of end", " as of now", " as of @2026-03-12")
                : "";
    }

    private Piece comparison(Place place, int depth) {
        var kind =
                choice.of(
                        Kind.NUMBER,
                        Kind.NUMBER,
                        Kind.TEXT,
                        Kind.DATE,
                        Kind.INSTANT,
                        Kind.CONDITION);
        var left = of(kind, place, depth);
        return switch (choice.below(6)) {
            case 0 ->
                    Piece.condition("(%s is %snone)".formatted(left.text(), choice.of("", "not ")));
            case 1 -> left.inexact() ? apart(left) : listed(left);
            case 2 -> left.inexact() ? apart(left) : is(left, literal(kind));
            default -> left.inexact() ? apart(left) : compared(left, other(left, place, depth));
        };
    }

    private Piece other(Piece left, Place place, int depth) {
        var right = of(left.kind(), place, depth);
        boolean comparable = !right.inexact() && left.goesWith(right);
        if (comparable && choice.percent(60)) {
            return right;
        }
        boolean edge = left.kind() == Kind.DATE && place.hasBucket() && choice.percent(20);
        return edge
                ? Piece.exact(choice.of("bucket.start", "bucket.end"), Kind.DATE)
                : literal(left.kind());
    }

    /** A double with a number that it is not near. */
    private Piece apart(Piece left) {
        String number = choice.of("-0.7311", "0.1837", "1.3719", "4.8171", "33.7193");
        return Piece.condition(
                "(%s %s %s)".formatted(left.text(), choice.of("<", "<=", ">", ">="), number));
    }

    private Piece listed(Piece left) {
        if (left.kind() == Kind.CONDITION) {
            return left;
        }
        String list =
                IntStream.rangeClosed(0, choice.below(3))
                        .mapToObj(_ -> literal(left.kind()).text())
                        .collect(Collectors.joining(", "));
        return Piece.condition(
                "(%s %s (%s))".formatted(left.text(), choice.of("in", "not in"), list));
    }

    private Piece is(Piece left, Piece right) {
        return Piece.condition(
                "(%s is %s%s)".formatted(left.text(), choice.of("", "not "), right.text()));
    }

    private Piece compared(Piece left, Piece right) {
        String sign =
                left.kind() == Kind.CONDITION
                        ? choice.of("=", "!=")
                        : choice.of("=", "!=", "<", "<=", ">", ">=");
        return Piece.condition("(%s %s %s)".formatted(left.text(), sign, right.text()));
    }
}
