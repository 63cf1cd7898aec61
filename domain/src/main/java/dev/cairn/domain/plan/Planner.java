package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.plan.AnalysisPlan.GroupKey;
import dev.cairn.domain.plan.AnalysisPlan.Position;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns a question into a plan, or says everything that is wrong with it. */
public final class Planner {
    static final int MOST_METRICS = 20;
    static final int MOST_DIMENSIONS = 5;
    static final int MOST_ROWS = 10_000;
    static final int MOST_LEAVES = 300;
    public static final String TIME = "time";

    private final AnalysisQuery query;
    private final Catalog catalog;
    private final Caller caller;
    private final List<Problem> problems = new ArrayList<>();
    private final Lowering lowering;

    private Planner(AnalysisQuery query, Catalog catalog, Caller caller) {
        this.query = query;
        this.catalog = catalog;
        this.caller = caller;
        this.lowering = new Lowering(catalog, query.zone(), problems);
    }

    /** @param now what counts as now, unless the question says it */
    public static Planned plan(AnalysisQuery query, Catalog catalog, Caller caller, Instant now) {
        return new Planner(query, catalog, caller).plan(now);
    }

    private void problem(ProblemCode code, Place place, String message, Object... arguments) {
        lowering.broken(Problem.of(code, place, message, arguments));
    }

    private Planned plan(Instant now) {
        String fingerprint = fingerprint();
        var cursor = cursor(fingerprint);
        var asOf = query.asOf() != null ? query.asOf() : cursor.map(Cursor::asOf).orElse(now);
        checkSizes();
        var time = TimeFrame.of(query, asOf, lowering::broken);
        lowering.asked(readers());
        var leaves = new Leaves(new Conditions(query, caller, lowering));
        var shown = outputs(lowering, leaves);
        checkNamesAlone(leaves);
        checkGrain(leaves);
        var keys = keys(leaves);
        var columns = columns(keys, shown);
        checkColumns(columns);
        var having = having(shown);
        var order = order(keys, shown);
        if (leaves.size() > MOST_LEAVES) {
            problem(
                    ProblemCode.LIMIT,
                    Place.of("metrics"),
                    "The question needs %d aggregates; at most %d are computed at once.",
                    leaves.size(),
                    MOST_LEAVES);
        }
        var position = cursor.map(Cursor::position);
        if (position.isPresent() && position.get().values().size() != order.size()) {
            badCursor();
        }
        if (!problems.isEmpty() || time.isEmpty()) {
            return new Planned.Rejected(problems);
        }
        if (shown.size() < query.metrics().size()) {
            throw new IllegalStateException(
                    "a metric has no plan and no problem: " + query.metrics());
        }
        var frame = time.get();
        var plan =
                new AnalysisPlan(
                        frame.buckets(),
                        query.grain() != null,
                        frame.whole(),
                        frame.asOf(),
                        frame.asOfDate(),
                        keys,
                        leaves.scans(),
                        leaves.leaves(),
                        shown.stream().map(Outputs.Shown::output).toList(),
                        kinds(),
                        having,
                        query.fillGaps(),
                        order,
                        query.first(),
                        position.orElse(null));
        return new Planned.Ready(plan, columns, fingerprint);
    }

    private void checkSizes() {
        if (query.metrics().isEmpty() || query.metrics().size() > MOST_METRICS) {
            problem(
                    ProblemCode.LIMIT,
                    Place.of("metrics"),
                    "Between 1 and %d metrics, not %d.",
                    MOST_METRICS,
                    query.metrics().size());
        }
        if (query.groupBy().size() > MOST_DIMENSIONS) {
            problem(
                    ProblemCode.LIMIT,
                    Place.of("groupBy"),
                    "At most %d dimensions, not %d.",
                    MOST_DIMENSIONS,
                    query.groupBy().size());
        }
        if (query.first() < 1 || query.first() > MOST_ROWS) {
            problem(
                    ProblemCode.BAD_PAGE,
                    Place.of("first"),
                    "A page has between 1 and %d rows, not %d.",
                    MOST_ROWS,
                    query.first());
        }
    }

    /** What each metric reads, alone and without conditions; also finds what is wrong with the formulas themselves. */
    private Map<RelationKey, Set<String>> readers() {
        var readers = new HashMap<RelationKey, Set<String>>();
        var alone = new Lowering(catalog, query.zone(), problems);
        for (int at = 0; at < query.metrics().size(); at++) {
            var leaves = new Leaves(Leaves.Binder.OF_MEMBER);
            var asked = query.metrics().get(at);
            String name =
                    new Outputs(alone)
                            .lower(asked, metricPlace(at), leaves)
                            .map(shown -> shown.column().key())
                            .orElse("");
            leaves.relations()
                    .forEach(relation ->
                            readers.computeIfAbsent(relation, _ -> new TreeSet<>()).add(name));
        }
        return readers;
    }

    private static Place metricPlace(int at) {
        return Place.of("metrics", Integer.toString(at));
    }

    private List<Outputs.Shown> outputs(Lowering with, Leaves leaves) {
        var outputs = new Outputs(with);
        var shown = new ArrayList<Outputs.Shown>();
        for (int at = 0; at < query.metrics().size(); at++) {
            outputs.lower(query.metrics().get(at), metricPlace(at), leaves).ifPresent(shown::add);
        }
        return shown;
    }

    /** Where no metric could be read, names of dimensions and filters are still looked up, so that all is told at once. */
    private void checkNamesAlone(Leaves leaves) {
        if (!leaves.relations().isEmpty()) {
            return;
        }
        var found = new ArrayList<Problem>();
        var alone = new Lowering(catalog, query.zone(), found);
        new Conditions(query, caller, alone)
                .bind(new RelationKey.OfMembers(dev.cairn.domain.model.EntityKind.USER));
        found.stream()
                .filter(problem -> problem.code() != ProblemCode.INCOMPATIBLE)
                .forEach(lowering::broken);
    }

    private void checkGrain(Leaves leaves) {
        boolean byHour =
                query.grain() == Grain.HOUR
                        || (query.range() instanceof AnalysisQuery.AskedRange.Last(_, var grain)
                                && grain == Grain.HOUR);
        if (byHour) {
            leaves.scans().forEach(this::checkHours);
        }
    }

    private void checkHours(Scan scan) {
        switch (scan.relation()) {
            case Relation.Facts(var source, var time) -> {
                if (time.type().equals(Type.DATE)) {
                    problem(
                            ProblemCode.INCOMPATIBLE,
                            Place.of("grain"),
                            "'%s.%s' is a date; it cannot be asked by the hour.",
                            source,
                            time.name());
                }
            }
            case Relation.Members(_, var scans, _) -> scans.forEach(this::checkHours);
        }
    }

    private List<GroupKey> keys(Leaves leaves) {
        var keys = new ArrayList<GroupKey>();
        for (int at = 0; at < query.groupBy().size(); at++) {
            int index = at;
            var bound =
                    leaves.scans().stream()
                            .map(scan -> scan.keys().get(index))
                            .filter(key -> !key.type().isBroken())
                            .findFirst();
            String column = columnOf(query.groupBy().get(at));
            keys.add(
                    new GroupKey(
                            column,
                            bound.map(Expr::type).orElse(Type.BROKEN),
                            bound.map(Conditions::isOfAccount).orElse(false)));
        }
        return keys;
    }

    /** The name that a dimension has in the answer: as it was written, or as it was named. */
    private static String columnOf(String dimension) {
        return switch (dev.cairn.domain.formula.FormulaParser.parseDimension(
                dimension, Place.NOWHERE)) {
            case dev.cairn.domain.formula.FormulaParser.ParsedDimension.Ok(
                            dev.cairn.domain.formula.DimensionText.ByFormula(_, var name, _)) ->
                    name;
            case dev.cairn.domain.formula.FormulaParser.ParsedDimension.Ok _,
                    dev.cairn.domain.formula.FormulaParser.ParsedDimension.Failed _ ->
                    dimension;
        };
    }

    private List<Column> columns(List<GroupKey> keys, List<Outputs.Shown> shown) {
        var columns = new ArrayList<Column>();
        if (query.grain() != null) {
            var type = query.grain() == Grain.HOUR ? ValueType.TIMESTAMP : ValueType.DATE;
            columns.add(new Column(TIME, "Time", Role.TIME, type, null, null, null, null));
        }
        keys.forEach(key -> columns.add(Outputs.dimension(key.column(), key.type())));
        shown.forEach(output -> columns.add(output.column()));
        return columns;
    }

    private void checkColumns(List<Column> columns) {
        var seen = new HashSet<String>();
        for (var column : columns) {
            if (!seen.add(column.key())) {
                problem(
                        ProblemCode.CONFLICT,
                        Place.of(column.role() == Role.MEASURE ? "metrics" : "groupBy"),
                        "Two columns are called '%s'; name one of them with 'as'.",
                        column.key());
            }
        }
    }

    private Expr having(List<Outputs.Shown> shown) {
        if (query.having() == null) {
            return Expr.TRUE;
        }
        return new Filters(
                        query.zone(), (name, place) -> output(name, place, shown), lowering::broken)
                .lower(query.having(), Place.of("having"));
    }

    private Expr output(String name, Place place, List<Outputs.Shown> shown) {
        return shown.stream()
                .filter(output -> output.column().key().equals(name))
                .map(output -> output.output().value())
                .findFirst()
                .orElseGet(() -> {
                    boolean isKey = query.groupBy().contains(name) || name.equals(TIME);
                    boolean isBroken = query.metrics().size() > shown.size();
                    return isBroken && !isKey
                            ? Expr.BROKEN
                            : lowering.broken(
                                    isKey
                                            ? Problem.of(
                                                    ProblemCode.INCOMPATIBLE,
                                                    place,
                                                    "'%s' is not computed; ask for it in 'filter' or 'timeRange'.",
                                                    name)
                                            : unknownColumn(name, place, shown));
                });
    }

    private Problem unknownColumn(String name, Place place, List<Outputs.Shown> shown) {
        var known = new ArrayList<>(query.groupBy());
        shown.forEach(output -> known.add(output.column().key()));
        known.add(TIME);
        return Problem.of(ProblemCode.UNKNOWN_COLUMN, place, "No column '%s' in the answer.", name)
                .suggesting(NearestNames.nearest(name, known));
    }

    /** The order asked for, then time and keys, so that no two rows are equal in it. */
    private List<Ordering> order(List<GroupKey> keys, List<Outputs.Shown> shown) {
        var order = new ArrayList<Ordering>();
        for (int at = 0; at < query.orderBy().size(); at++) {
            var asked = query.orderBy().get(at);
            var place = Place.of("orderBy", Integer.toString(at), "column");
            ordered(asked.column(), keys, shown, place)
                    .ifPresent(by -> order.add(new Ordering(by, asked.descending())));
        }
        if (query.grain() != null) {
            addIfNew(order, new Ordering.By.Time());
        }
        for (int at = 0; at < keys.size(); at++) {
            addIfNew(order, new Ordering.By.Key(at));
        }
        return order;
    }

    private static void addIfNew(List<Ordering> order, Ordering.By by) {
        if (order.stream().noneMatch(term -> term.by().equals(by))) {
            order.add(new Ordering(by, false));
        }
    }

    private Optional<Ordering.By> ordered(
            String column, List<GroupKey> keys, List<Outputs.Shown> shown, Place place) {
        if (column.equals(TIME) && query.grain() != null) {
            return Optional.of(new Ordering.By.Time());
        }
        for (int at = 0; at < keys.size(); at++) {
            if (keys.get(at).column().equals(column)) {
                return Optional.of(new Ordering.By.Key(at));
            }
        }
        for (int at = 0; at < shown.size(); at++) {
            if (shown.get(at).column().key().equals(column)) {
                return Optional.of(new Ordering.By.Value(at));
            }
        }
        if (shown.size() == query.metrics().size()) {
            lowering.broken(unknownColumn(column, place, shown));
        }
        return Optional.empty();
    }

    private Set<RowKind> kinds() {
        var kinds = EnumSet.of(RowKind.CELL);
        if (query.totals()) {
            boolean grouped = !query.groupBy().isEmpty();
            boolean timed = query.grain() != null;
            if (grouped && timed) {
                kinds.addAll(EnumSet.of(RowKind.TOTAL_OVER_GROUPS, RowKind.TOTAL_OVER_TIME));
            }
            if (grouped || timed) {
                kinds.add(RowKind.GRAND_TOTAL);
            }
        }
        return kinds;
    }

    private Optional<Cursor> cursor(String fingerprint) {
        if (query.after() == null) {
            return Optional.empty();
        }
        var cursor =
                Cursor.decode(query.after())
                        .filter(found -> found.fingerprint().equals(fingerprint));
        if (cursor.isEmpty()) {
            badCursor();
        }
        return cursor;
    }

    private void badCursor() {
        problem(
                ProblemCode.BAD_PAGE,
                Place.of("after"),
                "This cursor is not of this question; ask again from the first page.");
    }

    /** Of everything that decides which rows there are and their order. */
    private String fingerprint() {
        var unpaged =
                new AnalysisQuery(
                        query.metrics(),
                        query.groupBy(),
                        query.grain(),
                        query.range(),
                        query.zone(),
                        query.filter(),
                        query.where(),
                        query.cohort(),
                        query.having(),
                        query.asOf(),
                        query.totals(),
                        query.orderBy(),
                        1,
                        (@Nullable String) null,
                        query.fillGaps());
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    (unpaged + "|" + caller.scope())
                                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The cursor after a row of an answer. */
    static String cursorAfter(Planned.Ready ready, Answer.Row row) {
        var values = new ArrayList<@Nullable Object>();
        for (var term : ready.plan().order()) {
            values.add(
                    switch (term.by()) {
                        case Ordering.By.Time _ -> (Object) row.bucket();
                        case Ordering.By.Key(int index) -> row.keys().get(index);
                        case Ordering.By.Value(int output) -> row.values().get(output).value();
                    });
        }
        return new Cursor(ready.fingerprint(), ready.plan().asOf(), new Position(values)).encode();
    }
}
