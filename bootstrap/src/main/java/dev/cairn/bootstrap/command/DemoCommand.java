package dev.cairn.bootstrap.command;

import dev.cairn.adapters.terminal.command.Subcommand;
import dev.cairn.bootstrap.demo.Demo;
import dev.cairn.bootstrap.demo.DemoFiles;
import dev.cairn.bootstrap.wiring.CairnSettings;
import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
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
    /** A question to begin with: who left, how healthy those are who stay, what they say. */
    private static final String QUESTION =
            """
            { analyze(input: {
                metrics: [{metric: {key: "logo_churn"}}, {metric: {key: "nps"}}, {metric: {key: "health"}}]
                groupBy: ["account.segment"]
                timeRange: {between: {from: "2026-04-01", to: "2026-07-01"}}
              }) { records } }\
            """;

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
            int refused = fill(service, options);
            if (refused != 0) {
                return refused;
            }
            ServeCommand.sayWhereItIs(service, QUESTION);
            return end.await();
        }
    }

    private int fill(ConfigurableApplicationContext service, Options options) throws IOException {
        var demo = service.getBean(Demo.class);
        var dataDir = service.getBean(CairnSettings.class).dataDir();
        var truths = dataDir.resolve(DemoFiles.TRUTHS);
        var there = DemoFiles.optionsIn(truths);
        if (demo.isEmpty() || options.equals(there)) {
            if (!demo.isFilled()) {
                var company = Company.of(options);
                // With a PostgreSQL of one's own nothing else is in the folder.
                Files.createDirectories(dataDir);
                DemoFiles.write(company.truths(), truths);
                err().println("Taking in a made-up company; this takes a minute or less.");
                demo.fill(
                        company,
                        line -> {
                            err().println("  " + line);
                            err().flush();
                        });
            }
            return 0;
        }
        err().println(
                        there == null
                                ? "What is there is not the made-up company. Take another folder: --data-dir DIR"
                                : "The company of --seed %d --accounts %d --months %d --events %d is there. Start it with these, or take another folder: --data-dir DIR"
                                        .formatted(
                                                there.seed(),
                                                there.accounts(),
                                                there.months(),
                                                there.events()));
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
