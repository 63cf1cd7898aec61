package dev.cairn.adapters.graphql.socket;

import org.springframework.web.socket.CloseStatus;

/** Why a socket is closed by this side, with the codes of the protocol. */
enum Close {
    IDLE(1000, "Nothing was asked for a while"),
    GOING_AWAY(1001, "Going away"),
    TOO_LARGE(1009, "Message too large"),

    /** Clients connect again after it, as a machine that has slept should; Spring's code for it they take as final. */
    LOST(1013, "Nothing was heard or taken for a while"),
    BAD_REQUEST(4400, "Invalid message received"),
    UNAUTHORIZED(4401, "Unauthorized"),
    FORBIDDEN(4403, "Forbidden"),
    NOT_ACCEPTABLE(4406, "Subprotocol not acceptable"),
    INITIALISATION_TIMEOUT(4408, "Connection initialisation timeout"),
    ALREADY_EXISTS(4409, "Subscriber for %s already exists"),
    TOO_MANY_INITIALISATIONS(4429, "Too many initialisation requests");

    /** Bytes of a reason, so that it fits into a control frame. */
    private static final int LONGEST = 123;

    private final int code;
    private final String reason;

    Close(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    CloseStatus status() {
        return new CloseStatus(code, reason);
    }

    /** Of an operation, whose id is as the client chose it. */
    CloseStatus status(String id) {
        var full = reason.formatted(id);
        boolean isPlain = full.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
        return isPlain && full.length() <= LONGEST
                ? new CloseStatus(code, full)
                : new CloseStatus(code, reason.formatted("this id"));
    }
}
