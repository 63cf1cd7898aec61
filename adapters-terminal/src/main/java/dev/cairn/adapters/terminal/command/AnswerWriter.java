package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.AnswerData;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.trust.SourceTrust;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes an answer page by page, as one document. Totals arrive with the first page and are written after all other rows. */
final class AnswerWriter {
    private final AnswerFormat format;
    private final AnswerData.Shown shown;
    private final Consumer<String> out;
    private final List<Row> held = new ArrayList<>();
    private final Set<Notice> notices = new LinkedHashSet<>();
    private boolean begun;

    AnswerWriter(AnswerFormat format, AnswerData.Shown shown, Consumer<String> out) {
        this.format = format;
        this.shown = shown;
        this.out = out;
    }

    void page(AnalysisResult page) {
        held.addAll(page.rows().stream().filter(row -> row.kind() != RowKind.CELL).toList());
        page.notices().stream()
                .filter(notice -> !notice.code().equals(ResultAssembler.CUT_PAGE))
                .forEach(notices::add);
        write(page, page.rows().stream().filter(row -> row.kind() == RowKind.CELL).toList());
    }

    /**
     * @param last the last page
     * @param trust in what it reads; null: not known yet
     */
    void end(AnalysisResult last, @Nullable List<SourceTrust> trust) {
        if (!held.isEmpty()) {
            write(last, held);
        }
        if (format == AnswerFormat.JSON) {
            out.accept(data(last, List.of()).jsonEnd(trust));
        }
    }

    private void write(AnalysisResult page, List<Row> rows) {
        var data = data(page, rows);
        out.accept(
                switch (format) {
                    case CSV -> begun ? data.csvRows() : data.csv();
                    case NDJSON, TEXT ->
                            String.join(
                                    "", data.ndjson().stream().map(line -> line + "\n").toList());
                    case JSON -> (begun ? ",\n" : data.jsonBegin()) + data.jsonRows();
                });
        begun = true;
    }

    private AnswerData data(AnalysisResult page, List<Row> rows) {
        return new AnswerData(
                new AnalysisResult(
                        page.columns(),
                        rows,
                        page.hasNextPage(),
                        page.cursor(),
                        page.asOf(),
                        page.knownAt(),
                        List.copyOf(notices)),
                shown);
    }
}
