package dev.cairn.bootstrap.wiring;

import dev.cairn.bootstrap.StartRefused;
import org.springframework.context.ApplicationEvent;

/** The embedded database was lost and cannot be restarted. */
public final class DatabaseLost extends ApplicationEvent {
    private static final long serialVersionUID = 1L;

    private final transient StartRefused reason;

    public DatabaseLost(Object source, StartRefused reason) {
        super(source);
        this.reason = reason;
    }

    public StartRefused reason() {
        return reason;
    }
}
