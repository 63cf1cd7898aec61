package dev.cairn.bootstrap.command;

import de.siegmar.fastcsv.reader.CsvReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is written as CSV: an empty field is no value, and numbers have no zeros at their end. */
final class Csv {
    private Csv() {}

    static List<List<@Nullable String>> rows(String text) {
        var rows = new ArrayList<List<@Nullable String>>();
        CsvReader.builder()
                .ofCsvRecord(text)
                .forEach(record -> {
                    var row = new ArrayList<@Nullable String>();
                    record.getFields().forEach(field -> row.add(value(field)));
                    rows.add(row);
                });
        return rows;
    }

    private static @Nullable String value(String field) {
        if (field.isEmpty()) {
            return null;
        }
        return field.matches("-?\\d+(\\.\\d+)?")
                ? new BigDecimal(field).stripTrailingZeros().toPlainString()
                : field;
    }
}
