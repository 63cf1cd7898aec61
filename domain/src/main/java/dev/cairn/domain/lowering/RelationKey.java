package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Placing;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a scan reads, before it is known what is read for each member. */
public sealed interface RelationKey {
    record OfFacts(Source source, Placing placing) implements RelationKey {}

    record OfMembers(EntityRef entity) implements RelationKey {}

    record OfTicks(Step step) implements RelationKey {}

    /** The word for people. */
    default String word() {
        return switch (this) {
            case OfFacts(var source, var _) -> source.name();
            case OfMembers(var entity) -> entity.name();
            case OfTicks(var step) -> step.text();
        };
    }

    /** The facts of a source, placed as they are stored: for what asks for no time. */
    static OfFacts of(Source source) {
        return new OfFacts(source, new Placing.At(TypeRules.field(source, source.placedBy())));
    }

    /** The source whose facts are its rows. */
    default Optional<Source> factsOf() {
        return switch (this) {
            case OfFacts(var source, var _) -> Optional.of(source);
            case OfMembers _, OfTicks _ -> Optional.empty();
        };
    }

    /** Whether a row belongs to an account or user. */
    default boolean reaches(EntityRef kind) {
        return switch (this) {
            case OfFacts(var source, var _) -> Names.link(kind.name(), source).isPresent();
            case OfMembers(var entity) -> entity.equals(kind) || entity.isUser();
            case OfTicks _ -> false;
        };
    }

    /** What can be empty of a row, whatever is asked of it. */
    default Emptiness emptiness() {
        return new Emptiness(neverEmpty(), _ -> true);
    }

    /** Of a fact the time fields that place it, the start of its validity, and its key: a row without them is not taken in. */
    default Set<Expr> neverEmpty() {
        return switch (this) {
            case OfFacts(var source, var placing) ->
                    Stream.concat(
                                    Stream.of(placing.time()),
                                    Stream.concat(
                                                    source.key().stream(),
                                                    source.timesOfEveryRow().stream())
                                            .flatMap(name -> source.field(name).stream())
                                            .map(field -> TypeRules.field(source, field)))
                            .collect(Collectors.toUnmodifiableSet());
            case OfMembers(var entity) -> Set.of(new Expr.Key(entity));
            case OfTicks _ -> Set.of();
        };
    }
}
