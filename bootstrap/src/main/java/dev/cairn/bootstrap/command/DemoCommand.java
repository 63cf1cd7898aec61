package dev.cairn.bootstrap.command;

import dev.cairn.adapters.terminal.command.Subcommand;
import dev.cairn.bootstrap.demo.Demo;
import dev.cairn.bootstrap.demo.DemoFiles;
import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Serves a made-up company whose story is known. */
@Command(
        name = "demo",
        description = {
            "Runs the service with a made-up company to ask about.",
            "The same options make the same company; what is true of it stands in truths.json in the data folder."
        })
final class DemoCommand extends Subcommand {
    @ParentCommand private CairnCommand cairn;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Which company; 20260701 where it is left out.")
    private long seed = Options.DEFAULT.seed();

    @Option(
            names = "--accounts",
            paramLabel = "N",
            description = "How many customers, 20 to 20000; 300 where it is left out.")
    private int accounts = Options.DEFAULT.accounts();

    @Option(
            names = "--months",
            paramLabel = "N",
            description = "How many months of facts, 12 to 60; 24 where it is left out.")
    private int months = Options.DEFAULT.months();

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "How many events of usage, about; a million where it is left out.")
    private long events = Options.DEFAULT.events();

    @Option(
            names = "--write",
            paramLabel = "DIR",
            description = "Only writes its files and what is true of it into a folder, and ends.")
    private @Nullable Path folder;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var options = options();
        if (folder != null) {
            DemoFiles.write(Company.of(options), folder);
            out().printf(
                            "Written to %s. What is true of it: %s%n",
                            folder, folder.resolve(DemoFiles.TRUTHS));
            return 0;
        }
        cairn.settle("cairn.sample", "false");
        try (var service = cairn.startService()) {
            var end = new ServeCommand.End(service);
            int refused = fill(service.getBean(Demo.class), options);
            if (refused != 0) {
                return refused;
            }
            ServeCommand.sayWhereItIs(service, Demo.QUESTION);
            return end.await();
        }
    }

    private int fill(Demo demo, Options options) throws IOException {
        if (demo.isWanting(options)) {
            err().println("Taking in a made-up company; this takes a minute or less.");
            demo.fill(
                    options,
                    line -> {
                        err().println("  " + line);
                        err().flush();
                    });
            return 0;
        }
        var there = demo.there();
        if (options.equals(there)) {
            return 0;
        }
        err().println(
                        there == null
                                ? "What is there is not the made-up company. Take another folder: --data-dir DIR"
                                : "The company of --seed %d --accounts %d --months %d --events %d is there%s. Start it with these, or take another folder: --data-dir DIR"
                                        .formatted(
                                                there.seed(),
                                                there.accounts(),
                                                there.months(),
                                                there.events(),
                                                there.equals(Options.SMALL)
                                                        ? " (the sample that 'cairn serve' begins with)"
                                                        : ""));
        return 1;
    }

    private Options options() {
        try {
            return new Options(seed, accounts, months, events, Options.DEFAULT.until());
        } catch (IllegalArgumentException e) {
            throw notUnderstood("%s", String.valueOf(e.getMessage()));
        }
    }
}
