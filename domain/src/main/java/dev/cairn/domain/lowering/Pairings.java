package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Pairs;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lowers {@code account by event.category}: members that are split by values of their facts, beneath which only rows of those values are read. */
final class Pairings {
    private final Lowering lowering;

    Pairings(Lowering lowering) {
        this.lowering = lowering;
    }

    /** @param time in which the facts are read that there are pairs of */
    record Split(RelationKey.Pairing pairing, TimeContext time) {}

    /** Empty where there is a problem, which is told. */
    Optional<Split> of(
            EntityRef entity,
            Head.Named named,
            RelationClause clause,
            Frame frame,
            Relations relations) {
        var first = named.by().getFirst();
        boolean areOfOne = true;
        for (var path : named.by()) {
            var problem = notOfOneSource(path, first, entity, frame.at(path.span()));
            problem.ifPresent(lowering::broken);
            areOfOne &= problem.isEmpty();
        }
        if (!areOfOne) {
            return Optional.empty();
        }
        var head =
                new Head.Named(
                        new Path(List.of(first.names().getFirst()), first.span()),
                        null,
                        List.of(),
                        first.span());
        return relations
                .read(
                        new RelationClause(head, clause.timing(), null, null, clause.span()),
                        frame.narrowed(Narrowing.NONE),
                        new Leaves(Leaves.Binder.OF_MEMBER))
                .filter(Relations.Read::sound)
                .flatMap(read -> of(read, entity, named, frame));
    }

    /** Why a value is none of the rows that all values are of. */
    private Optional<Problem> notOfOneSource(Path path, Path first, EntityRef entity, Place place) {
        String owner = path.names().getFirst();
        if (path.names().size() == 1) {
            return Optional.of(
                    Problem.of(
                                    ProblemCode.AMBIGUOUS_NAME,
                                    place,
                                    "'%s by %s': say of which source or slice the value is.",
                                    entity.name(),
                                    owner)
                            .offering(
                                    lowering.catalog().all(Source.class).stream()
                                            .filter(source -> source.field(owner).isPresent())
                                            .map(source -> source.name() + "." + owner)
                                            .toArray(String[]::new)));
        }
        if (EntityRef.isBuiltIn(owner)) {
            return Optional.of(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            place,
                            "'%s' is one value of each %s, and splits none: group by it, or name a field of facts.",
                            path.text(),
                            owner));
        }
        return owner.equals(first.names().getFirst())
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                place,
                                "'%s' and '%s' are of rows of two relations, and no row has both: name values of one source or slice, or what its links lead to.",
                                first.text(),
                                path.text()));
    }

    private Optional<Split> of(
            Relations.Read read, EntityRef entity, Head.Named named, Frame frame) {
        if (!(read.relation() instanceof RelationKey.OfFacts(var source, var placing, _))) {
            throw new IllegalStateException("no facts: " + read.relation());
        }
        boolean isSound = true;
        if (Names.link(entity.name(), source).isEmpty()) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    named.span(),
                    "There are no pairs of %s and '%s': facts of '%s' are of no %s.",
                    entity.name(),
                    named.by().getFirst().text(),
                    source.name(),
                    entity.name());
            isSound = false;
        }
        if (readsMore(read.where())) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    named.by().getFirst().span(),
                    "The slice '%s' reads more than its rows; pairs are made of rows by what they say themselves.",
                    named.by().getFirst().names().getFirst());
            isSound = false;
        }
        var values = new ArrayList<Expr>();
        for (var path : named.by()) {
            var value = lowering.lower(path, read.rows());
            isSound &= !value.type().isBroken() && isValue(value, path, frame);
            values.add(value);
        }
        if (!isSound) {
            return Optional.empty();
        }
        var pairs = new Pairs(source.name(), placing, read.where(), values);
        var names = named.by().stream().map(Path::text).toList();
        return Optional.of(
                new Split(new RelationKey.Pairing(source, pairs, names), read.scan().time()));
    }

    private boolean isValue(Expr value, Path path, Frame frame) {
        if (value instanceof Expr.Key(var entity)) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(path.span()),
                                    "'%s' is the %s of a row, and no value to split by.",
                                    path.text(),
                                    entity.name())
                            .offering(entity.name()));
            return false;
        }
        if (value.type().unit() instanceof Unit.RowMoney) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    path.span(),
                    "'%s' is an amount in the currency of its row: amounts of two currencies are no one value.",
                    path.text());
            return false;
        }
        boolean hasHistory =
                Exprs.any(
                        value,
                        part ->
                                Exprs.attribute(part)
                                        .filter(attribute -> attribute.asOf() != null)
                                        .isPresent());
        if (hasHistory) {
            lowering.broken(
                    ProblemCode.INCOMPATIBLE,
                    frame,
                    path.span(),
                    "'%s' has a history, and rows of one value would be others at each time that they are read; name a field of the rows.",
                    path.text());
            return false;
        }
        return !readsMore(value) || tooMuch(path, frame);
    }

    /** Whether it reads what is read for rows, or rates: a pair is made before either is. */
    private static boolean readsMore(Expr read) {
        return !Exprs.leavesIn(read).isEmpty() || Exprs.readsRates(read);
    }

    private boolean tooMuch(Path path, Frame frame) {
        lowering.broken(
                ProblemCode.INCOMPATIBLE,
                frame,
                path.span(),
                "'%s' reads more than its row; pairs are made of rows by what they say themselves.",
                path.text());
        return false;
    }

    // ---- beneath

    /**
     * The values of the pair at hand, as the rows of a relation have them; none where no pair is at hand.
     *
     * @param span where the relation is written
     */
    List<Expr> values(RelationKey relation, Frame frame, Span span) {
        if (!(frame.level() instanceof Level.Member(var entity, _, _, var pairing))
                || pairing == null) {
            return List.of();
        }
        if (frame.time().ofSubject() != null) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "A window relative to one %s is not read beneath '%s', whose rows are of the window that the pairs are of; ask for it of the %s as a whole.",
                                    entity.name(),
                                    new RelationKey.OfMembers(entity, pairing).word(),
                                    entity.name())
                            .offering("per(%s : ...)".formatted(entity.name())));
            return List.of();
        }
        var found = new ArrayList<Expr>();
        for (var name : pairing.names()) {
            value(name, pairing, relation, frame)
                    .ifPresentOrElse(
                            found::add,
                            () ->
                                    lowering.broken(
                                            elsewhere(
                                                    name,
                                                    entity,
                                                    pairing,
                                                    relation,
                                                    frame.at(span))));
        }
        return found;
    }

    private Optional<Expr> value(
            String name, RelationKey.Pairing pairing, RelationKey relation, Frame frame) {
        if (!(relation instanceof RelationKey.OfFacts(var source, _, var derivation))
                || derivation != null) {
            return Optional.empty();
        }
        var parts = List.of(name.split("\\.", -1));
        var path = new Path(parts, Span.NOWHERE);
        var rows =
                frame.at(
                                new Level.Asked(
                                        new RelationKey.OfFacts(
                                                pairing.source(), pairing.pairs().placing())))
                        .asOf(lowering.attributes().asOf(relation));
        if (source.equals(pairing.source())) {
            return Optional.of(lowering.lower(path, rows));
        }
        return lowering.links().ofDimension(path, source, rows);
    }

    private static Problem elsewhere(
            String name,
            EntityRef entity,
            RelationKey.Pairing pairing,
            RelationKey relation,
            Place place) {
        boolean areUnits = relation instanceof RelationKey.OfTicks;
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        place,
                        "Beneath '%s' only rows of its value are read, and '%s' has no one '%s'%s; ask for it of the %s as a whole.",
                        new RelationKey.OfMembers(entity, pairing).word(),
                        relation.word(),
                        name,
                        relation.derived().isPresent()
                                ? " (steps, touches and changes are made of several rows)"
                                : "",
                        entity.name())
                .offering(
                        areUnits
                                ? "distinct(%s : date(...))".formatted(pairing.source().name())
                                : "per(%s : ...)".formatted(entity.name()));
    }

    /** Rows of facts are one by one already. */
    static Problem ofRows(Head.Named named, Frame frame) {
        var by = named.by().getFirst();
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        frame.at(named.span()),
                        "'%1$s by %2$s': rows of '%1$s' are one by one already; what is split by a value are accounts and users.",
                        named.name(),
                        by.text())
                .offering(
                        "account by " + by.text(),
                        "distinct(%s : %s)".formatted(named.name(), by.names().getLast()));
    }
}
