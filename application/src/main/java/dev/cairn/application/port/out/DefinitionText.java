package dev.cairn.application.port.out;

import dev.cairn.domain.inference.SourceProposal;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.function.UnaryOperator;

/** Definitions as text, in the form of definition files. */
public interface DefinitionText {
    /** @param name the first part of the path of problems */
    Read read(String name, String text);

    /** One document to edit, with what is known of each column as a comment above it. */
    String write(SourceProposal proposal);

    /** One document. */
    String write(Definition definition);

    /** What was found. */
    sealed interface Read {
        /**
         * @param definitions in the order of the text
         * @param locator adds line and column in the text to a problem that is found later in one of the definitions
         */
        record Found(List<Placed> definitions, UnaryOperator<Problem> locator) implements Read {
            public Found {
                definitions = List.copyOf(definitions);
            }
        }

        record Malformed(List<Problem> problems) implements Read {
            public Malformed {
                problems = List.copyOf(problems);
            }
        }
    }

    /** A definition and where it stands. */
    record Placed(Definition definition, Place place) {}
}
