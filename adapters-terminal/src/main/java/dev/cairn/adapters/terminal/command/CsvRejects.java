package dev.cairn.adapters.terminal.command;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import java.io.IOException;
import java.io.Writer;
import java.util.function.Consumer;

/** Writes rejected rows as CSV: {@code line,column,value,reason}. */
final class CsvRejects implements Consumer<Reject>, AutoCloseable {
    private final CsvWriter report;

    /** @param report closed with this */
    CsvRejects(Writer report) {
        this.report = CsvWriter.builder().build(report);
        this.report.writeRecord("line", "column", "value", "reason");
    }

    @Override
    public void accept(Reject reject) {
        report.writeRecord(
                Long.toString(reject.line()), reject.column(), reject.value(), reject.reason());
    }

    @Override
    public void close() throws IOException {
        report.close();
    }
}
