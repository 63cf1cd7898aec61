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
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.plan.Units;
import dev.cairn.domain.time.Bucket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /**
     * What decides whether a leaf has a value.
     *
     * @param ofMembers index of the time that members are of; null for facts
     */
    private record Judged(List<Covered> reads, @Nullable Integer ofMembers) {}

    private static final Judged BEGUN = new Judged(List.of(), 0);

    private final Timeline time;
    private final OutsideReason reasons;
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
                        add(judged(leaf, leaf.readsOfTotal()));
                        ofEachRow(leaf, false).ifPresent(this::add);
                    }
                });
    }

    private CoverageTables(Timeline time, String tables, Set<RowKind> kinds, Block block) {
        this.time = time;
        this.reasons = new OutsideReason(time, tables);
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
        return new Judged(Covered.of(leaf.reads()), 0);
    }

    /** Why a unit of time is outside of what a leaf reads, or has not begun, as text; null where it is within. */
    Field<String> outsideOfUnit(Leaf leaf) {
        return Objects.requireNonNull(outside.get(inUnit(leaf)));
    }

    /** Why a bucket has no value whatever is read, as text; null where it has begun. */
    Field<String> outsideOfTime() {
        return Objects.requireNonNull(outside.get(BEGUN));
    }

    private void add(Judged judged) {
        outside.computeIfAbsent(
                judged,
                _ -> StoreTables.text(reasons.table(0).table(), "outside" + outside.size()));
    }

    /** Whether a unit has begun by as-of. */
    Condition hasBegun() {
        return isWithin(BEGUN);
    }

    /** Whether something is known in a unit. */
    Condition isInside(Read read) {
        return isWithin(new Judged(List.of(Covered.of(read)), null));
    }

    /** As a case, of which PostgreSQL believes that half the units meet it; of a plain IS NULL over computed text it believes one in two hundred, and looks each row up in all units. */
    private Condition isWithin(Judged judged) {
        var why = Objects.requireNonNull(outside.get(judged));
        return DSL.condition(when(why.isNull(), inline(true)).otherwise(inline(false)));
    }

    /** Why a bucket is outside the coverage of what a leaf reads, as text; null where it is within. */
    Field<String> outside(Leaf leaf) {
        return byKind(
                Optional.of(judged(leaf, leaf.reads())),
                Optional.of(judged(leaf, leaf.readsOfTotal())));
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
        if (scan.relation().areUnits()) {
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
        return reads.isEmpty()
                ? Optional.empty()
                : Optional.of(new Judged(Covered.of(reads), null));
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
        var reads = Covered.of(ofLeaf);
        return switch (scan.relation()) {
            case Relation.Facts _ -> new Judged(reads, null);
            case Relation.Members _, Relation.Ticks _ -> new Judged(reads, scan.reach());
        };
    }

    private Set<String> sources() {
        return block.leaves().stream()
                .flatMap(leaf -> leaf.reads().stream())
                .map(Read::source)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those whose coverage is told: where it is asked what was known, whether anything was known of what is read beside rows, too. */
    Set<String> told() {
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
            all.add(reasons.table(reach).common(ofBuckets, ofWhole));
        }
        all.add(name(reasons.table(0).table().getName()).as(buckets()));
        return all;
    }

    private Select<?> coverage() {
        return coverage(known(time.knownAt()));
    }

    /** The coverage of each source, under the name of the table that has it now: of an earlier time the last that had been recorded. */
    static Table<?> known(@Nullable Instant knownAt) {
        var state = StoreTables.sourceState();
        if (knownAt == null) {
            return state;
        }
        var history = StoreTables.coverageHistory();
        var recorded = StoreTables.instant(history, "recorded");
        var source = StoreTables.text(history, "source");
        return select(history.asterisk())
                .distinctOn(source)
                .from(history)
                .where(recorded.le(SqlTypes.instant(knownAt)))
                .orderBy(source, recorded.desc())
                .asTable(state.getUnqualifiedName());
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
                                BucketTable.ordinal(OutsideReason.EDGES),
                                StoreTables.instant(OutsideReason.EDGES, "start_at"),
                                StoreTables.instant(OutsideReason.EDGES, "end_at"),
                                StoreTables.date(OutsideReason.EDGES, "start_date"),
                                StoreTables.date(OutsideReason.EDGES, "end_date")));
        outside.forEach((judged, column) ->
                columns.add(
                        reasons.of(judged.reads(), judged.ofMembers())
                                .as(column.getUnqualifiedName())));
        for (int reach = 1; reach < time.reaches().size(); reach++) {
            columns.add(DSL.field(reasons.isAhead(reach)).as(ahead(reach)));
        }
        Table<?> from = edges().asTable(OutsideReason.EDGES.getUnqualifiedName());
        for (int reach = 1; reach < time.reaches().size(); reach++) {
            var table = reasons.table(reach);
            from =
                    from.join(table.table())
                            .on(table.ordinal().eq(BucketTable.ordinal(OutsideReason.EDGES)));
        }
        for (String source : sources()) {
            var table = COVERAGE.as(OutsideReason.alias(source));
            from = from.leftJoin(table).on(StoreTables.text(table, "source").eq(source));
        }
        return select(columns).from(from);
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
