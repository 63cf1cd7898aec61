package dev.cairn.application.port;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Changes;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Touches;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an engine answers exactly. A question that needs more is refused before anything runs. */
public record Capabilities(Set<Construct> constructs) {
    public static final Capabilities ALL = new Capabilities(EnumSet.allOf(Construct.class));

    public Capabilities {
        constructs = Set.copyOf(constructs);
    }

    /** What engines differ in; everything else in a plan every engine answers. */
    public enum Construct {
        /** Accounts and users as rows, with or without facts. */
        MEMBERS("accounts and users as relations"),
        /** What is read for each account is read for each user first. */
        NESTED_MEMBERS("relations of users inside of accounts"),
        PAIRS("accounts and users split by values ('account by ...')"),
        DISTINCT("distinct counts"),
        PERCENTILES("medians and percentiles"),
        STANDARD_DEVIATIONS("standard deviations"),
        /** Percentiles and standard deviations of rows that count for their weight. */
        WEIGHTED("weighted percentiles and standard deviations"),
        CLUSTERED("errors of rows that vary together by account"),
        SURVIVAL("the time by which a share of rows has ended"),
        FIRST_AND_LAST("first and last values"),
        /** By code point, whatever the engine's language. */
        EXTREMES_OF_TEXT("least and greatest texts"),
        PATTERNS("patterns ('matches')"),
        /** By the rules of the zone in the plan. */
        LOCAL_TIME("local time of instants"),
        /** Other time than the bucket: windows overlap. */
        WINDOWS("windows and buckets before or after"),
        /** Rows that hold for a time: valid at an edge of what is read, or during it. */
        VALIDITY("rows that are valid at a time ('at', 'during')"),
        /** Days, weeks and tiles as rows, with or without facts. */
        UNITS_OF_TIME("units of time as relations"),
        ATTEMPTS("attempts at sequences of steps"),
        TOUCHES("later rows with the latest earlier ones"),
        CHANGES("changes of a sum over rows that hold for a time"),
        TOTALS("totals"),
        LATER_PAGES("pages after the first");

        private final String words;

        Construct(String words) {
            this.words = words;
        }
    }

    /** Everything but this. */
    public static Capabilities without(Construct... missing) {
        var constructs = EnumSet.allOf(Construct.class);
        constructs.removeAll(Set.of(missing));
        return new Capabilities(constructs);
    }

    /** What a plan needs beyond them, each construct once for each metric; empty where the plan can be answered. */
    public List<Problem> refusals(AnalysisPlan plan) {
        var problems = new ArrayList<Problem>();
        for (int at = 0; at < plan.outputs().size(); at++) {
            problems.addAll(
                    refusals(
                            needs(plan.outputs().get(at), plan),
                            Place.of("metrics", Integer.toString(at)),
                            "'" + plan.outputs().get(at).column() + "'"));
        }
        problems.addAll(refusals(needsOfAll(plan), Place.NOWHERE, "The question"));
        return problems;
    }

    /**
     * For an executor to call before it does anything.
     *
     * @throws Exceeded where the plan needs more
     */
    public void require(AnalysisPlan plan) {
        var refusals = refusals(plan);
        if (!refusals.isEmpty()) {
            throw new Exceeded(refusals);
        }
    }

    /** A plan was executed that its engine cannot answer exactly; nothing has run. */
    public static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<Problem> problems;

        Exceeded(List<Problem> problems) {
            super(problems.stream().map(Problem::message).collect(Collectors.joining(" ")));
            this.problems = List.copyOf(problems);
        }

        public List<Problem> problems() {
            return problems;
        }
    }

    private List<Problem> refusals(Collection<Construct> needs, Place place, String what) {
        return needs.stream()
                .filter(construct -> !constructs.contains(construct))
                .map(construct ->
                        Problem.of(
                                ProblemCode.UNSUPPORTED,
                                place,
                                "%s needs %s, which the engine of this service does not answer exactly.",
                                what,
                                construct.words))
                .toList();
    }

    private static Set<Construct> needs(Output output, AnalysisPlan plan) {
        var found = EnumSet.noneOf(Construct.class);
        add(output.value(), found);
        Exprs.leavesIn(output.value()).stream()
                .map(plan.leaves()::get)
                .forEach(leaf -> {
                    add(leaf, found);
                    addRead(plan.scans().get(leaf.scan()), false, found);
                });
        return found;
    }

    private static Set<Construct> needsOfAll(AnalysisPlan plan) {
        var found = EnumSet.noneOf(Construct.class);
        plan.scans().forEach(scan -> addConditions(scan, found));
        plan.tallies().counts().scans().forEach(scan -> addScan(scan, found));
        plan.tallies().counts().leaves().forEach(leaf -> add(leaf, found));
        add(plan.having(), found);
        if (plan.kinds().stream().anyMatch(kind -> kind != RowKind.CELL)) {
            found.add(Construct.TOTALS);
        }
        if (plan.page().after() != null) {
            found.add(Construct.LATER_PAGES);
        }
        return found;
    }

    private static void addScan(Scan scan, Set<Construct> found) {
        addConditions(scan, found);
        addRead(scan, false, found);
    }

    private static void addRead(Scan scan, boolean within, Set<Construct> found) {
        if (scan.reach() > 0 || scan.window() != null) {
            found.add(Construct.WINDOWS);
        }
        add(scan.relation(), within, found);
    }

    private static void addConditions(Scan scan, Set<Construct> found) {
        add(scan.where(), found);
        scan.keys().forEach(key -> add(key, found));
    }

    private static void add(Relation relation, boolean within, Set<Construct> found) {
        switch (relation) {
            case Relation.Facts(_, var placing, _, var derived) -> {
                add(placing, found);
                switch (derived) {
                    case null -> {}
                    case Attempts _ -> found.add(Construct.ATTEMPTS);
                    case Touches _ -> found.add(Construct.TOUCHES);
                    case Changes _ -> found.add(Construct.CHANGES);
                }
                relation.ofDerived().forEach(expr -> add(expr, found));
            }
            case Relation.Members(_, var pairs, _) -> {
                found.add(within ? Construct.NESTED_MEMBERS : Construct.MEMBERS);
                if (pairs != null) {
                    found.add(Construct.PAIRS);
                    add(pairs.placing(), found);
                    pairs.expressions().forEach(expr -> add(expr, found));
                }
            }
            case Relation.Ticks _ -> found.add(Construct.UNITS_OF_TIME);
        }
        for (var scan : relation.own().scans()) {
            addConditions(scan, found);
            addRead(scan, true, found);
        }
        relation.own().leaves().forEach(leaf -> add(leaf, found));
    }

    private static void add(Placing placing, Set<Construct> found) {
        switch (placing) {
            case Placing.At _ -> {}
            case Placing.ValidAt _, Placing.ValidDuring _ -> found.add(Construct.VALIDITY);
        }
    }

    private static void add(Leaf leaf, Set<Construct> found) {
        add(leaf.where(), found);
        add(leaf.aggregation().value(), found);
        leaf.aggregation().besides().forEach(expr -> add(expr, found));
        switch (leaf.aggregation()) {
            case Aggregation.Distinct _ -> found.add(Construct.DISTINCT);
            case Aggregation.Percentile _ -> found.add(Construct.PERCENTILES);
            case Aggregation.IntervalEnd(var of, _) ->
                    found.add(
                            of instanceof Aggregation.Survival
                                    ? Construct.SURVIVAL
                                    : Construct.PERCENTILES);
            case Aggregation.StandardDeviation _ -> found.add(Construct.STANDARD_DEVIATIONS);
            case Aggregation.Weighted _ -> found.add(Construct.WEIGHTED);
            case Aggregation.ClusteredError _ -> found.add(Construct.CLUSTERED);
            case Aggregation.Survival _, Aggregation.LifeTable _ -> found.add(Construct.SURVIVAL);
            case Aggregation.First _, Aggregation.Last _ -> found.add(Construct.FIRST_AND_LAST);
            case Aggregation.Minimum(var value) -> addExtreme(value, found);
            case Aggregation.Maximum(var value) -> addExtreme(value, found);
            case Aggregation.Count _,
                    Aggregation.Exists _,
                    Aggregation.OfWindow _,
                    Aggregation.Sum _,
                    Aggregation.Average _ -> {}
        }
    }

    private static void addExtreme(Expr value, Set<Construct> found) {
        if (value.type().kind() == Type.Kind.TEXT) {
            found.add(Construct.EXTREMES_OF_TEXT);
        }
    }

    private static void add(Expr expr, Set<Construct> found) {
        Exprs.any(
                expr,
                part -> {
                    if (part instanceof Expr.Call(var function, _, _)) {
                        add(function, found);
                    }
                    return false;
                });
    }

    private static void add(Function function, Set<Construct> found) {
        switch (function) {
            case MATCHES -> found.add(Construct.PATTERNS);
            case HOUR_OF_DAY, HOUR_START, LOCAL_DATE, DAY_START, MOVED ->
                    found.add(Construct.LOCAL_TIME);
            case COALESCE,
                    HAS_WEIGHT,
                    IF_ENOUGH,
                    LEAST,
                    GREATEST,
                    ABS,
                    ROUND,
                    SQRT,
                    POWER,
                    LN,
                    LOWER,
                    CONTAINS,
                    STARTS,
                    HOURS,
                    DAYS,
                    MINUTES,
                    CONCAT,
                    KEY,
                    KEY_PART,
                    TRIM,
                    DATE,
                    TRUNC,
                    WEEKDAY,
                    DAY_OF_MONTH,
                    DAY_OF_YEAR,
                    MONTH_OF_YEAR,
                    QUARTER_OF_YEAR,
                    CALENDAR_YEAR -> {}
        }
    }
}
