package dev.cairn.bootstrap.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of server-sent events that is open. */
public final class Events implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DATA = "data: ";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Stream<String> lines;
    private final Iterator<String> data;

    public Events(RunningCairn cairn, String document, Map<String, String> headers) {
        var request =
                cairn.request(JSON.writeValueAsString(Map.of("query", document)))
                        .header("Accept", "text/event-stream");
        headers.forEach(request::header);
        try {
            lines = http.send(request.build(), BodyHandlers.ofLines()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        data = lines.filter(line -> line.startsWith(DATA)).iterator();
    }

    /** The next answer; waits for it. */
    public JsonNode next() {
        return JSON.readTree(data.next().substring(DATA.length()));
    }

    /** Whether there is another one; waits until that is known. */
    boolean hasNext() {
        return data.hasNext();
    }

    @Override
    public void close() {
        http.shutdownNow();
        lines.close();
    }
}
