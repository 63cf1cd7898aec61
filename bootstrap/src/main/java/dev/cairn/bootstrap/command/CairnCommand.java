package dev.cairn.bootstrap.command;

import dev.cairn.adapters.files.definition.YamlDefinitionFiles;
import dev.cairn.adapters.files.definition.YamlDefinitionText;
import dev.cairn.adapters.files.fact.TextRecordFiles;
import dev.cairn.adapters.terminal.command.AccountCommand;
import dev.cairn.adapters.terminal.command.AlertsCommand;
import dev.cairn.adapters.terminal.command.ApplyCommand;
import dev.cairn.adapters.terminal.command.AskCommand;
import dev.cairn.adapters.terminal.command.AuditCommand;
import dev.cairn.adapters.terminal.command.BackupCommand;
import dev.cairn.adapters.terminal.command.BaselineCommand;
import dev.cairn.adapters.terminal.command.BaselinesCommand;
import dev.cairn.adapters.terminal.command.BridgeCommand;
import dev.cairn.adapters.terminal.command.Cairn;
import dev.cairn.adapters.terminal.command.CalibrateCommand;
import dev.cairn.adapters.terminal.command.CheckCommand;
import dev.cairn.adapters.terminal.command.CompletionCommand;
import dev.cairn.adapters.terminal.command.DeleteCommand;
import dev.cairn.adapters.terminal.command.DeletionsCommand;
import dev.cairn.adapters.terminal.command.DiffCommand;
import dev.cairn.adapters.terminal.command.DimensionsCommand;
import dev.cairn.adapters.terminal.command.ExplainCommand;
import dev.cairn.adapters.terminal.command.ExportCommand;
import dev.cairn.adapters.terminal.command.ForecastCommand;
import dev.cairn.adapters.terminal.command.FunnelCommand;
import dev.cairn.adapters.terminal.command.GuardsCommand;
import dev.cairn.adapters.terminal.command.HealthCommand;
import dev.cairn.adapters.terminal.command.ImpactCommand;
import dev.cairn.adapters.terminal.command.ImportCommand;
import dev.cairn.adapters.terminal.command.InferCommand;
import dev.cairn.adapters.terminal.command.KeyCommand;
import dev.cairn.adapters.terminal.command.LifecycleCommand;
import dev.cairn.adapters.terminal.command.MetricsCommand;
import dev.cairn.adapters.terminal.command.PacksCommand;
import dev.cairn.adapters.terminal.command.PredictCommand;
import dev.cairn.adapters.terminal.command.PurgeCommand;
import dev.cairn.adapters.terminal.command.QueryCommand;
import dev.cairn.adapters.terminal.command.RestoreCommand;
import dev.cairn.adapters.terminal.command.RetentionCommand;
import dev.cairn.adapters.terminal.command.ScopesCommand;
import dev.cairn.adapters.terminal.command.SeparationCommand;
import dev.cairn.adapters.terminal.command.StartFailed;
import dev.cairn.adapters.terminal.command.StickinessCommand;
import dev.cairn.adapters.terminal.command.TargetsCommand;
import dev.cairn.adapters.terminal.command.TrendCommand;
import dev.cairn.adapters.terminal.command.TrustCommand;
import dev.cairn.adapters.terminal.command.UndeleteCommand;
import dev.cairn.adapters.terminal.command.WhyCommand;
import dev.cairn.application.port.in.DefinitionFilesUseCase;
import dev.cairn.application.port.in.InferUseCase;
import dev.cairn.application.service.DefinitionFilesService;
import dev.cairn.application.service.InferService;
import dev.cairn.bootstrap.CairnApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code cairn} and the options all its subcommands have. */
@Command(
        name = "cairn",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = CairnVersion.class,
        description = "Answers questions about customer success, over GraphQL.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done.",
            "1:The question or the file has problems, which were reported.",
            "2:The command line was not understood.",
            "3:Failed, for example because the database is out of reach."
        },
        footer = {
            "",
            "Without a command, cairn serves. To begin with:",
            "  cairn demo                               a made-up company to ask about",
            "  cairn serve                              a service with a small sample to ask",
            "  cairn metrics                            what it can be asked for",
            "  cairn query nps --range 2026-H1          an answer in the terminal",
            "  cairn apply my/                          definitions of your own",
            "  cairn import ticket my/tickets.csv       facts of your own",
            "  cairn doctor                             where something does not work"
        },
        subcommands = {
            ApplyCommand.class,
            AskCommand.class,
            AlertsCommand.class,
            ScopesCommand.class,
            AuditCommand.class,
            BackupCommand.class,
            BaselineCommand.class,
            BaselinesCommand.class,
            BridgeCommand.class,
            CalibrateCommand.class,
            CheckCommand.class,
            CompletionCommand.class,
            DatabaseCommand.class,
            DeleteCommand.class,
            DeletionsCommand.class,
            DemoCommand.class,
            DiffCommand.class,
            DimensionsCommand.class,
            DoctorCommand.class,
            ExplainCommand.class,
            ExportCommand.class,
            ForecastCommand.class,
            FunnelCommand.class,
            AccountCommand.class,
            GuardsCommand.class,
            HealthCommand.class,
            ImpactCommand.class,
            ImportCommand.class,
            InferCommand.class,
            KeyCommand.class,
            LifecycleCommand.class,
            MetricsCommand.class,
            PacksCommand.class,
            PredictCommand.class,
            TrustCommand.class,
            PurgeCommand.class,
            QueryCommand.class,
            RehearseCommand.class,
            RestoreCommand.class,
            RetentionCommand.class,
            SeparationCommand.class,
            ServeCommand.class,
            StickinessCommand.class,
            TargetsCommand.class,
            TrendCommand.class,
            UndeleteCommand.class,
            WhyCommand.class,
            CommandLine.HelpCommand.class
        })
class CairnCommand implements Callable<Integer>, Cairn {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The folder the embedded PostgreSQL keeps everything in.")
    private @Nullable Path dataDir;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            scope = ScopeType.INHERIT,
            description =
                    "A setting, for example spring.datasource.url=jdbc:postgresql://db/cairn; may be repeated.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        return ServeCommand.serve(this);
    }

    /** Starts the service; it takes questions when the sample, where it is wanted, is there. */
    ConfigurableApplicationContext startService() {
        return start(
                new SpringApplicationBuilder(CairnApplication.class, SampleAtStart.class)
                        .web(WebApplicationType.SERVLET));
    }

    /** What a command does with an application context; returns its exit code. */
    interface ContextWork {
        int in(ApplicationContext cairn) throws Exception;
    }

    @Override
    public int run(Work work) throws Exception {
        return runInContext(context -> work.with(new ContextUseCases(context)));
    }

    @Override
    public InferUseCase inference() {
        return new InferService(new TextRecordFiles(), new YamlDefinitionText(), Clock.systemUTC());
    }

    @Override
    public DefinitionFilesUseCase definitionsAlone() {
        return DefinitionFilesService.alone(new YamlDefinitionFiles(), Clock.systemUTC());
    }

    /** Does the work of a command in a context without the web server, whose beans are created when they are first used. */
    int runInContext(ContextWork work) throws Exception {
        try (var context =
                start(
                        new SpringApplicationBuilder(CairnApplication.class)
                                .web(WebApplicationType.NONE)
                                .lazyInitialization(true))) {
            return work.in(context);
        }
    }

    /** A setting that a command has where the command line says nothing of it. */
    void settle(String key, String value) {
        settings.putIfAbsent(key, value);
    }

    /** The settings of the command line, as Spring takes them. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (dataDir != null) {
            arguments.add("--cairn.data-dir=" + dataDir);
        }
        settings.forEach((key, value) -> arguments.add("--%s=%s".formatted(key, value)));
        return arguments;
    }

    private ConfigurableApplicationContext start(SpringApplicationBuilder application) {
        try {
            return application.run(arguments().toArray(String[]::new));
        } catch (RuntimeException e) {
            throw new StartFailed(e);
        }
    }
}
