package dev.cairn.domain.analysis;

/** What a caller may do; each role may do what those before it may. */
public enum Role {
    /** Asks questions and reads the catalogue. */
    VIEWER,
    /** Defines metrics, slices, cohorts, targets and baselines too. */
    ANALYST,
    /** Defines sources and scopes too, and says who may see what. */
    ADMIN;

    /** Whether this role may do what the other may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
