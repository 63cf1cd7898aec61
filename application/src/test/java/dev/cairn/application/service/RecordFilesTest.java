package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.RecordFile;
import dev.cairn.application.port.Records;
import dev.cairn.application.port.out.RecordFiles;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordFilesTest {
    private static final RecordFile FILE =
            new RecordFile(InputStream.nullInputStream(), Dialect.of("visits.csv"));

    private final OpenRecords records = new OpenRecords();
    private final RecordFiles files = _ -> records;

    private static final class OpenRecords implements Records {
        private boolean closed;

        @Override
        public List<String> header() {
            return List.of("at");
        }

        @Override
        public @Nullable Raw next() {
            return null;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void records_of_a_file_are_closed_after_the_work() {
        boolean closedMeanwhile = files.read(FILE, _ -> records.closed);

        assertThat(closedMeanwhile).isFalse();
        assertThat(records.closed).isTrue();
    }

    @Test
    void records_of_a_file_are_closed_where_the_work_fails() {
        assertThatThrownBy(() ->
                        files.read(
                                FILE,
                                _ -> {
                                    throw new IllegalStateException("planted");
                                }))
                .hasMessage("planted");
        assertThat(records.closed).isTrue();
    }

    @Test
    void records_at_hand_are_left_open() {
        List<String> header = files.read(records, Records::header);

        assertThat(header).containsExactly("at");
        assertThat(records.closed).isFalse();
    }
}
