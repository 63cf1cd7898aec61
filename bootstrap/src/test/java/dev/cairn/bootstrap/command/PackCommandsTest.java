package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.files.definition.ClassPathPacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code packs}, {@code apply --pack} and {@code diff}, as a person types them, on a database of their own. */
class PackCommandsTest extends TypedCommands {
    private static final String OWN =
            """
            slice: nps_answer
            label: Valid answers
            of: survey
            where: kind = 'nps' and score >= 1
            ---
            slice: mine
            of: survey
            where: kind = 'nps'
            """;

    @Test
    void a_pack_is_listed_applied_overridden_and_left() throws IOException {
        var own = file("own/a.yaml", OWN);
        assertThat(cairn("packs")).isZero();
        assertThat(said()).contains("applied      no; cairn apply --pack customer-success");

        assertThat(cairn("apply", "--pack", "customer-success", "--with", "currency=EUR")).isZero();
        assertThat(said()).contains("added      source survey, version 1\n");
        assertThat(cairn("diff", own)).isZero();
        assertThat(said())
                .contains("revises slice nps_answer\n", "+ where: ", "adds slice mine\n")
                .endsWith("2 would change, 0 unchanged.\n");
        assertThat(cairn("apply", own, "--prune")).isZero();
        assertThat(said())
                .contains("revised    slice nps_answer, version 2\n")
                .doesNotContain("retired");

        assertThat(cairn("diff", "--pack", "customer-success")).isZero();
        assertThat(said())
                .startsWith("keeps your slice nps_answer\n")
                .contains("0 would change, ", ", 1 of your own kept.\n");
        assertThat(cairn("apply", "--pack", "customer-success")).isZero();
        assertThat(said())
                .startsWith("kept yours slice nps_answer, version 2\n0 changed, ")
                .endsWith(", 1 of your own kept.\n");
        assertThat(cairn("packs")).isZero();
        assertThat(said())
                .contains(
                        "settings     currency=EUR, freshness=usual\n",
                        "overridden   nps_answer\n");

        assertThat(cairn("query", "n = count(nps_answer)", "--range", "2026")).isZero();
        assertThat(said())
                .contains("'nps_answer' is your own and not that of the pack customer-success ");

        assertThat(cairn("export", folder.resolve("out").toString())).isZero();
        assertThat(said()).startsWith("2 definitions written");
        assertThat(cairn("apply", "--pack", "customer-success", "--restore", "nps_answer"))
                .isZero();
        assertThat(said()).startsWith("revised    slice nps_answer, version 3\n1 changed, ");
    }

    @Test
    void a_pack_that_does_not_go_with_what_is_yours_says_which_that_is() throws IOException {
        var own =
                file(
                        "own/a.yaml",
                        "{source: event, time: at, account: {field: who}, fields: {at: timestamp, who: text}}");
        assertThat(cairn("apply", own)).isZero();
        assertThat(cairn("apply", "--pack", "customer-success")).isEqualTo(1);
        assertThat(complained())
                .contains("No field 'is_automated' in 'event'. [UNKNOWN_FIELD]")
                .endsWith(
                        "Yours stand in the place of the pack's: event. Give them what the pack reads of them, or another name; or take the pack's: --restore event\n");
    }

    @Test
    void what_is_of_no_pack_is_told_before_anything_is_read() {
        assertThat(cairn("apply", "--pack", "customer-sucess")).isEqualTo(1);
        assertThat(complained())
                .contains(
                        "No pack 'customer-sucess'; there is: customer-success. Did you mean 'customer-success'? [BAD_VALUE]");
        assertThat(cairn("apply", "--pack", "customer-success", "--with", "curency=EUR"))
                .isEqualTo(1);
        assertThat(complained()).contains("has no setting 'curency'");
        assertThat(cairn("apply")).isEqualTo(2);
        assertThat(complained()).contains("Name a folder or a file, or a pack (--pack).");
        assertThat(cairn("diff", "x", "--pack", "customer-success")).isEqualTo(2);
        assertThat(cairn("apply", "x", "--with", "currency=EUR")).isEqualTo(2);
        assertThat(cairn("apply", "--pack", "customer-success", "--prune")).isEqualTo(2);
        assertThat(cairn("apply", "x", "--retire")).isEqualTo(2);
    }

    @Test
    void every_file_of_a_pack_is_listed_in_it_and_every_setting_is_declared() throws IOException {
        var packs = new ClassPathPacks();
        for (var pack : packs.all()) {
            var folder = Path.of("..", "packs", "src", "main", "resources", "packs", pack.name());
            try (var files = Files.list(folder)) {
                assertThat(packs.read(pack, pack.standards()).files())
                        .isEqualTo((int) files.count() - 1);
            }
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    var text = Files.readString(file);
                    for (var setting : pack.settings()) {
                        text = text.replace("${" + setting.name() + "}", "");
                    }
                    assertThat(text).doesNotContain("${");
                }
            }
        }
    }
}
