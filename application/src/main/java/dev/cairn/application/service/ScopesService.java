package dev.cairn.application.service;

import dev.cairn.application.port.in.ScopesUseCase;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.lowering.AccessRule;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads scopes from the catalogue in memory; none of them is ever left out silently. */
public final class ScopesService implements ScopesUseCase {
    private final Catalogs catalogs;

    public ScopesService(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    @Override
    public Outcome of(Collection<String> names, Map<String, String> claims) {
        var catalog = catalogs.current();
        var formulas = new ArrayList<String>();
        var problems = new ArrayList<Problem>();
        if (names.isEmpty()) {
            problems.add(
                    Problem.of(
                            ProblemCode.MISSING,
                            Place.of("scope"),
                            "No scope is named: name at least one, or let everything be seen."));
        }
        for (var name : new TreeSet<>(names)) {
            problems.addAll(problems(name, catalog));
            catalog.find(name, Scope.class).map(Scope::where).ifPresent(formulas::add);
        }
        return problems.isEmpty()
                ? new Outcome.Found(new AccessScope(formulas, read(formulas, claims)))
                : new Outcome.Refused(problems);
    }

    /** Those that the formulas read: what else is known of a caller, such as when a token ends, makes no other scope of the same accounts. */
    private static Map<String, String> read(List<String> formulas, Map<String, String> claims) {
        var read =
                formulas.stream()
                        .flatMap(formula -> AccessRule.claimsIn(formula).stream())
                        .collect(Collectors.toSet());
        return claims.entrySet().stream()
                .filter(claim -> read.contains(claim.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<Problem> problems(String name, Catalog catalog) {
        return catalog.entry(name)
                .filter(entry -> entry.definition() instanceof Scope)
                .map(entry ->
                        DefinitionChecker.check(catalog, entry, Place.of("scope", name)).problems())
                .orElseGet(() ->
                        List.of(
                                Problem.of(
                                                ProblemCode.BAD_VALUE,
                                                Place.of("scope"),
                                                "There is no access scope '%s'.",
                                                name)
                                        .suggesting(catalog.nearest(name, Scope.class))));
    }
}
