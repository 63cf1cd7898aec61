package dev.cairn.bootstrap.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads an Arrow stream with Arrow's own reader, which needs a JVM of its own, and prints a line of JSON for its types and one for each row. */
final class ArrowPrinter {
    private ArrowPrinter() {}

    public static void main(String[] arguments) throws IOException {
        try (var allocator = new RootAllocator();
                var reader =
                        new ArrowStreamReader(
                                Files.newInputStream(Path.of(arguments[0])), allocator)) {
            var root = reader.getVectorSchemaRoot();
            print(
                    root.getSchema().getFields().stream()
                            .map(field -> field.getName() + " " + field.getType())
                            .toList());
            while (reader.loadNextBatch()) {
                for (int row = 0; row < root.getRowCount(); row++) {
                    int at = row;
                    print(root.getFieldVectors().stream().map(vector -> text(vector, at)).toList());
                }
            }
        }
    }

    private static void print(List<String> line) {
        System.out.println(JsonMapper.shared().writeValueAsString(line));
    }

    private static String text(FieldVector vector, int row) {
        @Nullable Object value = vector.getObject(row);
        if (value == null) {
            return "";
        }
        return switch (vector.getField().getType()) {
            case ArrowType.Date _ -> LocalDate.ofEpochDay((Integer) value).toString();
            case ArrowType.Timestamp _ ->
                    Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString();
            case ArrowType.FloatingPoint _ ->
                    BigDecimal.valueOf((Double) value).stripTrailingZeros().toPlainString();
            case ArrowType.Decimal _ -> ((BigDecimal) value).stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }
}
