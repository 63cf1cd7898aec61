package dev.cairn.adapters.graphql.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.graphql.Samples;
import dev.cairn.application.port.in.ExportUseCase.Outcome;
import dev.cairn.domain.expression.Type.Kind;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.CloseNowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of an export while it is sent. */
@Timeout(180)
class ExportTest {
    private final CountDownLatch ended = new CountDownLatch(1);

    private Export endless() {
        return Export.start(
                new CsvRows(),
                Duration.ofSeconds(30),
                taker -> {
                    try {
                        taker.begin(
                                List.of(Samples.measure("nps", "nps")),
                                List.of(Kind.INTEGER),
                                Instant.EPOCH);
                        while (true) {
                            taker.take(List.of(Samples.value(1L)));
                        }
                    } finally {
                        ended.countDown();
                    }
                });
    }

    @Test
    void it_ends_when_its_caller_may_not_have_it_any_more() throws Exception {
        var export = endless();
        export.begun();

        assertThatThrownBy(() -> export.send(OutputStream.nullOutputStream(), () -> false))
                .isInstanceOf(CloseNowException.class);
        assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void it_is_sent_to_its_end() throws Exception {
        var export =
                Export.start(
                        new CsvRows(),
                        Duration.ofSeconds(30),
                        taker -> {
                            taker.begin(
                                    List.of(Samples.measure("nps", "nps")),
                                    List.of(Kind.INTEGER),
                                    Instant.EPOCH);
                            taker.take(List.of(Samples.value(1L)));
                            return new Outcome.Exported(1);
                        });
        var sent = new ByteArrayOutputStream();

        assertThat(export.begun()).isEqualTo(Instant.EPOCH);
        export.send(sent, () -> true);

        assertThat(sent).hasToString("nps\r\n1\r\n");
    }
}
