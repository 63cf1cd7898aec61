package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.in.PacksUseCase.Request;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which definitions: those of files, or of a pack in their place. */
final class DefinitionOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|FILE",
            description = "All *.yaml and *.yml beneath the folder, or one file.")
    private @Nullable Path files;

    @Option(
            names = "--pack",
            paramLabel = "PACK",
            description = "The definitions of a pack in place of files; 'cairn packs' lists them.")
    private @Nullable String name;

    @Option(
            names = "--with",
            paramLabel = "SETTING=VALUE",
            description =
                    "A setting of the pack, for example currency=EUR; may be repeated. Default: as it was applied last, else as the pack has it.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--restore",
            paramLabel = "NAME",
            split = ",",
            description = "Names of which the pack's definition takes the place of yours.")
    private List<String> restored = new ArrayList<>();

    @Option(
            names = "--retire",
            description = "Retires what the pack defines; what you defined yourself stays.")
    private boolean retire;

    /** Null: a pack. */
    @Nullable Path files() {
        return files;
    }

    /** Of the pack. */
    String name() {
        return name == null ? "" : name;
    }

    /** Files or a pack, and what is of one of them beside it only. */
    void check(boolean prune, Subcommand command) {
        if ((files == null) == (name == null)) {
            throw command.notUnderstood("Name a folder or a file, or a pack (--pack).");
        }
        if (name == null && (retire || !(settings.isEmpty() && restored.isEmpty()))) {
            throw command.notUnderstood("--with, --restore and --retire are of a pack (--pack).");
        }
        if (retire && !(settings.isEmpty() && restored.isEmpty())) {
            throw command.notUnderstood("--retire leaves nothing to set or to restore.");
        }
        if (files != null && !Files.exists(files)) {
            throw command.notUnderstood("There is no file or folder %s.", files);
        }
        if (name != null && prune) {
            throw command.notUnderstood(
                    "--prune is of files; a pack retires what it defined before.");
        }
    }

    /** What the definitions of the pack may not go with. */
    static void sayKept(List<String> kept, PrintWriter err) {
        if (!kept.isEmpty()) {
            err.println(
                    "Yours stand in the place of the pack's: %s. Give them what the pack reads of them, or another name; or take the pack's: --restore %s"
                            .formatted(String.join(", ", kept), String.join(",", kept)));
        }
    }

    Request request(boolean validateOnly) {
        return new Request(name(), settings, new HashSet<>(restored), retire, validateOnly);
    }
}
