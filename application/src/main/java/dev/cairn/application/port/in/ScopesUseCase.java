package dev.cairn.application.port.in;

import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.problem.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Looks up what the access scopes of a caller let through, by the definitions in force. */
public interface ScopesUseCase {
    /**
     * The accounts of all scopes of these names together.
     *
     * @param names at least one; who sees everything is given no scope, and does not come here
     * @param claims what is known of the caller, by name; the scope has those that its formulas read
     */
    Outcome of(Collection<String> names, Map<String, String> claims);

    /** The accounts, or why there are none that could be shown. */
    sealed interface Outcome {
        record Found(AccessScope scope) implements Outcome {}

        /** A name is of no scope, or of none any more, or its formula cannot be read: the request is to be refused, whatever the others say. */
        record Refused(List<Problem> problems) implements Outcome {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }
}
