package dev.cairn.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.bootstrap.document.GeneratedDocument;
import dev.cairn.bootstrap.wiring.CairnSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;

/** Makes {@code docs/settings.md}, from the settings themselves and the pages that explain them. */
class SettingsDocumentTest {
    private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
    private static final String FIRST = "0.1.0";

    /** Of settings that came later: the version they came with. */
    private static final Map<String, String> SINCE = Map.of();

    /** What stands for a setting that has no value. */
    private static final String NONE = "none";

    /** Pages that explain settings; where several name one, the first counts. */
    private static final List<String> PAGES =
            List.of(
                    "operations.md",
                    "security.md",
                    "limits.md",
                    "api.md",
                    "bi.md",
                    "language.md",
                    "../README.md");

    /** Of Spring, and of use to many. */
    private static final List<Row> OF_SPRING =
            List.of(
                    new Row("server.address", "an address of this machine"),
                    new Row("spring.datasource.username", "a role of the database"),
                    new Row(
                            "spring.datasource.password",
                            "its password; better in the environment or a file than on a command line"),
                    new Row("spring.datasource.hikari.maximum-pool-size", "a whole number from 2"),
                    new Row("spring.profiles.active", "production"),
                    new Row("logging.structured.format.console", "ecs, logstash or gelf"));

    private static final String DOCUMENT =
            """
            # Settings

            A setting is taken from the first of these that has it: `--set NAME=VALUE`, the environment, `config/application.yaml` and `application.yaml` in the folder Cairn is started from. Lists are written with commas. What is no setting of Cairn, and a value that cannot be, is refused at the start, all at once and with the nearest name.

            | setting | in the environment | standard | allowed | since | explained in |
            |---|---|---|---|---|---|
            %s

            Every other setting of [Spring Boot](https://docs.spring.io/spring-boot/appendix/application-properties/index.html) can be set too; Cairn is not tried with them. `cairn doctor` lists what is set, and from where.
            """;

    private record Row(String name, String allowed) {}

    @Test
    void the_document_lists_every_setting() {
        var names = SettingNames.all();
        var rows = rows().toList();
        assertThat(rows).allMatch(row -> names.has(row.name()));

        GeneratedDocument.check(
                "settings.md",
                DOCUMENT.formatted(rows.stream().map(this::line).collect(Collectors.joining("\n"))),
                getClass());
    }

    @Test
    void the_file_of_standards_says_what_the_code_does() {
        var file = Settings.read(List.of());

        assertThat(CairnRules.RULES)
                .filteredOn(rule -> rule.name().startsWith("cairn."))
                .filteredOn(rule -> !rule.name().equals("cairn.data-dir"))
                .filteredOn(rule -> file.value(rule.name(), String.class).isPresent())
                .hasSizeGreaterThan(8)
                .allSatisfy(rule ->
                        assertThat(file.value(rule.name(), String.class))
                                .hasValue(inCode(rule.name()).orElse(NONE)));
    }

    private static Stream<Row> rows() {
        var own =
                CairnRules.RULES.stream()
                        .filter(rule -> !rule.name().startsWith(CairnRules.LIMITS))
                        .map(rule -> new Row(rule.name(), rule.allowed()));
        var limits =
                Arrays.stream(Limit.values())
                        .map(limit ->
                                new Row(
                                        limit.setting(),
                                        "a whole number from 1 to %d".formatted(Limits.LARGEST)));
        return Stream.of(own, limits, OF_SPRING.stream())
                .flatMap(found -> found)
                .sorted((one, other) -> one.name().compareTo(other.name()));
    }

    private String line(Row row) {
        return "| `%s` | `%s` | %s | %s | %s | %s |"
                .formatted(
                        row.name(),
                        variable(row.name()),
                        standard(row.name()),
                        row.allowed(),
                        SINCE.getOrDefault(row.name(), FIRST),
                        explained(row.name()));
    }

    private static String variable(String name) {
        return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static String standard(String name) {
        return Arrays.stream(Limit.values())
                .filter(limit -> limit.setting().equals(name))
                .map(limit -> String.valueOf(limit.standard()))
                .findFirst()
                .or(() -> inCode(name))
                .or(() -> Settings.read(List.of()).value(name, String.class))
                .orElse(NONE);
    }

    /** What the record has where nothing is set. */
    private static Optional<String> inCode(String name) {
        if (!name.startsWith("cairn.")) {
            return Optional.empty();
        }
        Object value = new Binder(List.of()).bindOrCreate("cairn", CairnSettings.class);
        for (var part : name.substring("cairn.".length()).split("\\.")) {
            value = value == null ? null : component(value, part);
        }
        return Optional.ofNullable(value)
                .map(SettingsDocumentTest::text)
                .filter(text -> !text.isEmpty());
    }

    private static @Nullable Object component(Object settings, String name) {
        var wanted = name.replace("-", "");
        return Arrays.stream(settings.getClass().getRecordComponents())
                .filter(component -> component.getName().equalsIgnoreCase(wanted))
                .map(RecordComponent::getAccessor)
                .findFirst()
                .map(accessor -> {
                    try {
                        return accessor.invoke(settings);
                    } catch (ReflectiveOperationException failed) {
                        throw new IllegalStateException(failed);
                    }
                })
                .orElse(null);
    }

    private static String text(Object value) {
        return switch (value) {
            case Duration time -> DurationStyle.SIMPLE.print(time, unit(time));
            case Collection<?> all ->
                    all.stream().map(String::valueOf).collect(Collectors.joining(","));
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT).replace('_', '-');
            default -> value.toString();
        };
    }

    private static ChronoUnit unit(Duration time) {
        return time.toMillis() % 60_000 == 0
                ? ChronoUnit.MINUTES
                : time.toMillis() % 1_000 == 0 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS;
    }

    /** A link to the heading below which the setting is named first. */
    private static String explained(String name) {
        return PAGES.stream()
                .map(page -> heading(page, name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No page explains " + name));
    }

    private static @Nullable String heading(String page, String name) {
        var named =
                Pattern.compile(
                        "(?:`|--set )(?:%s|%s)[`=,]"
                                .formatted(Pattern.quote(name), variable(name)));
        String heading = "";
        for (var line : lines(page)) {
            if (line.matches("#{1,4} .*")) {
                heading = line.replaceFirst("#+ ", "");
            } else if (named.matcher(line).find()) {
                var anchor =
                        heading.toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9 -]", "")
                                .replace(' ', '-');
                return "[%s](%s#%s)".formatted(heading, page, anchor);
            }
        }
        return null;
    }

    private static List<String> lines(String page) {
        try {
            return Files.readAllLines(DOCS.resolve(page));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
