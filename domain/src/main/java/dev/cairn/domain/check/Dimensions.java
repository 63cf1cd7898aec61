package dev.cairn.domain.check;

import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.lowering.Links;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.problem.NearestNames;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What can be grouped and filtered by. */
public final class Dimensions {
    private Dimensions() {}

    /** The dimensions that a metric of the catalogue can be grouped by: those that all its relations reach; none where something is wrong with it. */
    public static List<Dimension> of(String metric, ResolvedMetrics metrics) {
        var catalog = metrics.catalog();
        var relations =
                catalog.entry(metric)
                        .filter(entry -> entry.definition() instanceof Metric)
                        .flatMap(entry -> metrics.find(entry, ZoneOffset.UTC, Cancellation.NEVER))
                        .map(ResolvedMetrics.Resolved::relations)
                        .orElse(List.of());
        Set<Dimension> common = null;
        for (var relation : relations) {
            var reached = reachedBy(relation, catalog);
            if (common == null) {
                common = new LinkedHashSet<>(reached);
            } else {
                common.retainAll(reached);
            }
        }
        return common == null ? List.of() : List.copyOf(common);
    }

    /** The dimension of a full name, whichever metrics go with it. */
    public static Optional<Dimension> find(String key, Catalog catalog) {
        return all(catalog).filter(dimension -> dimension.key().equals(key)).findFirst();
    }

    /** Full names that are near to one that is unknown. */
    static List<String> nearest(String key, Catalog catalog) {
        return NearestNames.nearest(key, all(catalog).map(Dimension::key).distinct().toList());
    }

    private static Stream<Dimension> all(Catalog catalog) {
        Stream<RelationKey> facts =
                catalog.all(Source.class).stream().map(source -> RelationKey.of(source));
        Stream<RelationKey> members = EntityRef.BUILT_IN.stream().map(RelationKey.OfMembers::new);
        return Stream.concat(facts, members)
                .flatMap(relation -> reachedBy(relation, catalog).stream());
    }

    private static List<Dimension> reachedBy(RelationKey relation, Catalog catalog) {
        var reached = new ArrayList<Dimension>();
        switch (relation) {
            case RelationKey.OfFacts(var source, _, _) -> {
                source.fields().forEach(field -> reached.add(dimension(source.name(), field)));
                Links.reachedFrom(source, catalog)
                        .forEach(parent ->
                                parent.source()
                                        .fields()
                                        .forEach(field ->
                                                reached.add(dimension(parent.owner(), field))));
            }
            case RelationKey.OfMembers(_, var pairing) -> {
                if (pairing != null) {
                    reachedBy(RelationKey.of(pairing.source()), catalog).stream()
                            .filter(dimension -> pairing.names().contains(dimension.key()))
                            .forEach(reached::add);
                }
            }
            case RelationKey.OfTicks _ -> {}
        }
        for (var kind : EntityRef.BUILT_IN) {
            if (relation.reaches(kind)) {
                reached.add(
                        new Dimension(kind.name(), catalog.entity(kind).label(), ValueType.TEXT));
                catalog.entity(kind)
                        .attributes()
                        .forEach(attribute ->
                                reached.add(dimension(kind.name(), attribute.field())));
                catalog.entity(kind)
                        .links()
                        .forEach(link -> reached.addAll(behind(kind, link, catalog)));
            }
        }
        if (relation.reaches(EntityRef.ACCOUNT)) {
            catalog.all(Cohort.class)
                    .forEach(cohort ->
                            reached.add(
                                    new Dimension(
                                            cohort.name(), cohort.label(), ValueType.BOOLEAN)));
        }
        catalog.all(ConformedDimension.class).stream()
                .flatMap(conformed -> conformed(conformed, relation, catalog).stream())
                .forEach(reached::add);
        return reached;
    }

    /** What one link of an account leads to. */
    private static List<Dimension> behind(EntityRef kind, Link link, Catalog catalog) {
        var way = kind.name() + "." + link.name();
        var there = new ArrayList<Dimension>();
        there.add(new Dimension(way, link.name(), ValueType.TEXT));
        var fields =
                link.member()
                        .map(member ->
                                catalog.entity(member).attributes().stream()
                                        .map(Entity.Attribute::field)
                                        .toList())
                        .or(() ->
                                catalog.source(link.to())
                                        .map(source ->
                                                source.fields().stream()
                                                        .filter(field -> !source.isImplied(field))
                                                        .toList()))
                        .orElse(List.of());
        fields.forEach(field -> there.add(dimension(way, field)));
        return there;
    }

    private static Optional<Dimension> conformed(
            ConformedDimension dimension, RelationKey relation, Catalog catalog) {
        return ConformedCheck.typeOf(dimension, relation, catalog)
                .map(type -> new Dimension(dimension.name(), dimension.label(), type.shownAs()));
    }

    private static Dimension dimension(String owner, Field field) {
        return new Dimension(
                owner + "." + field.name(), field.label(), TypeRules.of(field).shownAs());
    }
}
