package dev.cairn.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.wiring.CairnSettings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingsTest {
    @TempDir private Path folder;

    @Test
    void what_cairn_brings_along_is_right() {
        assertThat(problems()).isEmpty();
        assertThat(problems("--spring.profiles.active=production")).isEmpty();
    }

    @Test
    void every_setting_of_cairn_is_known() {
        assertThat(names("cairn", CairnSettings.class).toList())
                .allMatch(SettingNames.of(CairnRules.names())::has);
        assertThat(
                        names("cairn", CairnSettings.class)
                                .map(name -> name.replace("cairn.limits", "")))
                .containsAll(
                        CairnRules.names().stream()
                                .filter(name -> !name.startsWith("cairn.limits"))
                                .toList());
    }

    private static Stream<String> names(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType() != Map.class)
                .flatMap(component -> names(prefix, component));
    }

    private static Stream<String> names(String prefix, RecordComponent component) {
        var name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
        return component.getType().isRecord() ? names(name, component.getType()) : Stream.of(name);
    }

    @ParameterizedTest
    @CsvSource({
        "cairn.data-dri, cairn.data-dir",
        "cairn.postgres.prot, cairn.postgres.port",
        "sever.port, server.port",
        "spring.datasource.ulr, spring.datasource.url",
        "spring.datasource.hikari.maximum-pol-size, spring.datasource.hikari.maximum-pool-size",
        "server.adress, server.address"
    })
    void misspelt_setting_is_told_with_the_nearest(String name, String nearest) {
        assertThat(problems("--" + name + "=1"))
                .containsExactly(
                        "There is no setting %s (on the command line). Did you mean %s?"
                                .formatted(name, nearest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cairn.dataDir=x",
                "cairn.data_dir=x",
                "CAIRN.DATADIR=x",
                "cairn.postgres.startTimeout=5s",
                "cairn.limits.grammarDepth=50",
                "spring.datasource.hikari.maximumPoolSize=3",
                "logging.level.dev.cairn.bootstrap=debug",
                "spring.datasource.hikari.data-source-properties.ssl=true",
                "spring.graphql.cors.allowed-origins[0]=http://127.0.0.1",
                "server.tomcat.threads.max=7",
                "debug=true"
            })
    void setting_is_known_however_it_is_spelt(String setting) {
        assertThat(problems("--" + setting)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAIRN_DATADIR",
                "CAIRN_DATA_DIR",
                "cairn_datadir",
                "CAIRN_HOSTS_0",
                "CAIRN_HOME",
                "CAIRN_TEST_PG15_URL",
                "CAIRNS",
                "PATH"
            })
    void variable_is_a_setting_or_nothing_of_cairn(String variable) {
        assertThat(inEnvironment(variable, "x").problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CAIRN_DATADRI, CAIRN_DATADIR",
        "CAIRN_POSTGRES_PROT, CAIRN_POSTGRES_PORT",
        "CAIRN_JAVA_OPT, CAIRN_JAVA_OPTS"
    })
    void misspelt_variable_is_told_with_the_nearest(String variable, String nearest) {
        assertThat(inEnvironment(variable, "x").problems())
                .containsExactly(
                        "There is no setting %s (in the environment). Did you mean %s?"
                                .formatted(variable, nearest));
    }

    @Test
    void limits_in_the_environment_may_have_underscores_for_dashes() {
        assertThat(inEnvironment("CAIRN_LIMITS_GRAMMAR_DEPTH", "50").problems()).isEmpty();
        assertThat(inEnvironment("CAIRN_LIMITS_GRAMMARDEPTH", "x").problems())
                .singleElement()
                .asString()
                .contains("'x'");
    }

    @Test
    void file_is_told_with_line_and_column_and_may_have_keys_of_its_own() throws IOException {
        var file = file("mine: 1\nserver.prot: 9\ncairn:\n  data-dri: x\n  sample: maybe\n");

        assertThat(problems(file))
                .containsExactly(
                        "There is no setting cairn.data-dri (in %s:4:13). Did you mean cairn.data-dir?"
                                .formatted(folder.resolve("application.yaml")),
                        "cairn.sample is 'maybe' (in %s:5:11); it must be true or false."
                                .formatted(folder.resolve("application.yaml")));
        assertThat(Settings.read(List.of(file)).unread())
                .hasSize(2)
                .anyMatch(text -> text.contains("mine"))
                .anyMatch(text -> text.endsWith("Did you mean server.port?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cairn.sample=maybe",
                "cairn.sample=",
                "cairn.graphiql=yess",
                "cairn.introspection=2",
                "cairn.data-dir=",
                "cairn.postgres.port=abc",
                "cairn.postgres.port=-1",
                "cairn.postgres.port=65536",
                "cairn.postgres.port=5442.5",
                "cairn.postgres.start-timeout=soon",
                "cairn.postgres.start-timeout=999ms",
                "server.port=-1",
                "server.port=65536",
                "spring.datasource.url=postgres://localhost/cairn",
                "spring.datasource.url=",
                "cairn.limits.seconds=0",
                "cairn.hosts=https://b",
                "cairn.hosts=a.example,*.c",
                "cairn.hosts=d:443",
                "cairn.limits=5"
            })
    void value_that_cannot_be_is_told(String setting) {
        var name = setting.substring(0, setting.indexOf('='));

        assertThat(problems("--" + setting)).isNotEmpty().allMatch(text -> text.contains(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cairn.sample=off",
                "cairn.graphiql=TRUE",
                "cairn.hosts=a.example,b.example",
                "cairn.postgres.port=0",
                "cairn.postgres.port=65535",
                "cairn.postgres.start-timeout=1s",
                "server.port=0",
                "server.port=65535",
                "spring.datasource.url=jdbc:postgresql:cairn"
            })
    void value_at_the_edge_is_taken(String setting) {
        assertThat(problems("--" + setting)).isEmpty();
    }

    @Test
    void list_of_a_file_is_told_as_a_whole() throws IOException {
        assertThat(problems(file("cairn:\n  hosts:\n    - cairn.example.com\n    - https://b\n")))
                .singleElement()
                .asString()
                .startsWith("cairn.hosts is 'cairn.example.com,https://b' (in ");
        assertThat(problems(file("cairn:\n  hosts:\n    - a.example\n    - b.example\n")))
                .isEmpty();
    }

    @Test
    void profile_that_changes_nothing_is_told() throws IOException {
        assertThat(problems("--spring.profiles.active=prodution"))
                .singleElement()
                .asString()
                .contains("prodution", "'production'");
        assertThat(
                        problems(
                                "--spring.profiles.active=mine",
                                file("a: 1\n---\nspring.config.activate.on-profile: mine\n")))
                .isEmpty();
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertThat(problems("--a=1", "--b=2", "--server.port=x", "--cairn.limits.dept=3"))
                .hasSize(4);
    }

    @Test
    void what_was_set_is_known_with_its_place_and_without_passwords() throws IOException {
        var settings =
                settings(
                        Map.of(
                                "SPRING_DATASOURCE_PASSWORD",
                                "geheim",
                                "SERVER_PORT",
                                "1",
                                "HOME",
                                "/"),
                        "--server.port=9000",
                        "--spring.datasource.url=jdbc:postgresql://db/cairn?password=geheim",
                        file("cairn.sample: false\n"));

        assertThat(settings.given())
                .contains(
                        new Given("server.port", "9000", "on the command line"),
                        new Given(
                                "spring.datasource.url",
                                "jdbc:postgresql://db/cairn?***",
                                "on the command line"),
                        new Given(
                                "cairn.sample",
                                "false",
                                "in %s:1:15".formatted(folder.resolve("application.yaml"))),
                        new Given("SPRING_DATASOURCE_PASSWORD", "***", "in the environment"))
                .noneMatch(
                        given -> given.name().equals("HOME") || given.name().equals("SERVER_PORT"));
    }

    @Test
    void nobody_sees_the_password_of_a_wrong_url() {
        assertThat(problems("--spring.datasource.url=postgres://me:geheim@db/cairn"))
                .singleElement()
                .asString()
                .doesNotContain("geheim");
    }

    private static List<String> problems(String... arguments) {
        return settings(Map.of(), arguments).problems();
    }

    private static Settings inEnvironment(String variable, String value) {
        return settings(Map.of(variable, value));
    }

    private static Settings settings(Map<String, Object> variables, String... arguments) {
        return Settings.read(
                List.of(arguments),
                new SystemEnvironmentPropertySource("systemEnvironment", variables));
    }

    private String file(String content) throws IOException {
        Files.writeString(folder.resolve("application.yaml"), content);
        return "--spring.config.additional-location=file:" + folder + "/";
    }

    @Test
    void tokens_are_taken_of_an_issuer_for_an_audience_and_nothing_of_that_is_left_open() {
        var issuer = "--cairn.auth.oidc.issuer=https://login.example";
        assertThat(problems(issuer, "--cairn.auth.oidc.audience=cairn")).isEmpty();
        assertThat(problems(issuer))
                .singleElement()
                .asString()
                .startsWith("cairn.auth.oidc.issuer is set and cairn.auth.oidc.audience is not");
        assertThat(problems("--cairn.auth.oidc.roles.admin=root"))
                .singleElement()
                .asString()
                .startsWith("cairn.auth.oidc.roles.admin is set (on the command line)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "issuer=http://login.example",
                "issuer=login.example",
                "issuer=",
                "audience=",
                "algorithms=HS256",
                "algorithms=RS256,none",
                "role-claim=",
                "roles.admin=",
                "without-scopes=yes"
            })
    void a_setting_that_would_let_others_in_is_refused(String setting) {
        var name = "cairn.auth.oidc." + setting.substring(0, setting.indexOf('='));
        assertThat(
                        problems(
                                Stream.of("issuer=https://login.example", "audience=cairn", setting)
                                        .map(each -> "--cairn.auth.oidc." + each)
                                        .toArray(String[]::new)))
                .isNotEmpty()
                .allMatch(problem -> problem.startsWith(name));
    }
}
