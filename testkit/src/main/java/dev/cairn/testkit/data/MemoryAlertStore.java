package dev.cairn.testkit.data;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertEvent.Due;
import dev.cairn.application.port.AlertEvent.Kept;
import dev.cairn.application.port.AlertEvent.Sent;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.domain.alert.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Alerts in memory. */
public final class MemoryAlertStore implements AlertStore {
    private final Map<String, Standing> standing = new HashMap<>();
    private final TreeMap<Long, AlertEvent> events = new TreeMap<>();
    private final Map<Long, TreeMap<String, Sent>> deliveries = new HashMap<>();
    private long last;

    @Override
    public synchronized Optional<AlertEvent> decide(
            String alert, Function<Standing, Next> decision, List<String> channels) {
        var next = decision.apply(standing.getOrDefault(alert, Standing.NOTHING));
        standing.put(alert, next.standing());
        return Optional.ofNullable(next.news())
                .map(news -> {
                    var event = new AlertEvent(++last, news);
                    var sent = new TreeMap<String, Sent>();
                    channels.forEach(channel ->
                            sent.put(channel, new Sent(channel, 0, news.at(), null, null)));
                    events.put(event.number(), event);
                    deliveries.put(event.number(), sent);
                    return event;
                });
    }

    @Override
    public synchronized Map<String, Standing> standing() {
        return Map.copyOf(standing);
    }

    @Override
    public synchronized void retain(Set<String> alerts) {
        standing.keySet().retainAll(alerts);
    }

    @Override
    public synchronized List<Kept> latest(@Nullable String alert, @Nullable Long before, int most) {
        return events.descendingMap().values().stream()
                .filter(event -> alert == null || event.news().alert().equals(alert))
                .filter(event -> before == null || event.number() < before)
                .limit(most)
                .map(event ->
                        new Kept(
                                event,
                                List.copyOf(
                                        deliveries
                                                .getOrDefault(event.number(), new TreeMap<>())
                                                .values())))
                .toList();
    }

    @Override
    public synchronized void join(String channel, Instant since) {
        events.values().stream()
                .filter(event -> !event.news().at().isBefore(since))
                .forEach(event ->
                        deliveries
                                .computeIfAbsent(event.number(), _ -> new TreeMap<>())
                                .computeIfAbsent(
                                        channel,
                                        _ -> new Sent(channel, 0, event.news().at(), null, null)));
    }

    @Override
    public synchronized Optional<Instant> firstOf(String channel) {
        return events.values().stream()
                .filter(event ->
                        deliveries
                                .getOrDefault(event.number(), new TreeMap<>())
                                .containsKey(channel))
                .map(event -> event.news().at())
                .min(Comparator.naturalOrder());
    }

    @Override
    public synchronized List<Due> due(Set<String> channels, Instant now, Duration lease, int most) {
        var due = new ArrayList<Due>();
        deliveries.forEach((number, ofEvent) ->
                ofEvent.values().stream()
                        .filter(sent -> channels.contains(sent.channel()))
                        .filter(sent -> sent.due() != null && !sent.due().isAfter(now))
                        .forEach(sent ->
                                due.add(
                                        new Due(
                                                Objects.requireNonNull(events.get(number)),
                                                sent.channel(),
                                                sent.attempts() + 1))));
        due.sort(Comparator.comparing(one -> one.event().number()));
        var taken = due.stream().limit(most).toList();
        taken.forEach(one ->
                change(
                        one,
                        sent ->
                                new Sent(
                                        sent.channel(),
                                        sent.attempts() + 1,
                                        now.plus(lease),
                                        null,
                                        sent.failure())));
        return taken;
    }

    @Override
    public synchronized void delivered(Due told, Instant at) {
        change(told, sent -> new Sent(sent.channel(), sent.attempts(), null, at, null));
    }

    @Override
    public synchronized void failed(Due untold, String failure, @Nullable Instant next) {
        change(
                untold,
                sent ->
                        sent.delivered() != null
                                ? sent
                                : new Sent(sent.channel(), sent.attempts(), next, null, failure));
    }

    private void change(Due due, UnaryOperator<Sent> change) {
        deliveries
                .getOrDefault(due.event().number(), new TreeMap<>())
                .computeIfPresent(due.channel(), (_, sent) -> change.apply(sent));
    }

    @Override
    public synchronized long forget(Instant before) {
        long known = events.size();
        events.values().removeIf(event -> event.news().at().isBefore(before));
        deliveries.keySet().retainAll(events.keySet());
        return known - events.size();
    }
}
