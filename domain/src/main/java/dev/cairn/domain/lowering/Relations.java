package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.CalendarGrain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what the relation of an aggregate reads. */
final class Relations {
    private final Lowering lowering;
    private final Placings placings;
    private final Weights weights;
    private final Children children;
    private final LinkRelations links;
    private final Sequences sequences;
    private final Touchings touchings;
    private final Changings changings;

    Relations(Lowering lowering) {
        this.lowering = lowering;
        this.placings = new Placings(lowering);
        this.weights = new Weights(lowering);
        this.children = new Children(lowering);
        this.links = new LinkRelations(lowering);
        this.sequences = new Sequences(lowering, this);
        this.touchings = new Touchings(lowering, this, sequences);
        this.changings = new Changings(lowering, this, sequences);
    }

    /** What links lead to as relations. */
    LinkRelations links() {
        return links;
    }

    /** Rows that point at a row. */
    Children children() {
        return children;
    }

    /**
     * @param where condition of the relation, its slices' included
     * @param rows where formulas over its rows stand
     * @param weight that each row counts for; the condition keeps those that have one. Null: each counts for one
     * @param sound false: it has a problem, which is told; the value over it is looked at for problems of its own
     */
    record Read(ScanKey scan, Expr where, Frame rows, @Nullable Expr weight, boolean sound) {
        Read(ScanKey scan, Expr where, Frame rows, boolean sound) {
            this(scan, where, rows, null, sound);
        }

        RelationKey relation() {
            return scan.relation();
        }

        /** What can be empty beneath the condition. */
        Emptiness emptiness() {
            var leaves = rows.level().valued();
            return new Emptiness(
                            rows.known(), leaf -> leaves.isEmpty() || leaves.get().mayBeEmpty(leaf))
                    .given(where);
        }

        Read unless(boolean broken) {
            return new Read(scan, where, rows, weight, sound && !broken);
        }

        /** Those that a condition keeps besides. */
        Read given(Expr condition) {
            return new Read(scan, Expr.and(where, condition), rows.given(condition), weight, sound);
        }

        Read weighted(Expr byWeight) {
            return new Read(scan, where, rows, byWeight, sound);
        }
    }

    /** Empty where it is not known what is read. */
    Optional<Read> read(RelationClause clause, Frame frame, Leaves leaves) {
        var read = unweighted(clause, frame, leaves);
        var weight = clause.weight();
        return weight == null ? read : read.map(found -> weights.of(weight, found));
    }

    /** Whether the rows are units of time. */
    boolean areUnits(RelationClause clause) {
        return switch (clause.head()) {
            case Head.Named named -> isCalendar(named);
            case Head.EachGrain _, Head.Every _ -> true;
            case Head.StepsHead _, Head.Touch _, Head.Changes _ -> false;
        };
    }

    private Optional<Read> unweighted(RelationClause clause, Frame frame, Leaves leaves) {
        return switch (clause.head()) {
            case Head.Named named -> named(named, clause, frame, leaves);
            case Head.EachGrain(var grain, var span) ->
                    lowering.calendars()
                            .periods(grain, frame, span)
                            .flatMap(found -> ticks(new Step.Each(found), clause, frame, leaves));
            case Head.Every(var length, _) ->
                    lowering.length(length, frame)
                            .flatMap(found -> ticks(new Step.Every(found), clause, frame, leaves));
            case Head.StepsHead(var steps, var span) ->
                    sequences.read(steps, clause, span, frame, leaves);
            case Head.Touch touch -> touchings.read(touch, clause, frame, leaves);
            case Head.Changes changes -> changings.read(changes, clause, frame, leaves);
        };
    }

    private boolean isCalendar(Head.Named named) {
        var names = named.path().names();
        return names.size() == 2 && lowering.catalog().calendar(names.getFirst()).isPresent();
    }

    private Optional<Read> named(
            Head.Named named, RelationClause clause, Frame frame, Leaves leaves) {
        var names = named.path().names();
        if (isCalendar(named)) {
            var grain = new CalendarGrain(names.getFirst(), names.getLast());
            return lowering.calendars()
                    .periods(grain, frame, named.span())
                    .flatMap(found -> ticks(new Step.Each(found), clause, frame, leaves));
        }
        if (names.size() > 1) {
            return links.members(named, clause, frame)
                    .flatMap(members -> unweighted(members, frame, leaves));
        }
        boolean isViaSaid = Children.isSaid(named, frame);
        if (named.via() != null && !isViaSaid) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(named.span()),
                                    "'via' says by which link rows point at the row at hand, and here no row is at hand: '%s' is read as a whole.",
                                    named.name())
                            .offering(named.name()));
        }
        boolean plain = named.via() == null || isViaSaid;
        var definition = lowering.catalog().entry(named.name()).map(Entry::definition).orElse(null);
        Optional<Read> read =
                switch (definition) {
                    case Source _, Slice _ when !named.by().isEmpty() -> {
                        lowering.broken(Pairings.ofRows(named, frame));
                        yield Optional.empty();
                    }
                    case Source source -> {
                        lowering.refersTo(frame, source.name());
                        var all = Sliced.all(source, Set.of(source.name()));
                        yield Optional.of(facts(all, named, clause, frame, leaves));
                    }
                    case Slice slice ->
                            sliced(slice, named, frame.asOf(asOf(slice, clause, frame)))
                                    .map(found -> facts(found, named, clause, frame, leaves));
                    case Entity(var entity, _, _, _, _, _, _, _, _) ->
                            members(entity, named, clause, frame, leaves);
                    case Metric _,
                            Cohort _,
                            Calendar _,
                            ConformedDimension _,
                            Target _,
                            Baseline _,
                            Success _,
                            Scope _,
                            Question _,
                            Alert _ ->
                            unknown(named, definition, frame);
                    case null -> unknown(named, null, frame);
                };
        return read.map(found -> found.unless(!plain));
    }

    private Optional<Read> unknown(Head.Named named, @Nullable Definition other, Frame frame) {
        unknown(named.name(), other, lowering, frame.at(named.span()));
        return Optional.empty();
    }

    /** @param other what has the name and is no relation */
    static Expr unknown(String name, @Nullable Definition other, Lowering lowering, Place place) {
        return lowering.unknown(
                Problem.of(
                        ProblemCode.UNKNOWN_SOURCE,
                        place,
                        "No source, slice or entity '%s'.%s",
                        name,
                        other == null ? "" : " It is a " + other.kind() + "."),
                name,
                () ->
                        Stream.of(Source.class, Slice.class, Entity.class)
                                .flatMap(kind -> lowering.catalog().names(kind).stream())
                                .toList());
    }

    // ---- slices

    /**
     * A source, its slices, and the names it goes by.
     *
     * @param slices the outermost first
     */
    private record Sliced(Source source, List<Ruled> slices, Set<String> names) {
        static Sliced all(Source source, Set<String> names) {
            return new Sliced(source, List.of(), names);
        }

        /** With one slice more. */
        Sliced with(Slice slice, Frame frame) {
            var more = new HashSet<>(names);
            more.add(slice.name());
            more.add(source.name());
            var all = new ArrayList<>(slices);
            all.add(new Ruled(slice, frame, Set.copyOf(more)));
            return new Sliced(source, all, Set.copyOf(more));
        }
    }

    /**
     * A slice where it is read.
     *
     * @param names its rows go by in its rule
     */
    private record Ruled(Slice slice, Frame frame, Set<String> names) {}

    /** What the slices ask of rows, of each of which something may be read. */
    private Expr where(Sliced sliced, Leaves own, Placing placing) {
        return sliced.slices().stream()
                .map(ruled ->
                        lowering.rule(
                                ruled.slice().where(),
                                ruled.frame()
                                        .at(
                                                Level.Row.of(
                                                        sliced.source(),
                                                        ruled.names(),
                                                        own,
                                                        placing))))
                .reduce(Expr.TRUE, Expr::and);
    }

    private Optional<Sliced> sliced(Slice slice, Head.Named named, Frame frame) {
        lowering.refersTo(frame, new Naming(slice.name(), false), named.span());
        if (frame.inside().contains(slice.name())) {
            var cycle = BrokenReference.cycle(slice.name(), frame, named.span());
            lowering.inside(frame, () -> lowering.broken(cycle));
            return Optional.empty();
        }
        var entry = lowering.catalog().entry(slice.name()).orElseThrow();
        var deeper = frame.into(slice.name(), frame.level(), named.span(), entry.bindings(), false);
        var under = lowering.catalog().entry(slice.of()).map(Entry::definition).orElse(null);
        return switch (under) {
            case Source source -> Optional.of(Sliced.all(source, Set.of()).with(slice, deeper));
            case Slice outer ->
                    sliced(outer, named, deeper).map(found -> found.with(slice, deeper));
            case Entity _,
                    Metric _,
                    Cohort _,
                    Calendar _,
                    ConformedDimension _,
                    Target _,
                    Baseline _,
                    Success _,
                    Scope _,
                    Question _,
                    Alert _ ->
                    noSource(slice, deeper);
            case null -> noSource(slice, deeper);
        };
    }

    private Optional<Sliced> noSource(Slice slice, Frame deeper) {
        var problem = BrokenReference.noSource(slice, lowering.catalog(), deeper.place());
        lowering.inside(deeper, () -> lowering.broken(problem));
        return Optional.empty();
    }

    // ---- facts

    /** As of when the conditions of a slice read attributes. */
    private @Nullable AsOf asOf(Slice slice, RelationClause clause, Frame frame) {
        return lowering.catalog()
                .sourceUnder(slice.name())
                .map(source -> lowering.moments().ofRows(source, clause.timing(), frame))
                .orElse(null);
    }

    private Read facts(
            Sliced sliced, Head.Named named, RelationClause clause, Frame frame, Leaves leaves) {
        var source = sliced.source();
        var placed =
                placings.of(source, clause.timing(), frame, clause.span())
                        .map(SubjectWindows::placed);
        boolean reaches = reaches(source, named, frame);
        boolean hasTimeOfDay =
                placed.map(found -> hasTimeOfDay(source, found, named, frame)).orElse(true);
        var read = placed.orElseGet(() -> Placings.unknown(source, frame));
        var relation = new RelationKey.OfFacts(source, read.placing());
        var key = children.keyOfRow(source, named.via(), frame, named.span());
        var plain = lowering.scan(relation, frame.during(read.time()), named.span());
        var scan = key.isEmpty() ? plain : plain.ofRow(key);
        var own = leaves.inner(scan);
        var asked =
                Expr.and(
                        Expr.and(
                                lowering.links().isLast(source),
                                where(sliced, own, read.placing())),
                        lowering.narrowings().where(scan, own, frame));
        var rows =
                frame.asOf(lowering.moments().ofRows(source, clause.timing(), frame))
                        .at(Level.Row.of(source, sliced.names(), own, read.placing()))
                        .knowing(relation.neverEmpty())
                        .given(asked);
        var where = Expr.and(asked, where(clause.where(), rows));
        var elsewhere =
                placed.flatMap(found -> Times.elsewhere(named.name(), found, frame, clause.span()));
        elsewhere.ifPresent(lowering::broken);
        boolean sound =
                placed.isPresent()
                        && reaches
                        && hasTimeOfDay
                        && elsewhere.isEmpty()
                        && !where.type().isBroken();
        return new Read(scan, where, rows.given(where), sound);
    }

    /**
     * The member of a declared entity that each row leads to, whatever is asked of the row, and whether or not it exists in what is read; empty where its declaration is
     * broken, which is told.
     */
    Optional<Read> ledTo(OfEntity.ToMember to) {
        var entity = to.entity();
        var frame = to.frame();
        return placings.whenever(entity, frame, to.span())
                .map(placed -> {
                    var relation = new RelationKey.OfFacts(entity, placed.placing());
                    var key =
                            entity.linkKey().stream()
                                    .flatMap(name -> entity.field(name).stream())
                                    .map(field -> TypeRules.field(entity, field))
                                    .toList();
                    var scan = new ScanKey(relation, placed.time()).ofRow(key).ledToBy(to.said());
                    var own = to.leaves().inner(scan);
                    var isLast = lowering.links().isLast(entity);
                    var rows =
                            frame.asOf(lowering.moments().ofRows(entity, null, frame))
                                    .at(
                                            Level.Row.of(
                                                    entity,
                                                    Set.of(entity.name()),
                                                    own,
                                                    placed.placing()))
                                    .knowing(relation.neverEmpty())
                                    .given(isLast);
                    return new Read(scan, isLast, rows, true);
                });
    }

    /** Hours and minutes are not of dates. */
    private boolean hasTimeOfDay(
            Source source, Placings.Placed placed, Head.Named named, Frame frame) {
        var time = placed.placing().time();
        boolean has = !placed.time().isSubDaily() || !time.type().equals(Type.DATE);
        if (!has) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    named.span(),
                    "%s: hours and minutes cannot be read; ask by the day.",
                    source.withoutTimeOfDay(time.name()));
        }
        return has;
    }

    Expr where(@Nullable Formula where, Frame rows) {
        return where == null
                ? Expr.TRUE
                : Membership.keptAsWritten(lowering.condition(where, rows));
    }

    /** Whether its facts can be told apart by the member at hand. */
    private boolean reaches(Source source, Head.Named named, Frame frame) {
        if (!(frame.level() instanceof Level.Member(var entity, _, _, _))
                || Names.link(entity.name(), source).isPresent()) {
            return true;
        }
        lowering.broken(
                ProblemCode.INCOMPATIBLE,
                frame,
                named.span(),
                "'%s' cannot be read for one %s: its facts are of no %s.",
                named.name(),
                entity.name(),
                entity.name());
        return false;
    }

    // ---- units of time

    private Optional<Read> ticks(Step step, RelationClause clause, Frame frame, Leaves leaves) {
        if (clause.timing() != null) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    clause.span(),
                    "'on', 'at' and 'during' are of facts; '%s' has the time that is read.",
                    step.text());
        }
        var time = new WindowUnits(lowering).time(step, frame, clause.span());
        var unbounded = Times.unbounded(step.text(), frame, clause.span());
        unbounded.ifPresent(lowering::broken);
        if (frame.narrowing().kept() != null) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(clause.span()),
                                    "Units of time ('%s :') are of each group, and have no total of all groups. Read the members in the unit, which do: their shares add up to that of the group. A total of the units themselves is their value in a question without these keys.",
                                    step.text())
                            .offering("avg(day : sum(account : x / total(x)))"));
        }
        var units = new RelationKey.OfTicks(step);
        var scan =
                ScanKey.at(frame.level(), units, time.orElse(frame.time()), Kept.ALL)
                        .ofRow(lowering.pairings().values(units, frame, clause.span()));
        var inner = leaves.inner(scan);
        var level =
                switch (frame.level()) {
                    case Level.Member(var entity, _, _, var pairing) ->
                            new Level.Member(entity, inner, TimeContext.BUCKET, pairing);
                    case Level.Cell _ -> new Level.Cell(inner);
                    case Level.Row _, Level.Rule _, Level.Asked _ ->
                            throw new IllegalStateException("aggregates stand at " + frame.level());
                };
        var rows = frame.beneath(level).asOf(lowering.attributes().asOf(scan.relation()));
        var where = where(clause.where(), rows);
        boolean sound =
                clause.timing() == null
                        && frame.narrowing().kept() == null
                        && unbounded.isEmpty()
                        && time.isPresent()
                        && !where.type().isBroken();
        return Optional.of(new Read(scan, where, rows.given(where), sound));
    }

    // ---- members

    private Optional<Read> members(
            EntityRef entity, Head.Named named, RelationClause clause, Frame frame, Leaves leaves) {
        boolean areSplit = !named.by().isEmpty();
        if (clause.timing() != null && !areSplit) {
            lowering.broken(timed(entity, frame.at(clause.span())));
        }
        boolean nests =
                frame.level() instanceof Level.Member(var outer, _, _, _)
                        && !(outer.isAccount() && entity.isUser())
                        && !(areSplit && outer.equals(entity));
        if (nests) {
            lowering.broken(
                    ProblemCode.LEVEL_MISMATCH,
                    frame,
                    named.span(),
                    "'%s' cannot be a relation beneath %s; only users beneath an account.",
                    entity.name(),
                    frame.level().word());
            return Optional.empty();
        }
        if (frame.time().ofSubject() != null) {
            lowering.broken(inWindowOfMember(entity, named, frame.at(named.span())));
            return Optional.empty();
        }
        if (areSplit) {
            return lowering.pairings()
                    .of(entity, named, clause, frame, this)
                    .map(split ->
                            members(
                                    new RelationKey.OfMembers(entity, split.pairing()),
                                    split.time(),
                                    clause,
                                    frame,
                                    leaves));
        }
        return Optional.of(
                members(new RelationKey.OfMembers(entity), frame.time(), clause, frame, leaves)
                        .unless(clause.timing() != null));
    }

    /** What holds at an edge is asked of what members have. */
    private static Problem timed(EntityRef entity, Place place) {
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        place,
                        "'on', 'at' and 'during' say which time of rows is meant, and %ss have one: those are read that exist at some time of what is read. Say of what they have when it holds.",
                        entity.name())
                .offering("count(%s where exists(... at end))".formatted(entity.name()));
    }

    private static Problem inWindowOfMember(EntityRef entity, Head.Named named, Place place) {
        return named.by().isEmpty()
                ? Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                place,
                                "The %ss of an account are those that it has in the bucket, and a window of its own is one in which facts are read. Read it for each %s, or count those that facts name.",
                                entity.name(),
                                entity.name())
                        .offering(
                                "count(user where exists(event) over 14 days from account.signed_on)",
                                "distinct(event.user) over 14 days from signed_on")
                : Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                place,
                                "Pairs of %s and value are made of the facts of a bucket, and not of a window relative to one member. Count the values that its facts have in it.",
                                entity.name())
                        .offering(
                                "distinct(%s) over 14 days from signed_on"
                                        .formatted(named.by().getFirst().text()));
    }

    /** @param time at which it is decided who they are; what is read for each is read in that of the frame */
    private Read members(
            RelationKey.OfMembers relation,
            TimeContext time,
            RelationClause clause,
            Frame frame,
            Leaves leaves) {
        var scan = lowering.scan(relation, frame.during(time), clause.span());
        var level =
                new Level.Member(relation.entity(), leaves.inner(scan), time, relation.pairing());
        var rows =
                frame.asOf(lowering.attributes().asOf(relation))
                        .at(level)
                        .knowing(relation.neverEmpty());
        var asked = lowering.narrowings().where(scan, level.leaves(), frame);
        var where = Expr.and(asked, where(clause.where(), rows.given(asked)));
        return new Read(scan, where, rows.given(where), !where.type().isBroken());
    }
}
