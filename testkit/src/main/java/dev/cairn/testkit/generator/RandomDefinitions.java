package dev.cairn.testkit.generator;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.testkit.generator.Place.Head;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds slices, cohorts and metrics to a catalogue; what the planner refuses is left out. */
final class RandomDefinitions {
    private static final List<String> COHORTS = List.of("friends", "chosen", RandomWorld.BY_FACTS);

    /** Of which themes a metric asks for so many observations. */
    private static final Map<String, Integer> LEAST_SAMPLES = Map.of("survey", 3);

    /** About one of so many of them does, as the third opinion has none on it; by the length of its formula, since a draw would shift all that are drawn later. */
    private static final int ONE_OF = 4;

    private final Choice choice;
    private Catalog catalog;

    RandomDefinitions(Choice choice, Catalog sources) {
        this.choice = choice;
        this.catalog = sources;
    }

    Catalog catalog() {
        addCohorts();
        addConformed();
        for (String source :
                List.of("event", "survey", "ticket", "contract", "move", "stay", "home")) {
            if (catalog.source(source).isPresent()) {
                addSlice("some_" + source, source);
            }
        }
        addSlice("few_event", "some_event");
        for (Theme theme : Theme.of(catalog)) {
            addMetric(theme, "one", Level.CELL, null);
            addMetric(theme, "two", Level.CELL, null);
            if (theme.members().contains(EntityRef.ACCOUNT)) {
                for (RollUp rollUp : RollUp.values()) {
                    addMetric(
                            theme,
                            "by_" + rollUp.name().toLowerCase(Locale.ROOT),
                            Level.ACCOUNT,
                            rollUp);
                }
            }
            if (theme.members().equals(List.of(EntityRef.USER))) {
                addMetric(theme, "rolled_up", Level.USER, choice.of(RollUp.values()));
            }
        }
        if (catalog.source(OfHomes.HOME).isPresent()) {
            addOfHomes();
        }
        return catalog;
    }

    /** What each home is: after all else, which so stays as it was without. */
    private void addOfHomes() {
        addOfHome(
                RollUp.AVG,
                "each_stays",
                "count(stay)",
                "count(stay where nights > 2)",
                "count(stay where host is not none)");
        addOfHome(
                RollUp.SUM,
                "each_nights",
                "sum(stay.nights)",
                "max(stay : nights)",
                "sum(stay where account is not none : nights + 1)",
                "sum(stay.nights) over last 2 weeks");
        addOfHome(
                RollUp.MEDIAN,
                "each_guests",
                "distinct(stay.account)",
                "beds + count(stay)",
                "beds * 2 - each_stays",
                "coalesce(each_nights, beds)");
        addOfHome(
                RollUp.SHARE,
                "each_busy",
                "exists(stay)",
                "count(stay) > 1",
                "exists(stay where nights > 3)",
                "each_stays > beds");
    }

    private void addOfHome(RollUp rollUp, String name, String... formulas) {
        tryOut(
                metric(name, Level.ENTITY, rollUp, choice.of(formulas), false, null)
                        .ofEntity(OfHomes.HOME),
                name);
    }

    private RandomExpressions expressions() {
        return new RandomAggregates(choice, catalog, cohorts(catalog)).expressions();
    }

    static List<String> cohorts(Catalog catalog) {
        return COHORTS.stream().filter(name -> catalog.cohort(name).isPresent()).toList();
    }

    private void addCohorts() {
        tryOut(
                new Cohort(
                        "friends",
                        "friends",
                        "",
                        new Cohort.Members.Accounts(List.of("acme", "dyno", "nobody"))),
                "count(event where account in friends)");
        String rule = expressions().condition(Place.ofRule(catalog), 2).text();
        tryOut(
                new Cohort("chosen", "chosen", "", new Cohort.Members.Rule(rule)),
                "count(event where account in chosen)");
        var events = List.<Head>of(new Head.Facts("event", catalog.source("event").orElseThrow()));
        var account = Place.ofMember(EntityRef.ACCOUNT, events, catalog);
        String active =
                "(%s) over %s > %s"
                        .formatted(
                                expressions().aggregate(account, 1).text(),
                                choice.of("last 3 days", "last 2 weeks", "month to date", "ever"),
                                choice.of("0", "1", "2.25"));
        tryOut(
                new Cohort(
                        RandomWorld.BY_FACTS,
                        RandomWorld.BY_FACTS,
                        "",
                        new Cohort.Members.Rule(active)),
                "count(event where account in busy)");
    }

    /** Of some sources a field, of all others that are of accounts an attribute. */
    private void addConformed() {
        var fields =
                Stream.of("event.kind", "survey.remark", "ticket.urgency", "home.area")
                        .filter(field ->
                                catalog.source(field.substring(0, field.indexOf('.'))).isPresent());
        tryOut(
                new ConformedDimension(
                        Theme.CONFORMED,
                        Theme.CONFORMED,
                        "",
                        Stream.concat(fields, Stream.of("account.plan")).toList()),
                "count(event where %s is none)".formatted(Theme.CONFORMED));
    }

    private void addSlice(String name, String of) {
        var root = catalog.source(of.replaceFirst("^some_", "")).orElseThrow();
        var row = Place.ofRow(new Head.Facts(root.name(), root), catalog);
        var bare =
                new Place(
                        row.atoms().stream().filter(atom -> !atom.text().contains(".")).toList(),
                        List.of(),
                        false);
        String under =
                catalog.source(of).isPresent() || catalog.slice(of).isPresent() ? of : root.name();
        tryOut(
                new Slice(name, name, "", under, expressions().condition(bare, 2).text()),
                "count(" + name + ")");
    }

    private void addMetric(Theme theme, String which, Level level, @Nullable RollUp rollUp) {
        var relations = theme.relations(catalog);
        var place =
                switch (level) {
                    case CELL -> Place.ofCell(relations);
                    case ACCOUNT ->
                            Place.ofMember(
                                    EntityRef.ACCOUNT,
                                    linked(relations, EntityRef.ACCOUNT),
                                    catalog);
                    case USER ->
                            Place.ofMember(
                                    EntityRef.USER, linked(relations, EntityRef.USER), catalog);
                    case ENTITY -> throw new IllegalArgumentException("of no declared entity");
                };
        String formula =
                rollUp == RollUp.SHARE
                        ? "coalesce(%s, false)".formatted(expressions().condition(place, 2).text())
                        : expressions().number(place, 2).text();
        String name = theme.word() + "_" + which;
        boolean emptyIsNone = choice.percent(25);
        boolean mayAsk = which.equals("two") && formula.length() % ONE_OF == 2;
        var least = mayAsk ? LEAST_SAMPLES.get(theme.word()) : null;
        if (least != null) {
            tryOut(metric(name, level, rollUp, formula, emptyIsNone, least), name);
        }
        if (catalog.metric(name).isEmpty()) {
            tryOut(metric(name, level, rollUp, formula, emptyIsNone, null), name);
        }
    }

    private static Metric metric(
            String name,
            Level level,
            @Nullable RollUp rollUp,
            String formula,
            boolean emptyIsNone,
            @Nullable Integer leastSample) {
        return new Metric(
                        name,
                        name,
                        "",
                        level,
                        rollUp,
                        formula,
                        null,
                        Metric.Direction.NEUTRAL,
                        null,
                        null,
                        null,
                        emptyIsNone,
                        Metric.Status.PUBLISHED)
                .with(new Metric.Sample(leastSample));
    }

    private static List<Head> linked(List<Head> relations, EntityRef entity) {
        return relations.stream()
                .filter(head ->
                        head instanceof Head.Facts(_, var source)
                                && RandomAggregates.isLinked(source, entity))
                .toList();
    }

    /** The names of the metrics of a theme. */
    static List<String> metrics(Theme theme, Catalog catalog) {
        return catalog.all(Metric.class).stream()
                .map(Definition::name)
                .filter(name -> name.startsWith(theme.word() + "_"))
                .toList();
    }

    private void tryOut(Definition definition, String formula) {
        var with = catalog.with(List.of(new Entry(definition, 1, Map.of())), List.of());
        var query =
                AnalysisQuery.of(
                        List.of(new AskedMetric(new MetricReference.Inline(formula), "tried")),
                        new AskedRange.Between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 1)),
                        ZoneId.of("UTC"));
        if (Planner.plan(query, with, Caller.LOCAL, Instant.EPOCH) instanceof Planned.Ready) {
            catalog = with;
        }
    }
}
