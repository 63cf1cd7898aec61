package dev.cairn.application.service;

import dev.cairn.application.port.AlertEvent.Kept;
import dev.cairn.application.port.in.FollowAlertsUseCase;
import dev.cairn.domain.analysis.Caller;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has each event that somebody is given written down. */
public final class AuditedFeed implements FollowAlertsUseCase {
    private final FollowAlertsUseCase feed;
    private final Audit audit;

    public AuditedFeed(FollowAlertsUseCase feed, Audit audit) {
        this.feed = feed;
        this.audit = audit;
    }

    @Override
    public Following follow(
            @Nullable String alert, @Nullable Instant since, Caller caller, Consumer<Kept> to) {
        return feed.follow(
                alert,
                since,
                caller,
                kept -> {
                    var number = kept.event().number();
                    audit.read(caller, "alertRaised", number, kept.event().news().reasons().size());
                    to.accept(kept);
                });
    }
}
