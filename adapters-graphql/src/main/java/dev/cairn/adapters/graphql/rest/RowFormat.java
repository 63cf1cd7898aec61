package dev.cairn.adapters.graphql.rest;

import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.expression.Type.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.springframework.http.MediaType;

/** A form in which rows are written one after the other. */
interface RowFormat {
    MediaType type();

    /** How the name of a file of it ends. */
    String extension();

    /** @param kinds in which the values of each column are held */
    RowWriter begin(List<Column> columns, List<Kind> kinds, OutputStream out) throws IOException;

    /** Writes the rows of one answer. */
    interface RowWriter {
        /** @param cells in the order of columns */
        void write(List<Cell> cells) throws IOException;

        void end() throws IOException;
    }
}
