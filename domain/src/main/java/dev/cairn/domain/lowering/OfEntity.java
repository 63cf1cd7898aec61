package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Lowers what is of the member of a declared entity that what is at hand leads to: {@code per(listing : ...)}. */
final class OfEntity {
    private final Lowering lowering;
    private final Aggregates aggregates;

    OfEntity(Lowering lowering, Aggregates aggregates) {
        this.lowering = lowering;
        this.aggregates = aggregates;
    }

    /**
     * A member that a row leads to, and what is asked of it.
     *
     * @param said its key, as the row says it
     * @param value where a row of the entity is at hand
     * @param leaves what is read for the row
     * @param frame where the row is at hand
     */
    record ToMember(
            Source entity,
            List<Expr.Linked> said,
            Formula value,
            Leaves leaves,
            Frame frame,
            Span span) {
        ToMember {
            said = List.copyOf(said);
        }
    }

    /**
     * @param path that leads to the member: its entity, a link to it, or several
     * @param value what is asked, where a row of the entity is at hand
     */
    Expr per(Path path, Formula value, Frame frame, Span span) {
        if (!isKnown(path)) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.UNKNOWN_SOURCE,
                                    frame.at(path.span()),
                                    "'%s' is no entity; 'per' gives a value of the account or user of a row, or of the member of a declared entity that a link of it leads to.",
                                    path.text())
                            .offering("per(account : ...)"));
        }
        return switch (frame.level()) {
            case Level.Row row -> ofRow(Optional.of(row.source()), path, value, frame, span);
            case Level.Asked(var relation, _, _) ->
                    ofRow(relation.factsOf(), path, value, frame, span);
            case Level.Member _ -> ofRow(Optional.empty(), path, value, frame, span);
            case Level.Cell _ -> lowering.broken(ofCell(path, frame, span));
            case Level.Rule rule -> lowering.broken(OfAccount.noAggregates(rule, frame, span));
        };
    }

    /** Whether it begins with an entity, a source or a link. */
    private boolean isKnown(Path path) {
        String first = path.names().getFirst();
        return EntityRef.isBuiltIn(first)
                || lowering.catalog().sourceUnder(first).isPresent()
                || lowering.catalog().entity(EntityRef.ACCOUNT).link(first).isPresent()
                || lowering.catalog().all(Source.class).stream()
                        .anyMatch(source -> source.link(first).isPresent());
    }

    /** Whether it is a link of the account at hand, which is left out. */
    private boolean isOwnLink(String name, Frame frame) {
        return frame.level() instanceof Level.Member(var entity, _, _, _)
                && lowering.catalog().entity(entity).link(name).isPresent();
    }

    /** What a path leads to, whose members can be aggregated: by its last name, or the link of that name. */
    private String entityOf(Path path) {
        String last = path.names().getLast();
        return lowering.catalog().sourceUnder(last).isPresent()
                ? last
                : Stream.concat(
                                lowering.catalog().entity(EntityRef.ACCOUNT).link(last).stream(),
                                lowering.catalog().all(Source.class).stream()
                                        .flatMap(source -> source.link(last).stream()))
                        .findFirst()
                        .map(Link::to)
                        .orElse(last);
    }

    private Problem ofCell(Path path, Frame frame, Span span) {
        return Problem.of(
                        ProblemCode.LEVEL_MISMATCH,
                        frame.at(span),
                        "'per(%1$s : ...)' is a value of the %1$s of a row; a cell has none. Aggregate over its members instead.",
                        path.text())
                .offering("avg(%s : ...)".formatted(entityOf(path)));
    }

    /**
     * A row of the entity itself has the value; others lead to it.
     *
     * @param source of the row; empty: an account or user is at hand
     */
    private Expr ofRow(Optional<Source> source, Path path, Formula value, Frame frame, Span span) {
        boolean isItself =
                source.filter(Source::isEntity)
                        .filter(entity -> path.names().equals(List.of(entity.name())))
                        .isPresent();
        if (isItself) {
            return lowering.lower(value, itself(source.orElseThrow(), frame));
        }
        String first = path.names().getFirst();
        boolean isInFull =
                path.names().size() > 1 && source.equals(lowering.catalog().sourceUnder(first));
        var member =
                isInFull || EntityRef.isBuiltIn(first) || isOwnLink(first, frame)
                        ? Optional.of(lowering.lower(path, frame))
                        : source.flatMap(from -> lowering.links().ofDimension(path, from, frame));
        return member.map(found -> beyond(found, path, value, frame, span))
                .orElseGet(() -> lowering.broken(leadsNowhere(path, frame, span)));
    }

    /** A question that asks of members has them at hand as formulas have. */
    private static Frame itself(Source source, Frame frame) {
        return frame.level()
                        instanceof Level.Asked(RelationKey.OfFacts(_, var placing, _), _, var own)
                ? frame.at(Level.Row.of(source, Set.of(source.name()), own, placing))
                        .knowing(frame.known())
                : frame;
    }

    private Problem leadsNowhere(Path path, Frame frame, Span span) {
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        frame.at(span),
                        "'per(%s : ...)' does not apply to %s: no link of it leads there.",
                        path.text(),
                        frame.level().word())
                .offering("avg(%s : ...)".formatted(entityOf(path)));
    }

    private Expr beyond(Expr member, Path path, Formula value, Frame frame, Span span) {
        if (member.type().isBroken()) {
            return member;
        }
        var to =
                hops(member)
                        .flatMap(hops ->
                                hops.getLast()
                                        .row()
                                        .map(row ->
                                                row.key().stream()
                                                        .map(key -> new Expr.Linked(hops, key))
                                                        .toList()));
        var entity =
                to.flatMap(said ->
                                lowering.catalog()
                                        .source(((Expr.Field) said.getFirst().end()).source()))
                        .filter(Source::isEntity);
        var leaves = frame.level().ofAccount();
        if (entity.isEmpty() || leaves.isEmpty()) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.LEVEL_MISMATCH,
                                    frame.at(span),
                                    "'%s' leads to no member of a declared entity; 'per' gives a value of one, or of the account or user of a row.",
                                    path.text())
                            .offering("per(account : ...)"));
        }
        if (frame.time().ofSubject() != null) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "This window is relative to one row, and a value of what it leads to is the same for all rows that lead there: read it in a window of the bucket, or say the window within.")
                            .offering(
                                    "per(%s : count(...) over last 30 days)"
                                            .formatted(path.text())));
        }
        return aggregates.ofMember(
                new ToMember(entity.get(), to.get(), value, leaves.get(), frame, span));
    }

    /** The way to a member, which is a value by its key. */
    private static Optional<List<Expr.Hop>> hops(Expr member) {
        var part =
                member instanceof Expr.Call(var function, var parts, _) && function == Function.KEY
                        ? parts.getFirst()
                        : member;
        return part instanceof Expr.Linked(var hops, _) ? Optional.of(hops) : Optional.empty();
    }
}
