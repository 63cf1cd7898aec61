package dev.cairn.domain.lowering;

import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whose attempts, touches and changes are told apart: those of each account, or of each user. */
record SequenceUnits(Lowering lowering, Frame frame) {

    /** Of {@code changes}, which are of no rows that have something in common. */
    Optional<EntityRef> unit(String per, Span span) {
        return unit(per, () -> noOther(per, "changes", span));
    }

    /**
     * Beneath users each account's attempts are those of one user.
     *
     * @param first of the relations
     */
    Optional<EntityRef> unit(String per, String word, RelationClause first, Span span) {
        return unit(
                per,
                () ->
                        lowering.catalog()
                                .sourceUnder(per)
                                .filter(source -> !source.key().isEmpty())
                                .map(source -> ofOneRow(source, per, word, first, span))
                                .orElseGet(() -> noOther(per, word, span)));
    }

    private Optional<EntityRef> unit(String per, Supplier<Problem> none) {
        var found =
                EntityRef.BUILT_IN.stream().filter(entity -> entity.name().equals(per)).findFirst();
        if (found.isEmpty()) {
            lowering.broken(none.get());
        }
        boolean isOfUser =
                frame.level() instanceof Level.Member(var entity, _, _, _) && entity.isUser();
        return isOfUser ? found.map(_ -> EntityRef.USER) : found;
    }

    /** Rows that point at one row may be of several accounts, each with what may be seen of it; within one account they have it in common. */
    private Problem ofOneRow(
            Source source, String per, String word, RelationClause first, Span span) {
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        frame.at(span),
                        "The unit of '%s(...)' is 'account' or 'user', and not '%s', whose rows may be of several accounts; to keep to rows of one, say what they have in common.",
                        word,
                        per)
                .offering(
                        way(source, per, first)
                                .map(way ->
                                        "per account same "
                                                + source.key().stream()
                                                        .map(key -> way + "." + key)
                                                        .collect(Collectors.joining(", ")))
                                .orElse("per account"));
    }

    /** How rows of the first relation name the row: itself, or by the link that leads to it. */
    private Optional<String> way(Source source, String per, RelationClause first) {
        if (!(first.head() instanceof Head.Named named)) {
            return Optional.of(per);
        }
        var from = lowering.catalog().sourceUnder(named.path().text());
        if (from.isEmpty() || from.get().name().equals(source.name())) {
            return Optional.of(per);
        }
        var links =
                from.get().links().stream()
                        .filter(link ->
                                link.target().equals(new LinkTarget.OfSource(source.name())))
                        .map(Link::name)
                        .toList();
        return links.contains(per) ? Optional.of(per) : links.stream().findFirst();
    }

    private Problem noOther(String per, String word, Span span) {
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        frame.at(span),
                        "The unit of '%s(...)' is 'account' or 'user', not '%s'.",
                        word,
                        per)
                .offering("per account", "per user");
    }
}
