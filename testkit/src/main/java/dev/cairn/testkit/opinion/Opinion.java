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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** The outputs and what else is read. */
    private final List<Sentence> read;

    /** A value as it should be said. */
    record Figure(
            @Nullable Object value,
            @Nullable Absence absence,
            @Nullable Object numerator,
            @Nullable Object denominator,
            Samples.Sample sample,
            Set<Incomplete> incomplete) {}

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

    private Opinion(
            World world,
            AnalysisQuery query,
            Caller caller,
            Instant now,
            @Nullable Set<List<GroupValue>> shown) {
        if (query.compareTo() != null) {
            throw new Unsupported("a comparison");
        }
        var asOf = Objects.requireNonNullElse(query.asOf(), now);
        this.query = query;
        this.calendar = PlainCalendar.of(query, asOf);
        this.rows = new AskedRows(world, query, caller, asOf, shown);
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
        this.read = new ArrayList<>(outputs);
        for (var metric : query.metrics()) {
            if (metric.metric() instanceof MetricReference.Inline(var formula)) {
                read.addAll(SentenceReader.unread(formula));
            }
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
        var shown =
                query.top() == null
                        ? null
                        : new Opinion(world, query, caller, now, null).greatest(query.top());
        var opinion = new Opinion(world, query, caller, now, shown);
        return new Expected(opinion.lines(), opinion.undecided());
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
                                var asks = rows.asksFor(aggregate, List.of());
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
        for (Sentence output : outputs) {
            boolean isPlain = rows.isPlain() && definitions.isPlain(output, Definitions.Level.CELL);
            counts.add(isPlain ? counted.counts(output) : null);
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
                return at;
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
            var here = new LinkedHashSet<List<GroupValue>>();
            for (Sentence output : read) {
                for (var leaf : rows.reads().leaves(output, rows.cell(bucket, total))) {
                    // What a total reads makes no group of its own.
                    for (var keyed :
                            leaf.cell().total() ? List.<AskedRows.Keyed>of() : rows.taken(leaf)) {
                        here.add(hasGroups ? keyed.keys() : total);
                    }
                }
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
        there.forEach((bucket, here) -> {
            rows.ranked(
                    bucket,
                    all.stream()
                            .filter(keys -> byGroup && (dense || here.contains(keys)))
                            .map(keys -> rows.cell(bucket, hasGroups ? keys : total))
                            .toList());
            for (List<GroupValue> keys : all) {
                if (dense || here.contains(keys)) {
                    var cell = rows.cell(bucket, hasGroups ? keys : total);
                    lines.add(line(kind, cell, keys));
                }
            }
        });
        return lines;
    }

    private List<GroupValue> total() {
        var keys = new ArrayList<GroupValue>();
        query.groupBy().forEach(_ -> keys.add(GroupValue.TOTAL));
        if (rows.tellsUsersApart()) {
            keys.add(GroupValue.TOTAL);
        }
        return keys;
    }

    private Line line(RowKind kind, Context.OfCell cell, List<GroupValue> keys) {
        var figures = outputs.stream().map(output -> figure(output, cell)).toList();
        var incomplete = new LinkedHashSet<Incomplete>();
        figures.forEach(figure -> incomplete.addAll(figure.incomplete()));
        return new Line(
                kind,
                kind.hasTime() ? cell.bucket() : null,
                keys,
                figures,
                kind.hasTime() ? incomplete : Set.of());
    }

    private Figure figure(Sentence output, Context.OfCell cell) {
        var said = meaning.of(output, cell);
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
                var taken = meaning.taken(share, within);
                boolean isKnown = samples.isKnown(division, taken.size(), false);
                denominator = isKnown ? BigDecimal.valueOf(taken.size()) : null;
                if (samples.isKnown(division, taken.size(), true)) {
                    var condition = Meaning.valueOf(share);
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
                rows.reads().incomplete(output, cell));
    }
}
