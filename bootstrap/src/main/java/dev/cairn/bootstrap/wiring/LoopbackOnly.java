package dev.cairn.bootstrap.wiring;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Others can reach Cairn only where everybody signs in, and what they sign in with cannot be read on the way. Checked before anything is started.
 */
public final class LoopbackOnly
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (context instanceof WebServerApplicationContext) {
            check(context.getEnvironment()::getProperty);
        }
    }

    /**
     * Refuses an address at which others could reach Cairn, unless that is safe.
     *
     * @param settings by name; null where one is not set
     */
    public static void check(Function<String, @Nullable String> settings) {
        var address = Objects.requireNonNullElse(settings.apply("server.address"), "");
        if (isLoopback(address)) {
            checkProxy(settings);
            return;
        }
        if (!isSignedIn(settings)) {
            throw new StartRefused(
                    StartProblem.OPEN_TO_OTHERS,
                    "server.address is '%s': others could reach Cairn, and it has no authentication configured."
                            .formatted(address),
                    "Leave server.address at 127.0.0.1; to let others in, have them sign in (cairn.auth.keys=true or cairn.auth.oidc.issuer) over TLS (server.ssl.*) or by a proxy (cairn.proxy): docs/security.md.");
        }
        if (!hasTls(settings) && !isSet(settings, "cairn.proxy")) {
            throw new StartRefused(
                    StartProblem.OPEN_TO_OTHERS,
                    "server.address is '%s': keys and tokens that are sent there could be read on the way."
                            .formatted(address),
                    "Set a certificate (server.ssl.bundle or server.ssl.certificate), or the addresses of the proxy that has one (cairn.proxy), or leave server.address at 127.0.0.1: docs/security.md.");
        }
    }

    /** A proxy lets others in wherever Cairn listens. */
    private static void checkProxy(Function<String, @Nullable String> settings) {
        if (isSet(settings, "cairn.proxy") && !isSignedIn(settings)) {
            throw new StartRefused(
                    StartProblem.OPEN_TO_OTHERS,
                    "cairn.proxy is set: others could reach Cairn by it, and it has no authentication configured.",
                    "Have them sign in (cairn.auth.keys=true or cairn.auth.oidc.issuer), or leave cairn.proxy out: docs/security.md.");
        }
    }

    private static boolean isSignedIn(Function<String, @Nullable String> settings) {
        return "true".equalsIgnoreCase(settings.apply("cairn.auth.keys"))
                || isSet(settings, "cairn.auth.oidc.issuer");
    }

    /** Whether the service itself speaks TLS. */
    public static boolean hasTls(Function<String, @Nullable String> settings) {
        return !"false".equalsIgnoreCase(settings.apply("server.ssl.enabled"))
                && Stream.of("bundle", "certificate", "key-store")
                        .anyMatch(name -> isSet(settings, "server.ssl." + name));
    }

    private static boolean isSet(Function<String, @Nullable String> settings, String name) {
        return Stream.of(name, name + "[0]")
                .map(settings)
                .anyMatch(value -> value != null && !value.isBlank());
    }

    public static boolean isLoopback(String address) {
        if (address.isBlank()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new StartRefused(
                    StartProblem.BAD_SETTING,
                    "server.address is '%s', which is no address of this machine."
                            .formatted(address),
                    "Set server.address to 127.0.0.1.",
                    e);
        }
    }
}
