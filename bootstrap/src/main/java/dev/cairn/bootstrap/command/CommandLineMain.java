package dev.cairn.bootstrap.command;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.springframework.beans.BeanUtils;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;
import picocli.CommandLine;

/**
 * Where the program starts. The subcommands of {@code cairn} are the concrete classes of this package that extend
 * {@link Subcommand}: to add a command, add a class.
 */
public final class CommandLineMain {
    static final int FAILED = 3;

    private CommandLineMain() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs one command line and gives its exit code: 0 done, 1 problems in what was given, 2 not understood, 3 failed. */
    static int execute(String... arguments) {
        return commands(new CairnCommand()).execute(arguments);
    }

    /** The command line: {@code cairn} and its subcommands. */
    static CommandLine commands(CairnCommand root) {
        CommandLine cairn = new CommandLine(root);
        subcommands().forEach(cairn::addSubcommand);
        cairn.addSubcommand(new CommandLine.HelpCommand());
        cairn.setCaseInsensitiveEnumValuesAllowed(true);
        cairn.setExecutionExceptionHandler((failure, command, _) -> {
            if (!(failure instanceof StartFailed)) {
                command.getErr().println(command.getColorScheme().richStackTraceString(failure));
            }
            return FAILED;
        });
        return cairn;
    }

    private static List<? extends Callable<Integer>> subcommands() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(Subcommand.class));
        return scanner.findCandidateComponents(CommandLineMain.class.getPackageName()).stream()
                .map(found -> Objects.requireNonNull(found.getBeanClassName()))
                .sorted()
                .map(name ->
                        ClassUtils.resolveClassName(name, CommandLineMain.class.getClassLoader()))
                .map(type -> (Subcommand) BeanUtils.instantiateClass(type))
                .toList();
    }
}
