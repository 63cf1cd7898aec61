package dev.cairn.adapters.graphql.signin;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/** Why somebody is not let in; the message goes to them. */
public final class SignInFailed extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    SignInFailed(Reason reason, String message) {
        this(reason, message, null);
    }

    SignInFailed(Reason reason, String message, @Nullable Throwable cause) {
        super(message);
        this.reason = reason;
        if (cause != null) {
            initCause(cause);
        }
    }

    public Reason reason() {
        return reason;
    }

    /** What kind of failure it is, and what it is over HTTP. */
    public enum Reason {
        /** What was presented proves nothing. */
        NOT_KNOWN(HttpStatus.UNAUTHORIZED, ErrorCode.UNAUTHENTICATED),
        /** It is known who it is, and they may not ask. */
        NOT_ALLOWED(HttpStatus.FORBIDDEN, ErrorCode.FORBIDDEN),
        /** It cannot be looked at now, for want of the database. */
        NO_DATABASE(HttpStatus.SERVICE_UNAVAILABLE, ErrorCode.DATABASE_OUT_OF_REACH),
        /** It cannot be looked at now, for want of the keys of the provider. */
        NO_ISSUER(HttpStatus.SERVICE_UNAVAILABLE, ErrorCode.ISSUER_OUT_OF_REACH);

        private final HttpStatus status;
        private final ErrorCode code;

        Reason(HttpStatus status, ErrorCode code) {
            this.status = status;
            this.code = code;
        }

        public HttpStatus status() {
            return status;
        }

        public ErrorCode code() {
            return code;
        }
    }
}
