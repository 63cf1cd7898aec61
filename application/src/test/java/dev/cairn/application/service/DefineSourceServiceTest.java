package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Outcome;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.application.port.out.DefinitionText;
import dev.cairn.application.port.out.DefinitionText.Placed;
import dev.cairn.application.port.out.DefinitionText.Read;
import dev.cairn.domain.inference.SourceProposal;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefineSourceServiceTest {
    private static final Source SURVEY =
            new Source(
                    "survey",
                    "Survey",
                    "",
                    "day",
                    ZoneOffset.UTC,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(Field.of("day", DataType.DATE)));
    private static final Slice SLICE = new Slice("nps", "NPS", "", "survey", "true");

    private final List<Request> requests = new ArrayList<>();
    private Outcome outcome = new Outcome.Applied(List.of());

    @Test
    void one_source_is_defined() {
        var service = reading(found(SURVEY));

        assertThat(service.defineSource("text", true, Author.local("test"))).isEqualTo(outcome);
        assertThat(requests)
                .containsExactly(
                        new Request(
                                        List.of(new Draft(SURVEY, Place.of("yaml", "survey"))),
                                        false,
                                        true)
                                .by(Author.local("test")));
    }

    @Test
    void text_that_cannot_be_read_is_refused_with_its_problems() {
        var problem = Problem.of(ProblemCode.SYNTAX, Place.of("yaml").at(2, 1), "Not YAML.");

        assertThat(
                        reading(new Read.Malformed(List.of(problem)))
                                .defineSource("text", false, Author.local("test")))
                .isEqualTo(new Outcome.Rejected(List.of(problem)));
        assertThat(requests).isEmpty();
    }

    @Test
    void something_else_than_a_source_is_refused() {
        assertThat(
                        messages(
                                reading(found(SLICE))
                                        .defineSource("text", false, Author.local("test"))))
                .containsExactly("Declare a source here, not a slice.");
        assertThat(requests).isEmpty();
    }

    @Test
    void none_and_two_are_refused() {
        assertThat(messages(reading(found()).defineSource("text", false, Author.local("test"))))
                .containsExactly("Declare one source, not 0 definitions.");
        assertThat(
                        messages(
                                reading(found(SURVEY, SURVEY))
                                        .defineSource("text", false, Author.local("test"))))
                .containsExactly("Declare one source, not 2 definitions.");
        assertThat(requests).isEmpty();
    }

    @Test
    void problems_found_later_are_placed_in_the_text() {
        outcome =
                new Outcome.Rejected(
                        List.of(Problem.of(ProblemCode.SYNTAX, Place.NOWHERE.at(1, 3), "No.")));

        var rejected =
                (Outcome.Rejected)
                        reading(found(SURVEY)).defineSource("text", false, Author.local("test"));

        assertThat(rejected.problems())
                .extracting(Problem::place)
                .containsExactly(Place.NOWHERE.at(11, 3));
    }

    private DefineSourceService reading(Read read) {
        var texts =
                new DefinitionText() {
                    @Override
                    public Read read(String name, String text) {
                        return read;
                    }

                    @Override
                    public String write(SourceProposal proposal) {
                        throw new AssertionError("nothing is written");
                    }

                    @Override
                    public String write(Definition definition) {
                        throw new AssertionError("nothing is written");
                    }
                };
        DefineUseCase definitions =
                request -> {
                    requests.add(request);
                    return outcome;
                };
        return new DefineSourceService(texts, definitions);
    }

    private static Read found(Definition... definitions) {
        return new Read.Found(
                Stream.of(definitions)
                        .map(one -> new Placed(one, Place.of("yaml", one.name())))
                        .toList(),
                problem ->
                        problem.in(
                                problem.place()
                                        .at(
                                                problem.place().line() + 10,
                                                problem.place().column())));
    }

    private static List<String> messages(Outcome outcome) {
        return ((Outcome.Rejected) outcome).problems().stream().map(Problem::message).toList();
    }
}
