package dev.cairn.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/**
 * A file and what it is read by.
 *
 * @param definitions YAML
 * @param source that the file is imported into
 */
record Workload(String name, String definitions, String source, Path file) {
    private static final String EVENTS =
            """
            source: event
            time: {field: at, zone: UTC}
            account: {field: company}
            user: {field: person}
            key: [id]
            fields:
              id: {type: integer}
              at: {type: timestamp}
              company: {type: text}
              person: {type: text}
              feature: {type: text}
              seconds: {type: decimal}
              ok: {type: boolean}
            """;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final String[] FEATURES = {
        "report", "search", "export", "dashboard", "alert", "share", "comment", "login"
    };
    private static final int COMPANIES = 20_000;
    private static final int PEOPLE = 10;

    /** Lines of a real web shop, without a key. */
    static Workload onlineRetail(Path data) throws IOException {
        return new Workload(
                "online-retail",
                Files.readString(Path.of("..", "examples", "online-retail", "invoice_line.yaml")),
                "invoice_line",
                data.resolve("invoice_lines.csv.gz"));
    }

    /** Made-up events of 20,000 companies of ten people, with a key, in order of time. */
    static Workload events(Path folder, long rows) throws IOException {
        var file = folder.resolve("events.csv");
        try (var out = Files.newBufferedWriter(file)) {
            write(out, rows);
        }
        return new Workload("%,d events".formatted(rows), EVENTS, "event", file);
    }

    /** All companies of the events, as accounts with nothing but a key. */
    static Workload accounts(Path folder) throws IOException {
        var file = folder.resolve("accounts.csv");
        try (var out = Files.newBufferedWriter(file)) {
            out.write("account_key\n");
            for (int company = 0; company < COMPANIES; company++) {
                out.write("company-%05d%n".formatted(company));
            }
        }
        return new Workload("accounts", "", "account", file);
    }

    /** The table of its facts. */
    String table() {
        return "fact_" + source;
    }

    private static void write(BufferedWriter out, long rows) throws IOException {
        var random = new Random(1);
        var at = LocalDateTime.of(2025, 1, 1, 0, 0);
        out.write("id,at,company,person,feature,seconds,ok\n");
        for (long id = 1; id <= rows; id++) {
            at = at.plusSeconds(random.nextInt(7));
            int company = (int) (COMPANIES * Math.pow(random.nextDouble(), 2));
            out.write(
                    "%d,%s,company-%05d,person-%d,%s,%d.%02d,%s%n"
                            .formatted(
                                    id,
                                    SECOND.format(at),
                                    company,
                                    random.nextInt(PEOPLE),
                                    FEATURES[random.nextInt(FEATURES.length)],
                                    random.nextInt(300),
                                    random.nextInt(100),
                                    random.nextInt(50) > 0));
        }
    }
}
