package dev.cairn.adapters.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.terminal.command.ImportProgress.Style;
import dev.cairn.application.port.in.ImportUseCase.Phase;
import dev.cairn.application.port.in.ImportUseCase.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ImportProgressTest {
    private final StringWriter said = new StringWriter();
    private long now = 5_000_000_000L;
    private long bytes = 0;

    private ImportProgress progress(Style style, long total) {
        return new ImportProgress(new PrintWriter(said), style, total, () -> bytes, () -> now);
    }

    private void later(Duration time, long read) {
        now += time.toNanos();
        bytes += read;
    }

    private String[] lines() {
        return said.toString().split("\\R");
    }

    @Test
    void a_short_import_is_silent() {
        for (var style : Style.values()) {
            try (var progress = progress(style, 100)) {
                progress.accept(new Progress(Phase.READING, 10_000));
                later(Duration.ofMillis(1_900), 100);
                progress.accept(new Progress(Phase.MERGING, 20_000));
            }
        }
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void elsewhere_than_on_a_terminal_there_is_a_line_now_and_then() {
        try (var progress = progress(Style.LINES, 1_000)) {
            for (int second = 1; second <= 20; second++) {
                later(Duration.ofSeconds(1), 20);
                progress.accept(new Progress(Phase.READING, second * 50_000L));
            }
            progress.accept(new Progress(Phase.MERGING, 1_000_000));
        }

        assertThat(lines())
                .containsExactly(
                        "reading    4%  100,000 rows  50,000/s  0:49 left",
                        "reading   24%  600,000 rows  50,000/s  0:39 left",
                        "merging  1,000,000 rows");
    }

    @Test
    void on_a_terminal_a_bar_moves_in_its_line_and_goes_away_at_the_end() {
        try (var progress = progress(Style.BAR, 1_000)) {
            later(Duration.ofSeconds(2), 500);
            progress.accept(new Progress(Phase.READING, 100_000));
            later(Duration.ofMillis(100), 100);
            progress.accept(new Progress(Phase.READING, 110_000));
            later(Duration.ofMillis(100), 100);
            progress.accept(new Progress(Phase.READING, 110_000));
        }
        var shown = said.toString().split("\r");

        assertThat(said.toString()).doesNotContain("\n");
        assertThat(shown).hasSize(4);
        assertThat(shown[1])
                .startsWith(
                        "reading  [==========          ]  50%  100,000 rows  50,000/s  0:03 left")
                .hasSize(79);
        assertThat(shown[2]).startsWith("reading  [==============      ]  70%");
        assertThat(shown[3]).isBlank().hasSize(79);
    }

    @Test
    void what_an_interrupted_import_did_already_does_not_count_as_speed() {
        var progress = progress(Style.LINES, 1_000);
        later(Duration.ofSeconds(2), 600);
        progress.accept(new Progress(Phase.SKIPPING, 900_000));
        later(Duration.ofSeconds(1), 0);
        progress.accept(new Progress(Phase.READING, 900_000));
        later(Duration.ofSeconds(10), 100);
        progress.accept(new Progress(Phase.READING, 950_000));

        assertThat(lines())
                .containsExactly(
                        "skipping  60%  900,000 rows",
                        "reading   60%  900,000 rows",
                        "reading   70%  950,000 rows  5,000/s  0:31 left");
    }

    @Test
    void of_standard_input_nobody_knows_the_end() {
        var progress = progress(Style.LINES, 0);
        later(Duration.ofSeconds(4), 600);
        progress.accept(new Progress(Phase.READING, 100_000));

        assertThat(lines()).containsExactly("reading  100,000 rows  25,000/s");
    }
}
