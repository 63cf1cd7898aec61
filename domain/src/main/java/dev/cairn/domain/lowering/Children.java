package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /**
     * What is not aggregated for a member of a declared entity.
     *
     * @param areUnits whether it is units of time
     */
    Problem pointElsewhere(boolean areUnits, Level.Row row, Place place) {
        var pointing =
                lowering.catalog().all(Source.class).stream()
                        .filter(child -> !Links.between(child, row.source()).isEmpty())
                        .toList();
        return areUnits
                ? Problem.of(
                                ProblemCode.LEVEL_MISMATCH,
                                place,
                                "Units of time are read for a cell, an account or a user, and not for %s: count the dates of what points at it.",
                                row.word())
                        .offering(offers(pointing, Children::dates))
                : Problem.of(
                                ProblemCode.LEVEL_MISMATCH,
                                place,
                                "For %s rows are aggregated that point at it, and these do not: no link of theirs leads to '%s'.",
                                row.word(),
                                row.source().name())
                        .offering(
                                offers(
                                        pointing,
                                        child -> Optional.of("count(%s)".formatted(child.name()))));
    }

    private static String[] offers(
            List<Source> pointing, Function<Source, Optional<String>> offer) {
        return pointing.stream()
                .flatMap(child -> offer.apply(child).stream())
                .limit(3)
                .toArray(String[]::new);
    }

    /** How many local dates the rows of a source are of; empty where they are of no one time. */
    private static Optional<String> dates(Source child) {
        return Optional.ofNullable(child.timeField())
                .filter(_ -> !child.isTimeless())
                .flatMap(child::field)
                .map(time -> {
                    var name = FormulaPrinter.name(time.name());
                    return "distinct(%s : %s)"
                            .formatted(
                                    child.name(),
                                    time.type() == DataType.DATE
                                            ? name
                                            : "date(%s)".formatted(name));
                });
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
