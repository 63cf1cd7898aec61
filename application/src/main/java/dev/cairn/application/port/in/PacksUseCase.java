package dev.cairn.application.port.in;

import dev.cairn.application.port.in.CompareUseCase.Difference;
import dev.cairn.application.port.in.DefineUseCase.Change;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the definitions of a pack in force, which comes with Cairn. */
public interface PacksUseCase {
    /** All packs there are, by name. */
    List<PackState> packs();

    /** All that the pack defines, or nothing; what a company defined itself under one of its names stays. */
    Outcome apply(Request request);

    /**
     * @param settings by name; one that is not given is as it was when the pack was applied last, else as the pack has it
     * @param restored names under which the pack's definition takes the place of the company's own
     * @param retire whatever the pack defines is retired, in place of being put in force
     * @param validateOnly report what would change, change nothing
     */
    record Request(
            String pack,
            Map<String, String> settings,
            Set<String> restored,
            boolean retire,
            boolean validateOnly) {
        public Request {
            settings = Map.copyOf(settings);
            restored = Set.copyOf(restored);
        }

        /** To put it in force. */
        public Request(
                String pack,
                Map<String, String> settings,
                Set<String> restored,
                boolean validateOnly) {
            this(pack, settings, restored, false, validateOnly);
        }
    }

    /** What came of it. */
    sealed interface Outcome {
        /**
         * @param changes in the order of the pack, then what was retired
         * @param differences what each change is in the text of the definition, where it is one
         */
        record Applied(String version, List<Change> changes, List<Difference> differences)
                implements Outcome {
            public Applied {
                changes = List.copyOf(changes);
                differences = List.copyOf(differences);
            }
        }

        /** @param kept names of a company's own definitions that stand in the place of the pack's, and may be what its others do not go with */
        record Rejected(List<Problem> problems, List<String> kept) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
                kept = List.copyOf(kept);
            }

            public Rejected(List<Problem> problems) {
                this(problems, List.of());
            }
        }
    }

    /**
     * A pack and what is in force of it.
     *
     * @param version of the pack that comes with this Cairn
     * @param applied the version that was applied last; null: none was
     * @param settings of the pack as they were applied, else as they are by default
     * @param definitions how many of the pack's are in force
     * @param overridden names under which a company's own definition is in force in place of the pack's
     */
    record PackState(
            String name,
            String version,
            String description,
            @Nullable String applied,
            Map<String, String> settings,
            int definitions,
            List<String> overridden) {
        public PackState {
            settings = Map.copyOf(settings);
            overridden = List.copyOf(overridden);
        }
    }
}
