package dev.cairn.domain.plan;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.PerAccount;
import dev.cairn.domain.formula.Function;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan in words, for people. */
public final class PlanWords {
    /** How a leaf, or a share of two, is called. */
    @FunctionalInterface
    public interface Wording {
        Wording BY_NUMBER = PlanWords::number;

        String of(Expr aggregate);
    }

    /** Values that are read in several places, by number. */
    private final Map<Expr.Common, Integer> repeated = new LinkedHashMap<>();

    private final Wording aggregates;
    private final Map<Scan, Long> rows;

    private PlanWords(List<Expr.Common> repeated) {
        this(repeated, Wording.BY_NUMBER, Map.of());
    }

    private PlanWords(List<Expr.Common> repeated, Wording aggregates, Map<Scan, Long> rows) {
        this.aggregates = aggregates;
        this.rows = rows;
        repeated.forEach(common -> this.repeated.put(common, this.repeated.size() + 1));
    }

    public static List<String> of(AnalysisPlan plan) {
        return of(plan, Map.of());
    }

    /** @param rows that scans are expected to read; of one that is not in it nothing is said */
    public static List<String> of(AnalysisPlan plan, Map<Scan, Long> rows) {
        var exprs = new ArrayList<Expr>();
        collect(plan.cells(), exprs);
        collect(plan.tallies().counts(), exprs);
        plan.outputs().forEach(output -> exprs.add(output.value()));
        exprs.add(plan.having());
        return new PlanWords(Exprs.repeatedIn(exprs), Wording.BY_NUMBER, rows).steps(plan);
    }

    /** A number of rows that is an estimate: two of its digits say something. */
    public static String about(long rows) {
        return String.format(
                Locale.ROOT,
                "%,d",
                new BigDecimal(rows).round(new MathContext(2)).longValueExact());
    }

    private static void collect(Block block, List<Expr> exprs) {
        block.leaves()
                .forEach(leaf -> {
                    exprs.add(leaf.where());
                    exprs.add(leaf.aggregation().value());
                });
        for (var scan : block.scans()) {
            exprs.add(scan.where());
            if (scan.window() != null) {
                exprs.addAll(scan.window().edges());
            }
            collect(scan.relation().own(), exprs);
        }
    }

    private List<String> steps(AnalysisPlan plan) {
        var steps = new ArrayList<String>();
        var whole = plan.time().whole();
        steps.add(
                "Range [%s, %s) in %d bucket%s, as of %s%s"
                        .formatted(
                                whole.start(),
                                whole.end(),
                                plan.time().buckets().size(),
                                plan.time().buckets().size() == 1 ? "" : "s",
                                plan.time().asOf(),
                                plan.time().knownAt() == null
                                        ? ""
                                        : ", of what was known at " + plan.time().knownAt()));
        repeated.forEach((common, number) ->
                steps.add("Let [%d] = %s".formatted(number, words(common.value()))));
        block(plan.time(), plan.cells(), "", null, steps);
        if (!plan.keys().isEmpty()) {
            steps.add(
                    "Group by "
                            + plan.keys().stream()
                                    .map(AnalysisPlan.GroupKey::column)
                                    .collect(Collectors.joining(", ")));
        }
        if (plan.top() != null) {
            steps.add(
                    "Groups: the first %d by '%s' over the whole range%s"
                            .formatted(
                                    plan.top().groups(),
                                    plan.outputs().get(plan.top().output()).column(),
                                    plan.top().other() ? ", the others as one" : ""));
        }
        for (var output : plan.outputs()) {
            steps.add("Column '%s' = %s".formatted(output.column(), words(output.value())));
        }
        if (!plan.having().equals(Expr.TRUE)) {
            steps.add("Keep cells where " + words(plan.having()));
        }
        if (!plan.tallies().counts().leaves().isEmpty()) {
            steps.add("Beside the cells, count " + counted(plan.tallies()));
            block(plan.time(), plan.tallies().counts(), "  ", null, steps);
        }
        plan.kinds().stream().sorted().forEach(kind -> steps.add("Rows: " + kind));
        steps.add(
                "First %d rows%s"
                        .formatted(
                                plan.page().limit(),
                                plan.page().after() == null ? "" : " after the cursor"));
        return steps;
    }

    private static String counted(Tallies tallies) {
        var undecided = "what negations leave undecided";
        var weightless = "rows without a weight";
        return tallies.weightless().isEmpty()
                ? undecided
                : tallies.undecided().isEmpty() ? weightless : undecided + " and " + weightless;
    }

    /** @param of whose rows the block is read for; null: it is of cells */
    private void block(
            Timeline time, Block block, String around, @Nullable Relation of, List<String> steps) {
        for (int at = 0; at < block.scans().size(); at++) {
            var scan = block.scans().get(at);
            String indent = of == null ? around : around + own(of, scan);
            steps.add(indent + "Read " + scan(time, scan));
            var inner =
                    scan.relation() instanceof Relation.Ticks(var units, _) ? units.time() : time;
            block(inner, scan.relation().own(), indent, scan.relation(), steps);
            for (int index = 0; index < block.leaves().size(); index++) {
                var leaf = block.leaves().get(index);
                if (leaf.scan() == at) {
                    steps.add(
                            "%s  #%d = %s%s"
                                    .formatted(
                                            indent,
                                            index,
                                            words(leaf.aggregation()),
                                            where(leaf.where())));
                }
            }
        }
    }

    private String scan(Timeline time, Scan scan) {
        String stretches =
                scan.window() == null
                        ? stretches(time, time.reaches().get(scan.reach()))
                        : words(scan.window());
        String where =
                where(scan.where())
                        + stretches
                        + (scan.inUnits() == null
                                ? ""
                                : ", in each of " + words(scan.inUnits().units()))
                        + together(scan)
                        + read(scan);
        return switch (scan.relation()) {
            case Relation.Facts(var source, var placing, _, var derived) ->
                    "%s of %s %s%s"
                            .formatted(
                                    word(derived), source, words(placing) + words(derived), where);
            case Relation.Members(var entity, var pairs, _) when pairs != null ->
                    "pairs: each %s with each %s of its facts of %s%s %s%s"
                            .formatted(
                                    entity.name(),
                                    words(pairs.values()),
                                    pairs.source(),
                                    where(pairs.where()),
                                    words(pairs.placing()),
                                    where);
            case Relation.Members(var entity, _, _) ->
                    "members: each %s that exists %s%s"
                            .formatted(
                                    entity.name(),
                                    stretches.isEmpty() ? "in the bucket" : "then",
                                    where);
            case Relation.Ticks(var units, _) ->
                    "units of time: %s%s%s"
                            .formatted(
                                    words(units),
                                    scan.window() == null ? "" : words(scan.window()),
                                    where);
        };
    }

    private String where(Expr condition) {
        return condition.equals(Expr.TRUE) ? "" : " where " + words(condition);
    }

    /** As of when its keys read attributes that have a history, and how many rows there are. */
    private String read(Scan scan) {
        var dated =
                scan.kept().stream()
                        .filter(key ->
                                Exprs.any(
                                        key,
                                        part ->
                                                part instanceof Expr.Attribute attribute
                                                        && attribute.asOf() != null))
                        .map(this::words)
                        .toList();
        long about = rows.getOrDefault(scan, 0L);
        return (dated.isEmpty() ? "" : ", by " + String.join(", ", dated))
                + (about == 0 ? "" : ", about %s rows".formatted(about(about)));
    }

    /** Which time is read, where it is not the bucket itself: for the first bucket and for the last. */
    private static String stretches(Timeline time, Reach reach) {
        if (reach.equals(Reach.ofBuckets(time.buckets(), time.whole()))) {
            return "";
        }
        if (reach.ofBuckets().isEmpty()) {
            return "";
        }
        var first = reach.ofBuckets().getFirst();
        var last = reach.ofBuckets().getLast();
        return reach.ofBuckets().size() == 1
                ? ", of " + words(first)
                : ", for the first bucket of %s, for the last of %s"
                        .formatted(words(first), words(last));
    }

    private static String words(Units units) {
        var all = units.time().buckets();
        return all.isEmpty()
                ? "none"
                : "%d from [%s, %s) to [%s, %s)"
                        .formatted(
                                all.size(),
                                all.getFirst().start(),
                                all.getFirst().end(),
                                all.getLast().start(),
                                all.getLast().end());
    }

    private String words(SubjectWindow window) {
        return ", from %s until %s%s"
                .formatted(
                        words(window.start().at()),
                        words(window.end().at()),
                        window.cuts().isEmpty() ? "" : ", in tiles counted back from its end");
    }

    private static String words(Stretch stretch) {
        return stretch.start() == null
                ? "all before " + stretch.end()
                : "[%s, %s)".formatted(stretch.start(), stretch.end());
    }

    private static String together(Scan scan) {
        if (scan.dropped().isEmpty()) {
            return "";
        }
        return scan.dropped().size() == scan.keys().size()
                ? ", for all groups together"
                : scan.dropped().stream()
                        .sorted()
                        .map(key -> "key " + (key + 1))
                        .collect(Collectors.joining(" and ", ", for all groups of ", " together"));
    }

    private static String word(@Nullable Derived derived) {
        return switch (derived) {
            case null -> "facts";
            case Attempts _ -> "attempts";
            case Touches _ -> "touches";
            case Changes _ -> "changes";
        };
    }

    private String words(@Nullable Derived derived) {
        return switch (derived) {
            case null -> "";
            case Attempts attempts -> words(attempts);
            case Touches touches -> words(touches);
            case Changes changes -> words(changes);
        };
    }

    private String words(Changes changes) {
        return " (of the sum of %s of the %s over %s, in force from %s until %s%s)"
                .formatted(
                        words(changes.value()),
                        changes.per().name(),
                        words(changes.rows(), Expr.TRUE),
                        words(changes.rows().time()),
                        words(changes.until()),
                        changes.gap() == null
                                ? ""
                                : ", but for gaps before " + words(changes.gap()));
    }

    private String words(Touches touches) {
        var same = touches.earlier().same();
        return " (each %s, with the latest %s of the %s before%s%s)"
                .formatted(
                        words(touches.later().rows(), Expr.TRUE),
                        words(touches.earlier().rows(), Expr.TRUE),
                        touches.per().name(),
                        touches.end() == null
                                ? ""
                                : ", whose " + words(touches.end()) + " is after",
                        same.isEmpty() ? "" : ", of the same " + words(same));
    }

    /** What the steps are, and which attempts there are. */
    private String words(Attempts attempts) {
        var steps =
                attempts.steps().stream()
                        .map(step -> words(attempts.input(step), step.where()))
                        .collect(
                                Collectors.joining(
                                        switch (attempts.order()) {
                                            case LOOSE -> ", then ";
                                            case STRICT -> ", next ";
                                            case UNORDERED -> ", in any order ";
                                        }));
        var same = attempts.steps().getFirst().same();
        return " (%s; before %s%s%s; %s of each %s%s)"
                .formatted(
                        steps,
                        words(attempts.end().at()),
                        attempts.inclusive() ? " or then" : "",
                        same.isEmpty() ? "" : ", of the same " + words(same),
                        switch (attempts.choice()) {
                            case FIRST -> "the first";
                            case ANY -> "the one that gets furthest";
                        },
                        attempts.per().name(),
                        attempts.without().stream()
                                .map(none -> ", without " + words(attempts, none))
                                .collect(Collectors.joining()));
    }

    private String words(Attempts attempts, Attempts.Without none) {
        return "%s between steps %d and %d"
                .formatted(
                        words(attempts.inputs().get(none.input()), none.where()),
                        none.from(),
                        none.to());
    }

    private String words(Attempts.Input input, Expr where) {
        var all = Expr.and(input.where(), where);
        return "%s by %s%s"
                .formatted(
                        input.source(),
                        input.time().name(),
                        all.equals(Expr.TRUE) ? "" : " where " + words(all));
    }

    private static String words(Placing placing) {
        return switch (placing) {
            case Placing.At(var time) -> "by " + time.name();
            case Placing.ValidAt(var validity, var edge) ->
                    "valid at the %s (%s)"
                            .formatted(
                                    switch (edge) {
                                        case START -> "start";
                                        case END -> "end";
                                    },
                                    words(validity));
            case Placing.ValidDuring(var validity, var always) ->
                    always ? "always" : "valid during (%s)".formatted(words(validity));
        };
    }

    private static String words(Placing.Validity validity) {
        return "%s until %s".formatted(validity.from().name(), validity.until().name());
    }

    public static String text(Aggregation aggregation) {
        return new PlanWords(List.of()).words(aggregation);
    }

    private String words(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count _ -> "count";
            case Aggregation.Exists _ -> "exists";
            case Aggregation.OfWindow(var standing) ->
                    switch (standing) {
                        case PENDING -> "whether the window is not over";
                        case BEFORE_DATA -> "whether the window is before the data";
                        case BEGINS_BEFORE_DATA -> "whether the window begins before the data";
                    };
            case Aggregation.Distinct(var value, var account) ->
                    "distinct "
                            + words(value)
                            + (account.equals(Expr.NONE) ? "" : " of each account");
            case Aggregation.Sum(var value) -> "sum of " + words(value);
            case Aggregation.Average(var value) -> "average of " + words(value);
            case Aggregation.Minimum(var value) -> "least " + words(value);
            case Aggregation.Maximum(var value) -> "greatest " + words(value);
            case Aggregation.Percentile(var value, var fraction, var discrete) ->
                    "percentile %s%s of %s"
                            .formatted(fraction, discrete ? " (discrete)" : "", words(value));
            case Aggregation.StandardDeviation(var value) ->
                    "standard deviation of " + words(value);
            case Aggregation.Weighted(var of, var weight) ->
                    "%s weighted by %s".formatted(words(of), words(weight));
            case Aggregation.ClusteredError(var value, var weight, var cluster) ->
                    "standard error of the mean of %s weighted by %s, by %s"
                            .formatted(words(value), words(weight), words(cluster));
            case Aggregation.Survival(var value, var ended, var share) ->
                    "least %s by which %s of the rows have ended (where %s)"
                            .formatted(words(value), share.toPlainString(), words(ended));
            case Aggregation.LifeTable(var value, var ended) ->
                    "how many rows have which %s, ended (where %s) or not"
                            .formatted(words(value), words(ended));
            case Aggregation.IntervalEnd(var of, var upper) ->
                    "%s end of the interval of %s".formatted(upper ? "upper" : "lower", words(of));
            case Aggregation.First(var value, var order) ->
                    "first %s by %s".formatted(words(value), words(order));
            case Aggregation.Last(var value, var order) ->
                    "last %s by %s".formatted(words(value), words(order));
        };
    }

    private static String own(Relation relation, Scan read) {
        return switch (relation) {
            case Relation.Facts _, Relation.Members _ when read.ledToBy().isPresent() ->
                    "  for each, of what it leads to by %s: "
                            .formatted(read.ledToBy().orElseThrow());
            case Relation.Facts _, Relation.Members _ when read.isOfGroup() ->
                    "  for the group of each: ";
            case Relation.Facts _ ->
                    read.toRow()
                            .map(hop -> "  for each, by the link %s to it: ".formatted(hop.link()))
                            .orElse("  for the account of each: ");
            case Relation.Members _, Relation.Ticks _ -> "  for each: ";
        };
    }

    private String words(List<Expr> order) {
        return order.stream().map(this::words).collect(Collectors.joining(", "));
    }

    /** An expression in words; leaves by their number. */
    public static String text(Expr expr) {
        return new PlanWords(Exprs.repeatedIn(List.of(expr))).words(expr);
    }

    /**
     * An expression in words.
     *
     * @param aggregates how leaves are called
     */
    public static String text(Expr expr, Wording aggregates) {
        return new PlanWords(List.of(), aggregates, Map.of()).words(expr);
    }

    /** A leaf by its number. */
    private static String number(Expr aggregate) {
        return switch (aggregate) {
            case Expr.LeafValue(int leaf, _) -> "#" + leaf;
            case Expr.Share(var matching, var rows) ->
                    "share %s of %s".formatted(number(matching), number(rows));
            default -> throw new IllegalArgumentException("no aggregate: " + aggregate);
        };
    }

    private static String moment(@Nullable AsOf asOf) {
        return asOf == null ? "" : " as of " + asOf.word();
    }

    private String words(Expr expr) {
        return switch (expr) {
            case Expr.Literal(var value, _) ->
                    value instanceof String string
                            ? "'" + string.replace("'", "''") + "'"
                            : value == null ? "none" : value.toString();
            case Expr.Field(_, var name, _) -> name;
            case Expr.Linked linked ->
                    linked.text()
                            + (linked.end() instanceof Expr.Attribute end
                                    ? moment(end.asOf())
                                    : "");
            case Expr.Attribute(var entity, var name, _, var asOf) ->
                    entity.name() + "." + name + moment(asOf);
            case Expr.Key(var entity) -> entity.name();
            case Expr.Start(var entity, _) -> "start of " + entity.name();
            case Expr.InPeriods(var date, var periods, var part) ->
                    switch (part) {
                        case START -> "trunc(%s, %s)".formatted(words(date), periods.text());
                        case BEGINNING ->
                                "start of %s number %s".formatted(periods.text(), words(date));
                        case NUMBER -> "number of %s(%s)".formatted(periods.text(), words(date));
                    };
            case Expr.LeafValue _, Expr.Share _ -> aggregates.of(expr);
            case Expr.Rank(var value) -> "rank(%s)".formatted(words(value));
            case Expr.TimeEdge(var of, var end, _, _) ->
                    switch (of) {
                        case BUCKET -> "bucket." + (end ? "end" : "start");
                        case WINDOW -> "window." + (end ? "end" : "start");
                        case AS_OF, RULE -> "asof";
                    };
            case Expr.Arithmetic(var operator, var left, var right, _) ->
                    "(%s %s %s)".formatted(words(left), operator.symbol(), words(right));
            case Expr.Negate(var operand) -> "-" + words(operand);
            case Expr.Compare(var comparator, var left, var right) ->
                    "%s %s %s".formatted(words(left), comparator.symbol(), words(right));
            case Expr.Is(var left, var right) -> "%s is %s".formatted(words(left), words(right));
            case Expr.And(var left, var right) ->
                    "(%s and %s)".formatted(words(left), words(right));
            case Expr.Or(var left, var right) -> "(%s or %s)".formatted(words(left), words(right));
            case Expr.Not(var operand) -> "not (%s)".formatted(words(operand));
            case Expr.In(var operand, var values) ->
                    values.size() > 10
                            ? "%s in (%d values)".formatted(words(operand), values.size())
                            : "%s in (%s)"
                                    .formatted(
                                            words(operand),
                                            values.stream()
                                                    .map(this::words)
                                                    .collect(Collectors.joining(", ")));
            case Expr.Case whole when PerAccount.entityOf(whole).isPresent() -> {
                var entity = PerAccount.entityOf(whole).get();
                yield "per(%s : %s)"
                        .formatted(
                                entity.name(),
                                words(PerAccount.valueOf(entity, whole).orElseThrow()));
            }
            case Expr.Case(var arms, var otherwise, _) ->
                    "case %s else %s end"
                            .formatted(
                                    arms.stream()
                                            .map(arm ->
                                                    "when %s then %s"
                                                            .formatted(
                                                                    words(arm.condition()),
                                                                    words(arm.result())))
                                            .collect(Collectors.joining(" ")),
                                    words(otherwise));
            case Expr.Call(var function, var arguments, _) when function == Function.IF_ENOUGH ->
                    "(%s where %s >= %s)"
                            .formatted(
                                    words(arguments.getFirst()),
                                    words(arguments.get(1)),
                                    words(arguments.getLast()));
            case Expr.Call(var function, var arguments, _) ->
                    "%s(%s)"
                            .formatted(
                                    function.word(),
                                    arguments.stream()
                                            .map(this::words)
                                            .collect(Collectors.joining(", ")));
            case Expr.Convert convert ->
                    "convert(%s, '%s')%s as of %s"
                            .formatted(
                                    words(convert.amount()),
                                    convert.to(),
                                    convert.isThrough() ? " through " + convert.rates().to() : "",
                                    convert.asOf().word());
            case Expr.Common common ->
                    repeated.containsKey(common)
                            ? "[%d]".formatted(repeated.get(common))
                            : words(common.value());
        };
    }
}
