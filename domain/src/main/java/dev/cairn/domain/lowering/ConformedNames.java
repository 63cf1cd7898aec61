package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Optional;

/** Reads a conformed dimension as what it is of the rows at hand. */
public final class ConformedNames {
    private final Lowering lowering;
    private final Catalog catalog;

    ConformedNames(Lowering lowering) {
        this.lowering = lowering;
        this.catalog = lowering.catalog();
    }

    /** A field or attribute as a dimension names it; empty where it is no path of two names or more. */
    public static Optional<Path> path(String field) {
        return FormulaParser.parse(field, Place.NOWHERE) instanceof Parsed.Ok(Formula.Path path)
                        && path.names().size() > 1
                ? Optional.of(path)
                : Optional.empty();
    }

    /** What a dimension is of the rows of a relation: the field of its source, else the attribute of whom they are of; empty where it is nothing of them. */
    public static Optional<Path> of(
            ConformedDimension dimension, RelationKey relation, Catalog catalog) {
        var paths = dimension.fields().stream().flatMap(field -> path(field).stream()).toList();
        return paths.stream()
                .filter(path ->
                        relation.factsOf()
                                .filter(source -> isOf(path, source, catalog))
                                .isPresent())
                .findFirst()
                .or(() ->
                        paths.stream()
                                .filter(path -> entity(path).filter(relation::reaches).isPresent())
                                .findFirst());
    }

    private static boolean isOf(Path path, Source source, Catalog catalog) {
        return catalog.sourceUnder(path.names().getFirst())
                .filter(named -> named.name().equals(source.name()))
                .isPresent();
    }

    private static Optional<EntityRef> entity(Path path) {
        String first = path.names().getFirst();
        return EntityRef.isBuiltIn(first) ? Optional.of(Names.kind(first)) : Optional.empty();
    }

    /** The dimension that a bare name of a question means; empty where it is of nothing that is read, or no dimension. */
    Optional<ConformedDimension> asked(String name) {
        return catalog.conformed(name)
                .filter(dimension ->
                        dimension.fields().stream()
                                .flatMap(field -> path(field).stream())
                                .anyMatch(this::mayBeRead));
    }

    private boolean mayBeRead(Path path) {
        return entity(path)
                .map(lowering.readers()::mayReach)
                .orElseGet(() ->
                        catalog.sourceUnder(path.names().getFirst())
                                .filter(lowering.readers()::mayRead)
                                .isPresent());
    }

    /** Other readings of its name, but for fields and attributes that it is itself. */
    List<String> others(ConformedDimension dimension, List<String> readings) {
        var own =
                dimension.fields().stream()
                        .flatMap(field -> path(field).stream())
                        .map(this::inFull)
                        .toList();
        return readings.stream().filter(reading -> !own.contains(reading)).toList();
    }

    /** The field of a slice is that of its source. */
    private String inFull(Path path) {
        String first = path.names().getFirst();
        String owner = catalog.sourceUnder(first).map(Source::name).orElse(first);
        return owner + "." + String.join(".", path.names().subList(1, path.names().size()));
    }

    /** What it is of what is at hand. */
    Expr named(ConformedDimension dimension, Path path, Frame frame) {
        lowering.refersTo(frame, new Naming(dimension.name(), false), path.span());
        return relation(frame.level())
                .flatMap(relation -> of(dimension, relation, catalog))
                .map(read -> lowering.lower(new Path(read.names(), path.span()), frame))
                .orElseGet(() -> ofNothing(dimension, path.span(), frame));
    }

    private static Optional<RelationKey> relation(Level level) {
        return switch (level) {
            case Level.Row row -> Optional.of(RelationKey.of(row.source()));
            case Level.Asked(var relation, _, _) -> Optional.of(relation);
            case Level.Member(var entity, _, _, _) ->
                    Optional.of(new RelationKey.OfMembers(entity));
            case Level.Rule _ -> Optional.of(new RelationKey.OfMembers(EntityRef.ACCOUNT));
            case Level.Cell _ -> Optional.empty();
        };
    }

    private Expr ofNothing(ConformedDimension dimension, Span span, Frame frame) {
        String name = dimension.name();
        String fields = String.join(", ", dimension.fields());
        return lowering.broken(
                switch (frame.level()) {
                    case Level.Cell _ ->
                            Problem.of(
                                            ProblemCode.LEVEL_MISMATCH,
                                            frame.at(span),
                                            "'%s' is a dimension, not a value of a cell: it is %s of each row. Group or filter by it.",
                                            name,
                                            fields)
                                    .offering("only(... where %s = ...)".formatted(name));
                    case Level.Asked(var relation, _, _) ->
                            Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "The dimension '%s' does not apply to %s, which reads '%s': it is %s. Add a field of '%s' to it, or leave one of them out.",
                                    name,
                                    lowering.readers().of(relation),
                                    relation.word(),
                                    fields,
                                    relation.word());
                    case Level.Row _, Level.Member _, Level.Rule _ ->
                            Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "The dimension '%s' is nothing of %s: it is %s.",
                                    name,
                                    frame.level().word(),
                                    fields);
                });
    }
}
