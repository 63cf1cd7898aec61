package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows that point at a row by a link: aggregates of them are a value of it. */
final class Children {
    private final Lowering lowering;

    Children(Lowering lowering) {
        this.lowering = lowering;
    }

    /** Where an aggregate is put that is a value of the row at hand; empty where it is none, or nothing is read for rows here. */
    Optional<Leaves> leaves(Formula.Aggregate aggregate, Frame frame) {
        return source(frame.level()).filter(parent -> isOf(aggregate, parent)).isPresent()
                ? frame.level().ofAccount()
                : Optional.empty();
    }

    /** Whose row is at hand; empty where none is. */
    private static Optional<Source> source(Level level) {
        return switch (level) {
            case Level.Row row -> Optional.of(row.source());
            case Level.Asked(var relation, _, _) -> relation.factsOf();
            case Level.Member _, Level.Cell _, Level.Rule _ -> Optional.empty();
        };
    }

    /** Whether what it aggregates points at rows of a source. */
    boolean isOf(Formula.Aggregate aggregate, Source parent) {
        return child(aggregate.relation())
                .filter(child -> !Links.between(child, parent).isEmpty())
                .isPresent();
    }

    private Optional<Source> child(RelationClause relation) {
        return relation.head() instanceof Head.Named(var path, _, _, _) && path.names().size() == 1
                ? lowering.catalog().sourceUnder(path.text())
                : Optional.empty();
    }

    /** Whether {@code via} says by which link, and there is a row that it can lead to. */
    static boolean isSaid(Head.Named named, Frame frame) {
        return named.via() != null && source(frame.level()).isPresent();
    }

    /**
     * The key of the row at hand, as the rows of a source say it; empty at any other level.
     *
     * @param via the link that is said; null: the only one
     */
    List<Expr.Linked> keyOfRow(Source child, @Nullable Path via, Frame frame, Span span) {
        var parent = source(frame.level());
        return parent.map(found -> keyOfRow(child, found, via, frame, span)).orElse(List.of());
    }

    private List<Expr.Linked> keyOfRow(
            Source child, Source parent, @Nullable Path via, Frame frame, Span span) {
        var all = Links.between(child, parent);
        if (via != null) {
            return all.stream()
                    .filter(link -> via.names().equals(List.of(link.name())))
                    .findFirst()
                    .map(link -> lowering.links().key(child, link))
                    .orElseGet(() -> noLink(child, parent, all, via, frame));
        }
        if (all.size() > 1) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.AMBIGUOUS_NAME,
                                    frame.at(span),
                                    "Several links lead from '%s' to '%s'; say which.",
                                    child.name(),
                                    parent.name())
                            .offering(
                                    all.stream()
                                            .map(link -> child.name() + " via " + link.name())
                                            .toArray(String[]::new)));
        }
        return lowering.links().key(child, all.getFirst());
    }

    private List<Expr.Linked> noLink(
            Source child, Source parent, List<Link> all, Path via, Frame frame) {
        lowering.unknown(
                Problem.of(
                        ProblemCode.UNKNOWN_FIELD,
                        frame.at(via.span()),
                        "'%s' has no link '%s' to '%s'.",
                        child.name(),
                        via.text(),
                        parent.name()),
                via.text(),
                () -> all.stream().map(Link::name).toList());
        return lowering.links().key(child, all.getFirst());
    }
}
