package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.fact.Facts.fact;

import dev.cairn.adapters.persistence.Declarations;
import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Says how long loads take. Run it with the path of the invoice lines of the UCI Online Retail data ({@code invoice_lines.csv.gz}). */
final class LoadTimes {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final List<Field> FIELDS =
            List.of(
                    Field.of("invoice_no", DataType.TEXT),
                    Field.of("stock_code", DataType.TEXT),
                    Field.of("quantity", DataType.INTEGER),
                    Field.of("at", DataType.TIMESTAMP),
                    Field.of("unit_price", DataType.MONEY),
                    Field.of("customer", DataType.TEXT),
                    Field.of("country", DataType.TEXT));

    private LoadTimes() {}

    public static void main(String[] arguments) throws IOException {
        try (var database = new MigratedDatabase()) {
            loads(Facts.in(database.dataSource()), Path.of(arguments[0]));
        }
        System.exit(0); // the embedded server's threads would keep the program alive
    }

    private static void loads(Facts facts, Path file) throws IOException {
        var keyless = Declarations.source("keyless", List.of(), FIELDS.toArray(Field[]::new));
        var keyed = Declarations.source("keyed", List.of("line"), withLine());
        Declarations.save(facts.database(), keyless, keyed);
        run("without a key, first time", facts, keyless, file, 0);
        run("without a key, again", facts, keyless, file, 0);
        run("with a key, first time", facts, keyed, file, 0);
        run("with a key, again", facts, keyed, file, 0);
        run("with a key, one line in ten corrected", facts, keyed, file, 10);
        run("with a key, all lines corrected", facts, keyed, file, 1);
    }

    private static Field[] withLine() {
        var fields = new java.util.ArrayList<>(FIELDS);
        fields.add(Field.of("line", DataType.INTEGER));
        return fields.toArray(Field[]::new);
    }

    private static void run(String what, Facts facts, Source source, Path file, int correctEach)
            throws IOException {
        long start = System.nanoTime();
        try (var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(Files.newInputStream(file), 1 << 16),
                                        StandardCharsets.UTF_8));
                var load = facts.store().begin(source, Instant.EPOCH)) {
            lines.readLine();
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                boolean corrected = correctEach > 0 && number % correctEach == 0;
                var values =
                        new java.util.ArrayList<Object>(
                                java.util.Arrays.asList(
                                        cells[0],
                                        cells[1],
                                        Long.valueOf(cells[2]) + (corrected ? correctEach : 0),
                                        LocalDateTime.parse(cells[3], MINUTE)
                                                .atZone(LONDON)
                                                .toInstant(),
                                        new BigDecimal(cells[4]),
                                        cells[5].isEmpty() ? null : cells[5],
                                        cells[6]));
                if (!source.key().isEmpty()) {
                    values.add(number);
                }
                load.add(fact(source, values.toArray()));
                number++;
            }
            Duration sent = Duration.ofNanos(System.nanoTime() - start);
            Loaded loaded = load.commit(null);
            System.out.printf(
                    "%-40s %,d rows: sent in %d ms, committed after %d ms: %s%n",
                    what,
                    number,
                    sent.toMillis(),
                    Duration.ofNanos(System.nanoTime() - start).toMillis(),
                    loaded);
        }
    }
}
