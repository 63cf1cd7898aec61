package dev.cairn.application.service;

import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.application.port.in.DefineUseCase.Change;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.problem.Place;
import java.util.List;

/** A definition that would be in force. */
record Proposal(Entry entry, Action action, Place place) {
    boolean isNewMeaning() {
        return action == Action.ADDED || action == Action.REVISED;
    }

    Change change(List<String> deprecated) {
        return new Change(
                entry.definition().kind(),
                entry.name(),
                action,
                entry.version(),
                0,
                0,
                List.of(),
                deprecated);
    }
}
