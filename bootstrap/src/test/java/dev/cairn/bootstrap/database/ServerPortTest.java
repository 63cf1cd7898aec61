package dev.cairn.bootstrap.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ServerPortTest {
    @Test
    void port_that_another_takes_before_the_start_is_given_up_for_the_next() throws IOException {
        var any = new ServerPort(0);
        List<Integer> tried = new ArrayList<>();
        int first = any.free(OptionalInt.empty());
        try (var other = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            int started = any.start(first, port -> startAfter(other, port, tried));

            assertThat(tried)
                    .hasSize(2)
                    .startsWith(first)
                    .endsWith(started)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void port_that_the_settings_name_is_not_changed() throws IOException {
        int port = new ServerPort(0).free(OptionalInt.empty());
        List<Integer> tried = new ArrayList<>();
        try (var other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            new ServerPort(port)
                                    .start(port, asked -> startAfter(other, asked, tried)))
                    .isInstanceOfSatisfying(
                            StartRefused.class,
                            e -> assertThat(e.problem()).isEqualTo(StartProblem.PORT_TAKEN))
                    .hasMessageContaining(String.valueOf(port));
        }
        assertThat(tried).containsExactly(port);
    }

    @Test
    void tries_end() {
        List<Integer> tried = new ArrayList<>();
        assertThatThrownBy(() ->
                        new ServerPort(0)
                                .start(
                                        1,
                                        port -> {
                                            tried.add(port);
                                            throw new BindException();
                                        }))
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        e -> assertThat(e.problem()).isEqualTo(StartProblem.PORT_TAKEN));
        assertThat(tried).hasSize(5);
    }

    private static void startAfter(ServerSocket other, int port, List<Integer> tried)
            throws BindException {
        tried.add(port);
        if (port == other.getLocalPort()) {
            throw new BindException();
        }
    }
}
