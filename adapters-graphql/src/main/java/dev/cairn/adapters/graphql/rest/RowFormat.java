package dev.cairn.adapters.graphql.rest;

import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.springframework.http.MediaType;

/** A form in which rows are written one after the other. */
interface RowFormat {
    MediaType type();

    /** How the name of a file of it ends. */
    String extension();

    RowWriter begin(List<Column> columns, OutputStream out) throws IOException;

    /** Writes the rows of one answer. */
    interface RowWriter {
        /** @param cells in the order of columns */
        void write(List<Cell> cells) throws IOException;

        void end() throws IOException;
    }
}
