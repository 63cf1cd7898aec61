package dev.cairn.testkit.opinion;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.opinion.Definitions.Level;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import dev.cairn.testkit.opinion.PlainFacts.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers one question: every row there is, before any page is cut. */
final class Opinion {
    private final World world;
    private final AnalysisQuery query;
    private final Caller caller;
    private final Instant asOf;
    private final Definitions definitions;
    private final PlainFacts facts;
    private final PlainMembers members;
    private final PlainCalendar calendar;
    private final Meaning meaning;
    private final Filters filters;
    private final List<Sentence> outputs;

    /** The outputs and what else is read. */
    private final List<Sentence> read;

    /** Rows that the question lets through, with their keys; the slow part, so done once. */
    private final Map<List<Object>, List<Keyed>> asked = new HashMap<>();

    private final Map<List<Object>, List<Context.Row>> every = new HashMap<>();

    /** The cells of each bucket that are being worked out. */
    private final Map<Stretch, List<Context.OfCell>> groups = new HashMap<>();

    private record Keyed(Context.Row row, List<GroupValue> keys) {}

    /** A value as it should be said. */
    record Figure(
            @Nullable Object value,
            @Nullable Absence absence,
            @Nullable Object numerator,
            @Nullable Object denominator,
            Sample sample,
            Set<Incomplete> incomplete) {}

    /**
     * Observations under a value.
     *
     * @param size null: there is none
     * @param mayBeMissing whether it takes a proof that a value is never empty to know that there is one
     */
    record Sample(@Nullable Long size, boolean mayBeMissing) {
        boolean fits(@Nullable Long said) {
            return Objects.equals(said, size) || (mayBeMissing && said == null);
        }
    }

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

    private Opinion(World world, AnalysisQuery query, Caller caller, Instant now) {
        this.world = world;
        this.query = query;
        this.caller = caller;
        this.asOf = Objects.requireNonNullElse(query.asOf(), now);
        this.definitions = new Definitions(world.catalog());
        this.facts = new PlainFacts(world, asOf, query.zone());
        this.members = new PlainMembers(world, facts, query.zone());
        this.calendar = PlainCalendar.of(query, asOf);
        this.meaning = new Meaning(definitions, facts, members, rows(), query.zone());
        this.filters = new Filters(meaning, definitions, query.zone());
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
     * @param undecided of each column the numbers of rows that its negations leave undecided
     */
    record Expected(List<Line> lines, List<List<Long>> undecided) {}

    /** @throws Unsupported where there is no opinion */
    static Expected of(World world, AnalysisQuery query, Caller caller, Instant now) {
        if (query.top() != null) {
            throw new Unsupported("which groups are shown");
        }
        if (query.knownAt() != null) {
            throw new Unsupported("what was known earlier");
        }
        var opinion = new Opinion(world, query, caller, now);
        return new Expected(opinion.lines(), opinion.undecided());
    }

    private List<List<Long>> undecided() {
        var whole = calendar.whole();
        var two = meaning.inTwo();
        var counted =
                new Undecided(
                        definitions,
                        meaning,
                        new Undecided.Asked() {
                            @Override
                            public List<Context.Row> letThrough(Sentence.Aggregate aggregate) {
                                var asks = asksFor(aggregate);
                                return every(aggregate, whole).stream()
                                        .filter(row -> isLetThrough(row, asks))
                                        .toList();
                            }

                            @Override
                            public List<Context.Row> ofMember(
                                    Sentence.Aggregate aggregate, Context.OfMember member) {
                                return rows(aggregate, member);
                            }

                            @Override
                            public boolean keeps(Context.Row row) {
                                return isKept(row, meaning);
                            }

                            @Override
                            public boolean keepsInTwo(Context.Row row) {
                                return isKept(row, two);
                            }
                        });
        return outputs.stream().map(counted::counts).toList();
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
                || filters.ofColumns(
                        query.having(),
                        column -> {
                            for (int at = 0; at < query.metrics().size(); at++) {
                                var asked = query.metrics().get(at);
                                String name =
                                        asked.as() != null ? asked.as() : keyOf(asked.metric());
                                if (name.equals(column)) {
                                    return line.figures().get(at).value();
                                }
                            }
                            throw new Unsupported("the column " + column);
                        });
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
                for (Sentence.Aggregate leaf : definitions.aggregates(output, Level.CELL)) {
                    for (Keyed keyed : taken(leaf, bucket)) {
                        here.add(hasGroups ? keyed.keys() : total);
                    }
                }
            }
            there.put(bucket, here);
            all.addAll(here);
        }
        if (!hasGroups) {
            all.add(total);
        }
        var lines = new ArrayList<Line>();
        groups.clear();
        there.forEach((bucket, here) -> {
            groups.put(
                    bucket,
                    all.stream()
                            .filter(keys -> byGroup && (dense || here.contains(keys)))
                            .map(keys -> new Context.OfCell(bucket, hasGroups ? keys : null))
                            .toList());
            for (List<GroupValue> keys : all) {
                if (dense || here.contains(keys)) {
                    var cell = new Context.OfCell(bucket, hasGroups ? keys : null);
                    lines.add(line(kind, cell, keys));
                }
            }
        });
        return lines;
    }

    private List<GroupValue> total() {
        var keys = new ArrayList<GroupValue>();
        query.groupBy().forEach(_ -> keys.add(GroupValue.TOTAL));
        if (tellsUsersApart()) {
            keys.add(GroupValue.TOTAL);
        }
        return keys;
    }

    private Line line(RowKind kind, Context.OfCell cell, List<GroupValue> keys) {
        var figures = outputs.stream().map(output -> figure(output, cell)).toList();
        var reads = new LinkedHashSet<Times>();
        outputs.forEach(output -> reads.addAll(definitions.reads(output, Level.CELL)));
        return new Line(
                kind,
                kind.hasTime() ? cell.bucket() : null,
                keys,
                figures,
                kind.hasTime() ? facts.incomplete(reads, cell.bucket()) : Set.of());
    }

    private Figure figure(Sentence output, Context.OfCell cell) {
        var said = meaning.of(output, cell);
        var division = definitions.outermostDivision(output).orElse(null);
        @Nullable Object numerator = null;
        @Nullable Object denominator = null;
        var sample = NO_SAMPLE;
        switch (division) {
            case Sentence.Pair(_, var left, var right) -> {
                numerator = meaning.of(left, cell).value();
                denominator = meaning.of(right, cell).value();
                sample = sample(right, cell);
            }
            case Sentence.Aggregate share -> {
                var rows = meaning.taken(share, cell);
                boolean isKnown = isKnown(share, rows.size(), definitions.readsOfRows(share), cell);
                denominator = isKnown ? BigDecimal.valueOf(rows.size()) : null;
                if (isKnown(share, rows.size(), definitions.reads(share), cell)) {
                    var condition = Meaning.valueOf(share);
                    numerator =
                            BigDecimal.valueOf(
                                    rows.stream()
                                            .filter(row -> meaning.holds(condition, row))
                                            .count());
                }
                sample = sample(share, cell);
            }
            case null, default -> {}
        }
        return new Figure(
                PlainValues.settled(said.value()),
                said.why(),
                numerator,
                denominator,
                sample.equals(NO_SAMPLE) ? sample(output, cell) : sample,
                facts.incomplete(definitions.reads(output, Level.CELL), cell.bucket()));
    }

    /** Whether it is known how many rows there are: of members within the coverage, of facts there or where there are some. */
    private boolean isKnown(
            Sentence.Aggregate aggregate, int rows, Set<Times> reads, Context.OfCell cell) {
        boolean overMembers = definitions.relation(aggregate.relation()).entity() != null;
        return (!overMembers && rows > 0) || facts.outside(reads, cell.bucket()).isEmpty();
    }

    // ---- samples

    private static final Set<String> OF_ROWS = Set.of("count", "exists", "share");
    private static final Sample NO_SAMPLE = new Sample(null, false);

    /** The rows read, where all that is read are the same rows; for aggregates of a value those that have one. */
    private Sample sample(Sentence of, Context.OfCell cell) {
        var samples = definitions.aggregates(of, Level.CELL);
        if (samples.isEmpty()) {
            return NO_SAMPLE;
        }
        var first = samples.getFirst();
        boolean sameRows = samples.stream().map(this::rowsAsText).distinct().count() == 1;
        boolean sameValue = samples.stream().map(this::valueAsText).distinct().count() == 1;
        var rows = observed(first, cell);
        if (!sameRows && !samples.stream().allMatch(other -> observed(other, cell).equals(rows))) {
            return NO_SAMPLE;
        }
        boolean isKnown = isKnown(first, rows.size(), definitions.readsOfRows(first), cell);
        boolean needsValue =
                !OF_ROWS.contains(first.function())
                        && !isKnown(first, rows.size(), definitions.reads(first), cell);
        return new Sample(
                isKnown ? (Long) (long) rows.size() : null, !sameRows || !sameValue || needsValue);
    }

    private List<Context.Row> observed(Sentence.Aggregate aggregate, Context.OfCell cell) {
        boolean ofRows = OF_ROWS.contains(aggregate.function());
        return meaning.taken(aggregate, cell).stream()
                .filter(row ->
                        ofRows || meaning.of(Meaning.valueOf(aggregate), row).value() != null)
                .toList();
    }

    /** What makes the rows of two aggregates the same, as text: names in full and bare ones are one. */
    private String rowsAsText(Sentence.Aggregate aggregate) {
        var relation = definitions.relation(aggregate.relation());
        var conditions = new ArrayList<>(relation.conditions().reversed());
        if (aggregate.where() != null) {
            conditions.add(aggregate.where());
        }
        String on =
                relation.source() == null
                        ? ""
                        : facts.times(relation.source(), aggregate.on()).toString();
        return bare(on + relation.entity() + conditions + asksFor(aggregate), relation.names());
    }

    private String valueAsText(Sentence.Aggregate aggregate) {
        return OF_ROWS.contains(aggregate.function())
                ? ""
                : bare(
                        Meaning.valueOf(aggregate).toString(),
                        definitions.relation(aggregate.relation()).names());
    }

    private static String bare(String text, Set<String> names) {
        for (String name : names) {
            text = text.replace("parts=[" + name + ", ", "parts=[");
        }
        return text;
    }

    // ---- rows

    private Meaning.Rows rows() {
        return new Meaning.Rows() {
            @Override
            public List<Context.Row> of(Sentence.Aggregate aggregate, Context context) {
                return rows(aggregate, context);
            }

            @Override
            public List<Context.OfCell> groups(Context.OfCell cell) {
                return groups.getOrDefault(cell.bucket(), List.of());
            }
        };
    }

    private List<Context.Row> rows(Sentence.Aggregate aggregate, Context context) {
        return switch (context) {
            case Context.OfCell(var bucket, var group) ->
                    asked(aggregate, bucket).stream()
                            .filter(keyed -> group == null || keyed.keys().equals(group))
                            .map(Keyed::row)
                            .toList();
            case Context.OfMember member ->
                    every(aggregate, member.bucket()).stream()
                            .filter(row ->
                                    Objects.equals(row.owner().account(), member.owner().account())
                                            && (member.kind() == EntityKind.ACCOUNT
                                                    || Objects.equals(
                                                            row.owner().user(),
                                                            member.owner().user())))
                            .toList();
            case Context.OfFact _ -> throw new Unsupported("an aggregate of a row");
        };
    }

    private List<Keyed> taken(Sentence.Aggregate aggregate, Stretch bucket) {
        Set<Context.Row> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        taken.addAll(meaning.taken(aggregate, new Context.OfCell(bucket, null)));
        return asked(aggregate, bucket).stream()
                .filter(keyed -> taken.contains(keyed.row()))
                .toList();
    }

    /** All rows of a relation in a bucket. */
    private List<Context.Row> every(Sentence.Aggregate aggregate, Stretch bucket) {
        var of =
                List.<Object>of(
                        aggregate.relation(),
                        Objects.requireNonNullElse(aggregate.on(), ""),
                        bucket);
        var known = every.get(of);
        if (known == null) {
            known = read(aggregate, bucket);
            every.put(of, known);
        }
        return known;
    }

    private List<Context.Row> read(Sentence.Aggregate aggregate, Stretch bucket) {
        var relation = definitions.relation(aggregate.relation());
        var entity = relation.entity();
        if (entity != null) {
            return members.existing(entity, bucket, asOf).stream()
                    .<Context.Row>map(owner -> new Context.OfMember(entity, owner, bucket))
                    .toList();
        }
        var source = world.source(Objects.requireNonNull(relation.source()));
        var rows = new ArrayList<Context.Row>();
        for (Fact fact : facts.within(facts.times(source.name(), aggregate.on()), bucket)) {
            rows.add(new Context.OfFact(source, relation.names(), fact, bucket));
        }
        return rows;
    }

    private List<Keyed> asked(Sentence.Aggregate aggregate, Stretch bucket) {
        var asks = asksFor(aggregate);
        return asked.computeIfAbsent(
                List.of(
                        aggregate.relation(),
                        Objects.requireNonNullElse(aggregate.on(), ""),
                        bucket,
                        asks),
                _ ->
                        every(aggregate, bucket).stream()
                                .filter(row -> isLetThrough(row, asks) && isKept(row, meaning))
                                .map(row -> new Keyed(row, keys(row)))
                                .toList());
    }

    /** Whether formula and cohort of the question keep a row. */
    private boolean isKept(Context.Row row, Meaning by) {
        return (query.where() == null || by.holds(SentenceReader.read(query.where()), row))
                && isOfCohort(row, by);
    }

    /** Whether scope and filter of the question let a row through, and it is of no test account that nobody asked for. */
    private boolean isLetThrough(Context.Row row, Set<String> asks) {
        var owner = row.owner();
        boolean isTest =
                world.catalog().entity(EntityKind.ACCOUNT).attributes().stream()
                        .filter(attribute -> attribute.mark() == Mark.TEST)
                        .map(attribute -> attribute.field().name())
                        .filter(mark -> !asks.contains(mark))
                        .anyMatch(mark ->
                                Boolean.TRUE.equals(
                                        members.attribute(EntityKind.ACCOUNT, mark, owner)));
        return !isTest
                && (caller.scope() == null
                        || meaning.fulfils(SentenceReader.read(caller.scope()), owner))
                && (query.filter() == null || filters.ofRow(query.filter(), row));
    }

    private boolean isOfCohort(Context.Row row, Meaning by) {
        return switch (query.cohort()) {
            case null -> true;
            case CohortReference.ByKey(var key) -> Boolean.TRUE.equals(by.isIn(key, row.owner()));
            case CohortReference.Rule(var rule) ->
                    by.fulfils(SentenceReader.read(rule), row.owner());
        };
    }

    /** The marks of test accounts that the question or the aggregate names. */
    private Set<String> asksFor(Sentence.Aggregate aggregate) {
        var asks = new LinkedHashSet<String>();
        for (var attribute : world.catalog().entity(EntityKind.ACCOUNT).attributes()) {
            String mark = attribute.field().name();
            if (attribute.mark() == Mark.TEST
                    && (questionNames(mark) || definitions.names(aggregate, mark, Level.CELL))) {
                asks.add(mark);
            }
        }
        return asks;
    }

    private boolean questionNames(String mark) {
        boolean cohort =
                switch (query.cohort()) {
                    case null -> false;
                    case CohortReference.ByKey(var key) -> definitions.cohortNames(key, mark);
                    case CohortReference.Rule(var rule) ->
                            definitions.names(SentenceReader.read(rule), mark, Level.ACCOUNT);
                };
        var named = new ArrayList<>(query.groupBy());
        if (query.filter() != null) {
            fields(query.filter()).forEach(named::add);
        }
        return cohort
                || (query.where() != null
                        && definitions.names(
                                SentenceReader.read(query.where()), mark, Level.ACCOUNT))
                || named.stream()
                        .anyMatch(name ->
                                definitions.isCohort(name)
                                        ? definitions.cohortNames(name, mark)
                                        : definitions.names(
                                                SentenceReader.dimension(name),
                                                mark,
                                                Level.ACCOUNT));
    }

    private static Stream<String> fields(Filter filter) {
        return switch (filter) {
            case Filter.All(var all) -> all.stream().flatMap(Opinion::fields);
            case Filter.Any(var any) -> any.stream().flatMap(Opinion::fields);
            case Filter.Not(var inside) -> fields(inside);
            case Filter.Where(var field, _, _) -> Stream.of(field);
        };
    }

    // ---- keys

    private boolean tellsUsersApart() {
        return !query.groupBy().contains("account")
                && query.groupBy().stream()
                        .anyMatch(key ->
                                !definitions.isCohort(key)
                                        && meaning.mayBeMadeOfUser(SentenceReader.dimension(key)));
    }

    private List<GroupValue> keys(Context.Row row) {
        var keys = new ArrayList<GroupValue>();
        @Nullable String account = null;
        for (String dimension : query.groupBy()) {
            if (definitions.isCohort(dimension)) {
                var isIn = meaning.isIn(dimension, row.owner());
                keys.add(isIn == null ? GroupValue.NO_ACCOUNT : GroupValue.of(isIn));
                continue;
            }
            var sentence = SentenceReader.dimension(dimension);
            var value = PlainValues.settled(meaning.of(sentence, row).value());
            boolean hasNone =
                    value == null && row.owner().account() == null && readsAccount(sentence);
            keys.add(
                    hasNone
                            ? GroupValue.NO_ACCOUNT
                            : GroupValue.of(
                                    value instanceof BigDecimal number ? plain(number) : value));
            account =
                    account != null || value == null
                            ? account
                            : meaning.accountOfUser(sentence, row);
        }
        if (tellsUsersApart()) {
            keys.add(GroupValue.of(account));
        }
        return keys;
    }

    static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    private boolean readsAccount(Sentence sentence) {
        return switch (sentence) {
            case Sentence.Name(var parts) -> parts.contains("account") && !isField(parts);
            case Sentence.InCohort _ -> true;
            default -> Definitions.parts(sentence).stream().anyMatch(this::readsAccount);
        };
    }

    /** Whether the name in full of a field that is called like the link beside it. */
    private boolean isField(List<String> parts) {
        String owner = parts.getFirst();
        if (parts.size() != 2 || owner.equals("account") || owner.equals("user")) {
            return false;
        }
        var source = world.source(Objects.requireNonNull(definitions.relation(owner).source()));
        return source.field(parts.getLast()).isPresent()
                && !parts.getLast().equals(source.accountField());
    }
}
