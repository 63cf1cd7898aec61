package dev.cairn.adapters.persistence.alert;

import static dev.cairn.adapters.persistence.generated.Tables.ALERT_DELIVERY;
import static dev.cairn.adapters.persistence.generated.Tables.ALERT_EVENT;
import static dev.cairn.adapters.persistence.generated.Tables.ALERT_STATE;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertEvent.Due;
import dev.cairn.application.port.AlertEvent.Kept;
import dev.cairn.application.port.AlertEvent.Sent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.domain.alert.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Alerts in PostgreSQL. Whoever decides what stands of one holds its row, so that two processes tell nothing twice. */
public final class JooqAlertStore implements AlertStore {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Between the parts of a group that an alert stands for: each is = and a value. */
    private static final String BETWEEN = "\u001f";

    private static final int AT_ONCE = 500;

    private final DSLContext dsl;

    public JooqAlertStore(DataSource dataSource) {
        this.dsl = Postgres.dsl(dataSource);
    }

    @Override
    public Optional<AlertEvent> decide(
            String alert, Function<Standing, Next> decision, List<String> channels) {
        return dsl.transactionResult(inside -> {
            var transaction = inside.dsl();
            transaction
                    .insertInto(ALERT_STATE)
                    .set(ALERT_STATE.ALERT, alert)
                    .set(ALERT_STATE.STANDING, json(Standing.NOTHING))
                    .onConflict(ALERT_STATE.ALERT)
                    .doNothing()
                    .execute();
            var known =
                    standing(
                            transaction
                                    .selectFrom(ALERT_STATE)
                                    .where(ALERT_STATE.ALERT.eq(alert))
                                    .forUpdate()
                                    .fetchSingle());
            var next = decision.apply(known);
            if (!next.standing().equals(known)) {
                transaction
                        .update(ALERT_STATE)
                        .set(ALERT_STATE.STANDING, json(next.standing()))
                        .where(ALERT_STATE.ALERT.eq(alert))
                        .execute();
            }
            return Optional.ofNullable(next.news())
                    .map(news -> new AlertEvent(added(transaction, news, channels), news));
        });
    }

    private static long added(DSLContext transaction, AlertNews news, List<String> channels) {
        long number =
                transaction
                        .insertInto(ALERT_EVENT)
                        .set(ALERT_EVENT.ALERT, news.alert())
                        .set(ALERT_EVENT.AT, news.at())
                        .set(ALERT_EVENT.DOCUMENT, json(news))
                        .returningResult(ALERT_EVENT.EVENT_ID)
                        .fetchSingle()
                        .value1();
        for (var channel : channels) {
            transaction
                    .insertInto(ALERT_DELIVERY)
                    .set(ALERT_DELIVERY.EVENT_ID, number)
                    .set(ALERT_DELIVERY.CHANNEL, channel)
                    .set(ALERT_DELIVERY.DUE_AT, news.at())
                    .execute();
        }
        return number;
    }

    @Override
    public Map<String, Standing> standing() {
        return dsl.selectFrom(ALERT_STATE)
                .fetchMap(row -> row.get(ALERT_STATE.ALERT), JooqAlertStore::standing);
    }

    @Override
    public void retain(Set<String> alerts) {
        dsl.deleteFrom(ALERT_STATE).where(ALERT_STATE.ALERT.notIn(alerts)).execute();
    }

    @Override
    public List<Kept> latest(@Nullable String alert, @Nullable Long before, int most) {
        var condition =
                DSL.and(
                        alert == null ? DSL.noCondition() : ALERT_EVENT.ALERT.eq(alert),
                        before == null ? DSL.noCondition() : ALERT_EVENT.EVENT_ID.lt(before));
        var events =
                dsl.selectFrom(ALERT_EVENT)
                        .where(condition)
                        .orderBy(ALERT_EVENT.EVENT_ID.desc())
                        .limit(most)
                        .fetch(JooqAlertStore::event);
        var deliveries =
                dsl.selectFrom(ALERT_DELIVERY)
                        .where(
                                ALERT_DELIVERY.EVENT_ID.in(
                                        events.stream().map(AlertEvent::number).toList()))
                        .orderBy(ALERT_DELIVERY.CHANNEL)
                        .fetchGroups(row -> row.get(ALERT_DELIVERY.EVENT_ID), JooqAlertStore::sent);
        return events.stream()
                .map(event -> new Kept(event, deliveries.getOrDefault(event.number(), List.of())))
                .toList();
    }

    @Override
    public void join(String channel, Instant since) {
        dsl.insertInto(
                        ALERT_DELIVERY,
                        ALERT_DELIVERY.EVENT_ID,
                        ALERT_DELIVERY.CHANNEL,
                        ALERT_DELIVERY.DUE_AT)
                .select(
                        DSL.select(ALERT_EVENT.EVENT_ID, DSL.val(channel), ALERT_EVENT.AT)
                                .from(ALERT_EVENT)
                                .where(ALERT_EVENT.AT.ge(since))
                                .andNotExists(
                                        DSL.selectOne()
                                                .from(ALERT_DELIVERY)
                                                .where(
                                                        ALERT_DELIVERY.EVENT_ID.eq(
                                                                ALERT_EVENT.EVENT_ID))
                                                .and(ALERT_DELIVERY.CHANNEL.eq(channel))))
                .onConflictDoNothing()
                .execute();
    }

    @Override
    public Optional<Instant> firstOf(String channel) {
        return Optional.ofNullable(
                dsl.select(DSL.min(ALERT_EVENT.AT))
                        .from(ALERT_EVENT)
                        .join(ALERT_DELIVERY)
                        .on(ALERT_DELIVERY.EVENT_ID.eq(ALERT_EVENT.EVENT_ID))
                        .where(ALERT_DELIVERY.CHANNEL.eq(channel))
                        .fetchSingle()
                        .value1());
    }

    @Override
    public List<Due> due(Set<String> channels, Instant now, Duration lease, int most) {
        return dsl.transactionResult(inside -> {
            var transaction = inside.dsl();
            var rows =
                    transaction
                            .select()
                            .from(ALERT_DELIVERY)
                            .join(ALERT_EVENT)
                            .on(ALERT_EVENT.EVENT_ID.eq(ALERT_DELIVERY.EVENT_ID))
                            .where(ALERT_DELIVERY.DUE_AT.le(now))
                            .and(ALERT_DELIVERY.CHANNEL.in(channels))
                            .orderBy(ALERT_DELIVERY.DUE_AT, ALERT_DELIVERY.EVENT_ID)
                            .limit(most)
                            .forUpdate()
                            .of(ALERT_DELIVERY)
                            .skipLocked()
                            .fetch();
            var due = new ArrayList<Due>();
            for (var row : rows) {
                transaction
                        .update(ALERT_DELIVERY)
                        .set(ALERT_DELIVERY.DUE_AT, now.plus(lease))
                        .set(ALERT_DELIVERY.ATTEMPTS, ALERT_DELIVERY.ATTEMPTS.plus(1))
                        .where(
                                ALERT_DELIVERY
                                        .EVENT_ID
                                        .eq(row.get(ALERT_DELIVERY.EVENT_ID))
                                        .and(
                                                ALERT_DELIVERY.CHANNEL.eq(
                                                        row.get(ALERT_DELIVERY.CHANNEL))))
                        .execute();
                due.add(
                        new Due(
                                event(row),
                                row.get(ALERT_DELIVERY.CHANNEL),
                                row.get(ALERT_DELIVERY.ATTEMPTS) + 1));
            }
            due.sort(Comparator.comparing(one -> one.event().number()));
            return due;
        });
    }

    @Override
    public void delivered(Due told, Instant at) {
        dsl.update(ALERT_DELIVERY)
                .set(ALERT_DELIVERY.DELIVERED_AT, at)
                .setNull(ALERT_DELIVERY.DUE_AT)
                .setNull(ALERT_DELIVERY.FAILURE)
                .where(is(told))
                .execute();
    }

    @Override
    public void failed(Due untold, String failure, @Nullable Instant next) {
        dsl.update(ALERT_DELIVERY)
                .set(ALERT_DELIVERY.DUE_AT, next)
                .set(ALERT_DELIVERY.FAILURE, failure)
                .where(is(untold))
                .execute();
    }

    @Override
    public long forget(Instant before) {
        return dsl.deleteFrom(ALERT_EVENT).where(ALERT_EVENT.AT.lt(before)).execute();
    }

    /** Leaves no trace of accounts in what alerts told, nor in what they stand for. */
    public static void purge(DSLContext transaction, Set<String> accounts) {
        for (var row : transaction.selectFrom(ALERT_STATE).forUpdate().fetch()) {
            var known = standing(row);
            var left =
                    known.without(group ->
                            Stream.of(group.split(BETWEEN))
                                    .anyMatch(part ->
                                            part.startsWith("=")
                                                    && accounts.contains(part.substring(1))));
            if (!left.equals(known)) {
                transaction
                        .update(ALERT_STATE)
                        .set(ALERT_STATE.STANDING, json(left))
                        .where(ALERT_STATE.ALERT.eq(row.get(ALERT_STATE.ALERT)))
                        .execute();
            }
        }
        try (var rows = transaction.selectFrom(ALERT_EVENT).fetchSize(AT_ONCE).fetchLazy()) {
            rows.forEach(row -> {
                var event = event(row);
                var left = event.news().without(accounts);
                if (!left.equals(event.news())) {
                    transaction
                            .update(ALERT_EVENT)
                            .set(ALERT_EVENT.DOCUMENT, json(left))
                            .where(ALERT_EVENT.EVENT_ID.eq(event.number()))
                            .execute();
                }
            });
        }
    }

    private static Condition is(Due due) {
        return ALERT_DELIVERY
                .EVENT_ID
                .eq(due.event().number())
                .and(ALERT_DELIVERY.CHANNEL.eq(due.channel()))
                .and(ALERT_DELIVERY.DELIVERED_AT.isNull());
    }

    private static Standing standing(Record row) {
        return JSON.readValue(row.get(ALERT_STATE.STANDING).data(), Standing.class);
    }

    private static AlertEvent event(Record row) {
        return new AlertEvent(
                row.get(ALERT_EVENT.EVENT_ID),
                JSON.readValue(row.get(ALERT_EVENT.DOCUMENT).data(), AlertNews.class));
    }

    private static Sent sent(Record row) {
        return new Sent(
                row.get(ALERT_DELIVERY.CHANNEL),
                row.get(ALERT_DELIVERY.ATTEMPTS),
                row.get(ALERT_DELIVERY.DUE_AT),
                row.get(ALERT_DELIVERY.DELIVERED_AT),
                row.get(ALERT_DELIVERY.FAILURE));
    }

    private static JSONB json(Object value) {
        return JSONB.valueOf(JSON.writeValueAsString(value));
    }
}
