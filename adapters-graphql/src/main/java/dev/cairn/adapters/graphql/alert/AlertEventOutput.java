package dev.cairn.adapters.graphql.alert;

import dev.cairn.adapters.graphql.relay.Node;
import dev.cairn.application.port.AlertEvent.Kept;
import dev.cairn.application.port.AlertEvent.Sent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** News of an alert, and what came of telling it. */
public record AlertEventOutput(Kept kept) implements Node {
    @Override
    public String typeName() {
        return "AlertEvent";
    }

    /** Its number: where a page goes on. */
    @Override
    public String key() {
        return Long.toString(kept.event().number());
    }

    private AlertNews news() {
        return kept.event().news();
    }

    public String alert() {
        return news().alert();
    }

    public String label() {
        return news().label();
    }

    public @Nullable String owner() {
        return news().owner();
    }

    public AlertNews.Kind kind() {
        return news().kind();
    }

    public String of() {
        return news().of();
    }

    public String see() {
        return news().see();
    }

    public Instant at() {
        return news().at();
    }

    public Instant asOf() {
        return news().asOf();
    }

    public List<Reason> reasons() {
        return news().reasons();
    }

    public int more() {
        return news().more();
    }

    public int standing() {
        return news().standing();
    }

    public List<Sent> deliveries() {
        return kept.deliveries();
    }
}
