package dev.cairn.adapters.graphql.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.cairn.adapters.graphql.analysis.Values;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.expression.Type.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** CSV as RFC 4180 has it, in UTF-8: the first line has the keys of the columns, no value is an empty field, an empty text one in quotes. */
final class CsvRows implements RowFormat {
    private static final MediaType TYPE =
            new MediaType("text", "csv", Map.of("charset", "UTF-8", "header", "present"));

    @Override
    public MediaType type() {
        return TYPE;
    }

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public RowWriter begin(List<Column> columns, List<Kind> kinds, OutputStream out) {
        var csv =
                CsvWriter.builder()
                        .quoteStrategy(QuoteStrategies.EMPTY)
                        .lineDelimiter(LineDelimiter.CRLF)
                        .build(new OutputStreamWriter(out, UTF_8));
        csv.writeRecord(columns.stream().map(Column::key).toList());
        return new Lines(csv);
    }

    private record Lines(CsvWriter csv) implements RowWriter {
        @Override
        public void write(List<Cell> cells) {
            var fields = new ArrayList<@Nullable String>(cells.size());
            cells.forEach(cell -> fields.add(Values.text(Values.in(cell))));
            csv.writeRecord(fields);
        }

        @Override
        public void end() throws IOException {
            csv.close();
        }
    }
}
