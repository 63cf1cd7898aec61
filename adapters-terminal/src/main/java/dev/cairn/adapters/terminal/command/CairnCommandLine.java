package dev.cairn.adapters.terminal.command;

import static dev.cairn.adapters.terminal.command.Subcommand.FAILED;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import dev.cairn.domain.problem.NearestNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** How {@code cairn} takes a command line, and what it reports where that fails. */
public final class CairnCommandLine {
    private static final int NOT_UNDERSTOOD = 2;

    private CairnCommandLine() {}

    /** Exit codes: 0 done, 1 problems in what was given, 2 not understood, 3 failed, and what a command adds. */
    public static CommandLine of(Cairn root) {
        CommandLine cairn = new CommandLine(root);
        cairn.setCaseInsensitiveEnumValuesAllowed(true);
        cairn.setParameterExceptionHandler((wrong, _) -> notUnderstood(wrong));
        cairn.setExecutionStrategy(CairnCommandLine::runAndWrite);
        cairn.setExecutionExceptionHandler((failure, command, _) -> {
            switch (failure) {
                case StartFailed _ -> {}
                case StoreFailed lost -> command.getErr().println("cairn: " + lost.getMessage());
                case AnalysisFailed failed ->
                        command.getErr().println("cairn: " + text(failed.reason()));
                case Cancelled _ ->
                        command.getErr().println("cairn: " + text(AnalysisFailed.Reason.TIMEOUT));
                case IOException failed -> fileFailed(failed, command);
                case UncheckedIOException failed ->
                        fileFailed(Objects.requireNonNull(failed.getCause()), command);
                default -> bug(failure, command);
            }
            return FAILED;
        });
        return cairn;
    }

    /** A result that nobody can read is a failure: the disk is full, or the reader has gone. */
    private static int runAndWrite(ParseResult parsed) {
        int exit = new RunLast().execute(parsed);
        var command = parsed.commandSpec().commandLine();
        if (command.getOut().checkError() && exit == 0) {
            command.getErr().println("cairn: The output could not be written completely.");
            return FAILED;
        }
        return exit;
    }

    /** A long usage would push what is wrong out of sight. */
    private static int notUnderstood(ParameterException wrong) {
        var command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        suggest(wrong);
        command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help.");
        return NOT_UNDERSTOOD;
    }

    /** Commands that may have been meant, by letters; picocli goes by what words share, and takes trend for nearer to sevre than serve. */
    private static void suggest(ParameterException wrong) {
        var command = wrong.getCommandLine();
        if (!(wrong instanceof UnmatchedArgumentException unmatched)
                || unmatched.isUnknownOption()
                || command.getSubcommands().isEmpty()) {
            UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
            return;
        }
        var known =
                command.getSubcommands().entrySet().stream()
                        .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
                        .map(Map.Entry::getKey)
                        .toList();
        var near = NearestNames.nearest(unmatched.getUnmatched().getFirst(), known);
        if (!near.isEmpty()) {
            command.getErr()
                    .println("Did you mean: cairn %s?".formatted(String.join(" or cairn ", near)));
        }
    }

    private static String text(AnalysisFailed.Reason reason) {
        return switch (reason) {
            case TIMEOUT ->
                    "It took longer than is allowed and was cancelled. To allow more: --set cairn.limits.seconds=300";
            case NUMBER_OUT_OF_RANGE ->
                    "An intermediate result is larger than can be computed with.";
            case TOO_LARGE ->
                    "This question makes a statement larger than the database reads. Ask for fewer or shorter formulas.";
            case ANSWER_TOO_LARGE ->
                    "This answer takes more memory than one may. Ask for fewer rows, groups or metrics, or allow more: --set cairn.questions.answer-megabytes=256";
            case STILL_RECORDED ->
                    "What was known then is not decided yet: an import or a deletion that runs may still record by that instant. Ask again when it is done, or for an earlier --known-at.";
            case TOO_MANY -> "Too many questions wait for their turn. Ask again in a moment.";
        };
    }

    private static void fileFailed(IOException failed, CommandLine command) {
        command.getErr().println("cairn: A file cannot be read or written: " + failed.getMessage());
    }

    private static void bug(Exception failure, CommandLine command) {
        var id = UUID.randomUUID();
        LoggerFactory.getLogger(CairnCommandLine.class)
                .error("{}: '{}' failed", id, command.getCommandName(), failure);
        command.getErr()
                .println(
                        "Something went wrong inside Cairn; the log has the cause under %s."
                                .formatted(id));
    }
}
