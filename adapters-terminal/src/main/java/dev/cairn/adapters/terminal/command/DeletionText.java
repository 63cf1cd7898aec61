package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.Deletion;
import dev.cairn.application.port.Deletion.Counts;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** What deletions hold, in words. */
final class DeletionText {
    private DeletionText() {}

    /** {@code 1,204 facts of invoice_line, 1 account, 3 users}. */
    static String of(Counts counts) {
        var parts = new ArrayList<String>();
        counts.facts()
                .forEach((source, facts) ->
                        parts.add(Report.counted(facts, "fact") + " of " + source));
        if (counts.accounts() > 0) {
            parts.add(Report.counted(counts.accounts(), "account"));
        }
        if (counts.users() > 0) {
            parts.add(Report.counted(counts.users(), "user"));
        }
        return parts.isEmpty() ? "nothing" : parts.stream().collect(Collectors.joining(", "));
    }

    static String state(Deletion deletion) {
        if (deletion.purged() != null) {
            return "purged";
        }
        return deletion.restored() != null ? "restored" : "deleted";
    }
}
