package dev.cairn.testkit.generator;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.generator.Piece.Kind;
import dev.cairn.testkit.generator.Piece.Measure;
import dev.cairn.testkit.generator.Place.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Generates aggregates over sources, slices, accounts and users, as text. */
final class RandomAggregates {
    /** Of a hundred aggregates of rows at which others point. */
    private static final int POINTING = 45;

    /** Of a hundred numbers of facts. */
    private static final int WEIGHED = 5;

    private static final Place NOWHERE = new Place(List.of(), List.of(), true);

    private final Choice choice;
    private final Catalog catalog;
    private final RandomExpressions expressions;

    RandomAggregates(Choice choice, Catalog catalog, List<String> cohorts) {
        this.choice = choice;
        this.catalog = catalog;
        this.expressions = new RandomExpressions(choice, this, cohorts);
    }

    RandomExpressions expressions() {
        return expressions;
    }

    /** A relation as written, what stands beneath it, and whether its rows have a time. */
    private record Rows(String head, String clauses, Place place, boolean inTime) {
        String text() {
            return head + clauses;
        }
    }

    Piece of(Kind kind, Place place, int depth) {
        var head = choice.of(place.relations());
        var read = of(kind, head, place, depth);
        boolean isAlone = !read.text().contains("per(");
        return place.hasWindows() && head instanceof Head.Facts && isAlone
                ? window(place, Math.floorMod(read.text().hashCode(), 1_000))
                        .map(window -> over(window, read))
                        .orElse(read)
                : read;
    }

    /**
     * One in three is relative to a time of the member, short beside the range of a question or longer. What is read decides about it, so that all else stays
     * as it would be generated without.
     */
    private static Optional<String> window(Place member, int number) {
        var times = new ArrayList<>(member.atoms(Kind.DATE));
        times.addAll(member.atoms(Kind.INSTANT));
        if (times.isEmpty() || number % 3 != 0) {
            return Optional.empty();
        }
        return Optional.of(
                "%d %s %s %s"
                        .formatted(
                                1 + number % 10,
                                List.of("days", "weeks", "months", "days").get(number / 10 % 4),
                                number / 40 % 3 == 0 ? "before" : "from",
                                times.get(number / 120 % times.size()).text()));
    }

    private static Piece over(String window, Piece read) {
        return new Piece(
                "(%s over %s)".formatted(read.text(), window),
                read.kind(),
                read.measure(),
                read.inexact());
    }

    private Piece of(Kind kind, Head head, Place place, int depth) {
        return of(kind, rows(head, place, depth), depth);
    }

    private Piece of(Kind kind, Rows rows, int depth) {
        int within = Math.min(depth, 2);
        return switch (kind) {
            case NUMBER -> number(rows, within);
            case CONDITION -> Piece.condition("exists(" + rows.text() + ")");
            case TEXT, DATE, INSTANT ->
                    extreme(rows, expressions.of(kind, rows.place(), Math.min(within, 1)));
        };
    }

    private Rows rows(Head head, Place place, int depth) {
        return switch (head) {
            case Head.Facts facts -> {
                var row =
                        Place.ofRow(facts, catalog)
                                .with(ofAccount(facts.source(), place, depth))
                                .with(ofLedTo(facts.source(), depth))
                                .with(ofPointing(facts.source(), depth));
                String timing = timing(facts.source());
                boolean inTime =
                        (!facts.source().isTimeless() || timing.startsWith(" on"))
                                && !timing.startsWith(" at")
                                && !timing.startsWith(" during");
                boolean happened =
                        facts.source().timeField() != null && !facts.source().isTimeless();
                var inside = inTime || happened ? row : row.withoutFact();
                yield new Rows(facts.name(), timing + where(inside, depth), inside, inTime);
            }
            case Head.Members(var entity) -> {
                var inside =
                        Place.ofMember(entity, readFor(entity, place), catalog).withWindows(true);
                yield new Rows(entity.name(), where(inside, Math.min(depth, 1)), inside, false);
            }
        };
    }

    /** Values of the account of a row, now and then. */
    private List<Piece> ofAccount(Source source, Place place, int depth) {
        var read = readFor(EntityRef.ACCOUNT, place);
        if (depth <= 0
                || read.isEmpty()
                || !isLinked(source, EntityRef.ACCOUNT)
                || !choice.percent(25)) {
            return List.of();
        }
        var account = Place.ofMember(EntityRef.ACCOUNT, read, catalog).withWindows(true);
        var value =
                choice.percent(70)
                        ? expressions.number(account, 1)
                        : expressions.condition(account, 1);
        return List.of(
                new Piece(
                        "per(account : %s)".formatted(value.text()),
                        value.kind(),
                        value.measure(),
                        value.inexact()));
    }

    /** Values of the member of a declared entity that a row leads to, now and then. */
    private List<Piece> ofLedTo(Source source, int depth) {
        var links =
                source.pointers().stream()
                        .filter(link ->
                                catalog.source(link.to()).filter(Source::isEntity).isPresent())
                        .toList();
        if (depth <= 0 || links.isEmpty() || !choice.percent(POINTING)) {
            return List.of();
        }
        var link = choice.of(links);
        var entity = catalog.source(link.to()).orElseThrow();
        var member =
                Place.ofRow(new Head.Facts(entity.name(), entity), catalog)
                        .with(ofPointing(entity, depth));
        var value =
                choice.percent(70)
                        ? expressions.number(member, 1)
                        : expressions.condition(member, 1);
        return List.of(
                new Piece(
                        "per(%s : %s)".formatted(link.name(), value.text()),
                        value.kind(),
                        value.measure(),
                        value.inexact()));
    }

    /** Values of what points at a row, now and then, in the time of the row or in a window of it. */
    private List<Piece> ofPointing(Source source, int depth) {
        var pointing =
                catalog.all(Source.class).stream()
                        .filter(other ->
                                other.pointers().stream()
                                        .anyMatch(link -> link.to().equals(source.name())))
                        .toList();
        if (depth <= 0 || pointing.isEmpty() || !choice.percent(POINTING)) {
            return List.of();
        }
        var from = choice.of(pointing);
        var rows = rows(new Head.Facts(from.name(), from), NOWHERE, depth - 1);
        String link =
                from.pointers().stream()
                        .filter(one -> one.to().equals(source.name()))
                        .findFirst()
                        .orElseThrow()
                        .name();
        String via = choice.percent(30) ? " via " + link : "";
        var kind = choice.of(Kind.NUMBER, Kind.NUMBER, Kind.CONDITION);
        var read =
                of(
                        kind,
                        new Rows(rows.head(), via + rows.clauses(), rows.place(), rows.inTime()),
                        depth - 1);
        var window =
                read.text().contains("per(")
                        ? Optional.<String>empty()
                        : window(
                                new Place(Place.times(source), List.of(), false),
                                Math.floorMod(read.text().hashCode(), 1_000));
        return List.of(window.map(one -> over(one, read)).orElse(read));
    }

    /** What can be read for each member: facts that are linked to it, and the users of an account. */
    private static List<Head> readFor(EntityRef entity, Place place) {
        return place.relations().stream()
                .filter(head ->
                        switch (head) {
                            case Head.Facts(_, var source) -> isLinked(source, entity);
                            case Head.Members(var inner) -> entity.isAccount() && inner.isUser();
                        })
                .toList();
    }

    static boolean isLinked(Source source, EntityRef entity) {
        return entity.isAccount() ? source.isOfAccounts() : source.userField() != null;
    }

    boolean hasStates() {
        return catalog.source(RandomStates.HOLDING).isPresent();
    }

    boolean hasHistory() {
        return catalog.entity(EntityRef.ACCOUNT).history() != null;
    }

    private String timing(Source source) {
        if (source.isEntity()) {
            return "";
        }
        if (source.isTimeless()) {
            return choice.of("", "", "", " at start", " during", " on booked_on");
        }
        boolean holds =
                source.validity() != null && (source.timeField() == null || choice.percent(75));
        if (holds) {
            return choice.of(
                    " at start",
                    " at start",
                    " at end",
                    " at end",
                    " during",
                    " during",
                    " at @" + RandomFacts.day(choice));
        }
        var times =
                source.fields().stream()
                        .filter(field ->
                                field.type() == DataType.DATE || field.type() == DataType.TIMESTAMP)
                        .map(Field::name)
                        .toList();
        return choice.percent(35) ? " on " + choice.of(times) : "";
    }

    private String where(Place place, int depth) {
        return choice.percent(40)
                ? " where " + expressions.condition(place, Math.min(depth, 2)).text()
                : "";
    }

    private Piece number(Rows rows, int depth) {
        if (hasStates() && rows.place().relations().isEmpty() && choice.percent(WEIGHED)) {
            return weighted(rows);
        }
        return switch (choice.below(14)) {
            case 0, 1 -> Piece.number("count(" + rows.text() + ")", Measure.COUNT, false);
            case 2, 3 -> distinct(rows, depth);
            case 4 -> share(rows, depth);
            case 5, 6, 7 -> valued("sum", false, rows, depth);
            case 8 -> valued(choice.of("min", "max"), false, rows, depth);
            case 9 -> valued("avg", true, rows, depth);
            case 12 -> deviation(rows, depth);
            case 13 ->
                    valued(rows.inTime() ? choice.of("first", "last") : "sum", false, rows, depth);
            case 10 -> valued(choice.of("median", "p10", "p90"), true, rows, depth);
            default -> valued(choice.of("p25_disc", "p50_disc", "p99_disc"), false, rows, depth);
        };
    }

    /** Each row as often as a field of it says. */
    private Piece weighted(Rows rows) {
        var fields =
                rows.place().atoms(Kind.NUMBER).stream()
                        .filter(atom -> atom.text().matches("[a-z_]+"))
                        .toList();
        if (fields.isEmpty()) {
            return Piece.number("count(" + rows.text() + ")", Measure.COUNT, false);
        }
        String weighed = rows.text() + " weight " + fields.get(choice.below(fields.size())).text();
        return choice.by(
                () -> Piece.number("count(" + weighed + ")", Measure.PLAIN, true),
                () -> {
                    var value = expressions.number(rows.place(), 0);
                    String of =
                            choice.of("sum", "avg", "median", "p25", "p90_disc", deviation(value));
                    return Piece.number(
                            "%s(%s : %s)".formatted(of, weighed, value.text()),
                            Measure.PLAIN,
                            true);
                },
                () ->
                        Piece.number(
                                "share(%s : coalesce(%s, false))"
                                        .formatted(
                                                weighed,
                                                expressions.condition(rows.place(), 1).text()),
                                Measure.PLAIN,
                                true));
    }

    /** Of what is exact: where values are nearly equal their last digits would be all there is to it. */
    private Piece deviation(Rows rows, int depth) {
        var value = expressions.number(rows.place(), depth);
        return Piece.number(
                "%s(%s : %s)".formatted(deviation(value), rows.text(), value.text()),
                value.measure(),
                true);
    }

    private static String deviation(Piece value) {
        return value.inexact() ? "avg" : "stddev";
    }

    private Piece distinct(Rows rows, int depth) {
        var keys =
                rows.place().atoms().stream()
                        .filter(atom -> atom.text().equals("account") || atom.text().equals("user"))
                        .toList();
        var value =
                !keys.isEmpty() && choice.percent(70)
                        ? choice.of(keys)
                        : expressions.any(rows.place(), Math.min(depth, 1));
        return Piece.number(
                "distinct(%s : %s)".formatted(rows.text(), value.text()), Measure.COUNT, false);
    }

    private Piece share(Rows rows, int depth) {
        var condition = expressions.condition(rows.place(), depth);
        return Piece.number(
                "share(%s : coalesce(%s, false))".formatted(rows.text(), condition.text()),
                Measure.PLAIN,
                true);
    }

    private Piece valued(String aggregate, boolean inexact, Rows rows, int depth) {
        var value = expressions.number(rows.place(), depth);
        boolean isField = value.text().matches("[a-z_]+") && rows.place().atoms().contains(value);
        boolean isOfFacts = rows.place().relations().isEmpty();
        String text =
                isField && isOfFacts && !rows.clauses().startsWith(" via") && choice.percent(50)
                        ? "%s(%s.%s%s)"
                                .formatted(aggregate, rows.head(), value.text(), rows.clauses())
                        : "%s(%s : %s)".formatted(aggregate, rows.text(), value.text());
        return Piece.number(text, value.measure(), inexact || value.inexact());
    }

    private Piece extreme(Rows rows, Piece value) {
        return Piece.exact(
                "%s(%s : %s)"
                        .formatted(
                                rows.inTime()
                                        ? choice.of("min", "max", "first", "last")
                                        : choice.of("min", "max"),
                                rows.text(),
                                value.text()),
                value.kind());
    }
}
