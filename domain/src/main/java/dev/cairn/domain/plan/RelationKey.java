package dev.cairn.domain.plan;

import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Source;

/** What a scan reads, before it is known what is read for each member. */
sealed interface RelationKey {
    record OfFacts(Source source, Expr.Field time) implements RelationKey {}

    record OfMembers(EntityKind entity) implements RelationKey {}

    /** The word for people. */
    default String word() {
        return switch (this) {
            case OfFacts(var source, var _) -> source.name();
            case OfMembers(var entity) -> entity.word();
        };
    }
}
