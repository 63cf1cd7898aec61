package dev.cairn.application.service;

import dev.cairn.application.port.in.CompareUseCase.Difference;
import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.application.port.in.DefineUseCase.Change;
import dev.cairn.application.port.out.DefinitionText;
import dev.cairn.application.port.out.DefinitionText.Placed;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Definition;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What changes are in the text of definitions, beside what is in force before them. */
final class Differences {
    private final Catalog before;
    private final DefinitionText texts;

    Differences(Catalog before, DefinitionText texts) {
        this.before = before;
        this.texts = texts;
    }

    /** @param proposed what was to be in force */
    List<Difference> of(List<Change> changes, List<Placed> proposed) {
        Map<String, Definition> after =
                proposed.stream()
                        .map(Placed::definition)
                        .collect(
                                Collectors.toMap(
                                        Definition::name, Function.identity(), (_, last) -> last));
        return changes.stream()
                .filter(change -> change.action() != Action.UNCHANGED)
                .map(change -> difference(change, after))
                .toList();
    }

    private Difference difference(Change change, Map<String, Definition> after) {
        var known = before.entry(change.name());
        // What is in force again after a company's own in its place is the pack's.
        var next =
                known.flatMap(Entry::standard)
                        .filter(_ -> !after.containsKey(change.name()))
                        .orElse(after.get(change.name()));
        boolean isWhole =
                change.action() == Action.ADDED
                        || (change.action() == Action.KEPT && !after.containsKey(change.name()))
                        || change.action() == Action.RETIRED;
        return new Difference(
                change.kind(),
                change.name(),
                change.action(),
                isWhole || known.isEmpty() || next == null
                        ? List.of()
                        : TextDifference.between(
                                texts.write(known.get().definition()), texts.write(next)));
    }
}
