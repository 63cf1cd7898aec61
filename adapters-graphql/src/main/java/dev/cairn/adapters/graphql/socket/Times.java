package dev.cairn.adapters.graphql.socket;

import java.time.Duration;

/**
 * How long a socket may take for what.
 *
 * @param initialisation from its opening to {@code connection_init}
 * @param ping between two pings
 * @param silence since anything was heard, answers to pings too
 * @param idle without an operation
 * @param sending until a client has taken one message
 */
public record Times(
        Duration initialisation, Duration ping, Duration silence, Duration idle, Duration sending) {
    /** Where nothing is said. */
    public static Times standard(Duration idle) {
        return new Times(
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(65),
                idle,
                Duration.ofSeconds(20));
    }
}
