package dev.cairn.bootstrap.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.in.KeysUseCase;
import dev.cairn.application.port.in.KeysUseCase.NewKey;
import dev.cairn.application.port.in.SubscribeUseCase;
import dev.cairn.application.service.SubscribeService;
import dev.cairn.bootstrap.command.LiveSocket;
import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.bootstrap.command.SmallCompany;
import dev.cairn.domain.analysis.Role;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that takes keys, and tokens of a provider: what is seen with each. */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class SignedInQuestionsTest {
    private static final String ACCOUNTS = "{ accounts(first: 200) { edges { node { key } } } }";

    private static final String PAGE = "https://bi.example.com";

    private final Issuer issuer = new Issuer();
    private RunningCairn cairn;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        issuer.start(0);
        cairn =
                new RunningCairn(
                        List.of(
                                "cairn.auth.keys=true",
                                "cairn.origins=" + PAGE,
                                "cairn.auth.oidc.issuer=" + issuer.url(),
                                "cairn.auth.oidc.audience=" + Issuer.AUDIENCE));
        SmallCompany.fill(cairn);
        define(folder, "emea", "account.region = 'Europe'");
        define(folder, "own_plan", "account.plan = caller.plan");
        // A machine that is busy may take long to read what the provider says of itself.
        RunningCairn.await(() -> answer(issuer.token(_ -> {})).statusCode() == 200);
    }

    private void define(Path folder, String name, String formula) throws Exception {
        var file = folder.resolve(name + ".yaml");
        Files.writeString(file, "scope: %s\nlabel: Some\nwhere: \"%s\"\n".formatted(name, formula));
        assertThat(cairn.inside("apply", file.toString()).exit()).isZero();
    }

    @AfterAll
    void stop() {
        cairn.close();
        issuer.close();
    }

    private HttpResponse<String> answer(String credential) {
        cairn.signIn(credential);
        return cairn.answer(ACCOUNTS);
    }

    private int accounts(String credential) {
        var answer = answer(credential);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).at("/data/accounts/edges").size();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private String key(String name, List<String> scopes, Map<String, String> claims) {
        return ((KeysUseCase.Outcome.Created)
                        cairn.bean(KeysUseCase.class)
                                .create(
                                        new NewKey(
                                                name,
                                                Role.ANALYST,
                                                scopes.isEmpty(),
                                                scopes,
                                                claims,
                                                null)))
                .text()
                .secret();
    }

    @Test
    void a_key_that_is_revoked_ends_what_was_subscribed_to_with_it() throws Exception {
        var live =
                "subscription { analysisUpdated(input: {metrics: [{metric: {key: \"sample_revenue\"}}] timeRange: {between: {from: \"2026-01-01\", to: \"2026-07-01\"}}}) { sequence } }";
        var secret = key("subscriber", List.of(), Map.of());
        try (var http = HttpClient.newHttpClient();
                var socket = new LiveSocket(http, cairn, "Bearer " + secret);
                var nobody = new LiveSocket(http, cairn, "Bearer " + secret + "x");
                var silent = new LiveSocket(http, cairn, null)) {
            assertThat(nobody.closed()).isEqualTo(4403);
            assertThat(silent.closed()).isEqualTo(4403);
            assertThat(socket.next().path("type").asString()).isEqualTo("connection_ack");
            socket.subscribe("a", live);
            assertThat(socket.next().at("/payload/data/analysisUpdated/sequence").asInt()).isOne();

            assertThat(cairn.inside("key", "revoke", "subscriber").exit()).isZero();
            ((SubscribeService) cairn.bean(SubscribeUseCase.class)).review();

            assertThat(socket.next().at("/payload/0/extensions/code").asString())
                    .isEqualTo("UNAUTHENTICATED");
            assertThat(socket.closed()).isEqualTo(4403);
        }
    }

    @Test
    void a_key_and_a_token_of_the_same_scopes_see_the_same_accounts() {
        int all = accounts(key("all", List.of(), Map.of()));
        int emea = accounts(key("emea-key", List.of("emea"), Map.of()));

        assertThat(all).isEqualTo(30);
        assertThat(emea).isPositive().isLessThan(all);
        assertThat(accounts(issuer.token(_ -> {}))).isEqualTo(emea);
    }

    @Test
    void a_scope_reads_the_claims_of_whoever_asks_and_lets_nothing_through_without() {
        int pro = accounts(key("pro", List.of("own_plan"), Map.of("plan", "pro")));
        assertThat(pro).isPositive();

        assertThat(
                        accounts(
                                issuer.token(c ->
                                        c.claim("cairn_scopes", "own_plan").claim("plan", "pro"))))
                .isEqualTo(pro);
        assertThat(accounts(issuer.token(c -> c.claim("cairn_scopes", "own_plan")))).isZero();
        assertThat(accounts(key("planless", List.of("own_plan"), Map.of()))).isZero();
    }

    @Test
    void a_scope_that_is_not_defined_is_refused_with_its_name_and_nothing_is_answered() {
        var answer = answer(issuer.token(c -> c.claim("cairn_scopes", List.of("emea", "apac"))));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("insufficient_scope");
        assertThat(json(answer).at("/errors/0/extensions/code").asString()).isEqualTo("FORBIDDEN");
        assertThat(json(answer).at("/errors/0/message").asString()).contains("'apac'");
        assertThat(json(answer).has("data")).isFalse();
    }

    @Test
    void a_forged_token_is_answered_with_401_and_stands_in_no_log(CapturedOutput log) {
        var token = issuer.token(c -> c.audience("other"));
        var answer = answer(token);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .isEqualTo("Bearer realm=\"cairn\", error=\"invalid_token\"");
        assertThat(json(answer).at("/errors/0/extensions/code").asString())
                .isEqualTo("UNAUTHENTICATED");
        assertThat(answer.body()).doesNotContain(token);
        assertThat(log.getAll()).doesNotContain(token);
        assertThat(accounts(issuer.token(_ -> {}))).isPositive();
    }

    @Test
    void who_presents_nothing_is_told_both_ways() {
        assertThat(json(answer(null)).at("/errors/0/message").asString())
                .contains("cairn key create", issuer.url());
    }

    private HttpResponse<String> sent(String method, String path, String... headers)
            throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(cairn.url(path))
                            .headers(headers)
                            .method(method, BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void a_page_of_a_listed_origin_may_ask_and_signs_in_like_others() throws Exception {
        var allowed =
                sent(
                        "OPTIONS",
                        "/graphql",
                        "Origin",
                        PAGE,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization,content-type");
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();

        var asked = sent("POST", "/graphql", "Origin", PAGE);
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
        assertThat(asked.headers().allValues("Access-Control-Expose-Headers").toString())
                .contains("Retry-After", "X-Request-Id");

        // As its own page asks behind a proxy that has the certificate.
        var own = sent("POST", "/graphql", "Origin", "https://localhost");
        assertThat(own.statusCode()).isEqualTo(401);
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();

        var other = sent("POST", "/graphql", "Origin", "https://elsewhere.example");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void who_asks_in_plain_json_is_refused_in_it() throws Exception {
        var refused = sent("POST", "/api/analyze", "Content-Type", "application/json");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(json(refused).path("code").asString()).isEqualTo("UNAUTHENTICATED");
        assertThat(json(refused).path("detail").asString()).contains("cairn key create");
    }

    @Test
    void two_credentials_are_refused() throws Exception {
        cairn.signIn(null);
        var answer =
                sent(
                        "POST",
                        "/graphql",
                        "Authorization",
                        "Bearer " + issuer.token(_ -> {}),
                        "Authorization",
                        "Bearer " + issuer.token(_ -> {}));

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void nothing_but_the_way_to_a_socket_is_open_to_who_wants_another_protocol() throws Exception {
        for (String path : List.of("/schema.graphqls", "/api/analyze", "/metrics", "/graphql/x")) {
            assertThat(upgrade("GET", path)).as(path).startsWith("HTTP/1.1 401");
        }
        assertThat(upgrade("POST", "/graphql")).startsWith("HTTP/1.1 401");
    }

    private String upgrade(String method, String path) throws Exception {
        var url = cairn.url("/");
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(
                            "%s %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\nContent-Length: 0\r\n\r\n"
                                    .formatted(method, path)
                                    .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void while_the_provider_is_out_of_reach_keys_are_answered_and_tokens_are_not() {
        try (var nowhere =
                new RunningCairn(
                        List.of(
                                "cairn.auth.keys=true",
                                "cairn.auth.oidc.issuer=http://127.0.0.1:1",
                                "cairn.auth.oidc.audience=x",
                                "cairn.auth.oidc.without-scopes=everything"))) {
            nowhere.signIn(issuer.token(_ -> {}));
            var refused = nowhere.answer(ACCOUNTS);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(json(refused).at("/errors/0/extensions/code").asString())
                    .isEqualTo("ISSUER_OUT_OF_REACH");

            var made =
                    nowhere.inside(
                            "key", "create", "k", "--role=viewer", "--everything", "--format=json");
            nowhere.signIn(JsonMapper.shared().readTree(made.output()).path("key").asString());
            assertThat(nowhere.answer(ACCOUNTS).statusCode()).isEqualTo(200);
        }
    }
}
