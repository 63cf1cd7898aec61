package dev.cairn.adapters.graphql.signin;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.cairn.adapters.graphql.signin.SignInFailed.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The keys of an OpenID Connect provider, as it publishes them. It is looked for when it is first needed and, where it is out of reach, again a
 * little later: nothing else waits for it. A key that is not known yet is asked for, though not for each token that names one.
 */
final class Provider {
    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofMinutes(5);

    /** How long keys that were read are taken while the provider is out of reach. */
    private static final Duration OUTAGE = Duration.ofHours(1);

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 5_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final String ABOUT_ITSELF = "/.well-known/openid-configuration";

    private final URI issuer;
    private final Clock clock;
    private final ResourceRetriever documents =
            new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES);
    private final ReentrantLock looking = new ReentrantLock();

    private volatile @Nullable JWKSource<SecurityContext> keys;
    private volatile Instant nextLook = Instant.MIN;

    Provider(URI issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * Its keys.
     *
     * @throws SignInFailed where it cannot be reached, or is another
     */
    JWKSource<SecurityContext> keys() {
        var known = keys;
        if (known != null) {
            return known;
        }
        looking.lock();
        try {
            var found = keys;
            if (found == null) {
                found = look();
                keys = found;
            }
            return found;
        } finally {
            looking.unlock();
        }
    }

    private JWKSource<SecurityContext> look() {
        if (clock.instant().isBefore(nextLook)) {
            throw outOfReach(null);
        }
        try {
            var about =
                    JsonMapper.shared()
                            .readTree(
                                    documents
                                            .retrieveResource(
                                                    URI.create(withoutSlash() + ABOUT_ITSELF)
                                                            .toURL())
                                            .getContent());
            var itself = about.path("issuer").asString("");
            if (!itself.equals(issuer.toString())) {
                throw new IOException("it calls itself '%s'".formatted(itself));
            }
            var published = URI.create(about.path("jwks_uri").asString(""));
            if (!isPrivate(published)) {
                throw new IOException("it publishes its keys at '%s'".formatted(published));
            }
            LOG.info("Tokens of {} are taken.", issuer);
            return JWKSourceBuilder.<SecurityContext>create(published.toURL(), documents)
                    .cache(KEPT.toMillis(), READ_MILLIS + (long) CONNECT_MILLIS)
                    .refreshAheadCache(false)
                    .rateLimited(PAUSE.toMillis())
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
        } catch (IOException | JacksonException | IllegalArgumentException failed) {
            nextLook = clock.instant().plus(PAUSE);
            LOG.warn(
                    "The provider {} cannot be used, so its tokens are refused: {}. [{}]",
                    issuer,
                    failed.getMessage(),
                    Reason.NO_ISSUER.code());
            throw outOfReach(failed);
        }
    }

    SignInFailed outOfReach(@Nullable Throwable cause) {
        return new SignInFailed(
                Reason.NO_ISSUER,
                "The provider %s cannot be reached at the moment, so its tokens cannot be looked at. Ask again soon."
                        .formatted(issuer),
                cause);
    }

    private String withoutSlash() {
        var text = issuer.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** Whether nobody on the way can change what is read there: over TLS, or on this machine. */
    static boolean isPrivate(URI address) {
        var host = address.getHost();
        if (host == null || address.getUserInfo() != null) {
            return false;
        }
        return switch (String.valueOf(address.getScheme())) {
            case "https" -> true;
            case "http" -> host.equals("localhost") || isLoopback(host);
            default -> false;
        };
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
