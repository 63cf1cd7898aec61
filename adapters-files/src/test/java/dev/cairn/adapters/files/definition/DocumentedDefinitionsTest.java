package dev.cairn.adapters.files.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.fact.NotationCheck;
import dev.cairn.domain.model.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentedDefinitionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"files.md", "extending.md", "statistics.md"})
    void the_definitions_of_a_page_are_read(String name) throws IOException {
        var page = Files.readString(Path.of("..", "docs", name));
        var blocks =
                Pattern.compile("^ *```yaml\n(.*?)^ *```", Pattern.DOTALL | Pattern.MULTILINE)
                        .matcher(page)
                        .results();

        assertThat(blocks)
                .isNotEmpty()
                .allSatisfy(block -> {
                    var file = new DefinitionFile(name, block.group(1));
                    var read = DefinitionReader.read(List.of(file));
                    assertThat(read.problems()).isEmpty();
                    assertThat(read.drafts())
                            .isNotEmpty()
                            .allSatisfy(draft -> {
                                if (draft.definition() instanceof Source source
                                        && source.mapping() == null) {
                                    assertThat(NotationCheck.ofAll(source.notation())).isEmpty();
                                    assertThat(source.fields())
                                            .allSatisfy(field ->
                                                    assertThat(
                                                                    NotationCheck.ofField(
                                                                            field,
                                                                            source.notation()))
                                                            .isEmpty());
                                }
                            });
                });
    }
}
