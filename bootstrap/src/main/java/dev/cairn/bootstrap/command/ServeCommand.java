package dev.cairn.bootstrap.command;

import dev.cairn.bootstrap.database.EmbeddedServer;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;

/** Runs the service until it is stopped. */
@Command(name = "serve", description = "Runs the service until it is stopped.")
final class ServeCommand extends Subcommand {

    @Override
    public Integer call() {
        return serve(cairn());
    }

    static int serve(CairnCommand cairn) {
        CountDownLatch closed = new CountDownLatch(1);
        try (ConfigurableApplicationContext context = cairn.startService()) {
            context.addApplicationListener(
                    (ApplicationListener<ContextClosedEvent>) _ -> closed.countDown());
            sayWhereItIs(context);
            closed.await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void sayWhereItIs(ConfigurableApplicationContext context) {
        String host = context.getEnvironment().getRequiredProperty("server.address");
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        String path = context.getEnvironment().getRequiredProperty("spring.graphql.http.path");
        EmbeddedServer embedded = context.getBeanProvider(EmbeddedServer.class).getIfAvailable();
        System.out.printf(
                """
                Cairn is running.
                  GraphQL   http://%s:%s%s
                  Data      %s
                Stop it with Ctrl-C.
                """,
                host.contains(":") ? "[" + host + "]" : host,
                port,
                path,
                embedded == null ? "in the configured database" : embedded.dataDir());
    }
}
