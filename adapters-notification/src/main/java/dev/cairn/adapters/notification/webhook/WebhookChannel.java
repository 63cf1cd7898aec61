package dev.cairn.adapters.notification.webhook;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.out.AlertChannel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts each event as JSON, signed as https://www.standardwebhooks.com says. The id is of the event: who gets it twice knows it by that. Redirects are not followed.
 */
public final class WebhookChannel implements AlertChannel {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration ANSWERING = Duration.ofSeconds(15);
    private static final int SUCCESS = 2;
    private static final int HUNDRED = 100;

    private final URI to;
    private final Signature signature;
    private final Clock clock;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECTING)
                    .followRedirects(Redirect.NEVER)
                    .build();

    /** The body. */
    private record Body(String type, Instant timestamp, AlertNews data) {}

    public WebhookChannel(URI to, WebhookSecret secret, Clock clock) {
        this.to = to;
        this.signature = secret.signature();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void tell(AlertEvent event) throws NotDelivered {
        var id = "alert_" + event.number();
        var body =
                JSON.writeValueAsString(new Body("alert.raised", event.news().at(), event.news()));
        long now = clock.instant().getEpochSecond();
        var request =
                HttpRequest.newBuilder(to)
                        .timeout(ANSWERING)
                        .header("content-type", "application/json")
                        .header("user-agent", "Cairn")
                        .header("webhook-id", id)
                        .header("webhook-timestamp", Long.toString(now))
                        .header("webhook-signature", signature.of(id, now, body))
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try {
            int status = status(request);
            if (status / HUNDRED != SUCCESS) {
                throw new NotDelivered("It was answered with HTTP %d.".formatted(status));
            }
        } catch (IOException failed) {
            throw new NotDelivered(
                    "It could not be sent: %s.".formatted(failed.getClass().getSimpleName()),
                    failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NotDelivered("The service was stopped meanwhile.", stopped);
        }
    }

    /** What else is answered is not waited for: the time that it may take is not bounded by that of the request. */
    private int status(HttpRequest request) throws IOException, InterruptedException {
        var answer = client.send(request, BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }
}
