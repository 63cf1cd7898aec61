package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import dev.cairn.bootstrap.wiring.DatabaseLost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;

/** What a service ends with, whatever is in it. */
@ExtendWith(OutputCaptureExtension.class)
class ServeEndTest {
    @Test
    void a_service_whose_database_is_lost_ends_with_the_reason_and_a_code(CapturedOutput said)
            throws Exception {
        try (var service = new GenericApplicationContext()) {
            service.refresh();
            var end = new ServeCommand.End(service);
            var reason =
                    new StartRefused(
                            StartProblem.POSTGRES_FAILED, "The disk is full.", "Make room.");

            service.publishEvent(new DatabaseLost(this, reason));

            assertThat(end.await()).isEqualTo(3);
        }
        assertThat(said.getErr())
                .isEqualTo(
                        "The database was lost and cannot be restarted, so the service ends. The disk is full. [POSTGRES_FAILED]%nMake room.%n"
                                .formatted());
    }

    @Test
    void a_service_that_is_stopped_ends_well(CapturedOutput said) throws Exception {
        var service = new GenericApplicationContext();
        service.refresh();
        var end = new ServeCommand.End(service);

        service.close();

        assertThat(end.await()).isZero();
        assertThat(said.getErr()).isEmpty();
    }
}
