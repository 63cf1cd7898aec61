package dev.cairn.adapters.graphql.socket;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What the service sends.
 *
 * @param id of the operation; null: it is about the socket
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ServerMessage(@Nullable String id, String type, @Nullable Object payload) {
    static final ServerMessage ACKNOWLEDGED = new ServerMessage(null, "connection_ack", null);

    static ServerMessage pong(@Nullable Object payload) {
        return new ServerMessage(null, "pong", payload);
    }
}
