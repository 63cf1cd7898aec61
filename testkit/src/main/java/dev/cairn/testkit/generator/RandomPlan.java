package dev.cairn.testkit.generator;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.AnalysisPlan.GroupKey;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Page;
import dev.cairn.domain.plan.Pairs;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Tallies;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Generates plans over a {@link PlanWorld}, also plans that no formula leads to: an executor answers any sound plan. */
public final class RandomPlan {
    private static final int DEPTH = 3;
    private static final int REACHES = 4;
    private static final String TERM = "term";
    private static final String ACCOUNT = "account";
    private static final String USER = "user";
    private final Random random;
    private final List<Rows> rows = new ArrayList<>();
    private boolean byInstant = true;
    private List<Reach> reaches = List.of();

    private RandomPlan(Random random) {
        this.random = random;
    }

    public static AnalysisPlan of(long seed) {
        return new RandomPlan(new Random(seed)).next();
    }

    private AnalysisPlan next() {
        byInstant = random.nextBoolean();
        var calendar =
                new BusinessCalendar(
                        ZoneId.of(one(List.of("UTC", "Europe/Berlin", "America/Los_Angeles"))));
        var from = day();
        var range = calendar.between(from, from.plusDays(random.nextInt(1, 20)));
        var whole = calendar.whole(range);
        boolean timeAxis = random.nextInt(3) > 0;
        List<Bucket> buckets =
                timeAxis
                        ? calendar.buckets(range, one(List.of(Grain.DAY, Grain.WEEK, Grain.MONTH)))
                        : List.of(whole);
        var asOf =
                random.nextInt(3) > 0
                        ? Instant.parse("2026-07-01T00:00:00Z")
                        : calendar.startOf(day()).plusSeconds(random.nextInt(2) * 40_000L);
        reaches = new RandomReaches(random, calendar, buckets, whole).of(REACHES);
        var keys = keys();
        var scans = new ArrayList<Scan>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            scans.add(scan(keys, 2));
        }
        var leaves = leaves(scans, random.nextInt(1, 7));
        var outputs = outputs(leaves);
        var kinds = EnumSet.of(RowKind.CELL);
        for (RowKind kind : RowKind.values()) {
            boolean isOther = kind.hasGroups() || !keys.isEmpty();
            if (random.nextBoolean()
                    && isOther
                    && (kind.hasTime() || timeAxis || kind == RowKind.GRAND_TOTAL)) {
                kinds.add(kind);
            }
        }
        var cell = new RandomExprs(random, leafValues(leaves));
        return new AnalysisPlan(
                new Timeline(
                        buckets, timeAxis, whole, asOf, calendar.dateEndOf(asOf), null, reaches),
                keys,
                new Block(scans, leaves),
                outputs,
                kinds,
                random.nextInt(3) > 0 ? Expr.TRUE : cell.of(Kind.BOOLEAN, 2),
                random.nextBoolean(),
                new Page(
                        order(keys, outputs),
                        random.nextBoolean() ? 1000 : random.nextInt(1, 5),
                        null),
                Tallies.NONE);
    }

    /** Half of the scans read the buckets themselves; a start can be read only where there is one. */
    private int reach(Relation relation) {
        int reach = random.nextBoolean() ? 0 : random.nextInt(REACHES);
        boolean readsStart =
                relation instanceof Relation.Facts facts
                        && facts.placing() instanceof Placing.ValidAt(_, var edge)
                        && edge == Placing.Edge.START;
        return readsStart && reaches.get(reach).ofWhole().isFromBeginning() ? 0 : reach;
    }

    private LocalDate day() {
        return PlanWorld.FIRST_DAY.plusDays(random.nextInt(PlanWorld.DAYS));
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private List<GroupKey> keys() {
        var keys = new ArrayList<GroupKey>();
        if (random.nextInt(3) == 0) {
            keys.add(new GroupKey(ACCOUNT, Type.TEXT, random.nextInt(4) > 0, true));
            if (random.nextBoolean()) {
                keys.add(new GroupKey(USER, Type.TEXT, random.nextInt(4) == 0, true));
            }
        }
        for (int i = random.nextInt(3) - keys.size(); i > 0; i--) {
            var kind =
                    one(
                            List.of(
                                    Kind.TEXT,
                                    Kind.TEXT,
                                    Kind.INTEGER,
                                    Kind.DECIMAL,
                                    Kind.BOOLEAN,
                                    Kind.DATE));
            keys.add(new GroupKey("k" + i, new Type(kind, Unit.PLAIN), random.nextBoolean(), true));
        }
        return keys;
    }

    /** A relation with what its rows have. */
    private record Rows(Relation relation, List<Expr> atHand) {}

    private Rows relation(int depth, List<EntityRef> allowed) {
        int kinds = depth > 0 ? 7 : 5;
        return switch (random.nextInt(kinds)) {
            case 3, 4 -> facts(TERM, validity(), depth);
            case 0, 1 ->
                    facts(
                            "event",
                            at("event", byInstant ? one(List.of("at", "due")) : "day"),
                            depth);
            case 2 ->
                    byInstant
                            ? facts("rumour", at("rumour", "heard"), depth)
                            : facts("visit", at("visit", "on"), depth);
            default -> members(one(allowed), depth - 1);
        };
    }

    private Placing at(String source, String time) {
        return new Placing.At(field(source, time, byInstant ? Kind.TIMESTAMP : Kind.DATE));
    }

    private Placing validity() {
        var validity =
                byInstant
                        ? new Placing.Validity(
                                field(TERM, "begun", Kind.TIMESTAMP),
                                field(TERM, "ended", Kind.TIMESTAMP))
                        : new Placing.Validity(
                                field(TERM, "opens", Kind.DATE), field(TERM, "closes", Kind.DATE));
        return random.nextInt(3) == 0
                ? new Placing.ValidDuring(validity)
                : new Placing.ValidAt(validity, one(List.of(Placing.Edge.values())));
    }

    private Rows facts(String source, Placing placing, int depth) {
        var fields = new ArrayList<Expr>();
        switch (source) {
            case "event" -> {
                fields.add(field(source, "at", Kind.TIMESTAMP));
                fields.add(field(source, "due", Kind.TIMESTAMP));
                fields.add(field(source, "day", Kind.DATE));
                fields.add(field(source, "name", Kind.TEXT));
                fields.add(field(source, "amount", Kind.DECIMAL));
                fields.add(field(source, "qty", Kind.INTEGER));
                fields.add(field(source, "ok", Kind.BOOLEAN));
            }
            case "visit" -> {
                fields.add(field(source, "on", Kind.DATE));
                fields.add(field(source, "place", Kind.TEXT));
                fields.add(field(source, "n", Kind.INTEGER));
            }
            case TERM -> {
                fields.add(field(source, "begun", Kind.TIMESTAMP));
                fields.add(field(source, "ended", Kind.TIMESTAMP));
                fields.add(field(source, "opens", Kind.DATE));
                fields.add(field(source, "closes", Kind.DATE));
                fields.add(field(source, "what", Kind.TEXT));
                fields.add(field(source, "fee", Kind.DECIMAL));
            }
            default -> fields.add(field(source, "what", Kind.TEXT));
        }
        addMember(fields, EntityRef.ACCOUNT);
        addMember(fields, EntityRef.USER);
        addEdges(fields);
        var own =
                depth > 0 && random.nextInt(3) == 0
                        ? own(EntityRef.ACCOUNT, depth - 1)
                        : Block.EMPTY;
        fields.addAll(leafValues(own.leaves()));
        return new Rows(new Relation.Facts(source, placing, own), fields);
    }

    private static Expr.Field field(String source, String name, Kind kind) {
        return new Expr.Field(source, name, new Type(kind, Unit.PLAIN));
    }

    private void addMember(List<Expr> atHand, EntityRef entity) {
        atHand.add(new Expr.Key(entity));
        if (entity.isAccount()) {
            atHand.add(new Expr.Attribute(entity, "plan", Type.TEXT));
            atHand.add(new Expr.Attribute(entity, "seats", Type.INTEGER));
            atHand.add(new Expr.Attribute(entity, "fee", Type.DECIMAL));
            atHand.add(new Expr.Attribute(entity, "vip", Type.BOOLEAN));
            atHand.add(new Expr.Attribute(entity, "signed", Type.DATE));
        } else {
            atHand.add(new Expr.Attribute(entity, "role", Type.TEXT));
            atHand.add(new Expr.Attribute(entity, "age", Type.INTEGER));
        }
    }

    private void addEdges(List<Expr> atHand) {
        if (random.nextInt(3) == 0) {
            atHand.add(new Expr.TimeEdge(Expr.TimeEdge.Of.BUCKET, false, Type.TIMESTAMP));
            atHand.add(new Expr.TimeEdge(Expr.TimeEdge.Of.BUCKET, true, Type.TIMESTAMP));
            atHand.add(new Expr.TimeEdge(Expr.TimeEdge.Of.BUCKET, true, Type.DATE));
            atHand.add(new Expr.TimeEdge(Expr.TimeEdge.Of.BUCKET, false, Type.DATE));
        }
    }

    /** What is read for a member; for a user some of it for its account. */
    private Block own(EntityRef entity, int depth) {
        return own(entity, null, depth);
    }

    /** @param pairs that the members are split by, so that some of it is of rows of their values; null: they are not */
    private Block own(EntityRef entity, @Nullable Pairs pairs, int depth) {
        var scans = new ArrayList<Scan>();
        var reads = new ArrayList<Rows>();
        for (int i = random.nextInt(3); i > 0; i--) {
            var of = random.nextInt(4) == 0 ? EntityRef.ACCOUNT : entity;
            var inner = of.isAccount() ? EntityRef.BUILT_IN : List.of(EntityRef.USER);
            var read = relation(depth, inner);
            reads.add(read);
            scans.add(
                    new Scan(
                            read.relation(),
                            reach(read.relation()),
                            new RandomExprs(random, read.atHand()).condition(1),
                            owner(of, entity, pairs, read.relation())));
        }
        return scans.isEmpty()
                ? Block.EMPTY
                : new Block(scans, leavesOver(scans, reads, random.nextInt(1, 4)));
    }

    private List<Expr> owner(EntityRef of, EntityRef entity, @Nullable Pairs pairs, Relation read) {
        var values =
                pairs != null
                                && of.equals(entity)
                                && read instanceof Relation.Facts(var source, _, _, _)
                                && source.equals(pairs.source())
                        ? pairs.values()
                        : List.<Expr>of();
        return Stream.concat(Stream.<Expr>of(new Expr.Key(of)), values.stream()).toList();
    }

    /** Values by which members are split; null: each is one row. */
    private @Nullable Pairs pairs() {
        if (random.nextInt(3) > 0) {
            return null;
        }
        var rows = facts("event", at("event", byInstant ? "at" : "day"), 0);
        var values =
                List.<Expr>of(
                        field("event", "name", Kind.TEXT),
                        field("event", "ok", Kind.BOOLEAN),
                        field("event", "amount", Kind.DECIMAL));
        int first = random.nextInt(values.size());
        return new Pairs(
                "event",
                ((Relation.Facts) rows.relation()).placing(),
                new RandomExprs(random, rows.atHand()).condition(1),
                values.subList(first, random.nextInt(first, values.size()) + 1));
    }

    private Rows members(EntityRef entity, int depth) {
        var pairs = pairs();
        var own = own(entity, pairs, depth);
        var atHand = new ArrayList<>(leafValues(own.leaves()));
        if (pairs != null) {
            atHand.addAll(pairs.fields());
        }
        addMember(atHand, EntityRef.ACCOUNT);
        if (entity.isUser()) {
            addMember(atHand, entity);
        }
        addEdges(atHand);
        return new Rows(new Relation.Members(entity, pairs, own), atHand);
    }

    private Scan scan(List<GroupKey> keys, int depth) {
        var read = relation(depth, EntityRef.BUILT_IN);
        rows.add(read);
        var exprs = new RandomExprs(random, read.atHand());
        var values = keys.stream().map(key -> key(exprs, key, read)).toList();
        return new Scan(
                read.relation(),
                reach(read.relation()),
                exprs.condition(2),
                values,
                random.nextInt(4) == 0 ? dropped(keys.size()) : Set.of());
    }

    private Set<Integer> dropped(int keys) {
        return IntStream.range(0, keys)
                .filter(_ -> random.nextBoolean())
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Users of one key are two rows with the same keys, which only their account tells apart. */
    private static Expr key(RandomExprs exprs, GroupKey key, Rows read) {
        if (key.column().equals(ACCOUNT)) {
            return new Expr.Key(EntityRef.ACCOUNT);
        }
        if (key.column().equals(USER)) {
            return ofUsers(read) ? new Expr.Key(EntityRef.USER) : Expr.NONE;
        }
        Expr expr;
        do {
            expr = exprs.of(key.type().kind(), 1);
        } while (expr.equals(new Expr.Key(EntityRef.USER)));
        return expr;
    }

    private List<Leaf> leaves(List<Scan> scans, int count) {
        return leavesOver(scans, rows.subList(rows.size() - scans.size(), rows.size()), count);
    }

    private List<Leaf> leavesOver(List<Scan> scans, List<Rows> over, int count) {
        var leaves = new ArrayList<Leaf>();
        for (int i = 0; i < count; i++) {
            int scan = random.nextInt(scans.size());
            var exprs = new RandomExprs(random, over.get(scan).atHand());
            var where = exprs.condition(2);
            var aggregation = aggregation(exprs, over.get(scan));
            var leaf =
                    new Leaf(
                            scan,
                            where,
                            aggregation,
                            random.nextInt(4) > 0,
                            type(aggregation),
                            Set.of());
            leaves.add(
                    new Leaf(
                            scan,
                            where,
                            aggregation,
                            leaf.zeroOverNothing(),
                            leaf.type(),
                            readsOf(scans.get(scan), leaf, scans.get(scan).keys()),
                            readsOf(scans.get(scan), leaf, List.of()),
                            false,
                            false,
                            null));
        }
        return leaves;
    }

    /** @param keys what decides which group a row is of */
    private static Set<Read> readsOf(Scan scan, Leaf leaf, List<Expr> keys) {
        var reads = new HashSet<Read>();
        var exprs =
                new ArrayList<>(List.of(scan.where(), leaf.where(), leaf.aggregation().value()));
        exprs.addAll(leaf.aggregation().besides());
        exprs.addAll(keys);
        exprs.forEach(expr -> reads.addAll(readsOf(expr, scan.relation().own().leaves())));
        if (scan.relation() instanceof Relation.Facts(var source, var placing, _, _)) {
            reads.add(new Read(source, placing, scan.reach()));
        }
        if (scan.relation() instanceof Relation.Members(_, var pairs, _) && pairs != null) {
            reads.add(pairs.read(scan.reach()));
        }
        return reads;
    }

    private Aggregation aggregation(RandomExprs exprs, Rows read) {
        return switch (random.nextInt(15)) {
            case 0, 1 -> new Aggregation.Count();
            case 2 -> Aggregation.Distinct.of(exprs.of(exprs.anyKind(), 1));
            case 3 ->
                    Aggregation.Distinct.of(
                            new Expr.Key(
                                    ofUsers(read) ? one(EntityRef.BUILT_IN) : EntityRef.ACCOUNT));
            case 4 -> new Aggregation.Sum(exprs.number(1));
            case 5 -> new Aggregation.Average(exprs.number(1));
            case 6 -> new Aggregation.Minimum(exprs.of(ordered(exprs), 1));
            case 7 -> new Aggregation.Maximum(exprs.of(ordered(exprs), 1));
            case 8 -> new Aggregation.Exists();
            case 9 -> new Aggregation.StandardDeviation(exprs.number(1));
            case 10 -> new Aggregation.First(exprs.of(exprs.anyKind(), 1), order(read));
            case 11 -> new Aggregation.Last(exprs.of(exprs.anyKind(), 1), order(read));
            case 12 -> weighted(exprs);
            case 13 -> random.nextBoolean() ? survival(exprs) : intervalEnd(exprs);
            default -> percentile(exprs);
        };
    }

    private Aggregation survival(RandomExprs exprs) {
        return new Aggregation.Survival(
                exprs.number(1),
                new Expr.Is(exprs.of(Kind.BOOLEAN, 1), Expr.TRUE),
                new BigDecimal(one(List.of("0.5", "0.25", "0.01", "0.9", "1"))));
    }

    private Aggregation intervalEnd(RandomExprs exprs) {
        return new Aggregation.IntervalEnd(
                random.nextBoolean()
                        ? survival(exprs)
                        : new Aggregation.Percentile(
                                exprs.number(1), new BigDecimal(one(List.of("0.5", "0.9"))), false),
                random.nextBoolean());
    }

    private Aggregation weighted(RandomExprs exprs) {
        var number = exprs.number(1);
        var weight =
                new Expr.Call(
                        Function.GREATEST,
                        List.of(number, new Expr.Literal(BigDecimal.ONE, number.type())),
                        number.type());
        var value = exprs.number(1);
        if (random.nextInt(3) == 0) {
            return new Aggregation.ClusteredError(value, weight, new Expr.Key(EntityRef.ACCOUNT));
        }
        return new Aggregation.Weighted(
                switch (random.nextInt(3)) {
                    case 0 -> new Aggregation.StandardDeviation(value);
                    case 1 -> survival(exprs);
                    default ->
                            new Aggregation.Percentile(
                                    value,
                                    new BigDecimal(one(List.of("0.5", "0.9", "0", "1"))),
                                    false);
                },
                weight);
    }

    private List<Expr> order(Rows read) {
        var terms = new ArrayList<>(read.atHand());
        terms.removeIf(term -> term.type().isWild());
        Collections.shuffle(terms, random);
        return terms.subList(0, random.nextInt(3));
    }

    private static boolean ofUsers(Rows read) {
        return read.atHand().contains(new Expr.Key(EntityRef.USER));
    }

    private Kind ordered(RandomExprs exprs) {
        Kind kind;
        do {
            kind = exprs.anyKind();
        } while (kind == Kind.BOOLEAN);
        return kind;
    }

    private Aggregation percentile(RandomExprs exprs) {
        boolean discrete = random.nextBoolean();
        var fraction =
                new BigDecimal(
                        one(List.of("0.5", "0.9", "0.07", "0.55", "0.29", "0", "1", "0.999")));
        return new Aggregation.Percentile(
                discrete ? exprs.of(ordered(exprs), 1) : exprs.number(1), fraction, discrete);
    }

    private static Type type(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count _, Aggregation.Distinct _ -> Type.INTEGER;
            case Aggregation.Exists _, Aggregation.OfWindow _ -> Type.BOOLEAN;
            case Aggregation.Average _, Aggregation.StandardDeviation _ -> Type.DOUBLE;
            case Aggregation.First(var value, _) -> value.type();
            case Aggregation.Last(var value, _) -> value.type();
            case Aggregation.Sum(var value) -> value.type().isWild() ? Type.DECIMAL : value.type();
            case Aggregation.Minimum(var value) -> value.type();
            case Aggregation.Maximum(var value) -> value.type();
            case Aggregation.Percentile(var value, _, var discrete) ->
                    discrete ? value.type() : Type.DOUBLE;
            case Aggregation.Weighted(var of, _) -> type(of);
            case Aggregation.IntervalEnd(var of, _) ->
                    of instanceof Aggregation.Survival
                            ? Type.DOUBLE
                            : type(new Aggregation.Sum(of.value()));
            case Aggregation.ClusteredError _, Aggregation.Survival _ -> Type.DOUBLE;
            case Aggregation.LifeTable _ -> Type.TEXT;
        };
    }

    private static List<Expr> leafValues(List<Leaf> leaves) {
        var values = new ArrayList<Expr>();
        for (int i = 0; i < leaves.size(); i++) {
            values.add(new Expr.LeafValue(i, leaves.get(i).type()));
        }
        return values;
    }

    private List<Output> outputs(List<Leaf> leaves) {
        var outputs = new ArrayList<Output>();
        var exprs = new RandomExprs(random, leafValues(leaves));
        for (int i = 0; i < leaves.size(); i++) {
            var leaf = new Expr.LeafValue(i, leaves.get(i).type());
            outputs.add(
                    new Output(
                            "leaf" + i,
                            leaf,
                            null,
                            null,
                            isCount(leaves.get(i)) ? leaf : null,
                            leaves.get(i).reads()));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            var numerator = exprs.number(1);
            var denominator = exprs.number(1);
            outputs.add(
                    random.nextBoolean()
                            ? output("out" + i, exprs.of(exprs.anyKind(), DEPTH), leaves)
                            : ratio("out" + i, numerator, denominator, leaves));
        }
        for (int i = 1; i < leaves.size(); i++) {
            if (isCount(leaves.get(i)) && isCount(leaves.get(i - 1))) {
                var share =
                        new Expr.Share(
                                new Expr.LeafValue(i - 1, Type.INTEGER),
                                new Expr.LeafValue(i, Type.INTEGER));
                outputs.add(output("share" + i, share, leaves));
            }
        }
        return outputs;
    }

    private static Output output(String column, Expr value, List<Leaf> leaves) {
        return new Output(column, value, null, null, null, readsOf(value, leaves));
    }

    private static Output ratio(
            String column, Expr numerator, Expr denominator, List<Leaf> leaves) {
        var value = new Expr.Arithmetic(Operator.DIVIDE, numerator, denominator, Type.DOUBLE);
        return new Output(column, value, numerator, denominator, null, readsOf(value, leaves));
    }

    private static Set<Read> readsOf(Expr expr, List<Leaf> leaves) {
        var reads = new HashSet<Read>();
        Exprs.leavesIn(expr).forEach(leaf -> reads.addAll(leaves.get(leaf).reads()));
        return reads;
    }

    private static boolean isCount(Leaf leaf) {
        return leaf.aggregation() instanceof Aggregation.Count;
    }

    private List<Ordering> order(List<GroupKey> keys, List<Output> outputs) {
        var order = new ArrayList<Ordering>();
        order.add(new Ordering(new Ordering.By.Time(), random.nextBoolean()));
        for (int i = 0; i < keys.size(); i++) {
            order.add(new Ordering(new Ordering.By.Key(i), random.nextBoolean()));
        }
        if (random.nextBoolean()) {
            order.add(
                    0,
                    new Ordering(
                            new Ordering.By.Value(random.nextInt(outputs.size())),
                            random.nextBoolean()));
        }
        Collections.shuffle(order, random);
        return order;
    }
}
