package dev.cairn.adapters.graphql.signin;

import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.adapters.graphql.signin.SignInFailed.Reason;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.KeyText;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.SignInUseCase;
import dev.cairn.application.port.in.SignInUseCase.SignIn;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Takes what stands behind {@code Bearer}: a key of Cairn, or a token of the provider. */
public final class BearerSignIn implements AuthenticationManager {
    private static final String NOT_WHOLE =
            "This key is not whole: a character is wrong or missing. Copy it again.";
    private static final String NO_DATABASE =
            "The database does not answer at the moment, so this cannot be answered either. Ask again soon.";

    private final SignInUseCase signIn;
    private final boolean keys;
    private final @Nullable Tokens tokens;
    private final Duration time;

    /**
     * @param keys whether keys of Cairn are taken
     * @param tokens of a provider; null: none are taken
     * @param time how long a look at a key may take
     */
    public BearerSignIn(
            SignInUseCase signIn, boolean keys, @Nullable Tokens tokens, Duration time) {
        this.signIn = signIn;
        this.keys = keys;
        this.tokens = tokens;
        this.time = time;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        return signIn(((BearerTokenAuthenticationToken) presented).getToken());
    }

    /**
     * What stands behind a header {@code Authorization}, for whoever gets it otherwise than in a request; empty where it is nobody who may ask.
     *
     * @param refused is told why it is nobody
     * @throws SignInFailed where it cannot be looked at now
     */
    public Optional<Authority> authority(String header, Consumer<String> refused) {
        var parts = header.strip().split(" +", -1);
        if (parts.length != 2 || !parts[0].equalsIgnoreCase("Bearer")) {
            refused.accept(SignInRefusal.MALFORMED);
            return Optional.empty();
        }
        try {
            return Optional.of(signIn(parts[1]).authority());
        } catch (SignInFailed failed) {
            return switch (failed.reason()) {
                case NOT_KNOWN, NOT_ALLOWED -> {
                    refused.accept(Objects.requireNonNullElse(failed.getMessage(), ""));
                    yield Optional.empty();
                }
                case NO_DATABASE, NO_ISSUER -> throw failed;
            };
        }
    }

    /**
     * Who presents this.
     *
     * @param credential without the word {@code Bearer}
     * @throws SignInFailed where it is nobody who may ask
     */
    public SignedIn signIn(String credential) {
        if (KeyText.isMeant(credential) && keys) {
            return withKey(credential);
        }
        if (KeyText.isMeant(credential) || tokens == null) {
            throw new SignInFailed(
                    Reason.NOT_KNOWN,
                    keys ? "This is no key of Cairn." : "Keys of Cairn are not taken here.");
        }
        var vouched = tokens.read(credential);
        return signedIn(() ->
                tokens.isOver(vouched)
                        ? new SignIn.Unknown("This token has ended.")
                        : signIn.vouched(vouched.identity()));
    }

    private SignedIn withKey(String text) {
        var hash =
                KeyText.read(text)
                        .map(KeyText::hash)
                        .orElseThrow(() -> new SignInFailed(Reason.NOT_KNOWN, NOT_WHOLE));
        return signedIn(
                () -> Deadline.in(time, System::nanoTime).during(() -> signIn.withKey(hash)));
    }

    /** @param look asks who it is at that moment */
    private static SignedIn signedIn(Supplier<SignIn> look) {
        Authority authority =
                () ->
                        switch (look.get()) {
                            case SignIn.Admitted(var now) -> Optional.of(now);
                            case SignIn.Refused _, SignIn.Unknown _ -> Optional.empty();
                        };
        return new SignedIn(admitted(look), authority);
    }

    private static Caller admitted(Supplier<SignIn> look) {
        try {
            return switch (look.get()) {
                case SignIn.Admitted(var caller) -> caller;
                case SignIn.Refused(var reason) ->
                        throw new SignInFailed(Reason.NOT_ALLOWED, reason);
                case SignIn.Unknown(var reason) -> throw new SignInFailed(Reason.NOT_KNOWN, reason);
            };
        } catch (StoreFailed | AnalysisFailed | Cancelled lost) {
            throw new SignInFailed(Reason.NO_DATABASE, NO_DATABASE, lost);
        }
    }
}
