package dev.cairn.bootstrap.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.ImportUseCase;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.bootstrap.command.RunningCairn;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void a_sample_that_was_broken_off_is_taken_in_to_its_end_and_then_no_more() {
        try (var cairn = new RunningCairn()) {
            var imports = cairn.bean(ImportUseCase.class);
            ImportUseCase stopped =
                    request -> {
                        if (request.target().equals("sample_survey")) {
                            throw new IllegalStateException("stopped");
                        }
                        return imports.importRecords(request);
                    };
            assertThatThrownBy(() -> sample(cairn, stopped).fillIfEmpty()).hasMessage("stopped");

            assertThat(sample(cairn, imports).fillIfEmpty()).isTrue();

            assertThat(cairn.bean(FactStore.class).dataVersion("sample_survey")).isEqualTo(1);
            assertThat(cairn.bean(FactStore.class).dataVersion(SampleFacts.LAST_SOURCE))
                    .isEqualTo(1);
            assertThat(sample(cairn, imports).fillIfEmpty()).isFalse();
        }
    }

    private static Sample sample(RunningCairn cairn, ImportUseCase imports) {
        return new Sample(
                cairn.bean(BrowseCatalogUseCase.class),
                cairn.bean(DefineUseCase.class),
                imports,
                cairn.bean(FactStore.class));
    }
}
