package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.ParsedDimension;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.Membership;
import dev.cairn.domain.lowering.TimeContext;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.AnalysisPlan.GroupKey;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.time.Grain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of an answer, which cells are kept, and their order. */
final class Shape {
    private final AnalysisQuery query;
    private final List<GroupKey> keys;
    private final Leaves leaves;
    private final List<Outputs.Shown> shown;
    private final Problems problems;

    /** @param shown the metrics that could be read */
    Shape(AnalysisQuery query, Leaves leaves, List<Outputs.Shown> shown, Problems problems) {
        this.query = query;
        this.keys = keys(query, leaves);
        this.leaves = leaves;
        this.shown = shown;
        this.problems = problems;
    }

    List<GroupKey> keys() {
        return keys;
    }

    private static List<GroupKey> keys(AnalysisQuery query, Leaves leaves) {
        var keys = new ArrayList<GroupKey>();
        for (int at = 0; at < query.groupBy().size(); at++) {
            int index = at;
            var bound =
                    leaves.grouped().stream()
                            .map(scan -> scan.bound().keys().get(index))
                            .filter(key -> !key.type().isBroken())
                            .toList();
            keys.add(
                    new GroupKey(
                            columnOf(query.groupBy().get(at)),
                            bound.stream().map(Expr::type).findFirst().orElse(Type.BROKEN),
                            bound.stream().anyMatch(Exprs::isOfAccount),
                            true));
        }
        if (leaves.grouped().stream().anyMatch(scan -> scan.bound().keys().size() > keys.size())) {
            keys.add(new GroupKey("account of user", Type.TEXT, false, false));
        }
        return keys;
    }

    /** The name that a dimension has in the answer: as it was written, or as it was named. */
    private static String columnOf(String dimension) {
        return FormulaParser.parseDimension(dimension, Place.NOWHERE)
                        instanceof
                        ParsedDimension.Ok(DimensionText.ByFormula(var _, var name, var _))
                ? name
                : dimension;
    }

    /** Time, where there is a time axis, group keys, outputs; two of a name are told. */
    List<Column> columns() {
        var columns = new ArrayList<Column>();
        if (query.grain() != null) {
            var type = query.grain() == Grain.HOUR ? ValueType.TIMESTAMP : ValueType.DATE;
            columns.add(new Column(Planner.TIME, "Time", Role.TIME, type, null, null, null, null));
        }
        for (int at = 0; at < keys.size(); at++) {
            var key = keys.get(at);
            if (key.shown() && !key.type().isBroken()) {
                columns.add(Outputs.dimension(key.column(), label(at), key.type()));
                var kind = Outputs.keyKind(key.column());
                boolean hasOther = query.top() != null && query.top().other();
                if ((hasOther || isAmbiguous(at)) && !columns.contains(kind)) {
                    columns.add(kind);
                }
            }
        }
        shown.forEach(output -> columns.addAll(output.columns()));
        var seen = new HashSet<String>();
        for (var column : columns) {
            if (!seen.add(column.key())) {
                problems.add(
                        Problem.of(
                                ProblemCode.CONFLICT,
                                Place.of(column.role() == Role.MEASURE ? "metrics" : "groupBy"),
                                "Two columns are called '%s'; give one of them another name.",
                                column.key()));
            }
        }
        return columns;
    }

    /** A key that reads aggregates of accounts says of when they are. */
    private String label(int key) {
        var column = keys.get(key).column();
        for (var scan : leaves.grouped()) {
            var read = scan.bound().keys().get(key);
            var own = scan.inner();
            var times =
                    Exprs.leavesIn(read).stream()
                            .sorted()
                            .map(leaf -> own.key(own.leaf(leaf).scan()).time().window())
                            .map(this::words)
                            .distinct()
                            .toList();
            if (!times.isEmpty()) {
                return Membership.isOne(read)
                        ? "%s (at the end of the %s)".formatted(column, bucket())
                        : "%s (of each account, %s)".formatted(column, String.join(", ", times));
            }
        }
        return column;
    }

    private String words(TimeContext.@Nullable Window window) {
        return switch (window) {
            case null -> "in the " + bucket();
            case TimeContext.Window.At at -> at.text();
            default -> "over " + window.text();
        };
    }

    private String bucket() {
        return query.grain() == null ? "range" : "bucket";
    }

    /** Whether no value of a key may be either no value or no account: a record has one place for both. */
    private boolean isAmbiguous(int key) {
        return keys.get(key).ofAccount()
                && leaves.grouped().stream().anyMatch(scan -> mayBeEmpty(key, scan, false))
                && leaves.grouped().stream().anyMatch(scan -> mayBeEmpty(key, scan, true));
    }

    /** @param known whether of rows of an account, or of those of none */
    private static boolean mayBeEmpty(int key, Leaves.Grouped scan, boolean known) {
        var bound = scan.bound();
        var read = bound.keys().get(key);
        var account = new Expr.Key(EntityRef.ACCOUNT);
        var emptiness =
                new Emptiness(scan.scan().relation().emptiness().known(), scan.inner()::mayBeEmpty)
                        .given(bound.where());
        return known
                ? emptiness.given(Exprs.isKnown(EntityRef.ACCOUNT)).mayBeEmpty(read)
                : emptiness.mayBeEmpty(account) && emptiness.mayBeEmpty(read);
    }

    /** What is computed may be without a value in any cell: outside the coverage a count is. */
    Expr having() {
        if (query.having() == null) {
            return Expr.TRUE;
        }
        var names =
                new Filters.Names(
                        (name, place) -> output(name, place),
                        _ -> false,
                        value ->
                                Exprs.leavesIn(value).stream()
                                        .anyMatch(leaf -> leaves.leaf(leaf).mayLackRate()));
        return new Filters(query.zone(), names, new Emptiness(Set.of(), _ -> true), problems::add)
                .lower(query.having(), Place.of("having"));
    }

    private Expr output(String name, Place place) {
        var output = shown.stream().filter(found -> found.column().key().equals(name)).findFirst();
        if (output.isPresent()) {
            return output.get().output().value();
        }
        if (name.equals(Planner.TIME) || isKey(name)) {
            problems.add(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            place,
                            name.equals(Planner.TIME)
                                    ? "'%s' is not computed; it is limited by the range of the question."
                                    : "'%s' is not computed; a condition on it goes into 'where'.",
                            name));
        } else if (!isUnreadable(name)) {
            unknownColumn(name, place);
        }
        return Expr.BROKEN;
    }

    private boolean isKey(String name) {
        return query.groupBy().stream().anyMatch(asked -> columnOf(asked).equals(name));
    }

    /** Whether it is the column of a metric that has a problem of its own, which is told. */
    private boolean isUnreadable(String name) {
        return metricColumns().contains(name);
    }

    private List<String> metricColumns() {
        var columns = new ArrayList<String>();
        for (var asked : query.metrics()) {
            columns.add(Outputs.columnOf(asked));
            if (query.compareTo() != null) {
                columns.add(Outputs.columnOf(asked) + Outputs.COMPARED);
            }
        }
        return columns;
    }

    private void unknownColumn(String name, Place place) {
        var known = new ArrayList<String>();
        query.groupBy().forEach(asked -> known.add(columnOf(asked)));
        known.addAll(metricColumns());
        if (query.grain() != null) {
            known.add(Planner.TIME);
        }
        problems.add(
                Problem.of(
                        ProblemCode.UNKNOWN_COLUMN,
                        place,
                        "No column '%s' in the answer; it has %s.",
                        name,
                        String.join(", ", known)),
                name,
                () -> known);
    }

    /** The order asked for, then time and keys, so that no two rows are equal in it. */
    List<Ordering> order() {
        var order = new ArrayList<Ordering>();
        for (int at = 0; at < query.orderBy().size(); at++) {
            var asked = query.orderBy().get(at);
            var place = Place.of("orderBy", Integer.toString(at), "column");
            ordered(asked.column(), place)
                    .filter(by -> order.stream().noneMatch(term -> term.by().equals(by)))
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

    private Optional<Ordering.By> ordered(String column, Place place) {
        if (column.equals(Planner.TIME) && query.grain() != null) {
            return Optional.of(new Ordering.By.Time());
        }
        for (int at = 0; at < keys.size(); at++) {
            if (keys.get(at).shown() && keys.get(at).column().equals(column)) {
                return Optional.of(new Ordering.By.Key(at));
            }
        }
        for (int at = 0; at < shown.size(); at++) {
            if (shown.get(at).column().key().equals(column)) {
                return Optional.of(new Ordering.By.Value(at));
            }
        }
        if (!isUnreadable(column)) {
            unknownColumn(column, place);
        }
        return Optional.empty();
    }
}
