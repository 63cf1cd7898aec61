package dev.cairn.bootstrap.doctor;

import dev.cairn.bootstrap.PortUse;
import dev.cairn.bootstrap.StartRefused;
import dev.cairn.bootstrap.doctor.Finding.Check;
import dev.cairn.bootstrap.settings.Settings;
import dev.cairn.bootstrap.wiring.LoopbackOnly;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Where Cairn is to listen, and what a browser gets there. */
record PortChecks(Settings settings) {
    private static final String SERVICE = "server.port";
    private static final String POSTGRES = "cairn.postgres.port";
    private static final int USUAL_SERVICE = 8080;
    private static final int USUAL_POSTGRES = 5442;

    /** @param process of the service on the same data */
    Finding service(Optional<Long> process) {
        var address = address();
        int port = settings.value(SERVICE, Integer.class).orElse(USUAL_SERVICE);
        try {
            LoopbackOnly.check(name -> settings.value(name, String.class).orElse(null));
        } catch (StartRefused refused) {
            return Finding.wrong(Check.PORTS, refused);
        }
        var finding = free(address, port, SERVICE);
        if (finding.grade() == Finding.Grade.OK || process.isEmpty()) {
            return finding;
        }
        var holder = PortUse.holder(port).map(ProcessHandle::pid);
        return holder.isEmpty() || holder.equals(process)
                ? Finding.ok(Check.PORTS, "%d (%s), by the service".formatted(port, SERVICE))
                : finding;
    }

    Finding postgres() {
        return free(
                "127.0.0.1",
                settings.value(POSTGRES, Integer.class).orElse(USUAL_POSTGRES),
                POSTGRES);
    }

    private static Finding free(String address, int port, String setting) {
        if (port == 0) {
            return Finding.ok(Check.PORTS, "any that is free (%s)".formatted(setting));
        }
        try (var _ = new ServerSocket(port, 1, InetAddress.getByName(address))) {
            return Finding.ok(Check.PORTS, "%d is free (%s)".formatted(port, setting));
        } catch (BindException taken) {
            return Finding.wrong(
                    Check.PORTS,
                    PortUse.holder(port).isPresent() || isTaken(taken)
                            ? PortUse.taken(port)
                            : "Port %d: %s.".formatted(port, taken.getMessage()),
                    "Set %s to another port; 0 takes any that is free.".formatted(setting));
        } catch (IOException e) {
            return Finding.wrong(
                    Check.PORTS,
                    "Cairn cannot listen on %s, port %d: %s."
                            .formatted(address, port, e.getMessage()),
                    "Set server.address to 127.0.0.1.");
        }
    }

    private static boolean isTaken(BindException failure) {
        return String.valueOf(failure.getMessage()).contains("in use");
    }

    Finding page() {
        var address = address();
        boolean page;
        try {
            page =
                    settings.value("cairn.graphiql", Boolean.class)
                            .orElseGet(() -> LoopbackOnly.isLoopback(address));
        } catch (StartRefused noAddress) {
            return Finding.unknown(Check.PAGE, "not known without an address");
        }
        if (!page) {
            return Finding.ok(Check.PAGE, "off");
        }
        return settings.value("cairn.introspection", Boolean.class).orElse(true)
                ? Finding.ok(Check.PAGE, "on: questions can be asked in a browser")
                : Finding.warning(
                        Check.PAGE,
                        "on, but it cannot learn the schema: cairn.introspection is false",
                        "Set cairn.introspection to true or cairn.graphiql to false.");
    }

    private String address() {
        return settings.value("server.address", String.class).orElse("127.0.0.1");
    }
}
