package dev.cairn.application.port.in;

import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.DefineUseCase.Outcome;

/** Adds or revises one source, from its declaration as text. */
public interface DefineSourceUseCase {
    /**
     * @param text one document in the form of a definition file; what is not one source is refused. Problems have the path {@code yaml}, and line and
     *     column in the text
     * @param validateOnly report what would change, change nothing
     * @param author who does it, and by what
     */
    Outcome defineSource(String text, boolean validateOnly, Author author);
}
