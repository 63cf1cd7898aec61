package dev.cairn.testkit.data;

import dev.cairn.application.port.out.AccountDirectory.Held;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.time.PointInTime;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An account or a user with its attributes; an attribute that is not given is empty. */
public final class MemberBuilder {
    private final EntityRef kind;
    private final String key;
    private final @Nullable String account;
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private @Nullable PointInTime start;
    private @Nullable PointInTime removed;
    private @Nullable Held held;

    private MemberBuilder(EntityRef kind, String key, @Nullable String account) {
        this.kind = kind;
        this.key = key;
        this.account = account;
    }

    public static MemberBuilder account(String key) {
        return new MemberBuilder(EntityRef.ACCOUNT, key, null);
    }

    public static MemberBuilder user(String account, String key) {
        return new MemberBuilder(EntityRef.USER, key, account);
    }

    public static MemberBuilder userOfNoAccount(String key) {
        return new MemberBuilder(EntityRef.USER, key, null);
    }

    /** From when it is declared to exist: an instant, or a date, which is the start of the day in UTC. */
    public MemberBuilder since(String instant) {
        start = PointInTime.at(CellValues.instant(instant, ZoneOffset.UTC));
        return this;
    }

    public MemberBuilder removed(String instant) {
        removed = PointInTime.at(CellValues.instant(instant, ZoneOffset.UTC));
        return this;
    }

    /** From a local date on, in whatever zone. */
    public MemberBuilder sinceDate(String date) {
        start = PointInTime.on(LocalDate.parse(date));
        return this;
    }

    public MemberBuilder removedOn(String date) {
        removed = PointInTime.on(LocalDate.parse(date));
        return this;
    }

    /** Its values hold from one day until another, out; null: from ever, without an end. */
    public MemberBuilder held(@Nullable String from, @Nullable String until) {
        held = new Held(day(from), day(until), false);
        return this;
    }

    /** Its values hold from a day until the next that is known. */
    public MemberBuilder seenOn(String day) {
        held = new Held(LocalDate.parse(day), null, true);
        return this;
    }

    private static @Nullable LocalDate day(@Nullable String day) {
        return day == null ? null : LocalDate.parse(day);
    }

    public MemberBuilder with(String attribute, @Nullable Object value) {
        values.put(attribute, value);
        return this;
    }

    EntityRef kind() {
        return kind;
    }

    Member build(Entity entity) {
        for (String name : values.keySet()) {
            if (entity.stored().attribute(name).isEmpty()) {
                throw new IllegalArgumentException("no attribute " + name);
            }
        }
        List<@Nullable Object> row = new ArrayList<>();
        for (Entity.Attribute attribute : entity.stored().attributes()) {
            var field = attribute.field();
            row.add(CellValues.read(values.get(field.name()), field.type(), ZoneOffset.UTC));
        }
        return new Member(key, account, start, removed, row, held);
    }
}
