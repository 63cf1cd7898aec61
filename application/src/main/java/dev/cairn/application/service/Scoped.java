package dev.cairn.application.service;

import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import org.jspecify.annotations.Nullable;

/** What of a caller decides an answer: two of the same role and scope get the same. */
record Scoped(Role role, @Nullable AccessScope access) {
    static Scoped of(Caller caller) {
        return new Scoped(caller.role(), caller.access());
    }
}
