package dev.cairn.bootstrap.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.bootstrap.wiring.LoopbackOnly;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Where Cairn may listen. */
class OpenToOthersTest {
    private static final String PASSWORD = "changeit";
    private static final String QUESTION = "{\"query\": \"{ metrics { totalCount } }\"}";

    private static void check(String settings) {
        Map<String, String> set =
                Arrays.stream(settings.split(" "))
                        .map(setting -> setting.split("=", 2))
                        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        LoopbackOnly.check(set::get);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.address=127.0.0.1",
                "server.address=::1",
                "server.address=localhost cairn.auth.keys=true",
                "server.address=127.0.0.1 cairn.auth.keys=true cairn.proxy=127.0.0.1",
                "server.address=0.0.0.0 cairn.auth.keys=true server.ssl.bundle=web",
                "server.address=0.0.0.0 cairn.auth.keys=true server.ssl.key-store=a.p12",
                "server.address=192.0.2.1 cairn.auth.oidc.issuer=https://a.example server.ssl.certificate=a.pem",
                "server.address=0.0.0.0 cairn.auth.keys=true cairn.proxy=10.0.0.7",
                "server.address=:: cairn.auth.keys=true cairn.proxy[0]=10.0.0.7"
            })
    void others_are_let_in_where_they_sign_in_and_nobody_can_read_that(String settings) {
        assertThatCode(() -> check(settings)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.address=0.0.0.0",
                "server.address=",
                "server.address=192.0.2.1 cairn.auth.keys=false",
                "server.address=0.0.0.0 server.ssl.bundle=web",
                "server.address=0.0.0.0 cairn.proxy=10.0.0.7",
                "server.address=127.0.0.1 cairn.proxy=127.0.0.1",
                "server.address=127.0.0.1 cairn.proxy[0]=127.0.0.1 cairn.auth.keys=false",
                "server.address=0.0.0.0 cairn.auth.oidc.issuer= server.ssl.bundle=web"
            })
    void nobody_else_is_let_in_where_nobody_signs_in(String settings) {
        assertThatThrownBy(() -> check(settings))
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        refused ->
                                assertThat(refused.problem())
                                        .isEqualTo(StartProblem.OPEN_TO_OTHERS))
                .hasMessageContaining("no authentication");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.address=0.0.0.0 cairn.auth.keys=true",
                "server.address=:: cairn.auth.oidc.issuer=https://a.example",
                "server.address=0.0.0.0 cairn.auth.keys=true server.ssl.bundle=web server.ssl.enabled=false",
                "server.address=0.0.0.0 cairn.auth.keys=true server.ssl.protocol=TLS"
            })
    void nobody_is_let_in_where_others_could_read_what_they_sign_in_with(String settings) {
        assertThatThrownBy(() -> check(settings))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("read on the way");
    }

    @Test
    void a_service_is_asked_over_tls_from_elsewhere(@TempDir Path folder) throws Exception {
        var store = certificate(folder);
        try (var cairn =
                        new RunningCairn(
                                List.of(
                                        "server.address=0.0.0.0",
                                        "cairn.auth.keys=true",
                                        "server.ssl.key-store=" + store,
                                        "server.ssl.key-store-password=" + PASSWORD));
                var http = HttpClient.newBuilder().sslContext(trusting(store)).build()) {
            int port = cairn.url("/").getPort();
            var made =
                    cairn.inside(
                            "key", "create", "k", "--role=viewer", "--everything", "--format=json");
            var key = JsonMapper.shared().readTree(made.output()).path("key").asString();

            var answer = ask(http, port, "Bearer " + key);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(ask(http, port, "Bearer x").statusCode()).isEqualTo(401);
            assertThat(plain(port)).startsWith("HTTP/1.1 400").doesNotContain("totalCount");
        }
    }

    private static HttpResponse<String> ask(HttpClient http, int port, String authorization)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("https://localhost:%d/graphql".formatted(port)))
                        .header("Content-Type", "application/json")
                        .header("Authorization", authorization)
                        .POST(BodyPublishers.ofString(QUESTION))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String plain(int port) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(
                            "GET /graphiql HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Of this machine, made by the JDK's own tool. */
    private static Path certificate(Path folder) throws Exception {
        var store = folder.resolve("web.p12");
        var made =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "web",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost,ip:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said").toFile())
                        .start();
        assertThat(made.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(made.exitValue()).isZero();
        return store;
    }

    private static SSLContext trusting(Path store) throws Exception {
        var known = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            known.load(file, PASSWORD.toCharArray());
        }
        var certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("web", known.getCertificate("web"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
