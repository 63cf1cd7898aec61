package dev.cairn.application.service;

import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.DefineSourceUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Outcome;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.application.port.out.DefinitionText;
import dev.cairn.application.port.out.DefinitionText.Placed;
import dev.cairn.application.port.out.DefinitionText.Read;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads the declaration, sees that it is one source, and defines it. */
public final class DefineSourceService implements DefineSourceUseCase {
    private static final String NAME = "yaml";
    private final DefinitionText texts;
    private final DefineUseCase definitions;

    public DefineSourceService(DefinitionText texts, DefineUseCase definitions) {
        this.texts = texts;
        this.definitions = definitions;
    }

    @Override
    public Outcome defineSource(String text, boolean validateOnly, Author author) {
        return switch (texts.read(NAME, text)) {
            case Read.Malformed(var problems) -> new Outcome.Rejected(problems);
            case Read.Found(var found, var locator) -> define(found, locator, validateOnly, author);
        };
    }

    private Outcome define(
            List<Placed> found,
            UnaryOperator<Problem> locator,
            boolean validateOnly,
            Author author) {
        if (found.size() != 1) {
            return rejected(
                    Place.of(NAME), "Declare one source, not %s definitions.", found.size());
        }
        var only = found.getFirst();
        if (!(only.definition() instanceof Source)) {
            return rejected(
                    only.place(),
                    "Declare a source here, not %s.",
                    Article.a(only.definition().kind()));
        }
        var draft = new Draft(only.definition(), only.place());
        return switch (definitions.define(
                new Request(List.of(draft), false, validateOnly).by(author))) {
            case Outcome.Applied applied -> applied;
            case Outcome.Rejected(var problems) ->
                    new Outcome.Rejected(problems.stream().map(locator).toList());
        };
    }

    private static Outcome rejected(Place place, String message, Object argument) {
        return new Outcome.Rejected(
                List.of(Problem.of(ProblemCode.BAD_VALUE, place, message, argument)));
    }
}
