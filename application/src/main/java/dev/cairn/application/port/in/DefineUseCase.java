package dev.cairn.application.port.in;

import dev.cairn.application.port.Author;
import dev.cairn.domain.catalog.Origin;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds, revises and retires definitions: all that is given, or nothing. */
public interface DefineUseCase {
    Outcome define(Request request);

    /**
     * @param drafts definitions as they should be
     * @param prune also retire what is in force and not among the drafts. What a pack defines stays; where a company's own definition stood in the place
     *     of a pack's, that of the pack is in force again. Baselines stay: they were measured, and no file need have them
     * @param validateOnly report what would change, change nothing
     * @param pack that the drafts are of; null: they are a company's own
     * @param removed names that are retired besides; of a company's own definitions
     * @param author who changes them, and by what
     */
    record Request(
            List<Draft> drafts,
            boolean prune,
            boolean validateOnly,
            @Nullable OfPack pack,
            Set<String> removed,
            Author author) {
        public Request {
            removed = Set.copyOf(removed);
        }

        /** By somebody who runs a command. */
        public Request(
                List<Draft> drafts,
                boolean prune,
                boolean validateOnly,
                @Nullable OfPack pack,
                Set<String> removed) {
            this(drafts, prune, validateOnly, pack, removed, Author.local("define"));
        }

        public Request(
                List<Draft> drafts, boolean prune, boolean validateOnly, @Nullable OfPack pack) {
            this(drafts, prune, validateOnly, pack, Set.of());
        }

        /** Of a company's own definitions. */
        public Request(List<Draft> drafts, boolean prune, boolean validateOnly) {
            this(drafts, prune, validateOnly, null);
        }

        /** The same by somebody else. */
        public Request by(Author other) {
            return new Request(drafts, prune, validateOnly, pack, removed, other);
        }
    }

    /**
     * A pack that is applied. What a company defined under the name of one of its definitions stays in force; what an earlier version of the pack had, and
     * this one has not, is retired.
     *
     * @param restored names under which the pack's definition takes the place of the company's
     */
    record OfPack(Origin origin, Set<String> restored) {
        public OfPack {
            restored = Set.copyOf(restored);
        }
    }

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
     * @param deprecated sentences which metrics that are deprecated it is made of, or what is made of it, which is
     */
    record Change(
            String kind,
            String name,
            Action action,
            int version,
            long redone,
            long leftOut,
            List<String> unread,
            List<String> deprecated) {
        public Change {
            unread = List.copyOf(unread);
            deprecated = List.copyOf(deprecated);
        }

        public Change(String kind, String name, Action action, int version) {
            this(kind, name, action, version, 0, 0, List.of(), List.of());
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
        /** Of a pack: a company's own definition of the name stays in its place. */
        KEPT,
        RETIRED
    }
}
