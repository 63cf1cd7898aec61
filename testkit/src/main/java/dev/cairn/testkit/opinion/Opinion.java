package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers one question: every row there is, before any page is cut. */
final class Opinion {
    private final AnalysisQuery query;
    private final PlainCalendar calendar;
    private final AskedRows rows;
    private final Samples samples;
    private final Definitions definitions;
    private final PlainWindows windows;
    private final Meaning meaning;
    private final List<Sentence> outputs;

    /** What makes groups. */
    private final List<Read> read;

    /**
     * What is read of a formula.
     *
     * @param whole with all that it names
     */
    private record Read(Sentence of, Sentence whole) {}

    /** Of each output with what its formula names and does not read. */
    private final List<Sentence> wholes = new ArrayList<>();

    /** A value as it should be said. */
    record Figure(
            @Nullable Object value,
            @Nullable Absence absence,
            @Nullable Object numerator,
            @Nullable Object denominator,
            Samples.Sample sample,
            Set<Incomplete> incomplete,
            long pending) {}

    /**
     * A row as it should be.
     *
     * @param bucket null: a total over time
     * @param keys those shown, and the account that tells users apart
     */
    record Line(
            RowKind kind,
            @Nullable Stretch bucket,
            List<GroupValue> keys,
            List<Figure> figures,
            Set<Incomplete> incomplete) {}

    /** The same question with all groups; null: this is it. */
    private final @Nullable Opinion ofAll;

    /** The same question at the other time; null: it is not compared. */
    private final @Nullable Opinion compared;

    private Opinion(
            World world,
            AnalysisQuery query,
            Caller caller,
            Instant asOf,
            PlainCalendar calendar,
            @Nullable Opinion ofAll) {
        this.query = query;
        this.calendar = calendar;
        this.ofAll = ofAll;
        var shown = ofAll == null ? null : ofAll.greatest(Objects.requireNonNull(query.top()));
        this.rows = new AskedRows(world, query, caller, asOf, calendar, shown);
        this.compared =
                query.compareTo() == null
                        ? null
                        : new Opinion(
                                world,
                                query.withCompareTo(null),
                                caller,
                                asOf,
                                otherTime(query, calendar, asOf, rows.windows()),
                                null);
        this.samples = new Samples(rows);
        this.definitions = rows.definitions();
        this.windows = rows.windows();
        this.meaning = rows.meaning();
        this.outputs =
                query.metrics().stream()
                        .map(metric ->
                                switch (metric.metric()) {
                                    case MetricReference.Inline(var formula) ->
                                            SentenceReader.read(formula);
                                    case MetricReference.ByKey(var key) ->
                                            definitions.metricOf(key);
                                    case MetricReference.Pinned(var key, _) ->
                                            definitions.metricOf(key);
                                })
                        .toList();
        this.read = new ArrayList<>();
        for (int at = 0; at < outputs.size(); at++) {
            var unread =
                    query.metrics().get(at).metric() instanceof MetricReference.Inline(var formula)
                            ? SentenceReader.unread(formula)
                            : List.<Sentence>of();
            var all = Stream.concat(Stream.of(outputs.get(at)), unread.stream()).toList();
            var whole = new Sentence.Call("let", all);
            wholes.add(whole);
            all.forEach(part -> read.add(new Read(part, whole)));
        }
    }

    /**
     * An answer as it should be.
     *
     * @param lines all rows: the cells in no order, then the totals
     * @param undecided of each column the numbers of rows that its negations leave undecided; null: no opinion on them
     */
    record Expected(List<Line> lines, List<@Nullable List<Long>> undecided) {}

    /** @throws Unsupported where there is no opinion */
    static Expected of(World world, AnalysisQuery query, Caller caller, Instant now) {
        var asOf = Objects.requireNonNullElse(query.asOf(), now);
        var calendar = PlainCalendar.of(query, asOf);
        if (query.top() != null && query.compareTo() != null) {
            throw new Unsupported("the greatest groups beside another time");
        }
        var ofAll = new Opinion(world, query, caller, asOf, calendar, null);
        var opinion =
                query.top() == null
                        ? ofAll
                        : new Opinion(world, query, caller, asOf, calendar, ofAll);
        return new Expected(opinion.lines(), opinion.undecided());
    }

    /** Each stretch as much earlier as was asked for, or one after another those of any other range. */
    private static PlainCalendar otherTime(
            AnalysisQuery query, PlainCalendar calendar, Instant asOf, PlainWindows windows) {
        return switch (Objects.requireNonNull(query.compareTo())) {
            case dev.cairn.domain.analysis.Comparison.Previous _ ->
                    earlier(calendar, windows.lengthOfRange(), windows);
            case dev.cairn.domain.analysis.Comparison.Earlier(int count, var grain) ->
                    moved(calendar, new Sentence.Span(count, grain.text()), windows);
            case dev.cairn.domain.analysis.Comparison.Other(var range) ->
                    PlainCalendar.of(query.withRange(range), asOf);
        };
    }

    /** Both ends of the range so much earlier; of buckets each. */
    private static PlainCalendar moved(
            PlainCalendar calendar, Sentence.Span by, PlainWindows windows) {
        var whole = windows.bothEndsEarlier(calendar.whole(), by);
        return calendar.grain() == null
                ? new PlainCalendar(whole, List.of(whole), null)
                : new PlainCalendar(
                        whole, earlier(calendar, by, windows).stretches(), calendar.grain());
    }

    private static PlainCalendar earlier(
            PlainCalendar calendar, Sentence.Span by, PlainWindows windows) {
        return new PlainCalendar(
                windows.earlier(calendar.whole(), by),
                calendar.stretches().stream().map(stretch -> windows.earlier(stretch, by)).toList(),
                calendar.grain());
    }

    /** The groups that are shown: those with the greatest values of the whole range, of equal ones the first by their keys. */
    private Set<List<GroupValue>> greatest(TopGroups asked) {
        if (query.having() != null) {
            throw new Unsupported("the greatest groups of those that are kept");
        }
        int at = asked.by() == null ? 0 : column(asked.by());
        var groups = lines(RowKind.CELL, true, List.of(calendar.whole()));
        if (groups.stream().anyMatch(group -> group.figures().get(at).value() instanceof Double)) {
            throw new Unsupported("the greatest of doubles");
        }
        return groups.stream()
                .sorted(new LineOrder(query.zone()).byFigure(at))
                .limit(asked.groups())
                .map(Line::keys)
                .collect(Collectors.toUnmodifiableSet());
    }

    private List<@Nullable List<Long>> undecided() {
        var whole = windows.of(calendar.whole());
        var two = meaning.inTwo();
        var counted =
                new Undecided(
                        definitions,
                        meaning,
                        new Undecided.Asked() {
                            @Override
                            public List<Context.Row> letThrough(Sentence.Aggregate aggregate) {
                                var asks = rows.marks().asksFor(aggregate, List.of());
                                return rows.every(aggregate, whole).stream()
                                        .filter(row -> rows.isLetThrough(row, asks))
                                        .toList();
                            }

                            @Override
                            public List<Context.Row> ofMember(
                                    Sentence.Aggregate aggregate, Context.OfMember member) {
                                return rows.of(aggregate, member);
                            }

                            @Override
                            public boolean keeps(Context.Row row) {
                                return rows.isKept(row, meaning);
                            }

                            @Override
                            public boolean keepsInTwo(Context.Row row) {
                                return rows.isKept(row, two);
                            }
                        });
        var counts = new ArrayList<@Nullable List<Long>>();
        var ofOther = compared == null ? List.<@Nullable List<Long>>of() : compared.undecided();
        for (Sentence output : outputs) {
            boolean isPlain = rows.isPlain() && definitions.isPlain(output, Definitions.Level.CELL);
            counts.add(isPlain ? counted.counts(output) : null);
            if (compared != null) {
                counts.add(ofOther.get(counts.size() / 2));
            }
        }
        return counts;
    }

    private List<Line> lines() {
        boolean timed = query.grain() != null;
        boolean grouped = !query.groupBy().isEmpty();
        var lines = new ArrayList<>(lines(RowKind.CELL, true, calendar.stretches()));
        lines.removeIf(line -> !isKept(line));
        if (query.totals() && grouped && timed) {
            lines.addAll(lines(RowKind.TOTAL_OVER_GROUPS, false, calendar.stretches()));
            lines.addAll(lines(RowKind.TOTAL_OVER_TIME, true, List.of(calendar.whole())));
        }
        if (query.totals() && (grouped || timed)) {
            lines.addAll(lines(RowKind.GRAND_TOTAL, false, List.of(calendar.whole())));
        }
        return lines;
    }

    private boolean isKept(Line line) {
        if (query.having() != null
                && line.figures().stream()
                        .anyMatch(figure -> figure.absence() == Absence.NO_RATE)) {
            throw new Unsupported("a condition on what has no rate");
        }
        return query.having() == null
                || rows.filters()
                        .ofColumns(
                                query.having(),
                                column -> line.figures().get(column(column)).value());
    }

    private int column(String column) {
        for (int at = 0; at < query.metrics().size(); at++) {
            var asked = query.metrics().get(at);
            if (column.equals(asked.as() != null ? asked.as() : keyOf(asked.metric()))) {
                return compared == null ? at : 2 * at;
            }
        }
        throw new Unsupported("the column " + column);
    }

    private static String keyOf(MetricReference metric) {
        return switch (metric) {
            case MetricReference.ByKey(var key) -> key;
            case MetricReference.Pinned(var key, _) -> key;
            case MetricReference.Inline _ -> throw new Unsupported("a column without a name");
        };
    }

    private List<Line> lines(RowKind kind, boolean byGroup, List<Stretch> buckets) {
        boolean dense = query.grain() == null || !kind.hasTime() || query.fillGaps();
        var there = new LinkedHashMap<Stretch, Set<List<GroupValue>>>();
        var all = new LinkedHashSet<List<GroupValue>>();
        boolean hasGroups = byGroup && !query.groupBy().isEmpty();
        var total = total();
        for (Stretch bucket : buckets) {
            var here = groups(bucket, hasGroups, total);
            if (compared != null) {
                here.addAll(compared.groups(otherOf(bucket), hasGroups, total));
            }
            there.put(bucket, here);
            all.addAll(here);
        }
        if (!hasGroups) {
            all.add(total);
        } else if (query.top() != null && !query.top().other()) {
            all.removeIf(keys -> keys.contains(GroupValue.OTHER));
        }
        var lines = new ArrayList<Line>();
        if (ofAll != null && hasGroups) {
            // What is shown is what it would be beside all others.
            ofAll.lines(kind, true, buckets).stream()
                    .filter(line -> all.contains(line.keys()))
                    .forEach(lines::add);
            all.removeIf(keys -> !keys.contains(GroupValue.OTHER));
        }
        there.forEach((bucket, here) -> {
            var ranked =
                    all.stream()
                            .filter(keys -> byGroup && (dense || here.contains(keys)))
                            .filter(keys -> !keys.contains(GroupValue.OTHER))
                            .map(keys -> hasGroups ? keys : total)
                            .toList();
            rank(bucket, ranked);
            if (compared != null) {
                compared.rank(otherOf(bucket), ranked);
            }
            for (List<GroupValue> keys : all) {
                if (dense || here.contains(keys)) {
                    lines.add(line(kind, bucket, hasGroups ? keys : total, keys));
                }
            }
        });
        return lines;
    }

    /** The groups that have a row in a bucket. */
    private Set<List<GroupValue>> groups(
            Stretch bucket, boolean hasGroups, List<GroupValue> total) {
        var here = new LinkedHashSet<List<GroupValue>>();
        for (var output : read) {
            var cell = rows.cell(bucket, total, output.whole());
            for (var leaf : rows.reads().leaves(output.of(), cell)) {
                rows.groups(leaf).forEach(keys -> here.add(hasGroups ? keys : total));
            }
        }
        return here;
    }

    private void rank(Stretch bucket, List<List<GroupValue>> groups) {
        rows.ranked(
                bucket,
                groups.stream()
                        .map(keys -> rows.cell(bucket, keys, new Sentence.Literal(null)))
                        .toList());
    }

    /** The bucket, or the range, of the other time. */
    private Stretch otherOf(Stretch bucket) {
        var other = Objects.requireNonNull(compared).calendar;
        return bucket.equals(calendar.whole())
                ? other.whole()
                : other.stretches().get(calendar.stretches().indexOf(bucket));
    }

    private List<GroupValue> total() {
        var keys = new ArrayList<GroupValue>();
        query.groupBy().forEach(_ -> keys.add(GroupValue.TOTAL));
        if (rows.groupKeys().tellUsersApart()) {
            keys.add(GroupValue.TOTAL);
        }
        return keys;
    }

    private Line line(RowKind kind, Stretch bucket, List<GroupValue> group, List<GroupValue> keys) {
        var figures = new ArrayList<Figure>();
        for (int at = 0; at < outputs.size(); at++) {
            var output = outputs.get(at);
            figures.add(figure(output, rows.cell(bucket, group, wholes.get(at))));
            if (compared != null) {
                var other = compared.rows.cell(otherOf(bucket), group, wholes.get(at));
                var coverage = rows.facts().coverage();
                if (compared.rows.reads().leaves(output, other).isEmpty()
                        && coverage.isOver(bucket) != coverage.isOver(other.bucket())) {
                    throw new Unsupported("what reads nothing beside another time");
                }
                figures.add(compared.figure(output, other));
            }
        }
        var incomplete = new LinkedHashSet<Incomplete>();
        figures.forEach(figure -> incomplete.addAll(figure.incomplete()));
        // The bucket itself is that of the time, whatever is read in others for the values.
        if (bucket.cut()) {
            incomplete.add(Incomplete.CUT_BY_RANGE);
        }
        if (!rows.facts().coverage().isOver(bucket)) {
            incomplete.add(Incomplete.BUCKET_NOT_OVER);
        }
        return new Line(
                kind,
                kind.hasTime() ? bucket : null,
                keys,
                figures,
                kind.hasTime() ? incomplete : Set.of());
    }

    private Figure figure(Sentence output, Context.OfCell cell) {
        Meaning.Said said;
        try {
            said = meaning.of(output, cell);
        } catch (Amounts.NoRate missing) {
            return new Figure(
                    null,
                    Absence.NO_RATE,
                    null,
                    null,
                    Samples.UNKNOWN,
                    incomplete(output, cell),
                    pending(output, cell));
        }
        var division = definitions.outermostDivision(output, cell, windows).orElse(null);
        @Nullable Object numerator = null;
        @Nullable Object denominator = null;
        var sample = Samples.NONE;
        if (division != null) {
            var within = division.cell();
            if (division.of() instanceof Sentence.Pair(_, var left, var right)) {
                numerator = meaning.of(left, within).value();
                denominator = meaning.of(right, within).value();
                sample = samples.of(right, within);
            } else {
                var share = division.aggregate();
                var taken = meaning.overRows().taken(share, within);
                boolean isKnown = samples.isKnown(division, taken.size(), false);
                denominator = isKnown ? BigDecimal.valueOf(taken.size()) : null;
                boolean hasValue = samples.isKnown(division, taken.size(), true);
                if (share.weight() != null) {
                    var weights = new Weights(share, taken, meaning);
                    denominator = isKnown ? orZero(share, weights.denominator()) : null;
                    numerator = hasValue ? orZero(share, weights.numerator()) : null;
                } else if (hasValue) {
                    var condition = share.ofRow();
                    numerator =
                            BigDecimal.valueOf(
                                    taken.stream()
                                            .filter(row -> meaning.holds(condition, row))
                                            .count());
                }
                sample = samples.of(share, within);
            }
        }
        return new Figure(
                PlainValues.settled(said.value()),
                said.why(),
                numerator,
                denominator,
                sample.equals(Samples.NONE) ? samples.of(output, cell) : sample,
                incomplete(output, cell),
                pending(output, cell));
    }

    /** A share of no rows is 0 of 0; a mean of none is of nothing. */
    private static @Nullable Object orZero(Sentence.Aggregate of, @Nullable Object sum) {
        return sum == null && of.function().equals("share") ? BigDecimal.ZERO : sum;
    }

    private Set<Incomplete> incomplete(Sentence output, Context.OfCell cell) {
        var reasons = EnumSet.noneOf(Incomplete.class);
        reasons.addAll(rows.reads().incomplete(output, cell));
        for (var leaf : rows.reads().leaves(output, cell)) {
            reasons.addAll(OwnWindows.incomplete(asked(leaf)));
            if (!rows.isKnownUntilItsEnd(leaf)) {
                reasons.add(Incomplete.BEYOND_COVERAGE);
            }
        }
        return reasons;
    }

    /** Of several parts the most that one leaves out. */
    private long pending(Sentence output, Context.OfCell cell) {
        return rows.reads().leaves(output, cell).stream()
                .mapToLong(leaf -> asked(leaf).stream().filter(OwnWindows.Asked::isPending).count())
                .max()
                .orElse(0);
    }

    /** Nobody in a bucket that has not begun, nor where it is not known whom the question is about. */
    private List<OwnWindows.Asked> asked(Definitions.Placed leaf) {
        boolean hasBegun = rows.facts().coverage().hasBegun(leaf.cell().when().hand());
        return hasBegun
                        && rows.haveWindows(leaf.aggregate())
                        && rows.reads().isKnownWhoIsAsked(leaf.aggregate(), leaf.cell())
                ? meaning.overRows().asked(leaf.aggregate(), leaf.cell())
                : List.of();
    }
}
