package dev.cairn.adapters.graphql.cohort;

import dev.cairn.adapters.graphql.problem.InputPlaces;
import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Cohorts. */
@Controller
public final class CohortController {
    private final BrowseCatalogUseCase catalogs;
    private final DefineUseCase definitions;

    public CohortController(BrowseCatalogUseCase catalogs, DefineUseCase definitions) {
        this.catalogs = catalogs;
        this.definitions = definitions;
    }

    @QueryMapping
    @Nullable CohortOutput cohort(@Argument String key) {
        return catalogs.catalog().cohort(key).map(CohortOutput::new).orElse(null);
    }

    @MutationMapping
    CohortPayload defineCohort(@Argument DefineCohortInput input, Caller caller) {
        return switch (definitions.define(
                input.toRequest().by(Author.of(caller, "defineCohort")))) {
            case Outcome.Applied _ ->
                    new CohortPayload(
                            input.isCheck() ? null : new CohortOutput(input.toDomain()), List.of());
            case Outcome.Rejected(var problems) ->
                    new CohortPayload(null, InputPlaces.details(problems, DefineCohortInput.PARTS));
        };
    }
}
