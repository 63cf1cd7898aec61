package dev.cairn.application.service;

import static java.util.Objects.requireNonNull;

import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.port.out.DefinitionStore.Redone;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.application.port.out.TableMappings;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.check.DefinitionChecker.Checked;
import dev.cairn.domain.check.StoredWeeks;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.MappedRows;
import dev.cairn.domain.planner.SavedQuestions;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.CalendarDays;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks definitions against the catalogue they would be in force in, and saves them all or none. */
public final class DefineService implements DefineUseCase {
    private final Catalogs catalogs;
    private final DefinitionStore store;
    private final DayOfWeek weekStarts;
    private final TableMappings tables;
    private final Clock clock;

    /** Saved questions are planned as if it were then, where nobody says what time it is. */
    private static final Clock LATER =
            Clock.fixed(Instant.parse("2100-01-01T00:00:00Z"), ZoneOffset.UTC);

    /** Where weeks begin on Monday unless a question says another day. */
    public DefineService(Catalogs catalogs, DefinitionStore store) {
        this(catalogs, store, DayOfWeek.MONDAY, TableMappings.NONE, LATER);
    }

    /**
     * @param weekStarts the first day of a week, unless a question says another
     * @param tables that sources are mapped on
     * @param clock by which saved questions are planned, to see whether they can be asked
     */
    public DefineService(
            Catalogs catalogs,
            DefinitionStore store,
            DayOfWeek weekStarts,
            TableMappings tables,
            Clock clock) {
        this.clock = clock;
        this.tables = tables;
        this.catalogs = catalogs;
        this.store = store;
        this.weekStarts = weekStarts;
    }

    @Override
    public Outcome define(Request request) {
        catalogs.refresh();
        var catalog = catalogs.current();
        var problems = new ArrayList<Problem>();
        var drafts = new Drafts(catalog, request);
        var proposed = drafts.proposed(problems);
        var retired = drafts.retired();
        var candidate =
                catalog.with(proposed.values().stream().map(Proposal::entry).toList(), retired);
        var checked = check(candidate, proposed, problems);
        if (!request.author().role().includes(Role.ADMIN)) {
            ofScopes(candidate, proposed, checked).forEach(problems::add);
        }
        if (problems.isEmpty()) {
            mapped(proposed, checked).forEach(problems::add);
        }
        if (!problems.isEmpty()) {
            return new Outcome.Rejected(problems);
        }
        var changes =
                Stream.concat(
                                proposed.values().stream()
                                        .map(proposal ->
                                                proposal.change(
                                                        Deprecations.of(
                                                                proposal.entry().name(),
                                                                candidate,
                                                                checked,
                                                                proposed.keySet()))),
                                retirements(catalog, retired))
                        .toList();
        return save(catalog, proposed, checked, retired, changes, request.validateOnly());
    }

    /** What access scopes read: who may change it says who may see what. */
    private static Stream<Problem> ofScopes(
            Catalog candidate, Map<String, Proposal> proposed, Map<String, Checked> checked) {
        return candidate.entries().stream()
                .filter(entry -> entry.definition() instanceof Scope)
                .flatMap(scope ->
                        below(scope.name(), checked).stream()
                                .sorted()
                                .map(proposed::get)
                                .filter(proposal -> proposal != null && proposal.isNewMeaning())
                                .map(proposal ->
                                        Problem.of(
                                                ProblemCode.IN_USE,
                                                proposal.place(),
                                                "'%s' says who may see what, in the access scope '%s': only admins change it.",
                                                proposal.entry().name(),
                                                scope.name())));
    }

    /** What of the tables is not as declared that sources and calendars are mapped on; of those too that are declared as before. */
    private Stream<Problem> mapped(Map<String, Proposal> proposed, Map<String, Checked> checked) {
        return proposed.values().stream()
                .flatMap(proposal ->
                        switch (proposal.entry().definition()) {
                            case Source source when source.mapping() != null ->
                                    mapped(source, proposal, checked).stream();
                            case Entity entity when entity.mapping() != null ->
                                    tables
                                            .problems(RowFormulas.mapped(entity), proposal.place())
                                            .stream();
                            case Calendar calendar
                                    when calendar.rows() != null
                                            && calendar.rows().mapping() != null ->
                                    mapped(calendar, calendar.rows(), proposal.place()).stream();
                            default -> Stream.of();
                        });
    }

    private List<Problem> mapped(Source source, Proposal proposal, Map<String, Checked> checked) {
        var bindings = requireNonNull(checked.get(source.name())).bindings();
        var entry = new Entry(source, proposal.entry().version(), bindings);
        return tables.problems(
                RowFormulas.mapped(source, entry, _ -> Optional.empty()), proposal.place());
    }

    /** The table first; where it is as declared, whether its rows are a calendar. */
    private List<Problem> mapped(Calendar calendar, Calendar.Rows rows, Place place) {
        var table = new MappedRows(rows.mapped().orElseThrow(), Map.of(), null);
        var problems =
                tables.problems(table, place).stream()
                        .map(problem -> problem.in(ofCalendar(problem.place(), rows, place)))
                        .toList();
        return problems.isEmpty()
                        && catalogs.daysOf(calendar) instanceof CalendarDays.Broken(var why)
                ? List.of(
                        Problem.of(
                                ProblemCode.MAPPED_TABLE,
                                place.then("table"),
                                "The calendar '%s' has no periods: %s.",
                                calendar.name(),
                                why))
                : problems;
    }

    /** Where a calendar names a column that its source has as a field. */
    private static Place ofCalendar(Place ofSource, Calendar.Rows rows, Place place) {
        return switch (ofSource.path().getLast()) {
            case "table", "version" -> ofSource;
            case "key" -> place.then("day");
            case String field ->
                    rows.grains().stream()
                            .filter(_ -> !field.equals(rows.day()))
                            .filter(grain -> grain.fields().contains(field))
                            .findFirst()
                            .map(grain -> place.then("grains", grain.name()))
                            .orElseGet(() -> place.then("day"));
        };
    }

    private static Stream<Change> retirements(Catalog catalog, Set<String> retired) {
        return retired.stream()
                .sorted()
                .map(name -> catalog.entry(name).orElseThrow())
                .map(entry ->
                        new Change(
                                entry.definition().kind(),
                                entry.name(),
                                Action.RETIRED,
                                entry.version()));
    }

    /** Checks all that would be in force: what is proposed, and what refers to it. */
    private Map<String, Checked> check(
            Catalog candidate, Map<String, Proposal> proposed, List<Problem> problems) {
        var checked = new LinkedHashMap<String, Checked>();
        for (var entry : candidate.entries()) {
            var proposal = proposed.get(entry.name());
            var place = proposal == null ? Place.of(entry.name()) : proposal.place();
            checked.put(entry.name(), DefinitionChecker.check(candidate, entry, place));
        }
        var metrics =
                new ResolvedMetrics(
                        candidate.all(Question.class).isEmpty()
                                ? candidate
                                : catalogs.knowingDays(candidate));
        for (var question : candidate.all(Question.class)) {
            var proposal = proposed.get(question.name());
            checked.computeIfPresent(
                    question.name(),
                    (name, alone) ->
                            SavedQuestions.check(
                                    question,
                                    alone,
                                    DefinitionsUnder.names(question, candidate),
                                    metrics,
                                    clock.instant(),
                                    proposal == null ? Place.of(name) : proposal.place()));
        }
        for (var alert : candidate.all(Alert.class)) {
            var proposal = proposed.get(alert.name());
            var place = proposal == null ? Place.of(alert.name()) : proposal.place();
            // What is wrong with a definition under it is told there.
            if (requireNonNull(checked.get(alert.name())).problems().isEmpty()
                    && below(alert.name(), checked).stream()
                            .allMatch(name ->
                                    requireNonNull(checked.get(name)).problems().isEmpty())) {
                SavedQuestions.ofAlert(alert, candidate, metrics, clock.instant(), place).stream()
                        .map(problem -> proposal == null ? broken(alert.name(), problem) : problem)
                        .forEach(problems::add);
            }
        }
        proposed.values().stream()
                .filter(Proposal::isNewMeaning)
                .forEach(proposal -> {
                    var definition = proposal.entry().definition();
                    problems.addAll(DefinitionChecker.refusedIfNew(definition, proposal.place()));
                    problems.addAll(StoredWeeks.refused(definition, weekStarts, proposal.place()));
                });
        checked.forEach((name, result) -> {
            if (!result.problems().isEmpty()) {
                var toldBelow = toldBelow(name, checked);
                result.problems().stream()
                        .filter(problem ->
                                !(result.inherited().contains(problem)
                                        && toldBelow.contains(what(problem))))
                        .map(problem ->
                                proposed.containsKey(name) ? problem : broken(name, problem))
                        .forEach(problems::add);
            }
        });
        return checked;
    }

    /** A problem of a definition is told there, not again wherever that one is referred to. */
    private static Set<Problem> toldBelow(String name, Map<String, Checked> checked) {
        return below(name, checked).stream()
                .filter(dependency -> !dependency.equals(name))
                .flatMap(dependency -> toldAt(dependency, name, checked))
                .map(DefineService::what)
                .collect(Collectors.toSet());
    }

    /** Of definitions that refer to each other, each inherits what the other is refused for; told there is what is the other's own. */
    private static Stream<Problem> toldAt(
            String dependency, String name, Map<String, Checked> checked) {
        var result = requireNonNull(checked.get(dependency));
        boolean isRing = below(dependency, checked).contains(name);
        return result.problems().stream()
                .filter(problem -> !isRing || !result.inherited().contains(problem));
    }

    /** Wherever it is told. */
    private static Problem what(Problem problem) {
        return new Problem(problem.code(), problem.message(), Place.NOWHERE, List.of());
    }

    private static Set<String> below(String name, Map<String, Checked> checked) {
        var found = new HashSet<String>();
        var open = new ArrayList<String>(List.of(name));
        while (!open.isEmpty()) {
            var result = requireNonNull(checked.get(open.removeLast()));
            result.references().stream()
                    .filter(reference -> checked.containsKey(reference) && found.add(reference))
                    .forEach(open::add);
        }
        return found;
    }

    private static Problem broken(String name, Problem problem) {
        return new Problem(
                ProblemCode.IN_USE,
                "'%s' would not work any more: %s".formatted(name, problem.message()),
                problem.place(),
                problem.suggestions());
    }

    private Outcome save(
            Catalog catalog,
            Map<String, Proposal> proposed,
            Map<String, Checked> checked,
            Set<String> retired,
            List<Change> changes,
            boolean validateOnly) {
        var entries =
                proposed.values().stream()
                        .map(Proposal::entry)
                        .filter(entry -> !catalog.entry(entry.name()).equals(Optional.of(entry)))
                        .map(entry ->
                                entry.with(requireNonNull(checked.get(entry.name())).bindings()))
                        .toList();
        if (entries.isEmpty() && retired.isEmpty()) {
            return new Outcome.Applied(changes);
        }
        var outcome =
                validateOnly
                        ? store.rehearse(catalog.version(), entries, retired)
                        : store.save(catalog.version(), entries, retired);
        return switch (outcome) {
            case Saved.Done(var saved, var redone) -> {
                catalogs.adopt(saved);
                yield new Outcome.Applied(
                        changes.stream().map(change -> with(redone, change)).toList());
            }
            case Saved.Conflict _ ->
                    new Outcome.Rejected(
                            List.of(
                                    Problem.of(
                                            ProblemCode.CONFLICT,
                                            Place.NOWHERE,
                                            "Somebody else changed definitions at the same moment; nothing was changed, try again.")));
            case Saved.Refused(var reasons) ->
                    new Outcome.Rejected(
                            reasons.entrySet().stream()
                                    .map(refused ->
                                            Problem.of(
                                                    ProblemCode.CONFLICT,
                                                    requireNonNull(proposed.get(refused.getKey()))
                                                            .place(),
                                                    "'%s' cannot be changed so: %s",
                                                    refused.getKey(),
                                                    String.join(" ", refused.getValue())))
                                    .toList());
        };
    }

    private static Change with(Map<String, Redone> redone, Change change) {
        var rows = redone.getOrDefault(change.name(), Redone.NOTHING);
        return new Change(
                change.kind(),
                change.name(),
                change.action(),
                change.version(),
                rows.rows(),
                rows.leftOut(),
                rows.unread(),
                change.deprecated());
    }
}
