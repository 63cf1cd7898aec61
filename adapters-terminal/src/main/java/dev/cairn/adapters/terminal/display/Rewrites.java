package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.problem.Problem;
import java.io.PrintWriter;

/** Shows what could be written in place of what is refused. */
public final class Rewrites {
    private static final String FIRST = "    Instead: ";
    private static final String OTHER = "         or: ";

    private Rewrites() {}

    /** One a line; near names are in the message already. */
    public static void print(Problem problem, PrintWriter out) {
        if (problem.suggestions().isEmpty() || problem.namesNearest()) {
            return;
        }
        var lead = FIRST;
        for (var rewrite : problem.suggestions()) {
            out.println(lead + DisplayText.plain(rewrite));
            lead = OTHER;
        }
    }
}
