package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.List;
import java.util.Set;

/** Checks the links of accounts. They lead to other accounts, and to members of declared entities; those may point at accounts again. */
final class MemberLinkCheck {
    private MemberLinkCheck() {}

    /** @param place of the entity */
    static LinkCheck.Checked of(Entity entity, Catalog catalog, Place place) {
        if (entity.entity().isUser()) {
            return new LinkCheck.Checked(
                    List.of(
                            Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    place.then("links"),
                                    "A user leads to the account alone (user.account.plan); links are of accounts and of declared entities. Declare an attribute with the key (manager: text), and group by it.")),
                    Set.of());
        }
        var checked = LinkCheck.of(entity.asRow(), catalog, place);
        var problems = new Problems();
        problems.addAll(checked.problems());
        for (var link : entity.links()) {
            var at = place.then("links", link.name());
            boolean leadsToFacts =
                    link.member().isEmpty()
                            && catalog.source(link.to())
                                    .filter(source -> !source.isEntity())
                                    .isPresent();
            if (leadsToFacts) {
                problems.add(
                        Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                at,
                                "'%s' is a source of facts, and an account has no time at which it would point at one. Declare an entity for what it points at; a fact of '%s' names its account itself.",
                                link.to(),
                                link.to()));
            }
            link.fields().stream()
                    .filter(name -> !isPart(entity, name))
                    .filter(name ->
                            entity.attribute(name).filter(field -> !field.isRead()).isPresent())
                    .map(name ->
                            Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    at,
                                    "'%s' is computed; what says the key of another is read from the file of accounts.",
                                    name))
                    .forEach(problems::add);
        }
        return new LinkCheck.Checked(problems.all(), checked.references());
    }

    /** Parts of the key are stored with it. */
    private static boolean isPart(Entity entity, String attribute) {
        return entity.key().size() > 1 && entity.key().contains(attribute);
    }
}
