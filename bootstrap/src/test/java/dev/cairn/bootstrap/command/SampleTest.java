package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.ImportUseCase;
import dev.cairn.application.port.in.PacksUseCase;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.bootstrap.demo.Demo;
import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The sample that {@code serve} begins with. */
class SampleTest {
    @Test
    void a_sample_that_was_broken_off_is_taken_in_to_its_end_and_then_no_more(@TempDir Path folder)
            throws Exception {
        try (var cairn = new RunningCairn()) {
            var imports = cairn.bean(ImportUseCase.class);
            ImportUseCase stopped =
                    request -> {
                        if (request.target().equals("survey")) {
                            throw new IllegalStateException("stopped");
                        }
                        return imports.importRecords(request);
                    };
            var broken = demo(cairn, stopped, folder);
            assertThat(broken.isWanting(Options.SMALL)).isTrue();
            assertThatThrownBy(() -> broken.fill(Options.SMALL, _ -> {})).hasMessage("stopped");
            assertThat(broken.there()).isNull();

            var demo = demo(cairn, imports, folder);
            assertThat(demo.isWanting(Options.DEFAULT)).isFalse();
            assertThat(demo.isWanting(Options.SMALL)).isTrue();
            demo.fill(Options.SMALL, _ -> {});

            var facts = cairn.bean(FactStore.class);
            assertThat(facts.dataVersion("subscription")).isEqualTo(1);
            assertThat(facts.dataVersion("survey")).isEqualTo(1);
            assertThat(facts.dataVersion("event")).isEqualTo(1);
            assertThat(demo.isWanting(Options.SMALL)).isFalse();
            assertThat(demo.there()).isEqualTo(Options.SMALL);
            whole_catalogue_is_ranked(cairn, folder);
        }
    }

    /** What cannot be read of these days is named, and holds up no other. */
    private static void whole_catalogue_is_ranked(RunningCairn cairn, Path folder)
            throws Exception {
        var file = folder.resolve("success.yaml");
        Files.writeString(
                file,
                "success: went_on\nrule: exists(event)\nfrom: 2026-04-11\nuntil: 2026-05-11\n");
        assertThat(cairn.inside("apply", file.toString()).exit()).isZero();

        var said =
                cairn.inside(
                        "separation", "--success", "went_on", "--days", "30", "--format", "json");

        assertThat(said.exit()).as(said.errors()).isZero();
        var answer = JsonMapper.shared().readTree(said.output());
        assertThat(answer.findValuesAsString("metric"))
                .contains("monthly_churn", "engagement", "tickets_opened");
        assertThat(said.output()).contains("so 'month :' cannot be read for it");
    }

    @Test
    void a_pack_that_somebody_applied_is_not_taken_for_a_sample(@TempDir Path folder)
            throws Exception {
        try (var cairn = new RunningCairn()) {
            assertThat(cairn.inside("apply", "--pack", Demo.PACK).exit()).isZero();

            assertThat(
                            demo(cairn, cairn.bean(ImportUseCase.class), folder)
                                    .isWanting(Options.SMALL))
                    .isFalse();
        }
    }

    @Test
    void its_customers_are_the_first_of_the_whole_company() {
        var whole = accounts(Options.DEFAULT);

        assertThat(accounts(Options.SMALL))
                .isEqualTo(whole.subList(0, accounts(Options.SMALL).size()));
    }

    private static List<Object> accounts(Options options) {
        var rows = new ArrayList<Object>();
        Company.of(options).tables().getFirst().rows().get().forEachRemaining(rows::add);
        return rows;
    }

    private static Demo demo(RunningCairn cairn, ImportUseCase imports, Path folder) {
        return new Demo(
                folder,
                cairn.bean(BrowseCatalogUseCase.class),
                cairn.bean(PacksUseCase.class),
                cairn.bean(DefineUseCase.class),
                imports);
    }
}
