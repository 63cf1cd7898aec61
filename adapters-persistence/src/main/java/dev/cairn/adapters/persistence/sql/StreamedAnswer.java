package dev.cairn.adapters.persistence.sql;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.out.AnalysisExecutor.RowTaker;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Coverage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jspecify.annotations.Nullable;

/** Hands the cells of one statement on as they come. Few are in memory at a time: the database keeps the others, until the taker has taken those. */
final class StreamedAnswer {
    /** Rows that are fetched at once. */
    private static final int FETCHED = 1_000;

    private final AnalysisPlan plan;
    private final AnswerReader reader;
    private final String engine;
    private final RowTaker taker;
    private final Map<String, Coverage> coverage = new LinkedHashMap<>();
    private long catalogVersion;
    private int given;

    StreamedAnswer(AnalysisPlan plan, String engine, RowTaker taker) {
        this.plan = plan;
        this.reader = new AnswerReader(plan);
        this.engine = engine;
        this.taker = taker;
    }

    /** Within a transaction: rows are sent in parts only there. */
    void send(DSLContext transaction, ResultQuery<Record> statement) {
        var deadline = Deadline.current();
        try (var lines = transaction.fetchLazy(statement.fetchSize(FETCHED))) {
            var first = readHead(lines);
            boolean hasMore =
                    first != null && first.get(StatementCompiler.CELLS) > plan.page().limit();
            taker.begin(
                    new Answer(List.of(), hasMore, coverage, List.of(), engine, catalogVersion));
            for (var line = first; line != null && given < plan.page().limit(); given++) {
                deadline.check();
                taker.take(reader.row(RowKind.CELL, line));
                line = lines.fetchNext();
            }
        }
    }

    /** The first cell; null where there is none. */
    private @Nullable Record readHead(Cursor<Record> lines) {
        for (var line = lines.fetchNext(); line != null; line = lines.fetchNext()) {
            var version = line.get(StoreTables.CATALOG_VERSION);
            if (version != null) {
                catalogVersion = version;
            } else if (line.get(Layout.KIND) == null) {
                AnswerReader.addCoverage(coverage, line);
            } else {
                return line;
            }
        }
        return null;
    }
}
