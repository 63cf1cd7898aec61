package dev.cairn.application.port.in;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.domain.analysis.Caller;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives the events of alerts as they come, whichever service of a database has raised them. They are of all accounts. */
public interface FollowAlertsUseCase {
    /**
     * Begins with the latest 100 events since an instant, where one is given, and goes on with those that come.
     *
     * @param alert by name; null: all
     * @param since null: only what comes
     * @param caller one who sees all accounts
     * @param to given one event after another; must not wait
     */
    Following follow(
            @Nullable String alert,
            @Nullable Instant since,
            Caller caller,
            Consumer<AlertEvent.Kept> to);

    /** Goes on until it is closed. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
