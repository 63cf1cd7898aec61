package dev.cairn.application.service;

import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.application.port.in.DefineUseCase.Change;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.problem.Place;

/** A definition that would be in force. */
record Proposal(Entry entry, Action action, Place place) {
    boolean isNewMeaning() {
        return action == Action.ADDED || action == Action.REVISED;
    }

    Change change() {
        return new Change(entry.definition().kind(), entry.name(), action, entry.version());
    }
}
