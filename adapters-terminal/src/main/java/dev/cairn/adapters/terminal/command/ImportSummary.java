package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.application.port.in.ImportUseCase.Doubtful;
import dev.cairn.application.port.in.ImportUseCase.Left;
import dev.cairn.application.port.in.ImportUseCase.Overlap;
import dev.cairn.application.port.in.ImportUseCase.Similar;
import dev.cairn.application.port.in.ImportUseCase.Summary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was done with a file, and what to look at.
 *
 * @param ofMembers whether it is of accounts or users
 * @param complete whether it says everything that there is
 * @param rejects where rejected rows are written
 */
record ImportSummary(Summary summary, boolean ofMembers, boolean complete, @Nullable Path rejects) {
    List<String> lines() {
        var lines = new ArrayList<>(counts());
        if (!summary.emptied().isEmpty()) {
            lines.add(emptied());
        }
        summary.similar().forEach(similar -> lines.add(similar(similar)));
        if (summary.overlaps().rows() > 0) {
            lines.add(overlaps());
        }
        summary.doubtful().forEach(doubtful -> lines.add(doubtful(doubtful)));
        if (!summary.left().isEmpty()) {
            lines.add(lacking());
        }
        if (!summary.ignored().isEmpty()) {
            lines.add("Not declared, so not loaded: " + String.join(", ", summary.ignored()) + ".");
        }
        return lines;
    }

    private List<String> counts() {
        var lines = new ArrayList<String>();
        lines.add(count("read", summary.read(), ""));
        lines.add(count("loaded", summary.loaded(), ""));
        lines.add(
                count(
                        "superseded",
                        summary.superseded(),
                        "earlier rows of the same key, replaced by other content"
                                + (summary.filtered() == 0 ? "" : ", or as it is filtered now")));
        if (complete) {
            lines.add(count("closed", summary.closed(), "held, and the file no longer says them"));
        }
        lines.add(count("duplicates", summary.duplicates(), "known already, nothing changed"));
        if (summary.deleted() > 0) {
            lines.add(
                    count(
                            "deleted",
                            summary.deleted(),
                            "were deleted before, and stay deleted: see cairn deletions"));
        }
        if (summary.filtered() > 0) {
            lines.add(
                    count(
                            "filtered",
                            summary.filtered(),
                            "left out by the source's where"
                                    + (summary.undecided() == 0
                                            ? ""
                                            : ", %s of them as it is empty"
                                                    .formatted(
                                                            Report.number(summary.undecided())))));
        }
        lines.add(count("rejected", summary.rejected(), rejects == null ? "" : "see " + rejects));
        return lines;
    }

    private static String count(String what, long rows, String remark) {
        return "%-10s  %12s  %s"
                .formatted(what, Report.number(rows), rows == 0 ? "" : remark)
                .stripTrailing();
    }

    private String emptied() {
        return summary.emptied().entrySet().stream()
                .map(field -> field.getKey() + " " + Report.number(field.getValue()))
                .collect(Collectors.joining(", ", "Outside their range, so left empty: ", "."));
    }

    private static String similar(Similar similar) {
        return "Column %s: %s from %s by blanks, case or zeros before a number only, such as '%s' from '%s'; they count as different. trim: true and case: lower make them one, and so does one type of the field, text or integer, in all files."
                .formatted(
                        similar.column(),
                        similar.keys() == 1
                                ? "1 key differs"
                                : Report.number(similar.keys()) + " keys differ",
                        switch (similar.among()) {
                            case FILE -> "another";
                            case STORED -> "one that is known";
                        },
                        DisplayText.plain(similar.other()),
                        DisplayText.plain(similar.one()));
    }

    private String overlaps() {
        var overlaps = summary.overlaps();
        return "Overlapping: %s an earlier row of the same thing still does: %s."
                .formatted(
                        overlaps.rows() == 1
                                ? "1 row holds while"
                                : Report.number(overlaps.rows()) + " rows hold while",
                        overlaps.first().stream()
                                .map(ImportSummary::overlap)
                                .collect(Collectors.joining("; ")));
    }

    private static String overlap(Overlap row) {
        return "%s from %s, beside one %s"
                .formatted(
                        DisplayText.plain(String.join(" ", row.of())),
                        row.from(),
                        row.earlierUntil() == null
                                ? "without an end"
                                : "until " + row.earlierUntil());
    }

    private static String doubtful(Doubtful doubtful) {
        return "Doubtful: %s of column %s, such as %s, read with a decimal point; if the point separates thousands, declare decimal: ',' and thousands: '.', else decimal: '.'."
                .formatted(
                        Report.counted(doubtful.values(), "number"),
                        doubtful.column(),
                        doubtful.example());
    }

    /** Of accounts and users what has no column stays, of facts it is empty. */
    private String lacking() {
        var left =
                summary.left().stream()
                        .map(ImportSummary::leftAsItWas)
                        .collect(Collectors.joining(", "));
        return summary.taken().isEmpty() && !ofMembers
                ? "Without a column, so empty: %s.".formatted(left)
                : "Attributes imported: %s. Without a column, so left as they were: %s."
                        .formatted(
                                summary.taken().isEmpty()
                                        ? "none"
                                        : String.join(", ", summary.taken()),
                                left);
    }

    private static String leftAsItWas(Left left) {
        return left.near().isEmpty()
                ? left.attribute()
                : "%s (is it %s? --map says so)"
                        .formatted(left.attribute(), String.join(" or ", left.near()));
    }
}
