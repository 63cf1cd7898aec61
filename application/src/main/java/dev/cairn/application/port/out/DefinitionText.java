package dev.cairn.application.port.out;

import dev.cairn.domain.inference.SourceProposal;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.function.UnaryOperator;

/** Definitions as text, in the form of definition files. */
public interface DefinitionText {
    /** @param name what problems give as the first part of their path */
    Read read(String name, String text);

    /** One document to edit: what is known of each column stands above it as a comment. */
    String write(SourceProposal proposal);

    /** What was found. */
    sealed interface Read {
        /**
         * @param definitions in the order of the text
         * @param locator gives a problem that was found later, in one of the definitions, its line and column in the text
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
