package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Optional;

/** Names in formulas of an account or user: its attributes, and what the catalogue has. */
final class MemberNames {
    private static final String ACCOUNT = EntityRef.ACCOUNT.name();

    private final Lowering lowering;
    private final Catalog catalog;
    private final Names names;
    private final CatalogNames catalogNames;

    MemberNames(Lowering lowering, Names names, CatalogNames catalogNames) {
        this.lowering = lowering;
        this.catalog = lowering.catalog();
        this.names = names;
        this.catalogNames = catalogNames;
    }

    Expr ofMember(Path path, Level.Member member, Frame frame) {
        return ofPair(path, member, frame)
                .or(() -> metricInFull(path, member.entity(), frame))
                .or(() -> ofEntity(path, member.entity(), frame))
                .orElseGet(() ->
                        path.names().size() > 1
                                ? catalogNames.rowValue(path, frame)
                                : catalogNames.resolve(
                                        path, frame, attributeNames(member.entity())));
    }

    /** A value that the members are split by; bare where it is nothing else. */
    private Optional<Expr> ofPair(Path path, Level.Member member, Frame frame) {
        var pairing = member.pairing();
        if (pairing == null) {
            return Optional.empty();
        }
        if (path.names().size() > 1) {
            return pairing.named(path.text()).map(field -> field);
        }
        String name = path.text();
        var meant = pairing.names().stream().filter(full -> full.endsWith("." + name)).toList();
        if (meant.isEmpty()) {
            return Optional.empty();
        }
        boolean isElse =
                catalog.isInFormulas(name)
                        || catalog.entity(member.entity()).attribute(name).isPresent();
        return meant.size() == 1 && !isElse
                ? pairing.named(meant.getFirst()).map(field -> field)
                : Optional.of(
                        lowering.broken(
                                Problem.of(
                                                ProblemCode.AMBIGUOUS_NAME,
                                                frame.at(path.span()),
                                                "'%s' is a value that this relation is split by, and has other readings; say which.",
                                                name)
                                        .offering(meant.toArray(String[]::new))));
    }

    /** {@code sum(account.mrr)} for {@code sum(account : mrr)}: what is no attribute may be a metric, and stays one. */
    private Optional<Expr> metricInFull(Path path, EntityRef entity, Frame frame) {
        String name = path.names().getLast();
        boolean isInFull =
                path.names().size() == 2 && path.names().getFirst().equals(entity.name());
        if (!isInFull || catalog.metric(name).isEmpty()) {
            return Optional.empty();
        }
        var said = frame.bindings().get(Binding.key(entity.name(), name));
        if (catalog.entity(entity).attribute(name).isPresent() && said != Binding.CATALOG) {
            return Optional.empty();
        }
        lowering.bound(frame, entity.name(), name, Binding.CATALOG);
        var bare = new Path(List.of(name), path.span());
        return Optional.of(catalogNames.resolve(bare, frame, List.of()));
    }

    /** In a scope: of attributes and lists alone. */
    Expr ofRule(Path path, Level.Rule rule, Frame frame) {
        return ofEntity(path, EntityRef.ACCOUNT, frame)
                .orElseGet(() -> {
                    if (catalog.metric(path.text()).isPresent()) {
                        return metricInRule(path, rule, frame);
                    }
                    return path.names().size() > 1
                            ? catalogNames.unknown(path, frame, attributeNames(EntityRef.ACCOUNT))
                            : catalogNames.resolve(path, frame, attributeNames(EntityRef.ACCOUNT));
                });
    }

    Expr metricInRule(Path path, Level.Rule rule, Frame frame) {
        return lowering.broken(OfAccount.noAggregates(rule, frame, path.span()));
    }

    private List<String> attributeNames(EntityRef kind) {
        return Names.attributeNames(catalog.entity(kind));
    }

    /** The member, its account, or an attribute of one of them; empty: the name means something else. */
    private Optional<Expr> ofEntity(Path path, EntityRef entity, Frame frame) {
        var parts = path.names();
        String first = parts.getFirst();
        boolean ofAccount = first.equals(ACCOUNT);
        boolean isRepeated =
                parts.size() > 1
                        && first.equals(entity.name())
                        && (parts.get(1).equals(ACCOUNT) || parts.get(1).equals(first));
        if (isRepeated) {
            return ofEntity(new Path(parts.subList(1, parts.size()), path.span()), entity, frame);
        }
        boolean isInFull = ofAccount || first.equals(entity.name());
        var of = ofAccount ? EntityRef.ACCOUNT : entity;
        var linked =
                lowering.links()
                        .ofMembers()
                        .ofOwn(of, isInFull ? parts.subList(1, parts.size()) : parts, path, frame);
        if (linked.isPresent() && (isInFull || parts.size() > 1)) {
            return linked;
        }
        if (isInFull && parts.size() <= 2) {
            var kind = ofAccount ? EntityRef.ACCOUNT : entity;
            return Optional.of(
                    parts.size() == 1
                            ? new Expr.Key(kind)
                            : names.attribute(kind, parts.get(1), path.span(), frame));
        }
        return parts.size() == 1 ? bare(path, entity, frame) : Optional.empty();
    }

    /** An attribute by its bare name; empty: the catalogue has it, or nobody. */
    private Optional<Expr> bare(Path path, EntityRef entity, Frame frame) {
        String name = path.names().getFirst();
        Optional<Field> attribute = catalog.entity(entity).attribute(name);
        boolean leads = MemberLinks.leads(catalog.entity(entity), path.names());
        var reading =
                names.reading(
                        entity.name(),
                        name,
                        attribute.isPresent() || leads,
                        names.isInCatalog(name, attribute.isPresent()),
                        frame);
        if (reading.isEmpty()) {
            return Optional.of(names.ambiguous(entity.name(), path, frame));
        }
        if (reading.get() != Binding.FIELD) {
            return Optional.empty();
        }
        return leads
                ? lowering.links().ofMembers().ofOwn(entity, path.names(), path, frame)
                : attribute.map(field -> lowering.attributes().of(entity, field, frame.asOf()));
    }
}
