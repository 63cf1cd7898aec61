package dev.cairn.adapters.files.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.out.DefinitionText.Placed;
import dev.cairn.application.port.out.DefinitionText.Read;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlDefinitionTextTest {
    @Test
    void what_is_found_comes_with_a_locator() {
        var read = new YamlDefinitionText().read("yaml", "slice: s\nof: a\nwhere: 'x or y'\n");

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Found.class,
                        found -> {
                            var place = Place.of("yaml", "s");
                            assertThat(found.definitions())
                                    .containsExactly(
                                            new Placed(
                                                    new Slice("s", "s", "", "a", "x or y"), place));
                            var problem =
                                    Problem.of(
                                            ProblemCode.SYNTAX, place.then("where").at(1, 6), "?");
                            assertThat(found.locator().apply(problem).place())
                                    .isEqualTo(new Place(List.of("yaml", "s", "where"), 3, 14));
                        });
    }

    @Test
    void what_is_malformed_comes_with_all_its_problems() {
        assertThat(new YamlDefinitionText().read("yaml", "slice: s\nofs: a\n"))
                .isInstanceOfSatisfying(
                        Read.Malformed.class,
                        malformed -> assertThat(malformed.problems()).hasSize(3));
    }
}
