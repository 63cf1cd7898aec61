package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many rows an export has, few are in memory. */
@Tag("long")
class ExportMemoryTest {
    private static final long MEGABYTE = 1024 * 1024;

    /** Each account in each of 9,000 hours. */
    private static final String QUESTION =
            """
            {
              "metrics": [{"metric": {"formula": "count(sample_event)"}, "as": "events"}, {"metric": {"formula": "count(sample_event) / 3"}, "as": "third"}],
              "groupBy": ["account"], "grain": "HOUR",
              "timeRange": {"between": {"from": "2025-07-01", "to": "2026-07-01"}}
            }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"csv", "arrow"})
    void what_is_held_does_not_grow_with_what_is_sent(String format) throws Exception {
        var held = new ArrayList<Long>();
        long sent = 0;
        try (var cairn = new RunningCairn();
                var http = HttpClient.newHttpClient()) {
            SmallCompany.fill(cairn);
            var request =
                    HttpRequest.newBuilder(cairn.url("/api/analyze." + format))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(QUESTION))
                            .build();
            try (var body = http.send(request, BodyHandlers.ofInputStream()).body()) {
                var block = new byte[(int) MEGABYTE];
                int read = body.readNBytes(block, 0, block.length);
                while (read > 0) {
                    sent += read;
                    held.add(heldAfterCollection());
                    read = body.readNBytes(block, 0, block.length);
                }
            }
        }
        assertThat(sent).isGreaterThan(5 * MEGABYTE);
        assertThat(held.getLast() - held.getFirst()).isLessThan(3 * MEGABYTE);
    }

    private static long heldAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
