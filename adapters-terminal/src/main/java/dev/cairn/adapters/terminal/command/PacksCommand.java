package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.in.PacksUseCase.PackState;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the packs that come with Cairn. */
@Command(
        name = "packs",
        description =
                "Lists the packs of definitions that come with Cairn, what is applied of them and what is overridden.")
public final class PacksCommand extends DataCommand {
    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    int run(UseCases cairn) {
        var packs = cairn.packs().packs();
        switch (format) {
            case TEXT -> packs.forEach(this::say);
            case JSON -> Report.json(Map.of("packs", packs), out());
        }
        return 0;
    }

    private void say(PackState pack) {
        out().println("%s: %s".formatted(pack.name(), pack.description()));
        line("version", pack.version());
        line(
                "applied",
                pack.applied() == null
                        ? "no; cairn apply --pack " + pack.name()
                        : "version %s, %s in force"
                                .formatted(
                                        pack.applied(),
                                        Report.counted(pack.definitions(), "definition")));
        line(
                "settings",
                new TreeMap<>(pack.settings())
                        .entrySet().stream()
                                .map(setting -> setting.getKey() + "=" + setting.getValue())
                                .collect(Collectors.joining(", ")));
        line("overridden", String.join(", ", pack.overridden()));
    }

    private void line(String what, String text) {
        if (!text.isEmpty()) {
            out().println("  %-11s  %s".formatted(what, text));
        }
    }
}
