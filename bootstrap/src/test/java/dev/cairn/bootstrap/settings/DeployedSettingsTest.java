package dev.cairn.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.http.HealthCheck;
import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.bootstrap.wiring.LoopbackOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The container's files, the compose file and the manifests say what Cairn reads, and run it with no right that it does not need. */
class DeployedSettingsTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path MANIFESTS = REPOSITORY.resolve("deploy/kubernetes");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>cairn</artifactId>\\s*<version>([^<]+)</version>");
    private static final Set<String> NOT_OF_CAIRN = Set.of("LC_ALL");

    private static JsonNode yaml(Path file) {
        return JsonMapper.shared().valueToTree(new Yaml().<Object>load(text(file)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String version() {
        return VERSION.matcher(text(REPOSITORY.resolve("pom.xml")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode pod() {
        return yaml(MANIFESTS.resolve("deployment.yaml")).at("/spec/template/spec");
    }

    private static JsonNode container() {
        return pod().at("/containers/0");
    }

    private static JsonNode composed() {
        return yaml(REPOSITORY.resolve("compose.yaml")).at("/services/cairn");
    }

    private static List<String> names(JsonNode node) {
        return new ArrayList<>(node.propertyNames());
    }

    @Test
    void each_variable_is_a_setting() {
        var names = SettingNames.all();
        var inDockerfile =
                Pattern.compile("^(?:ENV|   ) ([A-Z_]+)=", Pattern.MULTILINE)
                        .matcher(text(REPOSITORY.resolve("Dockerfile")))
                        .results()
                        .map(found -> found.group(1));
        var variables =
                Stream.of(
                                inDockerfile,
                                names(yaml(MANIFESTS.resolve("configmap.yaml")).at("/data"))
                                        .stream(),
                                names(composed().at("/environment")).stream())
                        .flatMap(found -> found)
                        .filter(variable -> !NOT_OF_CAIRN.contains(variable))
                        .toList();

        assertThat(variables)
                .hasSizeGreaterThan(12)
                .contains("SERVER_ADDRESS", "CAIRN_AUTH_KEYS")
                .allMatch(names::hasVariable);
    }

    @Test
    void a_service_of_these_settings_is_not_refused() {
        for (var variables :
                List.of(
                        yaml(MANIFESTS.resolve("configmap.yaml")).at("/data"),
                        composed().at("/environment"))) {
            var environment = new HashMap<String, Object>(Map.of("SERVER_ADDRESS", "0.0.0.0"));
            names(variables)
                    .forEach(name -> environment.put(name, variables.path(name).asString()));
            var settings =
                    Settings.read(
                            List.of(),
                            new SystemEnvironmentPropertySource(
                                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                    environment));

            assertThat(settings.problems()).isEmpty();
            LoopbackOnly.check(name -> settings.value(name, String.class).orElse(null));
        }
    }

    @Test
    void each_secret_is_a_file_of_a_setting_and_no_value_is_kept_here() {
        var names = SettingNames.all();
        var secrets = yaml(REPOSITORY.resolve("compose.yaml")).at("/secrets");
        var example = yaml(MANIFESTS.resolve("secret.example.yaml"));

        assertThat(names(example.at("/stringData"))).allMatch(names::has);
        assertThat(example.at("/stringData"))
                .allMatch(value -> value.asString().equals("change-me"));
        assertThat(names(secrets)).contains("spring.datasource.password");
        assertThat(secrets)
                .allMatch(secret -> secret.path("file").asString().startsWith("./secrets/"));
        assertThat(text(REPOSITORY.resolve(".gitignore"))).contains("/secrets/\n");
        assertThat(text(REPOSITORY.resolve(".dockerignore"))).contains("secrets\n");
    }

    @Test
    void the_image_is_of_this_version() {
        assertThat(composed().path("image").asString()).isEqualTo("cairn:" + version());
        assertThat(yaml(MANIFESTS.resolve("kustomization.yaml")).at("/images/0/newTag").asString())
                .isEqualTo(version());
        assertThat(text(REPOSITORY.resolve("Dockerfile")))
                .contains("image.version=\"%s\"".formatted(version()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"startupProbe", "livenessProbe", "readinessProbe"})
    void probes_ask_for_health_at_the_port_that_is_listened_on(String probe) {
        var asked = container().path(probe).path("httpGet");

        assertThat(asked.path("path").asString())
                .isEqualTo(probe.equals("readinessProbe") ? HealthCheck.READY : HealthCheck.LIVE);
        assertThat(asked.path("port").asString())
                .isEqualTo(container().at("/ports/0/name").asString());
        assertThat(asked.path("scheme").asString()).isEqualTo("HTTPS");
        assertThat(container().at("/ports/0/containerPort").asInt()).isEqualTo(8080);
    }

    @Test
    void requests_have_time_to_end() {
        int most = Limit.SECONDS.standard();
        int before = container().at("/lifecycle/preStop/sleep/seconds").asInt();

        assertThat(before).isPositive();
        assertThat(pod().path("terminationGracePeriodSeconds").asInt())
                .isGreaterThan(before + most);
        assertThat(composed().path("stop_grace_period").asString()).isEqualTo("60s");
        assertThat(most).isLessThan(60);
    }

    @Test
    void nothing_runs_with_a_right_that_it_does_not_need() {
        assertThat(pod().at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod().at("/securityContext/seccompProfile/type").asString())
                .isEqualTo("RuntimeDefault");
        assertThat(pod().path("automountServiceAccountToken").asBoolean()).isFalse();
        var rights = container().path("securityContext");
        assertThat(rights.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(rights.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(rights.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
        assertThat(container().at("/resources/limits/memory").asString()).isNotEmpty();
        assertThat(composed().path("read_only").asBoolean()).isTrue();
        assertThat(composed().at("/cap_drop/0").asString()).isEqualTo("ALL");
        assertThat(text(REPOSITORY.resolve("Dockerfile")))
                .containsOnlyOnce("\nUSER 10001:10001\n")
                .contains(HealthCheck.READY);
        assertThat(pod().at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
    }

    @Test
    void everything_is_selected_by_the_same_label() {
        var label = Map.of("app.kubernetes.io/name", "cairn");
        var found =
                Stream.of(
                                yaml(MANIFESTS.resolve("deployment.yaml"))
                                        .at("/spec/selector/matchLabels"),
                                yaml(MANIFESTS.resolve("deployment.yaml"))
                                        .at("/spec/template/metadata/labels"),
                                yaml(MANIFESTS.resolve("service.yaml")).at("/spec/selector"),
                                yaml(MANIFESTS.resolve("networkpolicy.yaml"))
                                        .at("/spec/podSelector/matchLabels"),
                                yaml(MANIFESTS.resolve("poddisruptionbudget.yaml"))
                                        .at("/spec/selector/matchLabels"))
                        .toList();

        assertThat(found).allMatch(labels -> labels.equals(JsonMapper.shared().valueToTree(label)));
    }

    @Test
    void all_manifests_but_the_example_are_applied() throws IOException {
        var listed = new ArrayList<String>();
        yaml(MANIFESTS.resolve("kustomization.yaml"))
                .path("resources")
                .forEach(file -> listed.add(file.asString()));
        try (var files = Files.list(MANIFESTS)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> !name.equals("kustomization.yaml"))
                    .filteredOn(name -> !name.equals("secret.example.yaml"))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }
}
