package dev.cairn.adapters.graphql;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A test of the face as clients meet it: over HTTP, on fakes. */
@SpringBootTest(
        classes = SliceApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.threads.virtual.enabled=true",
            "spring.main.banner-mode=off",
            "logging.level.root=warn"
        })
public abstract class SliceTest {
    /** Long, because the machine may be busy; both the client's and the tester's own. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Operations over sockets that one caller may ask for in a minute; the clock of it stands still. */
    protected static final int OPERATIONS_OF_ONE = 400;

    /** From the opening of a socket to its first message, on the clock of sockets. */
    protected static final Duration INITIALISATION = Duration.ofSeconds(10);

    /** Bytes. */
    protected static final long KEPT_RESPONSES = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired protected Fakes.Analyses analyses;

    @Autowired protected Fakes.Exports exports;

    @Autowired protected Fakes.Catalogs catalogs;

    @Autowired protected Fakes.Accounts accounts;

    @Autowired protected Fakes.Overviews overviews;

    @Autowired protected Fakes.Definitions definitions;

    @Autowired protected Fakes.Impacts impacts;

    @Autowired protected Fakes.Predictions predictions;
    @Autowired protected Fakes.Separations separations;
    @Autowired protected Fakes.Alerts alerts;
    @Autowired protected Fakes.Calibrations calibrations;

    @Autowired protected Fakes.Changes changes;

    @Autowired protected Fakes.Baselines baselines;

    @Autowired protected Fakes.Subscriptions subscriptions;

    @Autowired protected Fakes.SignIn signIn;

    @LocalServerPort private int port;

    protected HttpGraphQlTester graphQl;

    /** What came back over HTTP. */
    public record Reply(int status, HttpResponse<String> response) {
        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The only error. */
        public JsonNode error() {
            var errors = json().path("errors");
            if (errors.size() != 1) {
                throw new AssertionError("expected one error: " + response.body());
            }
            return errors.get(0);
        }

        public String code() {
            return error().path("extensions").path("code").asString();
        }
    }

    @BeforeEach
    void freshFakes() {
        analyses.reset();
        catalogs.reset();
        accounts.reset();
        overviews.reset();
        definitions.reset();
        subscriptions.reset();
        signIn.reset();
        var client =
                WebTestClient.bindToServer(new JdkClientHttpConnector())
                        .baseUrl(url().toString())
                        .responseTimeout(PATIENCE)
                        .build();
        graphQl = HttpGraphQlTester.builder(client.mutate()).responseTimeout(PATIENCE).build();
    }

    protected URI url() {
        return URI.create("http://localhost:" + port + "/graphql");
    }

    protected Reply ask(String document) {
        return ask(document, Map.of());
    }

    /** Asks as who sees the accounts of a plan only. */
    protected Reply scoped(String document) {
        return send(
                request(JSON.writeValueAsString(Map.of("query", document)))
                        .header(SliceApplication.SCOPE, "account.plan = 'pro'")
                        .build());
    }

    /** Asks what is given up soon, where it takes long. */
    protected Reply askInAHurry(String document) {
        return send(
                request(JSON.writeValueAsString(Map.of("query", document)))
                        .header(SliceApplication.IN_A_HURRY, "yes")
                        .build());
    }

    protected Reply ask(String document, Map<String, ? extends @Nullable Object> variables) {
        var body = new HashMap<String, Object>();
        body.put("query", document);
        body.put("variables", variables);
        return send(request(JSON.writeValueAsString(body)).build());
    }

    private HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/graphql-response+json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    protected Reply post(String body, String contentType, String accept) {
        return send(
                HttpRequest.newBuilder(url())
                        .header("Content-Type", contentType)
                        .header("Accept", accept)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    protected Reply send(HttpRequest request) {
        try {
            var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
