package dev.cairn.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The settings that the pages name are read by something, and are set to what the pages say where nothing else is said. */
class DocumentedSettingsTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED =
            Pattern.compile(
                    "`((?:cairn|server|spring)(?:\\.[a-z-]+)+)[=`]|--set ([a-z][a-z.A-Z-]+)=");
    private static final Pattern ROW =
            Pattern.compile("^\\| (`[a-z].*?`) \\| ([^|]*) \\|", Pattern.MULTILINE);

    /** Misspelt on purpose, to show what is said then. */
    private static final Set<String> WRONG = Set.of("sever.port");

    private static String pages() {
        try (var docs = Files.list(REPOSITORY.resolve("docs"))) {
            var all =
                    Stream.concat(
                                    docs.filter(page -> page.toString().endsWith(".md")).sorted(),
                                    Stream.of("README.md", "CONTRIBUTING.md")
                                            .map(REPOSITORY::resolve))
                            .toList();
            var text = new StringBuilder();
            for (var page : all) {
                text.append(Files.readString(page));
            }
            return text.toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void each_setting_that_is_named_is_read() {
        var names = SettingNames.all();

        assertThat(
                        NAMED.matcher(pages())
                                .results()
                                .map(found ->
                                        found.group(1) == null ? found.group(2) : found.group(1))
                                .distinct())
                .hasSizeGreaterThan(20)
                .filteredOn(name -> !WRONG.contains(name) && !names.has(name))
                .isEmpty();
    }

    @Test
    void settings_are_set_to_what_the_page_on_operations_says() throws IOException {
        var standard = Settings.read(List.of());
        var rows =
                ROW.matcher(Files.readString(REPOSITORY.resolve("docs/operations.md")))
                        .results()
                        .filter(row -> row.group(1).contains("."))
                        .flatMap(row -> {
                            var names = row.group(1).replace("`", "").split(", ");
                            var values = row.group(2).split(", ");
                            return IntStream.range(0, names.length)
                                    .mapToObj(at -> List.of(names[at], values[at]));
                        })
                        .filter(row -> row.getLast().matches("[0-9.]+s?"))
                        .toList();

        assertThat(rows)
                .hasSizeGreaterThan(5)
                .allSatisfy(row ->
                        assertThat(standard.value(row.getFirst(), String.class))
                                .hasValue(row.getLast()));
    }
}
