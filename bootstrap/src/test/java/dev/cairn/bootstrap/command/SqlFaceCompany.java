package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** The small company with questions that are shown as views: to all, and to the scopes {@code pro}, {@code strange} and {@code own}. */
record SqlFaceCompany(RunningCairn cairn, ShownViews shown, Path folder) {
    static final int VIEWS = 33;

    /** @return what is defined besides the small company */
    String fill() throws Exception {
        SmallCompany.fill(cairn);
        shown.asCairn(
                statement -> statement.execute("delete from source_state where source = 'user'"));
        var definitions = definitions().replace("KNOWN_AT", later());
        shown.apply(folder, definitions);
        RunningCairn.await(() -> shown.published() == VIEWS);
        return definitions;
    }

    private static String definitions() {
        try (InputStream text =
                Objects.requireNonNull(
                        SqlFaceCompany.class.getResourceAsStream("/sql-face.yaml"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return when that was not known which has come in later */
    private String later() throws Exception {
        var known = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        take(
                "sample_invoice",
                "invoice_no,issued_on,account,amount",
                "late,2026-03-05,acme-01,12345.67");
        shown.apply(
                folder,
                "source: company_day\ntime: ds\nkey: [ds]\nfields: {ds: date, half: text}\n");
        var days =
                LocalDate.of(2026, 1, 1)
                        .datesUntil(LocalDate.of(2026, 7, 1))
                        .map(day -> day + "," + (day.getDayOfYear() < 80 ? "one" : "two"))
                        .toArray(String[]::new);
        take("company_day", "ds,half", days);
        return known.toString();
    }

    private void take(String source, String header, String... lines) throws Exception {
        var file = folder.resolve(source + ".csv");
        Files.writeString(file, header + "\n" + String.join("\n", lines) + "\n");
        var said = cairn.inside("import", source, file.toString());
        assertThat(said.exit()).as(said.errors() + said.output()).isZero();
    }
}
