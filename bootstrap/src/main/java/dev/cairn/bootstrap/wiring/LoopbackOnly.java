package dev.cairn.bootstrap.wiring;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** As long as there is no sign-in, Cairn answers its own machine only. Checked before anything is started. */
public final class LoopbackOnly
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!(context instanceof WebServerApplicationContext)) {
            return;
        }
        check(context.getEnvironment().getProperty("server.address", ""));
    }

    /** Refuses an address at which others could reach Cairn. */
    public static void check(String address) {
        if (!isLoopback(address)) {
            throw new StartRefused(
                    StartProblem.OPEN_TO_OTHERS,
                    "server.address is '%s': others could reach Cairn, and it has no authentication configured."
                            .formatted(address),
                    "Leave server.address at 127.0.0.1; to let others in, put a proxy that signs them in before it.");
        }
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
