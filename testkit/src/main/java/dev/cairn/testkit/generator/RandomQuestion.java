package dev.cairn.testkit.generator;

import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.Piece.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A generated question, who asks it and when. */
public record RandomQuestion(AnalysisQuery query, Caller caller, Instant now) {
    private static final int ROWS = 2000;
    private static final long OF_PARENTS = 0x50A7;
    private static final long OF_HOMES = 0x40E5;

    public static RandomQuestion of(long seed, Catalog catalog) {
        var maker = new Maker(new Choice(seed), catalog);
        return maker.byConformed(maker.question(), new Choice(~seed))
                .throughParents(catalog, new Choice(seed ^ OF_PARENTS))
                .ofHomes(catalog, new Choice(seed ^ OF_HOMES));
    }

    /** Now and then about metrics of each home, where there are any. */
    private RandomQuestion ofHomes(Catalog catalog, Choice choice) {
        var homes = OfHomes.in(catalog, choice);
        return homes.are() && choice.percent(60)
                ? new RandomQuestion(homes.of(query), caller, now)
                : this;
    }

    /** Now and then about parents of accounts, where they have any. */
    private RandomQuestion throughParents(Catalog catalog, Choice choice) {
        boolean are = catalog.entity(EntityRef.ACCOUNT).link("parent").isPresent();
        return are && choice.percent(40)
                ? new RandomQuestion(
                        new ThroughParents(choice.percent(80) ? "parent" : "parent.parent")
                                .of(query),
                        caller,
                        now)
                : this;
    }

    /** The same of what was known at the time of a load. */
    private RandomQuestion knownAt(Choice choice) {
        var knownAt = World.recordedAt(choice.between(-1, 5));
        return new RandomQuestion(
                query.withKnownAt(knownAt).withAsOf(query.asOf() == null ? now : query.asOf()),
                caller,
                knownAt);
    }

    private RandomQuestion withUncertainty() {
        return new RandomQuestion(query.withUncertainty(true), caller, now);
    }

    /** Makes one question. */
    private static final class Maker {
        private final Choice choice;
        private final Catalog catalog;
        private final RandomExpressions expressions;
        private final Theme theme;
        private final Place asked;
        private final boolean ofAccounts;
        private final boolean hasStates;
        private final List<Piece> outputs = new ArrayList<>();
        private List<String> groupBy = List.of();

        /** Whether an age stands beside what it is counted from. */
        private boolean isOfCohorts;

        Maker(Choice choice, Catalog catalog) {
            this.choice = choice;
            this.catalog = catalog;
            this.expressions =
                    new RandomAggregates(choice, catalog, RandomDefinitions.cohorts(catalog))
                            .expressions();
            this.theme = choice.of(Theme.of(catalog));
            this.asked = theme.asked(catalog);
            this.ofAccounts = theme.everyRelationReaches(EntityRef.ACCOUNT, catalog);
            this.hasStates = catalog.source(RandomStates.HOLDING).isPresent();
        }

        RandomQuestion question() {
            groupBy = groupBy();
            var metrics = metrics();
            boolean byAge = groupBy.stream().anyMatch(key -> key.contains("age "));
            var grain = choice.percent(60) && (!byAge || isOfCohorts) ? grain() : null;
            var zone = RandomFacts.zone(choice);
            var range = instants(range(grain), zone);
            var query =
                    AnalysisQuery.of(metrics, range, zone)
                            .withGroupBy(groupBy)
                            .withGrain(grain)
                            .withFilter(
                                    !asked.atoms().isEmpty() && choice.percent(25)
                                            ? filter(2)
                                            : null)
                            .withWhere(where())
                            .withCohort(ofAccounts && choice.percent(15) ? cohort() : null)
                            .withHaving(choice.percent(20) ? having() : null)
                            .withAsOf(choice.percent(15) ? RandomFacts.instant(choice) : null)
                            .withTotals(choice.percent(40))
                            .withOrderBy(orderBy(grain, groupBy))
                            .page(choice.percent(20) ? choice.between(1, 5) : ROWS, null)
                            .withFillGaps(choice.percent(70))
                            .withCompareTo(hasStates && choice.percent(20) ? compared() : null);
            var question = new RandomQuestion(query.withTop(top(query)), caller(), now());
            var dated = choice.percent(7) ? question.knownAt(choice) : question;
            return choice.percent(50) ? dated.withUncertainty() : dated;
        }

        /** Now and then by one key more, which sources say in fields of their own, or where it has a value. */
        RandomQuestion byConformed(RandomQuestion question, Choice other) {
            var query = question.query();
            if (!theme.isConformed(catalog) || query.groupBy().size() > 2 || !other.percent(3)) {
                return question;
            }
            var keys = new ArrayList<>(query.groupBy());
            keys.add(Theme.CONFORMED);
            boolean isFilter = query.where() == null && other.percent(30);
            return new RandomQuestion(
                    isFilter
                            ? query.withWhere(Theme.CONFORMED + " is not none")
                            : query.withGroupBy(keys),
                    question.caller(),
                    question.now());
        }

        private @Nullable String where() {
            if (asked.atoms().isEmpty() || !choice.percent(20)) {
                return null;
            }
            String condition = expressions.condition(asked, 2).text();
            return hasStates && ofAccounts && choice.percent(25)
                    ? choice.of(
                                    "per(account : %2$s)",
                                    "not per(account : %2$s)",
                                    "%1$s and per(account : %2$s)",
                                    "%1$s or per(account : %2$s)",
                                    "per(account : %2$s) or not (%1$s)")
                            .formatted(condition, ofWindow())
                    : condition;
        }

        /** Whether something was in a window of each account. */
        private String ofWindow() {
            return "(exists(%s) over %d %s %s account.%s)"
                    .formatted(
                            choice.of(theme.sources()),
                            choice.between(1, 6),
                            choice.of("days", "weeks"),
                            choice.of("from", "from", "before"),
                            choice.of("signed_on", "renewed_at"));
        }

        private Comparison compared() {
            return choice.by(
                    Comparison.Previous::new,
                    () ->
                            new Comparison.Earlier(
                                    choice.between(1, 2), choice.of(Grain.WEEK, Grain.MONTH)),
                    () -> {
                        var from = RandomFacts.day(choice);
                        return new Comparison.Other(
                                new AskedRange.Between(from, from.plusDays(choice.between(1, 40))));
                    });
        }

        /** Now and then, by a number that executors agree in to the last digit. */
        private @Nullable TopGroups top(AnalysisQuery query) {
            boolean chooses =
                    !query.groupBy().isEmpty()
                            && query.having() == null
                            && (query.metrics().size() == 2 || mayRank(query))
                            && outputs.getFirst().kind() == Kind.NUMBER
                            && !outputs.getFirst().inexact();
            return chooses ? new TopGroups(1, "m1", query.fillGaps()) : null;
        }

        /** The fourth metric is a place among all groups, which some questions show and others do not. */
        private static boolean mayRank(AnalysisQuery query) {
            return query.metrics().size() == 4 && query.totals();
        }

        private Instant now() {
            return choice.percent(10)
                    ? RandomFacts.instant(choice)
                    : Instant.parse("2026-06-01T00:00:00Z");
        }

        private Caller caller() {
            return choice.percent(15)
                    ? scoped(expressions.condition(Place.ofRule(catalog), 1).text())
                    : Caller.LOCAL;
        }

        /** Some have a scope more, by a claim that is known or by one that is not; no choice more is made for that. */
        private static Caller scoped(String formula) {
            var formulas =
                    switch (Math.floorMod(formula.hashCode(), 3)) {
                        case 0 -> List.of(formula);
                        case 1 -> List.of(formula, "account = caller.key");
                        default -> List.of(formula, "account != caller.unknown");
                    };
            return new Caller(
                    "tester", Role.ADMIN, new AccessScope(formulas, Map.of("key", "acme")));
        }

        private List<AskedMetric> metrics() {
            var metrics = new ArrayList<AskedMetric>();
            int count = choice.between(1, 4);
            for (int i = 1; i <= count; i++) {
                metrics.add(metric("m" + i));
            }
            return metrics;
        }

        private AskedMetric metric(String column) {
            var known = RandomDefinitions.metrics(theme, catalog);
            if (!known.isEmpty() && choice.percent(20)) {
                String key = choice.of(known);
                outputs.add(Piece.number(column, Piece.Measure.PLAIN, true));
                var reference =
                        choice.percent(30)
                                ? new MetricReference.Pinned(key, 1)
                                : new MetricReference.ByKey(key);
                return new AskedMetric(reference, column);
            }
            var formula = rankedNowAndThen(formula(known), column);
            outputs.add(new Piece(column, formula.kind(), formula.measure(), formula.inexact()));
            return new AskedMetric(new MetricReference.Inline(formula.text()), column);
        }

        /** Of numbers that executors agree in to the last digit. */
        private static Piece rankedNowAndThen(Piece formula, String column) {
            boolean ranks =
                    column.equals("m4") && formula.kind() == Kind.NUMBER && !formula.inexact();
            return ranks
                    ? Piece.number("rank(%s)".formatted(formula.text()), Piece.Measure.PLAIN, false)
                    : formula;
        }

        private Piece formula(List<String> metrics) {
            var names =
                    metrics.stream()
                            .map(name -> Piece.number(name, Piece.Measure.PLAIN, true))
                            .toList();
            var cell = Place.ofCell(theme.relations(catalog)).with(names);
            if (choice.percent(15)) {
                return let(cell);
            }
            if (choice.percent(15)) {
                return new RandomCells(choice, expressions, asked, groupBy, hasStates).of(cell);
            }
            var kind = choice.percent(75) ? Kind.NUMBER : choice.of(Kind.values());
            return expressions.of(kind, cell, choice.of(0, 0, 1, 2, 3));
        }

        /** The second is made of the first: both are read in several places, and so may be common values. */
        private Piece let(Place cell) {
            var first = expressions.number(cell, 2);
            var one = renamed("first_one", first);
            var second = expressions.number(cell.with(List.of(one)), 2);
            var both = List.of(one, renamed("second_one", second));
            var body = expressions.number(new Place(both, List.of(), true), 2);
            boolean readsSecond = body.text().contains("second_one");
            boolean readsFirst =
                    (readsSecond ? second.text() + body.text() : body.text()).contains("first_one");
            var named =
                    Stream.of(
                                    readsFirst ? "first_one = " + first.text() : "",
                                    readsSecond ? "second_one = " + second.text() : "")
                            .filter(text -> !text.isEmpty())
                            .collect(Collectors.joining(", "));
            return new Piece(
                    named.isEmpty() ? body.text() : "let " + named + " in " + body.text(),
                    Kind.NUMBER,
                    body.measure(),
                    body.inexact());
        }

        private static Piece renamed(String name, Piece piece) {
            return new Piece(name, Kind.NUMBER, piece.measure(), piece.inexact());
        }

        private Grain grain() {
            return choice.of(
                    theme.hasOnlyInstants(catalog)
                            ? List.of(Grain.values())
                            : List.of(
                                    Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR));
        }

        private AskedRange range(@Nullable Grain grain) {
            if (choice.percent(15)) {
                return new AskedRange.Last(
                        choice.between(1, 4), grain == null ? Grain.WEEK : grain);
            }
            var edges = coverageEdges();
            if (grain != Grain.HOUR && !edges.isEmpty() && choice.percent(25)) {
                var edge = choice.of(edges);
                int length = choice.between(1, 60);
                return choice.percent(50)
                        ? new AskedRange.Between(edge, edge.plusDays(length))
                        : new AskedRange.Between(edge.minusDays(length), edge);
            }
            if (theme.hasOnlyInstants(catalog) && choice.percent(15)) {
                var start = RandomFacts.instant(choice);
                int most = grain == Grain.HOUR ? 1 : 40;
                return new AskedRange.BetweenInstants(
                        start, start.plus(Duration.ofHours(choice.between(1, 24 * most))));
            }
            var from =
                    grain == Grain.HOUR
                            ? RandomFacts.day(choice)
                            : RandomFacts.FIRST_DAY.plusDays(choice.between(-20, 40));
            int days = grain == null ? choice.between(1, 80) : days(grain);
            return new AskedRange.Between(from, from.plusDays(days));
        }

        /** Now and then a range of dates as one of instants, which cuts days where no dates are read. */
        private AskedRange instants(AskedRange range, ZoneId zone) {
            if (!(range instanceof AskedRange.Between(var from, var to)) || !choice.percent(15)) {
                return range;
            }
            int minutes = theme.hasOnlyInstants(catalog) ? choice.between(0, 1000) : 0;
            return new AskedRange.BetweenInstants(
                    from.atStartOfDay(zone).plusMinutes(minutes).toInstant(),
                    to.atStartOfDay(zone).toInstant());
        }

        /** Days on which the coverage of what is asked begins or ends in the zone of its source, which often is another than the question's. */
        private List<LocalDate> coverageEdges() {
            return theme.sources().stream()
                    .map(name -> catalog.source(name).orElseThrow())
                    .flatMap(source -> Stream.of(source.coverageFrom(), source.coverageUntil()))
                    .filter(Objects::nonNull)
                    .toList();
        }

        private int days(Grain grain) {
            return switch (grain) {
                case HOUR -> 1;
                case DAY -> choice.between(1, 20);
                case WEEK -> choice.between(3, 50);
                case MONTH, QUARTER -> choice.between(10, 150);
                case YEAR -> choice.between(50, 500);
            };
        }

        private List<String> groupBy() {
            if (asked.atoms().isEmpty() || choice.percent(35)) {
                return List.of();
            }
            var dimensions = new ArrayList<String>();
            choice.some(asked.atoms(), 2).stream().map(Piece::text).forEach(dimensions::add);
            if (dimensions.contains("user")) {
                tellUsersApart(dimensions);
            }
            if (ofAccounts && choice.percent(15)) {
                dimensions.addAll(choice.some(RandomDefinitions.cohorts(catalog), 1));
            }
            if (choice.percent(20)) {
                dimensions.add("(%s) as made_up".formatted(madeUp()));
            }
            if (hasStates && ofAccounts && choice.percent(15)) {
                dimensions.add("(%s) as soon".formatted(ofWindow()));
            }
            if (hasStates && choice.percent(20)) {
                dimensions.add(ofTime());
                addCohort(dimensions);
            }
            return dimensions;
        }

        /** What an age of facts is counted from, so that it may stand beside a time axis. */
        private void addCohort(List<String> dimensions) {
            var age =
                    Pattern.compile("age (\\w+) from (account\\.\\w+)")
                            .matcher(dimensions.getLast());
            if (dimensions.size() < 5 && age.matches() && choice.percent(70)) {
                isOfCohorts = true;
                dimensions.add("%s by %s".formatted(age.group(2), choice.of(age.group(1), "day")));
            }
        }

        /** An age, a part of a date or a time at a grain. */
        private String ofTime() {
            var times =
                    Stream.concat(
                                    asked.atoms(Kind.DATE).stream(),
                                    asked.atoms(Kind.INSTANT).stream())
                            .map(Piece::text)
                            .filter(text -> !text.contains(" as of "))
                            .toList();
            if (times.isEmpty()) {
                return "weekday";
            }
            String time = choice.of(times);
            String start = choice.of("", "", " from account.signed_on", " from account.renewed_at");
            String from = ofAccounts ? start : " from " + time;
            String grain = choice.of("day", "week", "month", "quarter", "year");
            return choice.by(
                    () -> "age " + grain + from,
                    () -> "age " + grain + from,
                    () -> "(least(age %s%s, 2)) as lived".formatted(grain, from),
                    () ->
                            "%s by %s"
                                    .formatted(
                                            time,
                                            asked.atoms(Kind.INSTANT).stream()
                                                            .anyMatch(
                                                                    one -> one.text().equals(time))
                                                    ? choice.of("hour", "hour", "week")
                                                    : choice.of("week", "month")),
                    () -> "%s of %s".formatted(choice.of("weekday", "month_of_year"), time),
                    () -> choice.of("weekday", "month_of_year"));
        }

        /** A condition, or a text; where there are accounts, often one that says what no account is. */
        private String madeUp() {
            if (!ofAccounts || choice.percent(40)) {
                return choice.by(
                        () -> expressions.condition(asked, 1).text(),
                        () -> expressions.of(Kind.TEXT, asked, 1).text());
            }
            var value = expressions.of(Kind.TEXT, asked, 1).text();
            return choice.by(
                    () -> "case when account is none then 'nobody' else %s end".formatted(value),
                    () -> "case when account is not none then %s end".formatted(value),
                    () -> "coalesce(%s, 'nobody')".formatted(value));
        }

        /** A user's key does not tell users of two accounts apart. */
        private void tellUsersApart(List<String> dimensions) {
            if (ofAccounts && !dimensions.contains("account")) {
                dimensions.add("account");
            } else if (!ofAccounts && theme.readsAccounts(catalog)) {
                dimensions.remove("user");
            }
        }

        private Filter filter(int depth) {
            return switch (depth == 0 ? 3 : choice.below(5)) {
                case 0 -> new Filter.All(filters(depth - 1));
                case 1 -> new Filter.Any(filters(depth - 1));
                case 2 -> new Filter.Not(filter(depth - 1));
                default -> predicate(choice.of(filtered()));
            };
        }

        /** What a built filter can name: cohorts too, which are true or false. */
        private List<Piece> filtered() {
            var cohorts =
                    ofAccounts && choice.percent(30)
                            ? RandomDefinitions.cohorts(catalog)
                            : List.<String>of();
            return cohorts.isEmpty()
                    ? asked.atoms()
                    : cohorts.stream().map(Piece::condition).toList();
        }

        private List<Filter> filters(int depth) {
            return IntStream.rangeClosed(0, choice.below(2)).mapToObj(_ -> filter(depth)).toList();
        }

        private Filter.Where predicate(Piece operand) {
            var operator = choice.of(Operator.values());
            boolean fits =
                    switch (operator) {
                        case IN, NOT_IN, IS_NULL, IS_NOT_NULL -> true;
                        case IS_NO_ACCOUNT -> operand.text().startsWith("account");
                        case LT, LTE, GT, GTE -> operand.kind() != Kind.CONDITION;
                        case CONTAINS -> operand.kind() == Kind.TEXT;
                    };
            if (fits && operator == Operator.IS_NO_ACCOUNT) {
                return new Filter.Where(operand.text(), operator, List.of());
            }
            if (!fits || operator == Operator.IS_NULL || operator == Operator.IS_NOT_NULL) {
                return new Filter.Where(
                        operand.text(),
                        choice.of(Operator.IS_NULL, Operator.IS_NOT_NULL),
                        List.of());
            }
            boolean many = operator == Operator.IN || operator == Operator.NOT_IN;
            var values =
                    IntStream.rangeClosed(0, many ? choice.below(3) : 0)
                            .mapToObj(_ -> value(operand.kind()))
                            .toList();
            return new Filter.Where(operand.text(), operator, values);
        }

        private String value(Kind kind) {
            return switch (kind) {
                case NUMBER -> choice.of("0", "1", "2.00", "-1.5", "5", "10");
                case CONDITION -> choice.of("true", "false");
                case TEXT -> choice.of(RandomFacts.TEXTS);
                case DATE -> RandomFacts.day(choice).toString();
                case INSTANT -> RandomFacts.instant(choice).toString();
            };
        }

        private CohortReference cohort() {
            var known = RandomDefinitions.cohorts(catalog);
            return !known.isEmpty() && choice.percent(60)
                    ? new CohortReference.ByKey(choice.of(known))
                    : new CohortReference.Rule(
                            expressions.condition(Place.ofRule(catalog), 2).text());
        }

        private Filter having() {
            var output = choice.of(outputs);
            if (!output.inexact()) {
                return predicate(output);
            }
            var operator =
                    choice.of(Operator.LT, Operator.GTE, Operator.IS_NULL, Operator.IS_NOT_NULL);
            boolean unary = operator == Operator.IS_NULL || operator == Operator.IS_NOT_NULL;
            return new Filter.Where(output.text(), operator, unary ? List.of() : List.of("1.3719"));
        }

        private List<OrderBy> orderBy(@Nullable Grain grain, List<String> groupBy) {
            var columns = new ArrayList<String>();
            outputs.forEach(output -> columns.add(output.text()));
            groupBy.stream().filter(name -> !name.startsWith("(")).forEach(columns::add);
            if (grain != null) {
                columns.add("time");
            }
            return choice.percent(50)
                    ? choice.some(columns, 2).stream()
                            .map(column -> new OrderBy(column, choice.percent(50)))
                            .toList()
                    : List.of();
        }
    }
}
