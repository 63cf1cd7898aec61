package dev.cairn.bootstrap.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/** An OpenID Connect provider in this process, and tokens as it and others make them. */
final class Issuer implements AutoCloseable {
    static final String AUDIENCE = "cairn";
    private static final String NAME = "company";

    private final MockOAuth2Server server;
    private RSAKey key = key("k1");

    Issuer() {
        var keys =
                new KeyProvider(List.of(), "RS256") {
                    @Override
                    public JWK signingKey(String issuer) {
                        return key;
                    }
                };
        server =
                new MockOAuth2Server(
                        new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(keys)));
    }

    static RSAKey key(String name) {
        try {
            return new RSAKeyGenerator(2048).keyID(name).algorithm(JWSAlgorithm.RS256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins to answer; on any free port where it is 0. */
    void start(int port) throws IOException {
        server.start(InetAddress.getByName("localhost"), port);
    }

    String url() {
        return server.issuerUrl(NAME).toString();
    }

    RSAKey key() {
        return key;
    }

    /** From now on it signs with another key, and publishes that alone. */
    void rotate(String name) {
        key = key(name);
    }

    /** A token as the server itself makes it. */
    String issued(DefaultOAuth2TokenCallback wanted) {
        return server.issueToken(NAME, "a-client", wanted).serialize();
    }

    static String name() {
        return NAME;
    }

    /** What an analyst's token says. */
    JWTClaimsSet.Builder claims() {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .audience(AUDIENCE)
                .subject("ann")
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .claim("roles", List.of("other", "cairn-analyst"))
                .claim("cairn_scopes", List.of("emea"))
                .claim("email", "ann@example.com");
    }

    /** A token that differs from a good one in this. */
    String token(Consumer<JWTClaimsSet.Builder> change) {
        var claims = claims();
        change.accept(claims);
        return signed(key, JOSEObjectType.JWT, claims.build());
    }

    static String signed(RSAKey key, JOSEObjectType type, JWTClaimsSet claims) {
        try {
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                    .keyID(key.getKeyID())
                                    .type(type)
                                    .build(),
                            claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
