package dev.cairn.application.port.in;

import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.guard.GuardStandings;

/** Says how guards stand, as they were measured in the background. */
@FunctionalInterface
public interface GuardStandingsUseCase {
    /** Of the accounts that the caller may see, and no others. Neither waits nor asks the database: what has not been measured yet is NOT_MEASURED, and is measured soon. */
    GuardStandings standings(Caller caller);
}
