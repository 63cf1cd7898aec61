package dev.cairn.application.port.in;

import dev.cairn.domain.model.Definition;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/** Adds, revises and retires definitions: all that is given, or nothing. */
public interface DefineUseCase {
    Outcome define(Request request);

    /**
     * @param drafts definitions as they should be
     * @param prune also retire what is in force and not among the drafts
     * @param validateOnly report what would change, change nothing
     */
    record Request(List<Draft> drafts, boolean prune, boolean validateOnly) {}

    /**
     * A definition and where it stands. Problems in one of its formulas have the path of the place and then the part ({@code formula},
     * {@code where}, {@code rule}, {@code fields.x.compute}, {@code time.compute}), and line and column within that formula.
     *
     * @param expectedVersion the version that the draft was made from, 0 where nothing may have that name yet, or -1 where it does not matter; CONFLICT when it is not
     *     what is in force
     */
    record Draft(Definition definition, Place place, int expectedVersion) {
        public Draft(Definition definition, Place place) {
            this(definition, place, -1);
        }
    }

    /** What came of it. */
    sealed interface Outcome {
        /** In the order of the drafts, then what was retired. */
        record Applied(List<Change> changes) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {}
    }

    /**
     * What happened to one definition.
     *
     * @param version in force afterwards
     * @param redone how many stored rows have other values under the changed declaration, earlier versions of facts included
     * @param leftOut how many stored rows were removed, as the source's condition on rows excludes them
     * @param unread fields whose column was not stored: they are empty in stored rows until the files are imported again
     */
    record Change(
            String kind,
            String name,
            Action action,
            int version,
            long redone,
            long leftOut,
            List<String> unread) {
        public Change {
            unread = List.copyOf(unread);
        }

        public Change(String kind, String name, Action action, int version) {
            this(kind, name, action, version, 0, 0, List.of());
        }
    }

    /** What was done. */
    enum Action {
        ADDED,
        /** A changed meaning: a new version. */
        REVISED,
        /** A changed label, description or the like: the same version. */
        DESCRIBED,
        UNCHANGED,
        RETIRED
    }
}
