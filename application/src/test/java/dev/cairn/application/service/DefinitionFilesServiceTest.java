package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.application.port.in.DefinitionFilesUseCase.Export;
import dev.cairn.application.port.in.DefinitionFilesUseCase.Outcome;
import dev.cairn.application.port.in.DefinitionFilesUseCase.Request;
import dev.cairn.application.port.out.DefinitionFiles;
import dev.cairn.application.port.out.DefinitionText.Placed;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionFilesServiceTest {
    private static final Problem UNREADABLE =
            Problem.of(ProblemCode.SYNTAX, Place.of("b.yaml"), "This is no YAML.");

    private final List<Entry> written = new ArrayList<>();
    private List<Problem> inTheWay = List.of();

    private static Placed slice(String name, String of) {
        return new Placed(new Slice(name, name, "", of, "true"), Place.of("a.yaml", name));
    }

    /** Two files; what is found later stands ten lines further down, and what is unknown may be in what cannot be read. */
    private DefinitionFiles files(List<Placed> definitions, Problem... problems) {
        return new DefinitionFiles() {
            @Override
            public Read read(Path start) {
                return new Read(
                        2,
                        definitions,
                        List.of(problems),
                        problem -> problem.in(problem.place().at(10, 1)),
                        problem -> problem.code() == ProblemCode.UNKNOWN_SOURCE);
            }

            @Override
            public List<Problem> write(Path folder, Collection<Entry> entries) {
                written.addAll(entries);
                return inTheWay;
            }
        };
    }

    private static Outcome alone(DefinitionFiles files) throws IOException {
        return DefinitionFilesService.alone(files, Clock.systemUTC())
                .define(new Request(Path.of("folder"), false, true));
    }

    @Test
    void files_that_define_nothing_are_empty() throws IOException {
        assertThat(alone(files(List.of()))).isEqualTo(new Outcome.Empty());
    }

    @Test
    void a_problem_found_later_has_its_place_in_the_file() throws IOException {
        var rejected = (Outcome.Rejected) alone(files(List.of(slice("promoters", "survey"))));

        assertThat(rejected.files()).isEqualTo(2);
        assertThat(rejected.problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_SOURCE);
                    assertThat(problem.place().path()).startsWith("a.yaml", "promoters");
                    assertThat(problem.place().line()).isEqualTo(10);
                });
    }

    @Test
    void what_may_stand_in_a_file_that_cannot_be_read_is_not_told_to_be_missing()
            throws IOException {
        var event = ImportScenario.EVENT;
        var broken = new Slice("broken", "broken", "", event.name(), "score >");
        var files =
                files(
                        List.of(
                                slice("promoters", "survey"),
                                new Placed(event, Place.of("a.yaml", event.name())),
                                new Placed(broken, Place.of("a.yaml", "broken"))),
                        UNREADABLE);

        var rejected = (Outcome.Rejected) alone(files);

        assertThat(rejected.problems()).startsWith(UNREADABLE).hasSize(2);
        assertThat(rejected.problems().getLast().code()).isEqualTo(ProblemCode.SYNTAX);
        assertThat(rejected.problems().getLast().place().path()).contains("broken");
    }

    @Test
    void definitions_come_into_force_and_go_back_to_files() throws IOException {
        var store = new MemoryStore(Catalog.of(1, List.of(), List.of()));
        var catalogs = new Catalogs(store);
        var source = ImportScenario.EVENT;
        var files = files(List.of(new Placed(source, Place.of("a.yaml", source.name()))));
        var service =
                new DefinitionFilesService(files, catalogs, new DefineService(catalogs, store));

        var applied =
                (Outcome.Applied) service.define(new Request(Path.of("folder"), false, false));

        assertThat(applied.changes())
                .extracting(change -> change.action())
                .containsOnly(Action.ADDED);
        assertThat(applied.definitions()).isEqualTo(1);
        assertThat(service.export(Path.of("out"))).isEqualTo(new Export.Written(1));
        assertThat(written).extracting(Entry::name).containsExactly(source.name());
        inTheWay = List.of(UNREADABLE);
        assertThat(service.export(Path.of("out"))).isEqualTo(new Export.Rejected(inTheWay));
    }

    @Test
    void what_nobody_made_is_not_exported() throws IOException {
        var own = new Entry(ImportScenario.EVENT, 0, Map.of());
        var store = new MemoryStore(Catalog.of(1, List.of(own), List.of()));
        var catalogs = new Catalogs(store);

        var exported =
                new DefinitionFilesService(
                                files(List.of()), catalogs, new DefineService(catalogs, store))
                        .export(Path.of("out"));

        assertThat(exported).isEqualTo(new Export.Written(0));
        assertThat(written).isEmpty();
    }
}
