package dev.cairn.bootstrap.wiring;

import dev.cairn.bootstrap.database.EmbeddedServer;
import dev.cairn.bootstrap.database.ServerSettings;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.boot.SpringApplication;

/** The embedded PostgreSQL while it starts. A signal in the middle of a start leaves it in order. */
final class EmbeddedStart {
    private final FutureTask<EmbeddedServer> joining;

    EmbeddedStart(ServerSettings settings, boolean service) {
        Callable<EmbeddedServer> join =
                () -> service ? EmbeddedServer.serve(settings) : EmbeddedServer.join(settings);
        this.joining = new FutureTask<>(join);
        SpringApplication.getShutdownHandlers().add(this::leave);
        Thread.ofPlatform().name("postgres-start").daemon().start(joining);
    }

    /** Waits until the server answers. */
    EmbeddedServer server() {
        try {
            return joining.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException reason
                    ? reason
                    : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void leave() {
        try {
            joining.get().close();
        } catch (ExecutionException _) {
            // It never started; whoever waited for it has reported that.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
