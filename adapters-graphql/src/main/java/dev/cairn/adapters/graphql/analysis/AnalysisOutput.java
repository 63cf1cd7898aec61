package dev.cairn.adapters.graphql.analysis;

import dev.cairn.adapters.graphql.relay.PageInfo;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.RowKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The three faces of one result; each is made when it is selected.
 *
 * @param question that it answers, or a cell of whose answer it opens
 */
public record AnalysisOutput(
        AnalysisQuery question, AnalysisResult result, boolean hasPreviousPage) {
    public List<Column> columns() {
        return result.columns();
    }

    /** Flat rows without totals: a record has no place to say that it is one. */
    public List<Map<String, @Nullable Object>> records() {
        var records = new ArrayList<Map<String, @Nullable Object>>(result.rows().size());
        for (Row row : result.rows()) {
            if (row.kind() == RowKind.CELL) {
                records.add(recordOf(row));
            }
        }
        return records;
    }

    public List<SeriesOutput> series() {
        return SeriesOutput.of(result);
    }

    public List<RowOutput> rows() {
        return result.rows().stream()
                .map(row -> RowOutput.of(question, result.columns(), row))
                .toList();
    }

    public PageInfo pageInfo() {
        return new PageInfo(result.hasNextPage(), hasPreviousPage, null, result.cursor());
    }

    public Instant asOf() {
        return result.asOf();
    }

    public @Nullable Instant knownAt() {
        return result.knownAt();
    }

    public List<Notice> notices() {
        return result.notices();
    }

    private Map<String, @Nullable Object> recordOf(Row row) {
        var record = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < result.columns().size(); i++) {
            record.put(result.columns().get(i).key(), Values.json(Values.in(row.cells().get(i))));
        }
        return record;
    }
}
