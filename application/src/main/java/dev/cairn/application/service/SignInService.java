package dev.cairn.application.service;

import dev.cairn.application.port.ApiKey;
import dev.cairn.application.port.Identity;
import dev.cairn.application.port.in.ScopesUseCase;
import dev.cairn.application.port.in.SignInUseCase;
import dev.cairn.application.port.out.KeyStore;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** Makes a caller of an identity: names of scopes become what they say now. A name that says nothing any more lets nobody in. */
public final class SignInService implements SignInUseCase {
    /** A use of a key is kept where the last one that is kept is older: most requests of a dashboard write nothing. */
    private static final Duration KEPT_EVERY = Duration.ofMinutes(1);

    private final KeyStore keys;
    private final ScopesUseCase scopes;
    private final Clock clock;

    public SignInService(KeyStore keys, ScopesUseCase scopes, Clock clock) {
        this.keys = keys;
        this.scopes = scopes;
        this.clock = clock;
    }

    @Override
    public SignIn withKey(String hash) {
        var now = clock.instant();
        var found = keys.find(hash);
        if (found.isEmpty()) {
            return new SignIn.Unknown("There is no such key.");
        }
        var key = found.get();
        return switch (key.at(now)) {
            case REVOKED -> new SignIn.Unknown("This key was revoked.");
            case EXPIRED -> new SignIn.Unknown("This key has expired.");
            case IN_FORCE -> {
                keepUse(key, now);
                yield admit(key.identity(), "key:");
            }
        };
    }

    private void keepUse(ApiKey key, Instant now) {
        var last = key.lastUsed();
        if (last == null || !now.isBefore(last.plus(KEPT_EVERY))) {
            keys.used(key.hash(), now);
        }
    }

    @Override
    public SignIn vouched(Identity identity) {
        return admit(identity, "user:");
    }

    /** @param kind keeps apart a key and somebody who calls themselves like it */
    private SignIn admit(Identity identity, String kind) {
        var name = kind + identity.name();
        if (identity.everything()) {
            return new SignIn.Admitted(new Caller(name, identity.role(), null));
        }
        return switch (scopes.of(identity.scopes(), identity.claims())) {
            case ScopesUseCase.Outcome.Found(var access) ->
                    new SignIn.Admitted(new Caller(name, identity.role(), access));
            case ScopesUseCase.Outcome.Refused(var problems) ->
                    new SignIn.Refused(
                            problems.stream()
                                    .map(Problem::message)
                                    .collect(
                                            Collectors.joining(
                                                    " ",
                                                    "What was granted to you cannot be looked at: ",
                                                    "")));
        };
    }
}
