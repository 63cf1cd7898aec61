package dev.cairn.testkit.opinion;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.opinion.PlainMembers.Owner;
import dev.cairn.testkit.opinion.PlainMembers.Seen;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What names of fields, attributes and keys stand for in a row, and whether a value is made of the key of a user. */
final class Naming {
    private static final Set<String> MADE_OF_TEXTS =
            Set.of("lower", "trim", "concat", "key", "key_part", "least", "greatest");

    private final PlainMembers members;
    private final PlainFacts facts;
    private final Meaning meaning;

    /** Whether the caller sees some accounts only. */
    private final boolean isScoped;

    Naming(PlainMembers members, PlainFacts facts, Meaning meaning, boolean isScoped) {
        this.members = members;
        this.facts = facts;
        this.meaning = meaning;
        this.isScoped = isScoped;
    }

    /** @param inFull whether the relation was said: then it is the field, where there is one and it is not the link's own */
    @Nullable Object ofFact(List<String> parts, Context.OfFact fact, boolean inFull) {
        String first = parts.getFirst();
        var source = fact.source();
        if (parts.size() > 1 && fact.names().contains(first)) {
            return ofFact(parts.subList(1, parts.size()), fact, true);
        }
        if (source.link(first).isPresent()) {
            return throughLink(parts, source, fact.fact(), fact);
        }
        boolean account = first.equals("account") && source.isOfAccounts();
        boolean user = first.equals("user") && source.userField() != null;
        boolean isOwnField =
                first.equals(account ? source.accountField() : user ? source.userField() : null);
        boolean isLink =
                (account || user) && !(inFull && source.field(first).isPresent() && !isOwnField);
        if (isLink) {
            return ofMember(
                    parts, account ? EntityRef.ACCOUNT : EntityRef.USER, fact.owner(), fact.seen());
        }
        if (parts.size() > 1) {
            throw new Unsupported(parts.toString());
        }
        return PlainFacts.field(source, fact.fact(), first);
    }

    @Nullable Object startOfAccount(Owner owner) {
        return owner.account() == null ? null : members.startOfAccount(owner.account());
    }

    /**
     * What a path of links leads to from a row. Whoever sees some accounts only sees rows of the same one, and of sources that are of none.
     *
     * @param parts with the link to follow first
     * @param from the row that the links begin at
     */
    private @Nullable Object throughLink(
            List<String> parts, Source source, Fact fact, Context.OfFact from) {
        var link = source.link(parts.getFirst()).orElseThrow();
        var rest = parts.subList(1, parts.size());
        if (link.target() instanceof LinkTarget.OfEntity) {
            var key = PlainFacts.field(source, fact, link.keyField());
            return inRole((String) key, rest, from);
        }
        var target = facts.source(link.to());
        var row =
                facts.linked(source, fact, link)
                        .filter(one ->
                                !isScoped
                                        || !target.isOfAccounts()
                                        || Objects.equals(one.account(), from.fact().account()))
                        .orElse(null);
        if (row == null) {
            return null;
        }
        if (rest.isEmpty()) {
            // The link alone is the member, by its key.
            return PlainFacts.field(target, row, target.key().getFirst());
        }
        String next = rest.getFirst();
        if (target.link(next).isPresent()) {
            return throughLink(rest, target, row, from);
        }
        boolean isAccount =
                next.equals("account")
                        && target.isOfAccounts()
                        && (rest.size() > 1 || target.field(next).isEmpty());
        return isAccount
                ? inRole(row.account(), rest.subList(1, rest.size()), from)
                : PlainFacts.field(target, row, next);
    }

    /** An account whose key is said, where there is one; whoever sees some accounts only sees none but the row's own. */
    private @Nullable Object inRole(@Nullable String key, List<String> rest, Context.OfFact from) {
        if (key == null
                || !members.isAccount(key)
                || (isScoped && !key.equals(from.fact().account()))) {
            return null;
        }
        var seen = from.seen() instanceof Seen.AsLabels(var inRoles) ? inRoles : from.seen();
        return rest.isEmpty()
                ? key
                : attribute(EntityRef.ACCOUNT, rest, new Owner(key, null), seen);
    }

    @Nullable Object ofMember(List<String> parts, EntityRef kind, Owner owner, Seen seen) {
        String first = parts.getFirst();
        if (parts.size() > 1 && first.equals("user") && parts.get(1).equals("account")) {
            return ofMember(parts.subList(1, parts.size()), kind, owner, seen);
        }
        if (first.equals("account") || first.equals("user")) {
            var of = first.equals("account") ? EntityRef.ACCOUNT : EntityRef.USER;
            return parts.size() == 1
                    ? (of.isAccount() ? owner.account() : owner.user())
                    : attribute(of, parts.subList(1, parts.size()), owner, seen);
        }
        return attribute(kind, parts, owner, seen);
    }

    /** What is known of a member, or of the account that its link leads to; whoever sees some accounts only sees none but the member itself. */
    private @Nullable Object attribute(EntityRef kind, List<String> names, Owner owner, Seen seen) {
        String name = names.getFirst();
        var link = members.link(kind, name);
        if (link.isPresent()) {
            var key = members.attribute(kind, link.get().keyField(), owner, seen);
            boolean isSeen = key != null && (!isScoped || key.equals(owner.account()));
            return !isSeen || names.size() == 1
                    ? (isSeen ? key : null)
                    : attribute(
                            EntityRef.ACCOUNT,
                            names.subList(1, names.size()),
                            new Owner((String) key, null),
                            seen);
        }
        if (!members.hasAttribute(kind, name)) {
            throw new Unsupported("the attribute " + name);
        }
        return members.attribute(kind, name, owner, seen);
    }

    /** The account of the user whose key the value of a formula is made of, where it is; users of two accounts are never the same. */
    @Nullable String accountOfUser(Sentence sentence, Context.Row row) {
        return isMadeOfUser(sentence, row) ? row.owner().account() : null;
    }

    private boolean isMadeOfUser(Sentence sentence, Context.Row row) {
        return switch (sentence) {
            case Sentence.Name _ -> isUser(sentence, row);
            case Sentence.Case(var whens, var otherwise) ->
                    isMadeOfUser(
                            whens.stream()
                                    .filter(when -> meaning.holds(when.condition(), row))
                                    .map(Sentence.When::result)
                                    .findFirst()
                                    .orElse(otherwise),
                            row);
            case Sentence.Call(var function, var arguments) ->
                    function.equals("coalesce")
                            ? arguments.stream()
                                    .filter(argument -> meaning.of(argument, row).value() != null)
                                    .findFirst()
                                    .map(found -> isMadeOfUser(found, row))
                                    .orElse(false)
                            : mayBeMadeOfUser(sentence);
            default -> false;
        };
    }

    private static boolean isUser(Sentence sentence, Context.Row row) {
        if (!(sentence instanceof Sentence.Name name) || !name.last().equals("user")) {
            return false;
        }
        return !(row instanceof Context.OfFact fact
                && name.parts().size() > 1
                && fact.source().field("user").isPresent()
                && !"user".equals(fact.source().userField()));
    }

    /** Whether the key of a user stands where the value of a formula comes from. */
    boolean mayBeMadeOfUser(Sentence sentence) {
        return switch (sentence) {
            case Sentence.Name name -> name.last().equals("user");
            case Sentence.Case(var whens, var otherwise) ->
                    mayBeMadeOfUser(otherwise)
                            || whens.stream().anyMatch(when -> mayBeMadeOfUser(when.result()));
            case Sentence.Call(var function, var arguments) ->
                    (function.equals("coalesce") || MADE_OF_TEXTS.contains(function))
                            && arguments.stream().anyMatch(this::mayBeMadeOfUser);
            default -> false;
        };
    }
}
