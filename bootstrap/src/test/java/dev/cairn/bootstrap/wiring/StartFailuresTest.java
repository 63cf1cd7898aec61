package dev.cairn.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.springframework.boot.web.server.PortInUseException;

class StartFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "INVALID_PASSWORD, DATABASE_OUT_OF_REACH, spring.datasource.password",
        "INVALID_AUTHORIZATION_SPECIFICATION, DATABASE_OUT_OF_REACH, spring.datasource.username",
        "CONNECTION_REJECTED, DATABASE_OUT_OF_REACH, SPRING_DATASOURCE_PASSWORD",
        "CONNECTION_UNABLE_TO_CONNECT, DATABASE_OUT_OF_REACH, host and port",
        "CONNECTION_FAILURE, DATABASE_OUT_OF_REACH, host and port"
    })
    void database_that_does_not_let_in_is_told_with_what_to_look_at(
            PSQLState state, StartProblem problem, String remedy) {
        var refused = explained(new IllegalStateException(new PSQLException("FATAL: no", state)));

        assertThat(refused.problem()).isEqualTo(problem);
        assertThat(refused).hasMessageContaining("FATAL: no");
        assertThat(refused.remedy()).contains(remedy);
    }

    @Test
    void host_that_there_is_not_is_told_by_name() {
        assertThat(
                        explained(
                                new PSQLException(
                                        "The connection attempt failed.",
                                        PSQLState.CONNECTION_UNABLE_TO_CONNECT,
                                        new UnknownHostException("db.invalid"))))
                .hasMessage("The database cannot be reached: there is no host db.invalid");
    }

    @Test
    void port_of_the_service_that_is_taken_is_told_with_its_setting() {
        var refused = explained(new RuntimeException(new PortInUseException(1)));

        assertThat(refused.problem()).isEqualTo(StartProblem.PORT_TAKEN);
        assertThat(refused.remedy()).contains("--set server.port=0");
    }

    @Test
    void port_that_only_root_may_take_is_told() {
        assertThat(explained(new RuntimeException(new BindException("Permission denied"))).remedy())
                .contains("above 1023");
    }

    @Test
    void bug_is_not_explained_away() {
        assertThat(StartFailures.explain(new IllegalStateException("a bug")))
                .isEqualTo(Optional.empty());
    }

    private static StartRefused explained(Throwable failure) {
        return StartFailures.explain(failure).orElseThrow();
    }
}
