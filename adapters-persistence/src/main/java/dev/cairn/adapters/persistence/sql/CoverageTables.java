package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.arrayGet;
import static org.jooq.impl.DSL.generateSeries;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Placing.Edge;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.plan.Units;
import dev.cairn.domain.time.Bucket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The common tables {@code coverage} and {@code bucket}: what is said of the sources, and why a bucket lies outside of it. */
final class CoverageTables {
    static final Table<?> COVERAGE = DSL.table(name("coverage"));
    static final Field<String> SOURCE = StoreTables.text(COVERAGE, "source");
    static final Field<LocalDate> FROM_DATE = StoreTables.date(COVERAGE, "from_date");
    static final Field<Instant> FROM = StoreTables.instant(COVERAGE, "from_at");
    static final Field<LocalDate> UNTIL_DATE = StoreTables.date(COVERAGE, "until_date");
    static final Field<Instant> UNTIL = StoreTables.instant(COVERAGE, "until_at");
    static final List<Field<?>> COLUMNS = List.of(SOURCE, FROM_DATE, FROM, UNTIL_DATE, UNTIL);

    private static final Table<?> EDGES = DSL.table(name("edges"));

    /**
     * What the coverage of a read depends on: date columns are compared by dates.
     *
     * @param edge at which alone facts are read; null: over all of the stretch
     * @param ofSubjects whether the rows say of themselves what of it is known
     */
    private record Covered(
            String source, boolean byDate, int reach, @Nullable Edge edge, boolean ofSubjects)
            implements Comparable<Covered> {
        private static final Comparator<Covered> ORDER =
                Comparator.comparing(Covered::source)
                        .thenComparing(Covered::byDate)
                        .thenComparing(Covered::reach)
                        .thenComparing(
                                Covered::edge, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(Covered::ofSubjects);

        static Covered of(Read read) {
            var edge =
                    switch (read.placing()) {
                        case Placing.At _, Placing.ValidDuring _ -> null;
                        case Placing.ValidAt(_, var at) -> at;
                    };
            return new Covered(
                    read.source(), read.isByDate(), read.reach(), edge, read.ofSubjects());
        }

        @Override
        public int compareTo(Covered other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * What decides whether a leaf has a value.
     *
     * @param ofMembers index of the time that members are of; null for facts
     */
    private record Judged(List<Covered> reads, @Nullable Integer ofMembers) {}

    private static final Judged BEGUN = new Judged(List.of(), 0);

    private final Timeline time;
    private final String tables;
    private final Set<RowKind> kinds;
    private final Block block;

    /** For each combination of reads the column of the bucket table that says why its leaves have no value there. */
    private final Map<Judged, Field<String>> outside = new LinkedHashMap<>();

    CoverageTables(AnalysisPlan plan, Set<RowKind> kinds) {
        this(plan.time(), ReachTable.OF_QUESTION, kinds, plan.cells());
        if (block.leaves().stream().anyMatch(Leaf::inUnits)) {
            add(BEGUN);
        }
        block.leaves()
                .forEach(leaf -> {
                    add(judged(leaf, leaf.reads()));
                    ofEachRow(leaf, true).ifPresent(this::add);
                    if (!kinds.stream().allMatch(RowKind::hasGroups)) {
                        add(judged(leaf, block.readsOfTotal(leaf)));
                        ofEachRow(leaf, false).ifPresent(this::add);
                    }
                });
    }

    private CoverageTables(Timeline time, String tables, Set<RowKind> kinds, Block block) {
        this.time = time;
        this.tables = tables;
        this.kinds = kinds;
        this.block = block;
    }

    /** Of units of time: whether they have begun, and what of that which is read in them is known. */
    static CoverageTables ofUnits(Relation.Ticks ticks) {
        var units = ticks.units();
        var coverage =
                new CoverageTables(
                        units.time(), UnitTables.nameOf(units), Set.of(RowKind.CELL), ticks.own());
        coverage.add(BEGUN);
        ticks.own().leaves().stream()
                .flatMap(leaf -> leaf.reads().stream())
                .map(Covered::of)
                .sorted()
                .forEach(covered -> coverage.add(new Judged(List.of(covered), null)));
        return coverage;
    }

    /**
     * The same of units that rows with an age are read in.
     *
     * @param tables what the table of units is called
     * @param leaves those that are made of these rows
     */
    static CoverageTables ofUnits(Units units, String tables, Block block, List<Leaf> leaves) {
        var coverage = new CoverageTables(units.time(), tables, Set.of(RowKind.CELL), block);
        leaves.forEach(leaf -> coverage.add(inUnit(leaf)));
        return coverage;
    }

    private static Judged inUnit(Leaf leaf) {
        return new Judged(covered(leaf.reads()), 0);
    }

    /** Why a unit of time is outside of what a leaf reads, or has not begun, as text; null where it is within. */
    Field<String> outsideOfUnit(Leaf leaf) {
        return java.util.Objects.requireNonNull(outside.get(inUnit(leaf)));
    }

    /** Why a bucket has no value whatever is read, as text; null where it has begun. */
    Field<String> outsideOfTime() {
        return java.util.Objects.requireNonNull(outside.get(BEGUN));
    }

    private void add(Judged judged) {
        outside.computeIfAbsent(
                judged, _ -> StoreTables.text(table(0).table(), "outside" + outside.size()));
    }

    /** Whether a unit has begun by as-of. */
    Condition hasBegun() {
        return isWithin(BEGUN);
    }

    /** Whether something is known in a unit. */
    Condition isInside(Read read) {
        return isWithin(new Judged(List.of(Covered.of(read)), null));
    }

    private Condition isWithin(Judged judged) {
        return java.util.Objects.requireNonNull(outside.get(judged)).isNull();
    }

    /** Why a bucket is outside the coverage of what a leaf reads, as text; null where it is within. */
    Field<String> outside(Leaf leaf) {
        return byKind(
                Optional.of(judged(leaf, leaf.reads())),
                Optional.of(judged(leaf, block.readsOfTotal(leaf))));
    }

    /** The same, of what is read for the account of each fact; empty where nothing is. */
    Optional<Field<String>> outsideOfEachRow(Leaf leaf) {
        var ofGroups = ofEachRow(leaf, true);
        return ofGroups.isEmpty()
                ? Optional.empty()
                : Optional.of(byKind(ofGroups, ofEachRow(leaf, false)));
    }

    /** What a key reads decides in rows of groups alone. */
    private Field<String> byKind(Optional<Judged> ofGroups, Optional<Judged> ofTotals) {
        var grouped = column(ofGroups);
        return ofGroups.equals(ofTotals) || kinds.stream().allMatch(RowKind::hasGroups)
                ? grouped
                : when(Layout.HAS_GROUP, grouped).otherwise(column(ofTotals));
    }

    private Field<String> column(Optional<Judged> judged) {
        return judged.map(outside::get).orElseGet(() -> DSL.castNull(SQLDataType.CLOB));
    }

    /** @param ofGroups whether in rows of groups, which what keys read decides too */
    private Optional<Judged> ofEachRow(Leaf leaf, boolean ofGroups) {
        var scan = block.scans().get(leaf.scan());
        if (scan.relation() instanceof Relation.Ticks) {
            return Optional.empty();
        }
        var own = scan.relation().own().leaves();
        var reads =
                Stream.concat(
                                Reads.expressions(scan, List.of(leaf)),
                                ofGroups ? scan.kept().stream() : Stream.of())
                        .flatMap(expr -> Exprs.leavesIn(expr).stream())
                        .flatMap(inner -> own.get(inner).reads().stream())
                        .toList();
        return reads.isEmpty() ? Optional.empty() : Optional.of(new Judged(covered(reads), null));
    }

    /**
     * Whether facts that are read for a bucket are no value of it: it has not begun, or is not over although it must be; or they are valid where nothing is
     * known of their source.
     */
    Optional<Condition> areNoValue(Leaf leaf) {
        var scan = block.scans().get(leaf.scan());
        if (scan.relation() instanceof Relation.Facts facts
                && !(facts.placing() instanceof Placing.At)) {
            return Optional.of(outside(leaf).isNotNull());
        }
        int reach = scan.reach();
        var stretches = time.reaches().get(reach);
        if (stretches.ofWhole().mustBeOver()) {
            return Optional.of(outside(leaf).isNotNull());
        }
        boolean allHaveBegun =
                Stream.concat(stretches.ofBuckets().stream(), Stream.of(stretches.ofWhole()))
                        .allMatch(stretch -> stretch.of().start().isBefore(time.asOf()));
        return reach == 0 || allHaveBegun
                ? Optional.empty()
                : Optional.of(
                        DSL.condition(
                                DSL.field(
                                        name(BucketTable.TABLE.getName(), ahead(reach)),
                                        SQLDataType.BOOLEAN)));
    }

    private static String ahead(int reach) {
        return "ahead" + reach;
    }

    private Judged judged(Leaf leaf, Set<Read> ofLeaf) {
        var scan = block.scans().get(leaf.scan());
        var reads = covered(ofLeaf);
        return switch (scan.relation()) {
            case Relation.Facts _ -> new Judged(reads, null);
            case Relation.Members _, Relation.Ticks _ -> new Judged(reads, scan.reach());
        };
    }

    private static List<Covered> covered(Collection<Read> reads) {
        return reads.stream().map(Covered::of).distinct().sorted().toList();
    }

    private Set<String> sources() {
        return block.leaves().stream()
                .flatMap(leaf -> leaf.reads().stream())
                .map(Read::source)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those whose coverage is told: where it is asked what was known, whether anything was known of what is read beside rows, too. */
    private Set<String> told() {
        var told = sources();
        if (time.knownAt() != null) {
            told.addAll(block.sourcesBeside());
        }
        return told;
    }

    List<CommonTableExpression<?>> tables() {
        var all = new ArrayList<CommonTableExpression<?>>();
        all.add(name(COVERAGE.getName()).as(coverage()));
        all.addAll(ofBuckets());
        return all;
    }

    /** The buckets, and what time is read for each of them. */
    List<CommonTableExpression<?>> ofBuckets() {
        var all = new ArrayList<CommonTableExpression<?>>();
        boolean ofBuckets = kinds.stream().anyMatch(RowKind::hasTime);
        boolean ofWhole = !kinds.stream().allMatch(RowKind::hasTime);
        for (int reach = 1; reach < time.reaches().size(); reach++) {
            all.add(table(reach).common(ofBuckets, ofWhole));
        }
        all.add(name(table(0).table().getName()).as(buckets()));
        return all;
    }

    private Select<?> coverage() {
        var state = StoreTables.sourceState();
        return time.knownAt() == null ? coverage(state) : coverageAt(time.knownAt(), state);
    }

    /** Of each source the last that had been recorded. */
    private Select<?> coverageAt(Instant knownAt, Table<?> state) {
        var history = StoreTables.coverageHistory();
        var recorded = StoreTables.instant(history, "recorded");
        var source = StoreTables.text(history, "source");
        var last =
                select(history.asterisk())
                        .distinctOn(source)
                        .from(history)
                        .where(recorded.le(SqlTypes.instant(knownAt)))
                        .orderBy(source, recorded.desc())
                        .asTable(state.getUnqualifiedName());
        return coverage(last);
    }

    private Select<?> coverage(Table<?> state) {
        return select(
                        StoreTables.text(state, "source"),
                        StoreTables.date(state, "from_date"),
                        StoreTables.instant(state, "from_at"),
                        StoreTables.date(state, "until_date"),
                        StoreTables.instant(state, "until_at"))
                .from(state)
                .where(StoreTables.text(state, "source").in(told()))
                .and(StoreTables.instant(state, "from_at").isNotNull())
                .and(StoreTables.instant(state, "until_at").isNotNull());
    }

    private Select<?> buckets() {
        var columns =
                new ArrayList<Field<?>>(
                        List.of(
                                BucketTable.ordinal(EDGES),
                                StoreTables.instant(EDGES, "start_at"),
                                StoreTables.instant(EDGES, "end_at"),
                                StoreTables.date(EDGES, "start_date"),
                                StoreTables.date(EDGES, "end_date")));
        outside.forEach(
                (judged, column) -> columns.add(reason(judged).as(column.getUnqualifiedName())));
        for (int reach = 1; reach < time.reaches().size(); reach++) {
            columns.add(DSL.field(isAhead(reach)).as(ahead(reach)));
        }
        Table<?> from = edges().asTable(EDGES.getUnqualifiedName());
        for (int reach = 1; reach < time.reaches().size(); reach++) {
            var table = table(reach);
            from = from.join(table.table()).on(table.ordinal().eq(BucketTable.ordinal(EDGES)));
        }
        for (String source : sources()) {
            var table = COVERAGE.as(alias(source));
            from = from.leftJoin(table).on(StoreTables.text(table, "source").eq(source));
        }
        return select(columns).from(from);
    }

    private ReachTable table(int reach) {
        return new ReachTable(time, tables, reach);
    }

    /** Of the buckets themselves the edges stand at hand. */
    private Field<Instant> instant(int reach, Function<ReachTable, Field<Instant>> edge) {
        var column = edge.apply(table(reach));
        return reach == 0 ? StoreTables.instant(EDGES, column.getName()) : column;
    }

    private Field<LocalDate> date(int reach, Function<ReachTable, Field<LocalDate>> edge) {
        var column = edge.apply(table(reach));
        return reach == 0 ? StoreTables.date(EDGES, column.getName()) : column;
    }

    private static String alias(String source) {
        return "of_" + source;
    }

    /** Before the data comes before not yet, and that before no data at all; of several sources one is enough. */
    private Field<String> reason(Judged judged) {
        var covered = judged.reads();
        var members = judged.ofMembers();
        Condition before =
                covered.stream()
                        .filter(one -> !one.ofSubjects())
                        .map(this::isBefore)
                        .reduce(Condition::or)
                        .orElseGet(DSL::falseCondition);
        Condition notYet =
                Stream.concat(
                                covered.stream()
                                        .map(one ->
                                                one.ofSubjects()
                                                        ? isFuture(one)
                                                        : isNotYet(one).or(isFuture(one))),
                                Stream.ofNullable(members).map(this::isAhead))
                        .reduce(Condition::or)
                        .orElseGet(() -> isAhead(0));
        Condition unknown =
                covered.stream().map(this::isUnknown).reduce(DSL.noCondition(), Condition::or);
        return covered.isEmpty()
                ? when(notYet, text(Absence.NOT_YET))
                : when(before, text(Absence.BEFORE_DATA))
                        .when(notYet, text(Absence.NOT_YET))
                        .when(unknown, text(Absence.NO_DATA));
    }

    /** Whether as of now the bucket has not begun, or is not over although it must be. */
    private Condition isAhead(int reach) {
        var asOf = SqlTypes.instant(time.asOf());
        var hasNotBegun = instant(reach, ReachTable::bucketStart).ge(asOf);
        return mustBeOver(reach)
                ? hasNotBegun.or(instant(reach, ReachTable::end).gt(asOf))
                : hasNotBegun;
    }

    private boolean mustBeOver(int reach) {
        return time.reaches().get(reach).ofWhole().mustBeOver();
    }

    private Condition isFuture(Covered covered) {
        return covered.byDate()
                ? isFuture(
                        covered,
                        TimeScale.DATES,
                        date(covered.reach(), ReachTable::bucketStartDate))
                : isFuture(
                        covered,
                        TimeScale.INSTANTS,
                        instant(covered.reach(), ReachTable::bucketStart));
    }

    private <T extends Comparable<? super T>> Condition isFuture(
            Covered covered, TimeScale<T> scale, Field<T> bucketStart) {
        var asOf = scale.value(scale.asOf(time));
        var hasNotBegun = bucketStart.ge(asOf);
        return mustBeOver(covered.reach())
                ? hasNotBegun.or(lastRead(covered, scale).gt(asOf))
                : hasNotBegun;
    }

    private Condition isBefore(Covered covered) {
        return covered.byDate()
                ? isBefore(covered, TimeScale.DATES)
                : isBefore(covered, TimeScale.INSTANTS);
    }

    /** An edge, or a window from the beginning, where the coverage begins is inside it, and empty. */
    private <T extends Comparable<? super T>> Condition isBefore(
            Covered covered, TimeScale<T> scale) {
        var from = scale.from(COVERAGE.as(alias(covered.source())));
        if (covered.edge() != null) {
            return DSL.least(lastRead(covered, scale), scale.value(scale.asOf(time))).lt(from);
        }
        var end = lastRead(covered, scale);
        return table(covered.reach()).isFromBeginning() ? end.lt(from) : end.le(from);
    }

    private Condition isNotYet(Covered covered) {
        return covered.byDate()
                ? isNotYet(covered, TimeScale.DATES)
                : isNotYet(covered, TimeScale.INSTANTS);
    }

    /** What begins where the coverage ends is not yet known, but for what was valid until then. */
    private <T extends Comparable<? super T>> Condition isNotYet(
            Covered covered, TimeScale<T> scale) {
        var until = scale.until(COVERAGE.as(alias(covered.source())));
        var endsAfter = lastRead(covered, scale).gt(until);
        if (mustBeOver(covered.reach()) && covered.edge() != null) {
            return endsAfter;
        }
        var notYet = DSL.noCondition();
        if (!table(covered.reach()).isFromBeginning()) {
            var beginsAfter = edge(covered.reach(), scale, Edge.START).ge(until);
            notYet = covered.edge() == null ? beginsAfter : beginsAfter.and(endsAfter);
        }
        return mustBeOver(covered.reach()) ? notYet.or(endsAfter) : notYet;
    }

    private <T extends Comparable<? super T>> Field<T> lastRead(
            Covered covered, TimeScale<T> scale) {
        return edge(covered.reach(), scale, covered.edge() == null ? Edge.END : covered.edge());
    }

    /** Of the buckets themselves the edges stand at hand. */
    private <T extends Comparable<? super T>> Field<T> edge(
            int reach, TimeScale<T> scale, Edge edge) {
        var column =
                switch (edge) {
                    case START -> scale.start(table(reach));
                    case END -> scale.end(table(reach));
                };
        return reach == 0 ? SqlTypes.typed(SqlTypes.of(EDGES, column)) : column;
    }

    private Condition isUnknown(Covered covered) {
        return StoreTables.text(COVERAGE.as(alias(covered.source())), "source").isNull();
    }

    static Field<String> text(Absence absence) {
        return inline(absence.name());
    }

    private Select<?> edges() {
        var wholeRange = edgesOf(Frame.WHOLE, time.whole());
        if (kinds.stream().allMatch(RowKind::hasTime)) {
            return ofTime();
        }
        return kinds.stream().anyMatch(RowKind::hasTime)
                ? ofTime().unionAll(wholeRange)
                : wholeRange;
    }

    private Select<Record> ofTime() {
        var buckets = time.buckets();
        if (buckets.size() == 1) {
            return edgesOf(0, buckets.getFirst());
        }
        Field<Integer> place = DSL.field(name("n", "n"), SQLDataType.INTEGER);
        return select(
                        List.<Field<?>>of(
                                place.sub(inline(1)).as("bucket"),
                                arrayGet(instants(Bucket::start), place).as("start_at"),
                                arrayGet(instants(Bucket::end), place).as("end_at"),
                                arrayGet(dates(Bucket::startDate), place).as("start_date"),
                                arrayGet(dates(Bucket::endDate), place).as("end_date")))
                .from(generateSeries(1, buckets.size()).as("n", "n"));
    }

    private Field<Instant[]> instants(Function<Bucket, Instant> edge) {
        return SqlTypes.instants(time.buckets().stream().map(edge).toList());
    }

    private Field<LocalDate[]> dates(Function<Bucket, LocalDate> edge) {
        return SqlTypes.dates(time.buckets().stream().map(edge).toList());
    }

    private static Select<Record> edgesOf(int ordinal, Bucket bucket) {
        return select(
                List.<Field<?>>of(
                        inline(ordinal).as("bucket"),
                        SqlTypes.instant(bucket.start()).as("start_at"),
                        SqlTypes.instant(bucket.end()).as("end_at"),
                        SqlTypes.date(bucket.startDate()).as("start_date"),
                        SqlTypes.date(bucket.endDate()).as("end_date")));
    }
}
