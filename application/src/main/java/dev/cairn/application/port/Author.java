package dev.cairn.application.port;

import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;

/**
 * Who does something, and by what: a command, a field of the schema.
 *
 * @param caller name
 * @param by for people and programs: {@code apply}, {@code defineMetric}
 */
public record Author(String caller, Role role, String by) {
    public static Author of(Caller caller, String by) {
        return new Author(caller.name(), caller.role(), by);
    }

    /** Somebody who runs a command. */
    public static Author local(String by) {
        return of(Caller.LOCAL, by);
    }
}
