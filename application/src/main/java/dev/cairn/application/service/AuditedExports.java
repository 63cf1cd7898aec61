package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.expression.Type.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has each export written down with the rows that were given, also where it came to no end. */
public final class AuditedExports implements ExportUseCase {
    private final ExportUseCase exports;
    private final Audit audit;

    public AuditedExports(ExportUseCase exports, Audit audit) {
        this.exports = exports;
        this.audit = audit;
    }

    @Override
    public Outcome export(
            AnalysisQuery query,
            @Nullable Integer most,
            Caller caller,
            Deadline deadline,
            Taker taker) {
        var counted = new Counted(taker);
        try {
            return exports.export(query, most, caller, deadline, counted);
        } finally {
            if (counted.begun) {
                audit.read(caller, "export", query, counted.rows);
            }
        }
    }

    /** Called by another thread, which is done before the export is. */
    private static final class Counted implements Taker {
        private final Taker taker;
        private volatile boolean begun;
        private volatile long rows;

        private Counted(Taker taker) {
            this.taker = taker;
        }

        @Override
        public void begin(List<Column> columns, List<Kind> kinds, Instant asOf) {
            begun = true;
            taker.begin(columns, kinds, asOf);
        }

        @Override
        public void take(List<Cell> cells) {
            long before = rows;
            rows = before + 1;
            taker.take(cells);
        }
    }
}
