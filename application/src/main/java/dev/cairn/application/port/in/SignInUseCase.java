package dev.cairn.application.port.in;

import dev.cairn.application.port.Identity;
import dev.cairn.domain.analysis.Caller;

/** Says as whom somebody asks. Asked again later, it answers for that moment: a key may be revoked, a scope be defined anew. */
public interface SignInUseCase {
    /** Somebody who presents the key of this hash. */
    SignIn withKey(String hash);

    /** Somebody whom another vouches for. */
    SignIn vouched(Identity identity);

    /** Who it is. */
    sealed interface SignIn {
        record Admitted(Caller caller) implements SignIn {}

        /**
         * It is known who it is, and they may see nothing.
         *
         * @param reason one sentence
         */
        record Refused(String reason) implements SignIn {}

        /**
         * It is not known who it is.
         *
         * @param reason one sentence
         */
        record Unknown(String reason) implements SignIn {}
    }
}
