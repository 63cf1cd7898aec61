package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.CalendarGrain;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a question of what was known at an earlier instant is told: whether it can be asked, and what of its answer is as it is now. */
final class KnownThen {
    /** Code of the notice that accounts, users and attributes are as known now. */
    static final String MEMBERS_AS_NOW = "MEMBERS_AS_NOW";

    /** Code of the notice that definitions have changed since. */
    static final String DEFINED_SINCE = "DEFINED_SINCE";

    /** Code of the notice that nothing had been recorded of a source. */
    static final String NOT_RECORDED = "NOT_RECORDED";

    /** Code of the notice that what was known of rows is not kept, as they stay in a table of their own. */
    static final String NOT_KEPT = "NOT_KEPT";

    private KnownThen() {}

    /** What is known later may still change: there is no answer to come back to. */
    static void check(AnalysisQuery query, Instant now, Consumer<Problem> problems) {
        var at = query.knownAt();
        if (at != null && at.isAfter(now)) {
            problems.accept(
                    Problem.of(
                            ProblemCode.BAD_RANGE,
                            Place.of("knownAt"),
                            "What will be known at %s is not decided yet: it is %s. Ask for an instant that has passed, or leave it out.",
                            at,
                            now));
        }
    }

    /** @param named definitions that formulas of the question name */
    static List<Notice> notices(
            AnalysisQuery query, AnalysisPlan plan, Catalog catalog, Set<String> named) {
        var at = query.knownAt();
        if (at == null) {
            return List.of();
        }
        var notices = new ArrayList<Notice>();
        boolean readsMembers = readsMembers(plan.cells());
        if (readsMembers) {
            notices.add(
                    new Notice(
                            MEMBERS_AS_NOW,
                            "Which accounts and users there are, and their attributes, is as known now: when it came to be known is not kept.",
                            null));
        }
        var read = sources(plan);
        read.addAll(plan.cells().sourcesBeside());
        plan.mapped().stream()
                .filter(rows -> read.contains(rows.source().name()))
                .map(rows ->
                        new Notice(
                                NOT_KEPT,
                                "'%s' is read as it is now: its rows stay in the table %s, and what was known of them at %s is not kept."
                                        .formatted(rows.source().name(), rows.mapping().text(), at),
                                null))
                .forEach(notices::add);
        var since =
                used(query, plan, catalog, readsMembers, named).stream()
                        .filter(name ->
                                catalog.savedAt(name)
                                        .filter(saved -> saved.isAfter(at))
                                        .isPresent())
                        .toList();
        if (!since.isEmpty()) {
            notices.add(
                    new Notice(
                            DEFINED_SINCE,
                            "What was known at %s is read by the definitions of today, of which these have changed since: %s."
                                    .formatted(
                                            at,
                                            since.stream()
                                                    .map(name -> "'" + name + "'")
                                                    .collect(Collectors.joining(", "))),
                            null));
        }
        return notices;
    }

    /** Sources of which nothing had been recorded. */
    static List<Notice> notRecorded(AnalysisPlan plan, Map<String, ?> coverage) {
        var at = plan.time().knownAt();
        return at == null
                ? List.of()
                : Stream.concat(sources(plan).stream(), plan.cells().sourcesBeside().stream())
                        .distinct()
                        .sorted()
                        .filter(source -> !coverage.containsKey(source))
                        .map(source ->
                                new Notice(
                                        NOT_RECORDED,
                                        "Nothing of '%s' had been recorded at %s."
                                                .formatted(source, at),
                                        null))
                        .toList();
    }

    private static Set<String> used(
            AnalysisQuery query,
            AnalysisPlan plan,
            Catalog catalog,
            boolean readsMembers,
            Set<String> named) {
        var names = sources(plan);
        names.addAll(named);
        names.addAll(plan.cells().sourcesBeside());
        if (query.grain() instanceof CalendarGrain(var calendar, _)) {
            names.add(calendar);
        }
        query.metrics().stream()
                .map(AnalysisQuery.AskedMetric::metric)
                .flatMap(metric ->
                        metric instanceof MetricReference.ByKey(var key)
                                ? Stream.of(key)
                                : Stream.empty())
                .forEach(names::add);
        if (query.cohort() instanceof CohortReference.ByKey(var key)) {
            names.add(key);
        }
        if (readsMembers) {
            catalog.all(Entity.class).forEach(entity -> names.add(entity.name()));
        }
        return withReferences(names, catalog);
    }

    /** With what they are made of, near or far; of a source, what else is read of it is in the plan. */
    static Set<String> withReferences(Set<String> names, Catalog catalog) {
        var found = new TreeSet<String>();
        var open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            var name = open.remove();
            if (found.add(name)) {
                catalog.entry(name)
                        .filter(entry ->
                                switch (entry.definition()) {
                                    case Metric _, Cohort _, Slice _ -> true;
                                    case Source _,
                                            Entity _,
                                            Calendar _,
                                            ConformedDimension _,
                                            Target _,
                                            Baseline _,
                                            Success _,
                                            Scope _,
                                            Question _,
                                            Alert _ ->
                                            false;
                                })
                        .map(entry -> DefinitionChecker.check(catalog, entry, Place.NOWHERE))
                        .ifPresent(checked -> open.addAll(checked.references()));
            }
        }
        return found;
    }

    static Set<String> sources(AnalysisPlan plan) {
        return plan.leaves().stream()
                .flatMap(leaf -> leaf.reads().stream())
                .map(Read::source)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean readsMembers(Block block) {
        return readsRelationOfMembers(block)
                || block.expressions()
                        .anyMatch(
                                expr -> Exprs.any(expr, part -> Exprs.attribute(part).isPresent()));
    }

    private static boolean readsRelationOfMembers(Block block) {
        return block.scans().stream()
                .map(Scan::relation)
                .anyMatch(relation ->
                        relation instanceof Relation.Members
                                || readsRelationOfMembers(relation.own()));
    }
}
