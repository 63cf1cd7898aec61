package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.in.DefinitionFilesUseCase;
import dev.cairn.application.port.in.InferUseCase;

/** What the commands run on; the command {@code cairn} itself, which they are subcommands of, implements it. */
public interface Cairn {
    /**
     * Starts what is needed to work on Cairn's data, does the work of a command, and stops it.
     *
     * @return the exit code
     * @throws StartFailed where it does not start
     */
    int run(Work work) throws Exception;

    /** What a command does with the use cases; returns its exit code. */
    @FunctionalInterface
    interface Work {
        int with(UseCases cairn) throws Exception;
    }

    /** Starts nothing: a proposal is made from a file alone. */
    InferUseCase inference();

    /** Starts nothing: definitions are checked by themselves. */
    DefinitionFilesUseCase definitionsAlone();
}
