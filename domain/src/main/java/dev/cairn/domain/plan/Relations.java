package dev.cairn.domain.plan;

import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.RelationClause.Timing;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what the relation of an aggregate reads. */
final class Relations {
    private final Lowering lowering;

    Relations(Lowering lowering) {
        this.lowering = lowering;
    }

    /**
     * @param where condition of the relation, its slices' included
     * @param rows where formulas over its rows stand
     */
    record Read(RelationKey relation, Expr where, Frame rows) {
        /** What can be empty beneath the condition. */
        Emptiness emptiness() {
            var leaves = rows.level().aggregated();
            return new Emptiness(
                            rows.known(), leaf -> leaves.isEmpty() || leaves.get().mayBeEmpty(leaf))
                    .given(where);
        }
    }

    Optional<Read> read(RelationClause clause, Frame frame, Leaves leaves) {
        return switch (clause.head()) {
            case Head.Named named -> named(named, clause, frame, leaves);
            case Head.EachGrain(_, var span) -> notYet("A grain as a relation", frame, span);
            case Head.Every(_, var span) -> notYet("'every' as a relation", frame, span);
            case Head.StepsHead(_, var span) -> notYet("'steps(...)'", frame, span);
            case Head.Touch touch -> notYet("'touch(...)'", frame, touch.span());
            case Head.Changes changes -> notYet("'changes(...)'", frame, changes.span());
        };
    }

    private Optional<Read> notYet(String what, Frame frame, Span span) {
        lowering.broken(
                ProblemCode.NOT_YET_AVAILABLE,
                frame,
                span,
                "%s is not yet available in this version.",
                what);
        return Optional.empty();
    }

    private Optional<Read> named(
            Head.Named named, RelationClause clause, Frame frame, Leaves leaves) {
        if (named.via() != null) {
            return notYet("'via'", frame, named.span());
        }
        if (clause.weight() != null) {
            return notYet("'weight'", frame, clause.weight().span());
        }
        var definition = lowering.catalog.entry(named.name()).map(Entry::definition).orElse(null);
        return switch (definition) {
            case Source source ->
                    facts(source, Expr.TRUE, Set.of(source.name()), named, clause, frame);
            case Slice slice -> slice(slice, named, clause, frame);
            case Entity(var entity, _, _, _, _) -> members(entity, named, clause, frame, leaves);
            case Metric _, Cohort _ -> unknown(named, frame, " It is a metric or cohort.");
            case null -> unknown(named, frame, "");
        };
    }

    private Optional<Read> unknown(Head.Named named, Frame frame, String more) {
        var known =
                Stream.of(Source.class, Slice.class, Entity.class)
                        .flatMap(kind -> lowering.catalog.all(kind).stream())
                        .map(Definition::name)
                        .toList();
        lowering.broken(
                Problem.of(
                                ProblemCode.UNKNOWN_SOURCE,
                                frame.at(named.span()),
                                "No source, slice or entity '%s'.%s",
                                named.name(),
                                more)
                        .suggesting(NearestNames.nearest(named.name(), known)));
        return Optional.empty();
    }

    private Optional<Read> slice(
            Slice slice, Head.Named named, RelationClause clause, Frame frame) {
        return condition(slice, named, frame)
                .flatMap(sliced -> {
                    var names = Set.of(slice.name(), sliced.source().name());
                    return facts(sliced.source(), sliced.where(), names, named, clause, frame);
                });
    }

    /** A source and what its slices ask of its rows. */
    record Sliced(Source source, Expr where) {}

    private Optional<Sliced> condition(Slice slice, Head.Named named, Frame frame) {
        lowering.refersTo(frame, slice.name());
        if (frame.inside().contains(slice.name())) {
            lowering.broken(MetricReferences.cycle(slice.name(), frame, named.span()));
            return Optional.empty();
        }
        var entry = lowering.catalog.entry(slice.name()).orElseThrow();
        var deeper = frame.into(slice.name(), frame.level(), named.span(), entry.bindings(), false);
        var under = lowering.catalog.entry(slice.of()).map(Entry::definition).orElse(null);
        return switch (under) {
            case Source source ->
                    Optional.of(new Sliced(source, sliceWhere(slice, source, deeper)));
            case Slice outer ->
                    condition(outer, named, deeper)
                            .map(found ->
                                    new Sliced(
                                            found.source(),
                                            Expr.and(
                                                    found.where(),
                                                    sliceWhere(slice, found.source(), deeper))));
            case Entity _, Metric _, Cohort _ ->
                    Optional.<Sliced>empty().or(() -> noSource(slice, named, frame));
            case null -> noSource(slice, named, frame);
        };
    }

    private Optional<Sliced> noSource(Slice slice, Head.Named named, Frame frame) {
        lowering.broken(
                ProblemCode.UNKNOWN_SOURCE,
                frame,
                named.span(),
                "'%s' is a slice of '%s', which is no source or slice.",
                slice.name(),
                slice.of());
        return Optional.empty();
    }

    private Expr sliceWhere(Slice slice, Source source, Frame deeper) {
        return lowering.rule(
                slice.where(), deeper.at(row(source, Set.of(source.name(), slice.name()))));
    }

    static Level.Row row(Source source, Set<String> names) {
        return new Level.Row(
                source,
                names,
                source.fields().stream().map(Field::name).collect(Collectors.toUnmodifiableSet()));
    }

    private Optional<Read> facts(
            Source source,
            Expr sliceWhere,
            Set<String> names,
            Head.Named named,
            RelationClause clause,
            Frame frame) {
        lowering.refersTo(frame, source.name());
        var time = time(source, clause.timing(), frame, clause.span());
        if (time.isEmpty() || !reaches(source, named, frame)) {
            return Optional.empty();
        }
        var known = new HashSet<Expr>();
        known.add(time.get());
        source.key()
                .forEach(key ->
                        source.field(key)
                                .ifPresent(field ->
                                        known.add(
                                                new Expr.Field(
                                                        source.name(), key, TypeRules.of(field)))));
        known.add(field(source, source.time()));
        var rows = frame.at(row(source, names)).knowing(known).given(sliceWhere);
        var where = Expr.and(sliceWhere, where(clause.where(), rows));
        return Optional.of(
                new Read(new RelationKey.OfFacts(source, time.get()), where, rows.given(where)));
    }

    private Expr where(@Nullable Formula where, Frame rows) {
        return where == null ? Expr.TRUE : lowering.condition(where, rows);
    }

    static Expr.Field field(Source source, Field field) {
        return new Expr.Field(source.name(), field.name(), TypeRules.of(field));
    }

    private Optional<Expr.Field> time(
            Source source, @Nullable Timing timing, Frame frame, Span span) {
        return switch (timing) {
            case null -> Optional.of(field(source, source.time()));
            case Timing.On(var name, var at) -> {
                var field = source.field(name).map(found -> field(source, found));
                boolean isTime =
                        field.isPresent()
                                && (field.get().type().equals(Type.DATE)
                                        || field.get().type().equals(Type.TIMESTAMP));
                if (!isTime) {
                    lowering.broken(
                            Problem.of(
                                            field.isPresent()
                                                    ? ProblemCode.TYPE_MISMATCH
                                                    : ProblemCode.UNKNOWN_FIELD,
                                            frame.at(at),
                                            "No date or timestamp field '%s' in '%s'.",
                                            name,
                                            source.name())
                                    .suggesting(NearestNames.nearest(name, timeFields(source))));
                }
                yield isTime ? field : Optional.empty();
            }
            case Timing.At _, Timing.During _ -> {
                notYet("Validity ('at', 'during')", frame, span);
                yield Optional.empty();
            }
        };
    }

    private static java.util.List<String> timeFields(Source source) {
        return source.fields().stream()
                .filter(field ->
                        switch (field.type()) {
                            case DATE, TIMESTAMP -> true;
                            case TEXT, INTEGER, DECIMAL, BOOLEAN, MONEY -> false;
                        })
                .map(Field::name)
                .toList();
    }

    /** Whether its facts can be told apart by the member at hand. */
    private boolean reaches(Source source, Head.Named named, Frame frame) {
        if (!(frame.level() instanceof Level.Member(var entity, var _))
                || Names.link(entity.word(), source).isPresent()) {
            return true;
        }
        lowering.broken(
                ProblemCode.INCOMPATIBLE,
                frame,
                named.span(),
                "'%s' cannot be read for one %s: its facts are of no %s.",
                named.name(),
                entity.word(),
                entity.word());
        return false;
    }

    private Optional<Read> members(
            EntityKind entity,
            Head.Named named,
            RelationClause clause,
            Frame frame,
            Leaves leaves) {
        if (clause.timing() != null) {
            return notYet("'on', 'at' and 'during' over members", frame, clause.span());
        }
        boolean nests =
                frame.level() instanceof Level.Member(var outer, var _)
                        && !(outer == EntityKind.ACCOUNT && entity == EntityKind.USER);
        if (nests) {
            lowering.broken(
                    ProblemCode.LEVEL_MISMATCH,
                    frame,
                    named.span(),
                    "'%s' cannot be a relation beneath %s; only users beneath an account.",
                    entity.word(),
                    frame.level().word());
            return Optional.empty();
        }
        var relation = new RelationKey.OfMembers(entity);
        var level = new Level.Member(entity, leaves.inner(relation));
        var rows = frame.at(level).knowing(Set.of(new Expr.Key(entity)));
        var where = where(clause.where(), rows);
        return Optional.of(new Read(relation, where, rows.given(where)));
    }
}
