package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the links of an account lead to: its parent, or a member of a declared entity. An attribute says the key, as of the time that attributes are read at, so a way along
 * links of accounts is one hop from that value, and the next begins at what is read there.
 */
final class MemberLinks {
    private final Lowering lowering;
    private final Links links;

    MemberLinks(Lowering lowering, Links links) {
        this.lowering = lowering;
        this.links = links;
    }

    /**
     * Whether a path leads on by a link.
     *
     * @param rest of it, behind the member
     */
    static boolean leads(Entity entity, List<String> rest) {
        return !rest.isEmpty()
                && entity.link(rest.getFirst()).isPresent()
                && (rest.size() > 1 || entity.attribute(rest.getFirst()).isEmpty());
    }

    /** What the links of the account or user at hand lead to; empty where the path names none. */
    Optional<Expr> ofOwn(EntityRef kind, List<String> rest, Path path, Frame frame) {
        return leads(lowering.catalog().entity(kind), rest)
                ? Optional.of(
                        follow(kind, kind.name(), 0, UnaryOperator.identity(), rest, path, frame))
                : Optional.empty();
    }

    /**
     * @param way to the member, as formulas have it
     * @param hops behind which it is
     * @param there what is read of a member at hand, read of that one
     * @param rest of the path; a link of the member first
     */
    Expr follow(
            EntityRef kind,
            String way,
            int hops,
            UnaryOperator<Expr> there,
            List<String> rest,
            Path path,
            Frame frame) {
        if (hops == Links.MOST_HOPS) {
            return links.tooFar(path, frame);
        }
        var entity = lowering.catalog().entity(kind);
        var link = entity.link(rest.getFirst()).orElseThrow();
        var key = key(entity, link, there, frame);
        var beyond = rest.subList(1, rest.size());
        var named = way + "." + link.name();
        if (key.stream().anyMatch(part -> part.type().isBroken())) {
            return Expr.BROKEN;
        }
        var member = link.member();
        if (member.isPresent()) {
            var hop =
                    new Expr.Hop(
                            named,
                            key,
                            new Expr.To.Member(member.get()),
                            links.isWithinAccount(frame));
            return ofMember(member.get(), hop, hops + 1, beyond, path, frame);
        }
        return lowering.catalog()
                .source(link.to())
                .flatMap(source ->
                        links.rowOf(source)
                                .filter(to -> to.keySize() == key.size())
                                .map(to ->
                                        links.beyond(
                                                new Expr.Hop(named, key, to, false),
                                                hops,
                                                source,
                                                beyond,
                                                path,
                                                frame)))
                // The declaration of the entity is broken, and tells why.
                .orElse(Expr.BROKEN);
    }

    /** None where an attribute that it names is not there, which the declaration tells. */
    private List<Expr> key(Entity entity, Link link, UnaryOperator<Expr> there, Frame frame) {
        var names = link.member().isPresent() ? List.of(link.keyField()) : link.fields();
        var key = new ArrayList<Expr>();
        for (var name : names) {
            key.add(
                    entity.attribute(name)
                            .map(field ->
                                    there.apply(
                                            lowering.attributes()
                                                    .of(entity.entity(), field, frame.asOf())))
                            .orElse(Expr.BROKEN));
        }
        return key;
    }

    private Expr ofMember(
            EntityRef kind, Expr.Hop hop, int hops, List<String> rest, Path path, Frame frame) {
        var entity = lowering.catalog().entity(kind);
        var way = List.of(hop);
        if (rest.isEmpty()) {
            return new Expr.Linked(way, new Expr.Key(kind));
        }
        UnaryOperator<Expr> there = value -> lowering.linkedFields().ofMember(way, value);
        if (leads(entity, rest)) {
            return follow(kind, hop.link(), hops, there, rest, path, frame);
        }
        return attribute(kind, hop.link(), there, rest, path, frame);
    }

    /**
     * An attribute of a member that links lead to.
     *
     * @param link the last of them
     * @param there what is read of a member at hand, read of that one
     * @param rest of the path, without a further link
     */
    Expr attribute(
            EntityRef kind,
            String link,
            UnaryOperator<Expr> there,
            List<String> rest,
            Path path,
            Frame frame) {
        var entity = lowering.catalog().entity(kind);
        var attribute =
                rest.size() == 1 ? entity.attribute(rest.getFirst()) : Optional.<Field>empty();
        return attribute
                .map(field -> there.apply(lowering.attributes().of(kind, field, frame.asOf())))
                .orElseGet(() ->
                        lowering.unknown(
                                Problem.of(
                                        ProblemCode.UNKNOWN_FIELD,
                                        frame.at(path.span()),
                                        "No attribute '%s' of the %s that '%s' leads to.",
                                        String.join(".", rest),
                                        kind.name(),
                                        link),
                                rest.getFirst(),
                                () -> names(entity)));
    }

    /** Of its attributes and links. */
    static List<String> names(Entity entity) {
        return Stream.concat(
                        Names.attributeNames(entity).stream(),
                        entity.links().stream().map(Link::name))
                .toList();
    }
}
