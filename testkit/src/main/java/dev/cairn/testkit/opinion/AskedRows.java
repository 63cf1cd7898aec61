package dev.cairn.testkit.opinion;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.opinion.Definitions.Level;
import dev.cairn.testkit.opinion.Definitions.Sense;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import dev.cairn.testkit.opinion.PlainCoverage.Standing;
import dev.cairn.testkit.opinion.PlainMembers.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows that a question lets through, with their keys. */
final class AskedRows implements Meaning.Rows {
    private final World world;
    private final AnalysisQuery query;
    private final Caller caller;
    private final Definitions definitions;
    private final PlainFacts facts;
    private final PlainMembers members;
    private final PlainWindows windows;
    private final Reads reads;
    private final OwnWindows own;
    private final Meaning meaning;
    private final Filters filters;
    private final GroupKeys groupKeys;
    private final TestMarks marks;
    private final List<Sentence> keys;
    private final PlainAges ages;

    /** Of the question's formula those of which all must be true. */
    private final List<Sentence> conditions;

    /** What the question reads for each row. */
    private final List<Sentence> ofQuestion;

    /** The slow part, so done once. */
    private final Map<List<Object>, List<Keyed>> asked = new HashMap<>();

    private final Map<List<Object>, List<Context.Row>> every = new HashMap<>();

    /** The cells of each bucket that are being worked out. */
    private final Map<Stretch, List<Context.OfCell>> groups = new HashMap<>();

    /**
     * A row with its keys.
     *
     * @param ofFilter how the windows stand that the conditions of the question read
     * @param isLeftOut whether one of the conditions that read windows is not true of it
     */
    record Keyed(Context.Row row, GroupKeys.Keys keys, Set<Standing> ofFilter, boolean isLeftOut) {
        /** As one of a group, of which it may be. */
        OwnWindows.Asked in(Context.OfCell cell) {
            var standings = EnumSet.noneOf(Standing.class);
            standings.addAll(ofFilter);
            if (!cell.total() || keys.decideAbout(cell.group())) {
                standings.addAll(keys.standings());
            }
            return new OwnWindows.Asked(row, standings, isLeftOut);
        }
    }

    AskedRows(
            World world,
            AnalysisQuery query,
            Caller caller,
            Instant asOf,
            PlainCalendar calendar,
            @Nullable Set<List<GroupValue>> shown) {
        this.world = world;
        this.query = query;
        this.caller = caller;
        this.definitions = new Definitions(world.catalog());
        var known = query.knownAt() == null ? world : world.knownAt(query.knownAt());
        this.facts = new PlainFacts(known, asOf, query.zone());
        // When members came to be known is not kept: they are those of now.
        this.members =
                new PlainMembers(world, new PlainFacts(world, asOf, query.zone()), query.zone());
        this.windows = new PlainWindows(calendar.whole(), calendar.grain(), query.zone(), asOf);
        this.conditions =
                query.where() == null
                        ? List.of()
                        : OwnWindows.conjuncts(SentenceReader.read(query.where()));
        this.ofQuestion =
                Stream.concat(ofQuestion().stream(), named(query.groupBy()).stream()).toList();
        var ofKeys = named(query.groupBy());
        this.reads = new Reads(definitions, facts, windows, ofQuestion(), ofKeys);
        this.own = new OwnWindows(definitions, facts, windows);
        this.meaning =
                new Meaning(
                        new Meaning.Around(
                                definitions,
                                windows,
                                own,
                                reads,
                                members,
                                facts,
                                this,
                                query.zone(),
                                caller.isScoped()));
        this.keys = query.groupBy().stream().map(SentenceReader::dimension).toList();
        this.ages = new PlainAges(query, calendar, keys);
        this.filters = new Filters(meaning, definitions, query.zone());
        this.groupKeys = new GroupKeys(query, world, meaning, own, definitions, shown);
        this.marks = new TestMarks(query, world, definitions, members);
    }

    Definitions definitions() {
        return definitions;
    }

    PlainFacts facts() {
        return facts;
    }

    PlainWindows windows() {
        return windows;
    }

    OwnWindows own() {
        return own;
    }

    Reads reads() {
        return reads;
    }

    Meaning meaning() {
        return meaning;
    }

    Filters filters() {
        return filters;
    }

    GroupKeys groupKeys() {
        return groupKeys;
    }

    TestMarks marks() {
        return marks;
    }

    /** What the question reads for each row, but for its keys. */
    private List<Sentence> ofQuestion() {
        var read = new ArrayList<Sentence>();
        if (query.where() != null) {
            read.add(SentenceReader.read(query.where()));
        }
        switch (query.cohort()) {
            case null -> {}
            case CohortReference.ByKey(var key) -> read.add(new Sentence.InCohort(key, null));
            case CohortReference.Rule(var rule) ->
                    read.add(new Sentence.InRule(SentenceReader.read(rule)));
        }
        if (query.filter() != null) {
            read.addAll(named(Filters.named(query.filter()).toList()));
        }
        return read;
    }

    private List<Sentence> named(List<String> names) {
        return names.stream()
                .map(name ->
                        definitions.isCohort(name)
                                ? new Sentence.InCohort(name, null)
                                : SentenceReader.dimension(name))
                .toList();
    }

    /** Those that an aggregate is over, before its own condition. */
    @Override
    public List<Context.Row> of(Sentence.Aggregate aggregate, Context context) {
        return switch (context) {
            case Context.OfCell cell ->
                    asked(aggregate, cell).stream().map(OwnWindows.Asked::row).toList();
            case Context.OfMember member ->
                    every(aggregate, member.when()).stream()
                            .filter(row ->
                                    Objects.equals(row.owner().account(), member.owner().account())
                                            && (member.kind().isAccount()
                                                    || Objects.equals(
                                                            row.owner().user(),
                                                            member.owner().user())))
                            .<Context.Row>map(row -> row.seen(member.seen()).asking(member.asks()))
                            .toList();
            case Context.OfFact fact -> pointingAt(fact, aggregate);
        };
    }

    /** Whoever sees some accounts only sees rows of the same one; those of test accounts are there for who asks for them. */
    private List<Context.Row> pointingAt(Context.OfFact row, Sentence.Aggregate aggregate) {
        var link = definitions.pointing(aggregate, row.source()).orElseThrow();
        var key =
                row.source().key().stream()
                        .map(name -> PlainFacts.field(row.source(), row.fact(), name))
                        .toList();
        return every(aggregate, row.when()).stream()
                .map(Context.OfFact.class::cast)
                .filter(other ->
                        link.fields().stream()
                                .map(name -> PlainFacts.field(other.source(), other.fact(), name))
                                .toList()
                                .equals(key))
                .filter(other ->
                        !caller.isScoped()
                                || Objects.equals(other.owner().account(), row.owner().account()))
                .filter(other -> !marks.leaveOut(other.owner(), row.asks()))
                .map(other -> other.asking(row.asks()))
                .<Context.Row>map(
                        other -> row.seen() instanceof Seen.Before ? other.seen(row.seen()) : other)
                .toList();
    }

    @Override
    public List<OwnWindows.Asked> asked(Sentence.Aggregate aggregate, Context.OfCell cell) {
        return keyed(aggregate, cell).stream()
                .filter(keyed -> keyed.keys().mayBeOf(cell.group()))
                .map(keyed -> keyed.in(cell))
                .toList();
    }

    /** The groups of the rows that an aggregate asks for, whatever is in their windows. */
    List<List<GroupValue>> groups(Definitions.Placed leaf) {
        Set<Context.Row> asked = Collections.newSetFromMap(new IdentityHashMap<>());
        meaning.overRows()
                .asked(leaf.aggregate(), leaf.cell())
                .forEach(one -> asked.add(one.row()));
        return keyed(leaf.aggregate(), leaf.cell()).stream()
                .filter(keyed -> asked.contains(keyed.row()))
                .filter(keyed -> Weights.weighs(leaf.aggregate(), keyed.row(), meaning))
                .flatMap(keyed -> keyed.keys().group().stream())
                .toList();
    }

    /** @param cells of all groups of a bucket */
    void ranked(Stretch bucket, List<Context.OfCell> cells) {
        groups.put(bucket, cells);
    }

    @Override
    public List<Context.OfCell> groups(Context.OfCell cell) {
        return groups.getOrDefault(cell.asked(), List.of());
    }

    /** A cell of the question, before anything stands above what is read. */
    Context.OfCell cell(Stretch bucket, List<GroupValue> group, Sentence output) {
        var sense = definitions.sense(output);
        boolean isOfSeveralTimes =
                members.hasHistory(EntityRef.ACCOUNT)
                        && sense != Sense.FACT
                        && definitions.movesTime(output, Level.CELL);
        if (isOfSeveralTimes) {
            throw new Unsupported("attributes at the edges of several windows");
        }
        return new Context.OfCell(
                windows.of(bucket),
                group,
                keys,
                false,
                List.of(),
                sense,
                ages.of(bucket, group),
                bucket);
    }

    /** Whether nothing that the question asks of rows moves time. */
    boolean isPlain() {
        return ofQuestion.stream().allMatch(part -> definitions.isPlain(part, Level.ROW));
    }

    /** All rows of a relation. */
    List<Context.Row> every(Sentence.Aggregate aggregate, When when) {
        var of = List.<Object>of(aggregate.relation(), timing(aggregate), when);
        var known = every.get(of);
        if (known == null) {
            known = read(aggregate, when);
            every.put(of, known);
        }
        return known;
    }

    private String timing(Sentence.Aggregate aggregate) {
        return aggregate.on() + " " + definitions.valid(aggregate);
    }

    private List<Context.Row> read(Sentence.Aggregate aggregate, When when) {
        var relation = definitions.relation(aggregate.relation());
        var entity = relation.entity();
        var stretch = windows.stretch(when);
        if (entity != null) {
            return members.existing(entity, stretch, when.asOf()).stream()
                    .<Context.Row>map(owner ->
                            new Context.OfMember(
                                    entity, owner, when, atEnd(when), marks.ofQuestion()))
                    .toList();
        }
        var source = world.source(Objects.requireNonNull(relation.source()));
        var valid = definitions.valid(aggregate);
        var rows = new ArrayList<Context.Row>();
        if (valid == null) {
            var times = facts.times(source.name(), aggregate.on());
            for (Fact fact : facts.within(times, stretch)) {
                var time = Objects.requireNonNull(PlainFacts.field(source, fact, times.field()));
                var day = new Seen.On(PlainTimes.date(time, query.zone()));
                rows.add(
                        new Context.OfFact(
                                source,
                                relation.names(),
                                fact,
                                times.field(),
                                null,
                                when,
                                day,
                                marks.ofQuestion()));
            }
            return rows;
        }
        var holding =
                valid.word().equals("during")
                        ? facts.holdingWithin(source.name(), stretch)
                        : facts.holding(source.name(), windows.edge(valid, when));
        for (Fact fact : holding) {
            rows.add(
                    new Context.OfFact(
                            source,
                            relation.names(),
                            fact,
                            null,
                            valid,
                            when,
                            atEnd(when),
                            marks.ofQuestion()));
        }
        return rows;
    }

    private Seen atEnd(When when) {
        return meaning.moments().seen(new Sentence.Moment("end", null), when);
    }

    /** Whether rows have windows of their own in an aggregate or in what the question asks of them. */
    boolean haveWindows(Sentence.Aggregate aggregate) {
        var below = definitions.below(definitions.relation(aggregate.relation()));
        return !own.reading(aggregate).isEmpty()
                || ofQuestion.stream().anyMatch(part -> own.reads(part, below));
    }

    /** Whether what is read in windows of each row is complete until the end of the bucket. */
    boolean isKnownUntilItsEnd(Definitions.Placed leaf) {
        var below = definitions.below(definitions.relation(leaf.aggregate().relation()));
        return Stream.concat(definitions.beneath(leaf.aggregate()).stream(), ofQuestion.stream())
                .flatMap(part -> own.times(part, below).stream())
                .allMatch(times -> facts.coverage().isComplete(times, leaf.when().hand()));
    }

    /** When attributes are read for an output: each fact at its time, or all at one edge. */
    private Context.Row seen(Context.Row row, Sense sense) {
        return switch (sense) {
            case FACT -> row;
            case START -> meaning.moments().at(new Sentence.Moment("start", null), row);
            case END -> meaning.moments().at(Moments.END, row);
        };
    }

    private List<Keyed> keyed(Sentence.Aggregate aggregate, Context.OfCell cell) {
        var when = cell.when();
        var asks = marks.asksFor(aggregate, cell.only());
        return asked.computeIfAbsent(
                List.of(
                        aggregate.relation(),
                        timing(aggregate),
                        when,
                        asks,
                        cell.sense(),
                        cell.only()),
                _ ->
                        every(aggregate, when).stream()
                                .map(row -> seen(row, cell.sense()))
                                .filter(row -> isLetThrough(row, asks))
                                .flatMap(row -> keyed(row.asking(asks), cell.only()).stream())
                                .toList());
    }

    /** Empty where it is not asked for: conditions that read no window decide first. */
    private Optional<Keyed> keyed(Context.Row row, List<Sentence> only) {
        var asked = ofQuestion(row);
        if (!only.stream().allMatch(one -> meaning.holds(one, asked.asking(row.asks())))
                || !isOfCohort(asked, meaning)) {
            return Optional.empty();
        }
        var ofFilter = EnumSet.noneOf(Standing.class);
        boolean isLeftOut = false;
        for (Sentence condition : conditions) {
            boolean readsWindows = own.reads(condition, Definitions.levelOf(row));
            if (readsWindows) {
                ofFilter.addAll(own.standings(condition, asked, meaning));
                isLeftOut |= !meaning.holds(condition, asked);
            } else if (!meaning.holds(condition, asked)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Keyed(row, groupKeys.of(asked), ofFilter, isLeftOut));
    }

    /** As the question's own conditions and keys see it: in the bucket, whatever the window. */
    private Context.Row ofQuestion(Context.Row row) {
        return row.at(row.when().over(null)).asking(marks.ofQuestion());
    }

    /** Whether formula and cohort of the question keep a row. */
    boolean isKept(Context.Row row, Meaning by) {
        var asked = ofQuestion(row);
        return (query.where() == null || by.holds(SentenceReader.read(query.where()), asked))
                && isOfCohort(asked, by);
    }

    /** Whether scope and filter of the question let a row through, and it is of no test account that nobody asked for. */
    boolean isLetThrough(Context.Row row, Set<String> asks) {
        return !marks.leaveOut(row.owner(), asks)
                && isSeen(row)
                && (query.filter() == null || filters.ofRow(query.filter(), ofQuestion(row)));
    }

    /** Whether one of the formulas of the caller's scope is true of the account. */
    private boolean isSeen(Context.Row row) {
        var access = caller.access();
        return access == null
                || access.formulas().stream()
                        .map(formula -> Claims.in(formula, access.claims()))
                        .flatMap(Optional::stream)
                        .anyMatch(formula ->
                                meaning.memberships().holdsNow(SentenceReader.read(formula), row));
    }

    private boolean isOfCohort(Context.Row row, Meaning by) {
        return switch (query.cohort()) {
            case null -> true;
            case CohortReference.ByKey(var key) ->
                    Boolean.TRUE.equals(by.memberships().isIn(key, row));
            case CohortReference.Rule(var rule) ->
                    by.memberships().fulfils(SentenceReader.read(rule), row);
        };
    }
}
