package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Tallies.Undecided;
import dev.cairn.domain.plan.Tallies.Weightless;
import dev.cairn.domain.time.Bucket;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts an answer into the shape of the question: labels time, and says which values may still change and why. */
public final class ResultAssembler {
    /** Code of the notice that an answer is not whole. */
    public static final String CUT_PAGE = "CUT_PAGE";

    /** Code of the notice that the columns under one key read it at different times. */
    public static final String MIXED_INSTANTS = "MIXED_INSTANTS";

    /** Code of the notice that totals are of cells too which having leaves out. */
    public static final String TOTALS_OF_ALL = "TOTALS_OF_ALL";

    /** Code of the notice that rows without a weight are left out. */
    public static final String WITHOUT_WEIGHT = "WITHOUT_WEIGHT";

    /** How many of the days are named for which there is no rate. */
    private static final int MOST_DAYS = 5;

    private final Planned.Ready ready;
    private final Answer answer;
    private final ZoneId zone;

    /** What each output reads in rows of groups. */
    private final List<Judged> ofGroups;

    /** What it reads in rows of none. */
    private final List<Judged> ofTotals;

    /** What is said beside the values. */
    private final Standings standings;

    /** Columns that say what a key is. */
    private final Set<String> kinds;

    private ResultAssembler(Planned.Ready ready, Answer answer, ZoneId zone) {
        this.ready = ready;
        this.answer = answer;
        this.zone = zone;
        this.standings = new Standings(ready, zone);
        this.ofGroups = judged(ready.plan(), Leaf::reads);
        this.ofTotals = judged(ready.plan(), Leaf::readsOfTotal);
        this.kinds =
                ready.columns().stream()
                        .filter(column -> column.role() == Role.KEY_KIND)
                        .map(Column::key)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** @param zone that the question cut days in */
    public static AnalysisResult assemble(Planned.Ready ready, Answer answer, ZoneId zone) {
        return new ResultAssembler(ready, answer, zone).result();
    }

    /**
     * Puts rows into the same shape that come one by one.
     *
     * @param head the answer without its rows
     * @param zone that the question cut days in
     */
    public static Function<Answer.Row, Row> rows(Planned.Ready ready, Answer head, ZoneId zone) {
        return new ResultAssembler(ready, head, zone)::row;
    }

    /**
     * What is the same for all cells of a bucket.
     *
     * @param labels of each bucket
     * @param incomplete of each output, for each bucket why its values may still change
     */
    record OfBuckets(List<Object> labels, List<List<List<Incomplete>>> incomplete) {
        OfBuckets {
            labels = List.copyOf(labels);
            incomplete = List.copyOf(incomplete);
        }
    }

    /** @param coverage of the sources that are read */
    static OfBuckets ofBuckets(Planned.Ready ready, Map<String, Coverage> coverage, ZoneId zone) {
        var head = new Answer(List.of(), false, coverage, List.of(), "", 0);
        var assembler = new ResultAssembler(ready, head, zone);
        var plan = ready.plan();
        var buckets = plan.time().buckets();
        return new OfBuckets(
                plan.time().axis() ? buckets.stream().map(assembler::label).toList() : List.of(),
                IntStream.range(0, plan.outputs().size())
                        .mapToObj(output ->
                                IntStream.range(0, buckets.size())
                                        .mapToObj(bucket ->
                                                assembler
                                                        .incomplete(
                                                                assembler.ofGroups.get(output),
                                                                bucket)
                                                        .stream()
                                                        .sorted()
                                                        .toList())
                                        .toList())
                        .toList());
    }

    private AnalysisResult result() {
        var rows = answer.rows().stream().map(this::row).toList();
        var lastCell =
                answer.rows().stream()
                        .filter(row -> row.kind() == RowKind.CELL)
                        .reduce((_, later) -> later);
        return new AnalysisResult(
                ready.columns(),
                rows,
                answer.hasMore(),
                lastCell.map(row -> Cursor.after(ready, row)).orElse(null),
                ready.plan().time().asOf(),
                ready.plan().time().knownAt(),
                notices(rows),
                KnownThen.sources(ready.plan()));
    }

    private Row row(Answer.Row read) {
        var plan = ready.plan();
        var row = trusted(read);
        var cells = new ArrayList<Cell>();
        if (plan.time().axis()) {
            cells.add(time(row));
        }
        for (int at = 0; at < row.keys().size(); at++) {
            if (plan.keys().get(at).shown()) {
                cells.add(new Cell.Group(row.keys().get(at)));
                if (kinds.contains(plan.keys().get(at).column() + Outputs.KEY_KIND)) {
                    cells.add(new Cell.KeyKind(row.keys().get(at).kind()));
                }
            }
        }
        var values = Changes.in(row.values(), plan.outputs());
        for (int at = 0; at < values.size(); at++) {
            var incomplete = incomplete(row, at);
            cells.add(new Cell.Value(values.get(at), incomplete));
            cells.addAll(standings.cells(at, row, values.get(at), incomplete));
        }
        return new Row(row.kind(), cells, row.keys(), ready.keyed() ? RowKey.of(ready, row) : null);
    }

    /** Where the data is trusted less than an owner asks for there is no value, and nothing beside it that tells what it would be. */
    private Answer.Row trusted(Answer.Row row) {
        var trusting = ready.trusting();
        if (trusting.untrusted().isEmpty() || ready.opened() != null) {
            return row;
        }
        var values = new ArrayList<Measured>();
        for (int at = 0; at < row.values().size(); at++) {
            boolean isUntrusted = trusting.isUntrusted(ready.plan().outputs().get(at).column());
            values.add(
                    isUntrusted
                            ? new Measured(null, null, null, null, Absence.UNTRUSTED)
                            : row.values().get(at));
        }
        return new Answer.Row(row.kind(), row.bucket(), row.keys(), values);
    }

    private Cell.Time time(Answer.Row row) {
        if (!row.kind().hasTime()) {
            return new Cell.Time(null, null, Set.of());
        }
        var bucket = ready.plan().time().bucket(row.bucket());
        var reasons = EnumSet.noneOf(Incomplete.class);
        addOfBucket(bucket, reasons);
        for (int at = 0; at < ready.plan().outputs().size(); at++) {
            reasons.addAll(incomplete(row, at));
        }
        return new Cell.Time(label(bucket), bucket.start(), reasons, name(bucket));
    }

    private @Nullable String name(Bucket bucket) {
        var grain = ready.grain();
        return grain == null || !(label(bucket) instanceof LocalDate date)
                ? null
                : grain.name(date).orElse(null);
    }

    /** The date that the bucket begins with, or for hours the instant. */
    private Object label(Bucket bucket) {
        boolean byHour = ready.columns().getFirst().valueType() == ValueType.TIMESTAMP;
        return byHour ? bucket.label() : bucket.label().atZone(zone).toLocalDate();
    }

    private Set<Incomplete> incomplete(Answer.Row row, int at) {
        var judged = (row.kind().hasGroups() ? ofGroups : ofTotals).get(at);
        var reasons = incomplete(judged, row.bucket());
        if (row.values().get(at).pending() > 0) {
            reasons.add(Incomplete.PENDING);
        }
        if (row.values().get(at).beginsBeforeData()) {
            reasons.add(Incomplete.BEFORE_COVERAGE);
        }
        return reasons;
    }

    private Set<Incomplete> incomplete(Judged judged, int bucket) {
        var time = ready.plan().time();
        var reasons = EnumSet.noneOf(Incomplete.class);
        judged.reaches().forEach(reach -> addOfBucket(time.stretch(reach, bucket).of(), reasons));
        for (var read : judged.reads()) {
            var stretch = time.stretch(read.reach(), bucket);
            var coverage = answer.coverage().get(read.source());
            if (coverage == null || endsAfter(stretch, coverage, read)) {
                reasons.add(Incomplete.BEYOND_COVERAGE);
            }
            if (!stretch.mustBeOver() && stretch.end().isAfter(time.asOf())) {
                reasons.add(Incomplete.BUCKET_NOT_OVER);
            }
            if (coverage != null && !read.ofSubjects() && beginsBefore(stretch, coverage, read)) {
                reasons.add(Incomplete.BEFORE_COVERAGE);
            }
            if (isBroken(stretch, read)) {
                reasons.add(Incomplete.BROKEN_DATA);
            }
        }
        return reasons;
    }

    /**
     * By what it is judged whether an output is complete.
     *
     * @param reaches what time is read; that of the bucket itself where nothing is
     */
    private record Judged(Set<Read> reads, Set<Integer> reaches) {}

    private static List<Judged> judged(AnalysisPlan plan, Function<Leaf, Set<Read>> readsOf) {
        return plan.outputs().stream()
                .map(output -> {
                    var reads = new HashSet<Read>();
                    var reaches = new HashSet<Integer>();
                    for (int index : Exprs.leavesIn(output.value())) {
                        var leaf = plan.leaves().get(index);
                        reads.addAll(readsOf.apply(leaf));
                        reaches.add(plan.scans().get(leaf.scan()).reach());
                    }
                    reads.forEach(read -> reaches.add(read.reach()));
                    return new Judged(reads, reaches.isEmpty() ? Set.of(0) : reaches);
                })
                .toList();
    }

    private void addOfBucket(Bucket bucket, Set<Incomplete> reasons) {
        if (bucket.cut()) {
            reasons.add(Incomplete.CUT_BY_RANGE);
        }
        if (bucket.end().isAfter(ready.plan().time().asOf())) {
            reasons.add(Incomplete.BUCKET_NOT_OVER);
        }
    }

    /** Whether some of what is read lies in days whose facts are wrong, in the zone of the source. */
    private boolean isBroken(Stretch stretch, Read read) {
        var standing = ready.trusting().standings().get(read.source());
        if (standing == null || standing.broken().isEmpty()) {
            return false;
        }
        var start = stretch.start();
        var end = stretch.end();
        var startDate = stretch.startDate();
        var endDate = stretch.endDate();
        return standing.broken().stream()
                .anyMatch(each ->
                        read.isByDate()
                                ? (endDate == null || each.from().isBefore(endDate))
                                        && (startDate == null || startDate.isBefore(each.until()))
                                : (end == null
                                                || each.from()
                                                        .atStartOfDay(standing.zone())
                                                        .toInstant()
                                                        .isBefore(end))
                                        && (start == null
                                                || start.isBefore(
                                                        each.until()
                                                                .atStartOfDay(standing.zone())
                                                                .toInstant())));
    }

    /** The bucket must have ended too, whatever part of time is read for it. */
    private static boolean endsAfter(Stretch stretch, Coverage coverage, Read read) {
        var end = edge(read) == Placing.Edge.START ? stretch.start() : stretch.end();
        var endDate = edge(read) == Placing.Edge.START ? stretch.startDate() : stretch.endDate();
        return read.isByDate()
                ? (endDate != null && endDate.isAfter(coverage.untilDate()))
                        || stretch.of().endDate().isAfter(coverage.untilDate())
                : (end != null && end.isAfter(coverage.until()))
                        || stretch.of().end().isAfter(coverage.until());
    }

    /** What begins with the coverage is inside it; what is valid at an end is known where that is, or as-of in a bucket that is not over. */
    private boolean beginsBefore(Stretch stretch, Coverage coverage, Read read) {
        boolean atEnd = edge(read) == Placing.Edge.END;
        var start = atEnd ? stretch.end() : stretch.start();
        var startDate = atEnd ? stretch.endDate() : stretch.startDate();
        if (startDate == null || start == null) {
            return false;
        }
        var time = ready.plan().time();
        if (atEnd && !stretch.mustBeOver() && stretch.of().start().isBefore(time.asOf())) {
            start = start.isBefore(time.asOf()) ? start : time.asOf();
            startDate = startDate.isBefore(time.asOfDate()) ? startDate : time.asOfDate();
        }
        return read.isByDate()
                ? startDate.isBefore(coverage.fromDate())
                : start.isBefore(coverage.from());
    }

    /** At which alone something is read; null: all of the stretch. */
    private static Placing.@Nullable Edge edge(Read read) {
        return switch (read.placing()) {
            case Placing.At _, Placing.ValidDuring _ -> null;
            case Placing.ValidAt(_, var edge) -> edge;
        };
    }

    private List<Notice> notices(List<Row> rows) {
        var notices = new ArrayList<Notice>();
        if (answer.hasMore()) {
            notices.add(cutPage(rows));
        }
        notices.addAll(ready.notices());
        notices.addAll(KnownThen.notRecorded(ready.plan(), answer.coverage()));
        changed().ifPresent(notices::add);
        mixedInstants(notices);
        totalsOfAll(notices);
        notices.addAll(standings.notices());
        var columns = ready.columns();
        for (int at = 0; at < columns.size(); at++) {
            if (columns.get(at).role() == Role.MEASURE) {
                smallSamples(columns.get(at), at, rows, notices);
                undecided(columns.get(at).key(), notices);
                weightless(columns.get(at).key(), notices);
                missingRates(columns.get(at).key(), at, rows, notices);
            }
        }
        return notices;
    }

    /** That a cell which is opened is not what it was. */
    private Optional<Notice> changed() {
        var opened = ready.opened();
        if (opened == null) {
            return Optional.empty();
        }
        return answer.rows().stream()
                .filter(row -> row.kind() == RowKind.GRAND_TOTAL)
                .findFirst()
                .flatMap(cell -> opened.changed(ready.plan().outputs(), cell.values()));
    }

    private void totalsOfAll(List<Notice> notices) {
        if (!ready.plan().having().equals(Expr.TRUE) && ready.plan().kinds().size() > 1) {
            notices.add(
                    new Notice(
                            TOTALS_OF_ALL,
                            "The totals are of all rows, those of the cells too that 'having' leaves out. For totals of fewer, filter the question ('where').",
                            null));
        }
    }

    private void mixedInstants(List<Notice> notices) {
        var mixed = new AttributeInstants(ready.plan()).mixed();
        if (!mixed.isEmpty()) {
            notices.add(mixedInstants("attributes", mixed));
        }
    }

    /** That columns are grouped by what is read at different times, of each column when. */
    static Notice mixedInstants(String what, Map<String, Set<String>> ofColumns) {
        var columns =
                ofColumns.entrySet().stream()
                        .map(column ->
                                "%s as of %s"
                                        .formatted(
                                                column.getKey(),
                                                String.join(" and ", column.getValue())))
                        .collect(Collectors.joining(", "));
        return new Notice(
                MIXED_INSTANTS,
                "The groups are of %s at different times: %s. Say as of when in the key to have one."
                        .formatted(what, columns),
                null);
    }

    /** Of the same condition in several leaves, as the parts of a share have it, the largest count. */
    private void undecided(String column, List<Notice> notices) {
        if (answer.tallies().isEmpty()) {
            return;
        }
        var counts = new LinkedHashMap<Undecided, Long>();
        for (var one : ready.plan().tallies().undecided()) {
            if (one.column().equals(column)) {
                var condition =
                        new Undecided(
                                column, 0, one.row(), one.rows(), one.names(), one.rewrites());
                counts.merge(condition, answer.tallies().get(one.leaf()), Math::max);
            }
        }
        counts.forEach((condition, count) -> {
            if (count > 0) {
                notices.add(
                        new Notice(
                                "UNDECIDED",
                                "In '%s' a negation is neither true nor false for %d %s without a value of %s, and does not hold for %s; to have it hold: %s."
                                        .formatted(
                                                column,
                                                count,
                                                count == 1 ? condition.row() : condition.rows(),
                                                String.join(", ", condition.names()),
                                                count == 1 ? "it" : "them",
                                                String.join("; ", condition.rewrites())),
                                column));
            }
        });
    }

    /** Of the same rows in several leaves, as the parts of a mean have them, the largest count. */
    private void weightless(String column, List<Notice> notices) {
        if (answer.tallies().isEmpty()) {
            return;
        }
        var counts = new LinkedHashMap<Weightless, Long>();
        for (var one : ready.plan().tallies().weightless()) {
            if (one.column().equals(column)) {
                counts.merge(
                        new Weightless(column, 0, one.row(), one.rows()),
                        answer.tallies().get(one.leaf()),
                        Math::max);
            }
        }
        counts.forEach((left, count) -> {
            if (count > 0) {
                notices.add(
                        new Notice(
                                WITHOUT_WEIGHT,
                                count == 1
                                        ? "'%s' leaves out 1 %s, whose weight is empty or not above zero."
                                                .formatted(column, left.row())
                                        : "'%s' leaves out %d %s, whose weights are empty or not above zero."
                                                .formatted(column, count, left.rows()),
                                column));
            }
        });
    }

    /** Which rates the values that lack one lack. */
    private static void missingRates(String column, int at, List<Row> rows, List<Notice> notices) {
        var days = new TreeMap<String, SortedSet<LocalDate>>();
        rows.stream()
                .flatMap(row -> ((Cell.Value) row.cells().get(at)).value().missingRates().stream())
                .forEach(rate ->
                        days.computeIfAbsent(rate.currency(), _ -> new TreeSet<>())
                                .add(rate.day()));
        if (!days.isEmpty()) {
            notices.add(
                    new Notice(
                            "NO_RATE",
                            "'%s' has no value where there is no rate: %s."
                                    .formatted(
                                            column,
                                            days.entrySet().stream()
                                                    .map(of -> missing(of.getKey(), of.getValue()))
                                                    .collect(Collectors.joining("; "))),
                            column));
        }
    }

    private static String missing(String currency, SortedSet<LocalDate> days) {
        var of = currency.isEmpty() ? "of amounts without a currency" : "of " + currency;
        var first =
                days.stream()
                        .limit(MOST_DAYS)
                        .map(LocalDate::toString)
                        .collect(Collectors.joining(", "));
        return days.size() <= MOST_DAYS
                ? "%s on %s".formatted(of, first)
                : "%s on %s and %d more days until %s"
                        .formatted(of, first, days.size() - MOST_DAYS, days.last());
    }

    private static Notice cutPage(List<Row> rows) {
        long cells = rows.stream().filter(row -> row.kind() == RowKind.CELL).count();
        return new Notice(
                CUT_PAGE,
                "There are more rows than these %d; ask for more at once (first, up to %d) or for the next page (after)."
                        .formatted(cells, QuestionLimits.MOST_ROWS),
                null);
    }

    private static void smallSamples(Column column, int at, List<Row> rows, List<Notice> notices) {
        long small =
                rows.stream()
                        .map(row -> (Cell.Value) row.cells().get(at))
                        .filter(cell -> cell.value().restsOnFew())
                        .count();
        if (small > 0) {
            notices.add(
                    new Notice(
                            "SMALL_SAMPLE",
                            "%d of %d values of '%s' rest on fewer than %d observations."
                                    .formatted(
                                            small,
                                            rows.size(),
                                            column.key(),
                                            Measured.SMALL_SAMPLE),
                            column.key()));
        }
    }
}
