package dev.cairn.bootstrap.demo;

import dev.cairn.application.port.Records;
import dev.cairn.demo.Table;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a made-up table as records of a file. */
final class TableRecords implements Records {
    private final List<String> header;
    private final Iterator<List<@Nullable String>> rows;
    private long line = 1;

    TableRecords(Table table) {
        header = table.header();
        rows = table.rows().get();
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public @Nullable Raw next() {
        line++;
        return rows.hasNext() ? new Raw.Read(line, rows.next()) : null;
    }

    @Override
    public void close() {}
}
