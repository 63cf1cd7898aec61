package dev.cairn.adapters.graphql.signin;

import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.domain.analysis.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Somebody who signed in, as Spring Security carries them through a request. Without what they signed in with. */
public final class SignedIn extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;
    private final transient Authority authority;

    /** @param authority looks again */
    SignedIn(Caller caller, Authority authority) {
        super(List.of());
        this.caller = caller;
        this.authority = authority;
        setAuthenticated(true);
    }

    public Caller caller() {
        return caller;
    }

    public Authority authority() {
        return authority;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return caller.name();
    }

    // What it carries is compared as one, not field by field.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
