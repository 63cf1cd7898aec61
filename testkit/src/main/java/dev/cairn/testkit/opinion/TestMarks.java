package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.opinion.Definitions.Level;
import dev.cairn.testkit.opinion.PlainMembers.Owner;
import dev.cairn.testkit.opinion.PlainMembers.Seen;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The attributes that mark test accounts, and who asks for the accounts they mark. */
final class TestMarks {
    private final AnalysisQuery query;
    private final World world;
    private final Definitions definitions;
    private final PlainMembers members;
    private final Set<String> ofQuestion;

    TestMarks(AnalysisQuery query, World world, Definitions definitions, PlainMembers members) {
        this.query = query;
        this.world = world;
        this.definitions = definitions;
        this.members = members;
        this.ofQuestion =
                marks().filter(this::questionNames).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<String> marks() {
        return world.catalog().entity(EntityRef.ACCOUNT).attributes().stream()
                .filter(attribute -> attribute.mark() == Mark.TEST)
                .map(attribute -> attribute.field().name());
    }

    /** Those that the question names, outside of its formulas. */
    Set<String> ofQuestion() {
        return ofQuestion;
    }

    /** Whether what is of an account is left out: it is marked as test, and nobody asks for that. */
    boolean leaveOut(Owner owner, Set<String> asks) {
        return marks().filter(mark -> !asks.contains(mark))
                .anyMatch(mark ->
                        Boolean.TRUE.equals(
                                members.attribute(
                                        EntityRef.ACCOUNT, mark, owner, new Seen.Today())));
    }

    /** The marks of test accounts that the question or the aggregate names. */
    Set<String> asksFor(Sentence.Aggregate aggregate, List<Sentence> only) {
        var below = definitions.below(definitions.relation(aggregate.relation()));
        return marks().filter(mark ->
                        ofQuestion.contains(mark)
                                || definitions.names(aggregate, mark, Level.CELL)
                                || only.stream()
                                        .anyMatch(one -> definitions.names(one, mark, below)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean questionNames(String mark) {
        boolean cohort =
                switch (query.cohort()) {
                    case null -> false;
                    case CohortReference.ByKey(var key) -> definitions.cohortNames(key, mark);
                    case CohortReference.Rule(var rule) ->
                            definitions.names(SentenceReader.read(rule), mark, Level.ACCOUNT);
                };
        var named = new ArrayList<>(query.groupBy());
        if (query.filter() != null) {
            Filters.named(query.filter()).forEach(named::add);
        }
        return cohort
                || (query.where() != null
                        && definitions.names(
                                SentenceReader.read(query.where()), mark, Level.ACCOUNT))
                || named.stream()
                        .anyMatch(name ->
                                definitions.isCohort(name)
                                        ? definitions.cohortNames(name, mark)
                                        : definitions.names(
                                                SentenceReader.dimension(name),
                                                mark,
                                                Level.ACCOUNT));
    }
}
