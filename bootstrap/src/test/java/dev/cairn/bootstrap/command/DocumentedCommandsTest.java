package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.terminal.command.CairnCommandLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * What the pages say of Cairn's command line is so: each command with its options is one that there is, and each link and file leads somewhere. That commands
 * do what is said is tried where they are run: by the walk through README.md, and by the tests that make the other pages.
 */
class DocumentedCommandsTest {
    private static final Pattern FENCED =
            Pattern.compile("^\\s*```(\\w*)\\n(.*?)^\\s*```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LINE =
            Pattern.compile(
                    "^\\s*(?:\\$ )?(?:[A-Z_]+=\\S+ )?(?:\\./)?cairn (.*)$", Pattern.MULTILINE);
    private static final Pattern INLINE =
            Pattern.compile("`(?:[A-Z_]+=\\S+ )?(?:\\./)?cairn ((?:-|[a-z])[^`]*)`");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    /** What the script does itself. */
    private static final Set<String> OF_SCRIPT = Set.of("test", "jdk");

    /** Misspelt on purpose, to show what is said then. */
    private static final Set<String> WRONG = Set.of("sevre");

    private static final String ANY = "...";

    static Stream<Path> pages() {
        try (var docs = Files.list(RunningCairn.inRepository("docs"))) {
            return Stream.concat(
                    docs.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream(),
                    Stream.of("README.md", "CONTRIBUTING.md", "examples/README.md")
                            .map(RunningCairn::inRepository))
                    .toList()
                    .stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commands_and_their_options_are_those_that_there_are(Path page) throws IOException {
        assertThat(commands(Files.readString(page)).stream().map(this::objection))
                .filteredOn(objection -> !objection.isEmpty())
                .isEmpty();
    }

    /** Why a command is none; empty where it is one, or what a page names it by. */
    private String objection(String command) {
        try {
            CairnCommandLine.of(new CairnCommand()).parseArgs(words(command));
            return "";
        } catch (CommandLine.MissingParameterException named) {
            return "";
        } catch (CommandLine.ParameterException wrong) {
            return "%s: %s".formatted(command, wrong.getMessage());
        }
    }

    private static List<String> commands(String page) {
        var commands = new ArrayList<String>();
        FENCED.matcher(page)
                .results()
                .flatMap(block -> LINE.matcher(joined(block.group(2))).results())
                .map(found -> found.group(1))
                .forEach(commands::add);
        INLINE.matcher(FENCED.matcher(page).replaceAll(""))
                .results()
                .map(found -> found.group(1))
                .forEach(commands::add);
        return commands.stream()
                .filter(command -> !OF_SCRIPT.contains(command.split(" ", 2)[0]))
                .filter(command -> !WRONG.contains(command))
                .toList();
    }

    private static String joined(String block) {
        return block.replaceAll("\\\\\\n\\s*", " ");
    }

    /** As a shell takes them apart, up to a comment, a pipe or a redirection. */
    private static String[] words(String command) {
        var words = new ArrayList<String>();
        for (var found : WORD.matcher(command).results().toList()) {
            var word = word(found);
            boolean isPlain = found.group(3) != null;
            if (isPlain
                    && (word.startsWith("#") || Set.of("|", ">", "<", "&", "&&").contains(word))) {
                break;
            }
            if (!word.equals(ANY)) {
                words.add(word);
            }
        }
        return words.toArray(String[]::new);
    }

    private static String word(MatchResult found) {
        return Stream.of(1, 2, 3)
                .map(found::group)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_lead_somewhere(Path page) throws IOException {
        var text = FENCED.matcher(Files.readString(page)).replaceAll("");

        assertThat(LINK.matcher(text).results().map(found -> found.group(1)))
                .filteredOn(link -> !link.startsWith("http") && !leads(page, link))
                .isEmpty();
    }

    private static boolean leads(Path page, String link) {
        var parts = link.split("#", 2);
        var file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(file)
                && (parts.length == 1
                        || HEADING.matcher(text(file))
                                .results()
                                .anyMatch(heading -> anchor(heading.group(1)).equals(parts[1])));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What a heading is linked to by. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }
}
