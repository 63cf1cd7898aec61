package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.with;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.SubjectWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * What is read for each member, or for the account of each fact, in a window of its own: the windows of all of them first, each once, then the facts within
 * them, aggregated by member or fact, and beside both what each window says of itself. Where no window depends on the bucket, this is read once for all
 * buckets.
 *
 * @param own of the rows that it is read for
 * @param leaves of the scan, by index
 */
record SubjectTables(OwnTables own, Scan scan, Map<Integer, Leaf> leaves) {
    private static final Table<?> SUBJECT = DSL.table(name("subject"));
    private static final Table<?> INSIDE = DSL.table(name("inside"));
    private static final Field<Instant> OVER = StoreTables.instant(SUBJECT, "over_at");
    private static final Field<Instant[]> CUTS =
            DSL.field(name(SUBJECT.getName(), "cuts"), SQLDataType.INSTANT.array());

    /** An edge of a window, of the type of the time that it is compared with. */
    static Field<Object> edge(Table<?> windows, String edge, Field<Object> time) {
        return DSL.field(windows.getUnqualifiedName().append(edge), time.getDataType());
    }

    /** Whether neither the windows nor what is asked of the facts in them depends on the bucket. */
    static boolean isSameInAllBuckets(Scan scan) {
        var window = Objects.requireNonNull(scan.window());
        return window.edges().stream().noneMatch(SubjectTables::dependsOnBucket)
                && (isOfUnits(scan) || !dependsOnBucketInside(scan.where()));
    }

    /** Whether units of time are in the windows: all that they read is of them. */
    private static boolean isOfUnits(Scan scan) {
        return scan.relation().areUnits();
    }

    private static boolean dependsOnBucket(Expr expr) {
        return Exprs.any(
                expr, part -> part instanceof Expr.TimeEdge || part instanceof Expr.LeafValue);
    }

    /** Of the facts in windows, whose edges are those of the windows. */
    private static boolean dependsOnBucketInside(Expr expr) {
        return Exprs.any(
                expr,
                part ->
                        part instanceof Expr.LeafValue
                                || (part instanceof Expr.TimeEdge edge && !isOfWindow(edge)));
    }

    static boolean isOfWindow(Expr.TimeEdge edge) {
        return edge.isHere() && edge.of() == Expr.TimeEdge.Of.WINDOW;
    }

    /** An edge of the window that a fact is read in. */
    static Field<?> edge(Expr.TimeEdge edge) {
        return StoreTables.column(SUBJECT, name(nameOf(edge)), edge.type());
    }

    private static String nameOf(Expr.TimeEdge edge) {
        return (edge.end() ? "end" : "start")
                + (edge.type().kind() == Kind.DATE ? "_day" : "_instant");
    }

    /** The edges of windows that are read of the facts in them. */
    private List<Expr.TimeEdge> edgesRead() {
        var found = new LinkedHashSet<Expr.TimeEdge>();
        if (isOfUnits(scan)) {
            return List.of();
        }
        Reads.expressions(scan, List.copyOf(leaves.values()))
                .forEach(expr ->
                        Exprs.any(
                                expr,
                                part -> {
                                    if (part instanceof Expr.TimeEdge edge && isOfWindow(edge)) {
                                        found.add(edge);
                                    }
                                    // Every part is looked at.
                                    return false;
                                }));
        return List.copyOf(found);
    }

    private SubjectWindow window() {
        return Objects.requireNonNull(scan.window());
    }

    private Frame frame() {
        return own.frame();
    }

    private boolean isSingle() {
        return frame().isSingle()
                || (isSameInAllBuckets(scan)
                        && (isOfUnits(scan)
                                || Reads.expressions(scan, List.copyOf(leaves.values()))
                                        .noneMatch(SubjectTables::dependsOnBucketInside)));
    }

    private EntityRef entity() {
        return isOfUsers() ? EntityRef.USER : EntityRef.ACCOUNT;
    }

    private boolean isOfUsers() {
        return OwnTables.isOfUsers(scan);
    }

    private Relation.Facts facts() {
        return (Relation.Facts) scan.relation();
    }

    /** What has the windows, where that is facts or what is made of them; empty where members have them. */
    private Optional<Relation.Facts> ofFacts() {
        boolean areOfRows =
                scan.toRow().isPresent()
                        || window().edges().stream()
                                .anyMatch(edge -> Exprs.any(edge, this::isOfRow));
        return Optional.ofNullable(own.of()).filter(_ -> areOfRows);
    }

    /** Whether it differs between the rows of a member. */
    private boolean isOfRow(Expr part) {
        return switch (part) {
            case Expr.Field _, Expr.Linked _ -> true;
            case Expr.Attribute attribute -> attribute.entity().isUser() && !isOfUsers();
            default -> false;
        };
    }

    /** Whether those that have the windows are made of facts, and told apart by their windows: they have no key. */
    private boolean areMade() {
        return ofFacts().filter(facts -> facts.derived() != null).isPresent();
    }

    /** What the windows of a member differ in, and what is read in them. */
    private List<Expr> ends() {
        return Stream.concat(
                        window().edges().stream().filter(edge -> !window().cuts().contains(edge)),
                        scan.toRow().flatMap(Expr.Hop::row).stream()
                                .flatMap(to -> to.key().stream()))
                .distinct()
                .toList();
    }

    private static Field<?> end(Table<?> table, int index, Expr end) {
        return StoreTables.column(table, name("edge" + index), end.type());
    }

    /** Where facts are read for the row that they point at. */
    private Optional<RowKey> rowKey() {
        return scan.toRow().map(RowKey::new);
    }

    private static Field<UUID> sourceKey(Table<?> table) {
        return DSL.field(
                table.getUnqualifiedName().append(FactRows.SOURCE_KEY.getName()), SQLDataType.UUID);
    }

    /** Whether a line of the table is of a row. */
    Condition isOf(Table<?> read, Field<Long> account, Field<Long> user, Field<Integer> bucket) {
        var of =
                new LinkedHashMap<String, Field<?>>(
                        Map.of(
                                FactRows.SOURCE_KEY.getName(),
                                FactRows.SOURCE_KEY,
                                "account_id",
                                account,
                                "user_id",
                                user,
                                BucketTable.ORDINAL.getName(),
                                bucket));
        if (areMade()) {
            var columns = new FactRows.Columns(ofFacts().orElseThrow().source());
            var exprs = CommonValues.beside(FactRows.FACT.table(), columns, ends()).exprs();
            for (int at = 0; at < ends().size(); at++) {
                of.put(end(read, at, ends().get(at)).getName(), exprs.field(ends().get(at)));
            }
        }
        return isSame(read, of);
    }

    private Condition isSame(Table<?> read, Map<String, Field<?>> of) {
        return keys(read).stream()
                .map(key ->
                        SqlTypes.<Object>typed(key)
                                .eq(
                                        SqlTypes.<Object>typed(
                                                Objects.requireNonNull(of.get(key.getName())))))
                .reduce(DSL.noCondition(), Condition::and);
    }

    /** A line for each member or fact that has a window, in each bucket where they differ. */
    Table<Record> aggregated(String alias) {
        var inside = new LinkedHashMap<>(leaves);
        inside.values().removeIf(leaf -> leaf.aggregation() instanceof Aggregation.OfWindow);
        var columns = new ArrayList<>(keys(SUBJECT));
        Table<?> from = SUBJECT;
        var tables = new ArrayList<CommonTableExpression<?>>();
        tables.add(name(SUBJECT.getName()).asMaterialized(subjects()));
        if (!inside.isEmpty()) {
            tables.add(name(INSIDE.getName()).as(inside(inside)));
            from = from.leftJoin(INSIDE).on(isSame());
        }
        leaves.forEach((index, leaf) -> {
            if (leaf.aggregation() instanceof Aggregation.OfWindow(var standing)) {
                columns.add(is(standing).as(LeafColumns.of(index, leaf)));
            } else {
                LeafColumns.parts(index, leaf)
                        .forEach(part -> columns.add(SqlTypes.of(INSIDE, part)));
            }
        });
        var aggregated = name(alias).asMaterialized(select(columns).from(from));
        tables.add(aggregated);
        return with(tables).select(asterisk()).from(aggregated).asTable(alias);
    }

    private List<Field<?>> keys(Table<?> table) {
        var keys = new ArrayList<Field<?>>();
        boolean haveKey = ofFacts().isPresent() && !areMade();
        keys.add(haveKey ? sourceKey(table) : StoreTables.id(table, "account_id"));
        if (isOfUsers() && !haveKey) {
            keys.add(StoreTables.id(table, "user_id"));
        }
        if (areMade()) {
            for (int at = 0; at < ends().size(); at++) {
                keys.add(end(table, at, ends().get(at)));
            }
        }
        if (!isSingle()) {
            keys.add(BucketTable.ordinal(table));
        }
        return keys;
    }

    private Condition isSame() {
        var of = new LinkedHashMap<String, Field<?>>();
        keys(SUBJECT).forEach(key -> of.put(key.getName(), key));
        return isSame(INSIDE, of);
    }

    /** The windows of the members or facts that have one. */
    private org.jooq.Select<?> subjects() {
        var bucket =
                frame().isSingle() || isSingle()
                        ? inline(frame().first())
                        : frame().table().ordinal();
        var rows =
                History.beside(
                        ofFacts()
                                .map(facts -> facts(facts, bucket))
                                .orElseGet(() -> members(bucket)),
                        window().edges(),
                        frame());
        var common = CommonValues.beside(rows.from(), rows.columns(), window().edges());
        var start = common.exprs().field(window().start().at());
        var end = common.exprs().field(window().end().at());
        var columns = new ArrayList<Field<?>>();
        if (areMade()) {
            for (int at = 0; at < ends().size(); at++) {
                columns.add(
                        common.exprs().field(ends().get(at)).as(end(SUBJECT, at, ends().get(at))));
            }
        } else if (ofFacts().isPresent()) {
            columns.add(FactRows.SOURCE_KEY.as(FactRows.SOURCE_KEY.getName()));
        }
        columns.add(rows.account().as("account_id"));
        rowKey().ifPresent(key -> columns.addAll(key.ofRows(common.exprs())));
        if (isOfUsers()) {
            columns.add(rows.user().as("user_id"));
        }
        if (!isSingle()) {
            columns.add(bucket.as(BucketTable.ORDINAL.getName()));
        }
        columns.add(start.as("starts"));
        columns.add(end.as("ends"));
        columns.add(common.exprs().field(window().end().instant()).as(OVER.getName()));
        for (var read : edgesRead()) {
            var edge = window().edge(read.end());
            var value = read.type().kind() == Kind.DATE ? edge.day() : edge.instant();
            columns.add(common.exprs().field(value).as(nameOf(read)));
        }
        if (!window().cuts().isEmpty()) {
            columns.add(cuts(common.exprs()).as(CUTS.getName()));
        }
        var selected = areMade() ? selectDistinct(columns) : select(columns);
        return selected.from(common.from()).where(rows.where(), start.isNotNull(), end.isNotNull());
    }

    @SuppressWarnings("unchecked")
    private Field<Instant[]> cuts(ExprCompiler exprs) {
        return DSL.array(
                window().cuts().stream()
                        .map(cut -> (Field<Instant>) exprs.field(cut))
                        .<Field<Instant>>toArray(Field[]::new));
    }

    /** Whether a unit of time begins in the window, and is one of its tiles where it is cut into some. */
    private Condition isIn(ReachTable unit) {
        var begins =
                unit.start()
                        .ge(StoreTables.instant(SUBJECT, "starts"))
                        .and(unit.start().lt(StoreTables.instant(SUBJECT, "ends")));
        return window().cuts().isEmpty()
                ? begins
                : begins.and(
                        placeAmongCuts(unit.start()).eq(placeAmongCuts(unit.end()).add(inline(1))));
    }

    /** Null where the window is not cut there. */
    private static Field<Integer> placeAmongCuts(Field<Instant> at) {
        return function(name("array_position"), SQLDataType.INTEGER, CUTS, at);
    }

    private Table<?> inBuckets(Table<?> subjects, Field<Integer> bucket) {
        return isSingle()
                ? subjects
                : subjects.join(frame().table().table()).on(bucket.ge(inline(frame().first())));
    }

    private RowSet facts(Relation.Facts facts, Field<Integer> bucket) {
        var made = facts.derived();
        var from =
                made == null
                        ? FactRows.from(
                                facts.source(), Reads.of(window().edges().stream()), frame())
                        : frame().derived().table(made).as(FactRows.FACT.name());
        return new RowSet(
                inBuckets(from, bucket),
                made == null ? FactRows.counted(frame().knownAt()) : DSL.noCondition(),
                bucket,
                FactRows.ACCOUNT,
                FactRows.USER,
                true,
                new OfFact(new FactRows.Columns(facts.source()), frame(), bucket));
    }

    private RowSet members(Field<Integer> bucket) {
        var account = MemberTables.account(entity());
        Field<Long> user =
                isOfUsers()
                        ? StoreTables.id(MemberTables.USER, "user_id")
                        : DSL.castNull(SQLDataType.BIGINT);
        var members =
                inBuckets(
                        MemberTables.of(entity(), Reads.of(window().edges().stream()), frame()),
                        bucket);
        var read =
                window().edges().stream()
                        .flatMap(edge -> Exprs.leavesIn(edge).stream())
                        .map(leaf -> own.own().leaves().get(leaf).scan())
                        .toList();
        var columns = new Columns(entity(), own, bucket);
        return new RowSet(
                own.beside(members, account, user, bucket, columns::field, read::contains),
                MemberTables.isMember(entity()),
                bucket,
                account,
                user,
                isOfUsers(),
                columns);
    }

    private org.jooq.Select<?> inside(Map<Integer, Leaf> read) {
        return scan.relation() instanceof Relation.Ticks ticks
                ? unitsInside(ticks, read)
                : factsInside(read);
    }

    private org.jooq.Select<?> unitsInside(Relation.Ticks ticks, Map<Integer, Leaf> read) {
        var grouped =
                UnitRows.group(
                        scan,
                        read,
                        frame(),
                        new UnitRows.InWindows(
                                SUBJECT,
                                isIn(frame().beneath(ticks.units()).table()),
                                new OwnTables.ByMember(isOfUsers(), List.of(), true),
                                keys(SUBJECT)));
        return selected(grouped, read);
    }

    private static org.jooq.Select<?> selected(
            ScanCompiler.Grouped grouped, Map<Integer, Leaf> read) {
        var columns = new ArrayList<>(grouped.groups());
        grouped.leaves()
                .forEach((index, parts) ->
                        columns.addAll(
                                LeafColumns.named(
                                        index, Objects.requireNonNull(read.get(index)), parts)));
        return grouped.select(columns);
    }

    private org.jooq.Select<?> factsInside(Map<Integer, Leaf> read) {
        var all = List.copyOf(read.values());
        var bucket = isSingle() ? inline(frame().first()) : BucketTable.ordinal(SUBJECT);
        ScanCompiler.Grouping grouping =
                ofFacts().isPresent()
                        ? new ByFact(
                                areMade() ? keys(SUBJECT) : List.of(sourceKey(SUBJECT)), isSingle())
                        : new OwnTables.ByMember(isOfUsers(), List.of(), isSingle());
        var rows =
                FactRows.within(
                        facts(),
                        SUBJECT,
                        rowKey().map(key -> key.isPointedAt(SUBJECT))
                                .orElseGet(() -> FactRows.isOfMember(SUBJECT, isOfUsers())),
                        bucket,
                        frame(),
                        Reads.of(scan, all, grouping.reads()));
        var grouped =
                ScanCompiler.group(
                        scan,
                        read,
                        ScanCompiler.withHistory(scan, all, grouping, rows, frame()),
                        grouping);
        return selected(grouped, read);
    }

    private Field<?> is(Aggregation.Standing standing) {
        return is(standing, TimeScale.of(facts().placing().time().type().kind()));
    }

    private <T extends Comparable<? super T>> Field<Boolean> is(
            Aggregation.Standing standing, TimeScale<T> scale) {
        Field<T> start = SqlTypes.typed(edge("starts"));
        Field<T> end = SqlTypes.typed(edge("ends"));
        var from = coverage(scale.from(CoverageTables.COVERAGE));
        var condition =
                standing == Aggregation.Standing.PENDING
                        ? OVER.gt(SqlTypes.instant(frame().asOf()))
                                .or(end.gt(coverage(scale.until(CoverageTables.COVERAGE))))
                        : switch (facts().placing()) {
                            case Placing.At _, Placing.ValidDuring _ ->
                                    standing == Aggregation.Standing.BEFORE_DATA
                                            ? end.le(from)
                                            : start.lt(from);
                            case Placing.ValidAt(_, var edge) ->
                                    (edge == Placing.Edge.START ? start : end).lt(from);
                        };
        return coalesce(DSL.field(condition), inline(false));
    }

    private Field<?> edge(String edge) {
        Kind kind = facts().placing().time().type().kind();
        return DSL.field(SUBJECT.getUnqualifiedName().append(edge), SqlTypes.of(kind));
    }

    /** What is said of the source; empty where nothing is. */
    private <T> Field<T> coverage(Field<T> edge) {
        return DSL.field(
                select(edge)
                        .from(CoverageTables.COVERAGE)
                        .where(CoverageTables.SOURCE.eq(facts().source())));
    }

    /**
     * Facts in windows are grouped by the fact that has the window.
     *
     * @param keys that tell facts apart
     */
    private record ByFact(List<Field<?>> keys, boolean isSingle) implements ScanCompiler.Grouping {
        @Override
        public List<Expr> reads() {
            return List.of();
        }

        @Override
        public List<Field<?>> columns(RowSet rows, ExprCompiler exprs) {
            var columns = new ArrayList<Field<?>>();
            keys.stream()
                    .filter(key -> !key.getName().equals(BucketTable.ORDINAL.getName()))
                    .forEach(key -> columns.add(key.as(key.getName())));
            if (!isSingle) {
                columns.add(rows.bucket().as(BucketTable.ORDINAL.getName()));
            }
            return columns;
        }
    }

    /** Of a member in a bucket, without its windows. */
    private record Columns(EntityRef entity, OwnTables own, Field<Integer> bucket)
            implements RowColumns {
        private MemberTables.Columns member() {
            return new MemberTables.Columns(entity);
        }

        @Override
        public Field<?> attribute(Expr.Attribute attribute) {
            return member().attribute(attribute);
        }

        @Override
        public Field<?> linked(Expr.Linked linked) {
            return member().linked(linked);
        }

        @Override
        public Field<String> key(EntityRef of) {
            return member().key(of);
        }

        @Override
        public Condition lacks(EntityRef of) {
            return member().lacks(of);
        }

        @Override
        public Field<?> leaf(Expr.LeafValue value) {
            return own.leaf(value);
        }

        @Override
        public Field<?> edge(Expr.TimeEdge edge) {
            return SubjectTables.edge(edge, own.frame(), bucket);
        }
    }

    /** Of a fact in a bucket, without its windows. */
    private record OfFact(RowColumns row, Frame frame, Field<Integer> bucket) implements BesideRow {
        @Override
        public Field<?> edge(Expr.TimeEdge edge) {
            return SubjectTables.edge(edge, frame, bucket);
        }
    }

    private static Field<?> edge(Expr.TimeEdge edge, Frame frame, Field<Integer> bucket) {
        return edge.isHere() && !frame.isSingle()
                ? frame.table().edge(edge)
                : frame.edge(bucket, edge);
    }
}
