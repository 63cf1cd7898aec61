package dev.cairn.adapters.files.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.RecordFile;
import dev.cairn.application.port.Records.Raw;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What a file holds, all of it. */
record Content(List<String> header, List<Raw> rows) {
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    static Content read(String text) throws IOException {
        return read(new ByteArrayInputStream(utf8(text)));
    }

    static Content read(InputStream in) throws IOException {
        return read(in, Dialect.of("facts"));
    }

    static Content read(byte[] file, Dialect dialect) throws IOException {
        return read(new ByteArrayInputStream(file), dialect);
    }

    static Content read(InputStream in, Dialect dialect) throws IOException {
        try (var records = new TextRecordFiles().open(new RecordFile(in, dialect))) {
            var rows = new ArrayList<Raw>();
            for (var raw = records.next(); raw != null; raw = records.next()) {
                rows.add(raw);
            }
            return new Content(List.copyOf(records.header()), rows);
        }
    }

    static void breaks(Content content, long line, String reason) {
        assertThat(content.rows().getLast())
                .isInstanceOfSatisfying(
                        Raw.Broken.class,
                        broken -> {
                            assertThat(broken.line()).isEqualTo(line);
                            assertThat(broken.reason()).contains(reason);
                        });
    }
}
