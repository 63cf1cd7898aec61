package dev.cairn.domain.lowering;

import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which relations a question reads; decides what bare names of its conditions mean.
 *
 * @param byRelation the metrics that read it
 * @param all whether every metric could be read, so that nothing else is
 */
public record Readers(Map<RelationKey, Set<String>> byRelation, boolean all) {
    /** Nothing is known: everything may be read. */
    static final Readers UNKNOWN = new Readers(Map.of(), false);

    public Readers {
        byRelation = Map.copyOf(byRelation);
    }

    boolean mayRead(Source source) {
        return !all
                || byRelation.keySet().stream()
                        .anyMatch(relation ->
                                relation.factsOf()
                                        .or(() -> relation.split().map(RelationKey.Pairing::source))
                                        .filter(source::equals)
                                        .isPresent());
    }

    /** Whether something that is read may belong to an account or user. */
    boolean mayReach(EntityRef entity) {
        return !all || byRelation.keySet().stream().anyMatch(relation -> relation.reaches(entity));
    }

    /** The metrics that read a relation, for messages. */
    public String of(RelationKey relation) {
        var metrics = byRelation.get(relation);
        return metrics == null
                ? "a part of the question"
                : metrics.stream()
                        .sorted()
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(", "));
    }
}
