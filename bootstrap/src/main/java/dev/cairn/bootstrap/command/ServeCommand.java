package dev.cairn.bootstrap.command;

import dev.cairn.adapters.terminal.command.Subcommand;
import dev.cairn.bootstrap.StartRefused;
import dev.cairn.bootstrap.database.EmbeddedServer;
import dev.cairn.bootstrap.demo.Demo;
import dev.cairn.bootstrap.wiring.CairnSettings;
import dev.cairn.bootstrap.wiring.DatabaseLost;
import dev.cairn.bootstrap.wiring.LoopbackOnly;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Runs the service until it is stopped. */
@Command(name = "serve", description = "Runs the service until it is stopped.")
final class ServeCommand extends Subcommand {
    @ParentCommand private CairnCommand cairn;

    @Override
    public Integer call() throws IOException {
        return serve(cairn);
    }

    static int serve(CairnCommand cairn) throws IOException {
        try (ConfigurableApplicationContext context = cairn.startService()) {
            var end = new End(context);
            sayWhereItIs(
                    context, context.getBean(Demo.class).there() == null ? null : Demo.QUESTION);
            return end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** The end of a service: it is stopped, or has lost its database for good. */
    static final class End {
        private final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicReference<@Nullable StartRefused> lost = new AtomicReference<>();

        End(ConfigurableApplicationContext service) {
            service.addApplicationListener(
                    (ApplicationListener<ContextClosedEvent>) _ -> ended.countDown());
            service.addApplicationListener(
                    (ApplicationListener<DatabaseLost>)
                            event -> {
                                lost.set(event.reason());
                                ended.countDown();
                            });
        }

        /** Waits for it, and returns the exit code. */
        int await() throws InterruptedException {
            ended.await();
            var reason = lost.get();
            return reason == null ? 0 : sayWhy(reason);
        }
    }

    private static int sayWhy(StartRefused lost) {
        System.err.printf(
                "The database was lost and cannot be restarted, so the service ends. %s [%s]%n%s%n",
                lost.getMessage(), lost.problem(), lost.remedy());
        return FAILED;
    }

    /**
     * Says where the service is.
     *
     * @param question to paste into another terminal; null where there is nothing to ask yet
     */
    static void sayWhereItIs(ConfigurableApplicationContext context, @Nullable String question) {
        String host = context.getEnvironment().getRequiredProperty("server.address");
        String service = service(context);
        String url = url(context);
        var settings = context.getBean(CairnSettings.class);
        boolean page = settings.hasPageAt(host);
        EmbeddedServer embedded = context.getBeanProvider(EmbeddedServer.class).getIfAvailable();
        System.out.printf(
                """
                Cairn is running.
                %s  GraphQL   %s
                  Data      %s
                  Sign-in   %s
                """,
                page ? "  Browser   %s/%n".formatted(service) : "",
                url,
                embedded == null ? "in the configured database" : embedded.dataDir(),
                signIn(settings));
        if (question != null) {
            System.out.printf(
                    """
                    It holds a made-up company. A question to paste into another terminal:

                    curl -s %s -H 'Content-Type: application/json'%s -d @- <<'END'
                    {"query": "%s"}
                    END

                    """,
                    url,
                    settings.auth().isOn() ? " -H 'Authorization: Bearer cairn_...'" : "",
                    question.replace("\n", " ").replaceAll(" +", " ").replace("\"", "\\\""));
        }
        System.out.println("Stop it with Ctrl-C.");
    }

    private static String signIn(CairnSettings settings) {
        return settings.auth().isOn()
                ? settings.auth().ways()
                : "none: whoever can reach this address sees and does everything";
    }

    /** Where the service takes questions. */
    static String url(ConfigurableApplicationContext service) {
        return service(service)
                + service.getEnvironment().getRequiredProperty("spring.graphql.http.path");
    }

    private static String service(ConfigurableApplicationContext service) {
        String host = service.getEnvironment().getRequiredProperty("server.address");
        String scheme =
                LoopbackOnly.hasTls(service.getEnvironment()::getProperty) ? "https" : "http";
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        return "%s://%s:%s".formatted(scheme, host.contains(":") ? "[" + host + "]" : host, port);
    }
}
