package dev.cairn.adapters.persistence.account;

import dev.cairn.adapters.persistence.staging.KeyDigest;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.adapters.persistence.staging.Storable;
import dev.cairn.application.port.Closing;
import dev.cairn.application.port.out.AccountDirectory.Load;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.time.PointInTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One load: checks members, streams them into staging, and has them merged. */
final class MemberLoad implements Load {
    private final LoadedMembers members;
    private final KeyDigest digest = new KeyDigest();
    private final Staging staging;
    private boolean over;

    MemberLoad(DataSource dataSource, LoadedMembers members, int batchBytes) {
        this.members = members;
        this.staging =
                Staging.open(
                        dataSource,
                        members.entity().name(),
                        new MemberStaging(members).all(),
                        batchBytes);
    }

    @Override
    public void add(Member member) {
        if (over) {
            throw new IllegalStateException("the load is over");
        }
        List<@Nullable Object> values = storable(member);
        if (members.kind().isUser()) {
            addUser(member, values);
        } else {
            addAccount(member, values);
        }
    }

    private void addAccount(Member account, List<@Nullable Object> values) {
        String key = Storable.key("account", account.key());
        staging.add(digest.of(identity(account.key(), account)), key, null, values);
    }

    private void addUser(Member user, List<@Nullable Object> values) {
        String account = Storable.key("account", user.account());
        String key = Storable.key("user", user.key());
        String both = account == null ? "/" + key : account.length() + "/" + account + key;
        staging.add(digest.of(identity(both, user)), account, key, values);
    }

    /** A member may be there once for each day from which a row holds. */
    private static String identity(String key, Member member) {
        var held = member.held();
        return held == null ? key : "%s/%s/%s".formatted(held.from(), held.until(), key);
    }

    private List<@Nullable Object> storable(Member member) {
        int attributes = members.attributes().size();
        if (member.values().size() != attributes) {
            throw new IllegalArgumentException(
                    "%d values for %d attributes".formatted(member.values().size(), attributes));
        }
        var values = new ArrayList<@Nullable Object>(attributes + 4);
        values.add(instant("start", member.start()));
        values.add(date("start", member.start()));
        values.add(instant("removed", member.removed()));
        values.add(date("removed", member.removed()));
        if (members.entity().history() != null) {
            var held = Objects.requireNonNull(member.held(), "it is said since when a row holds");
            values.add(Storable.value("from", DataType.DATE, held.from()));
            values.add(Storable.value("until", DataType.DATE, held.until()));
            values.add(held.isSnapshot());
        }
        for (int i = 0; i < attributes; i++) {
            Field field = members.attributes().get(i).field();
            values.add(Storable.value(field.name(), field.type(), member.values().get(i)));
        }
        return values;
    }

    private static @Nullable Object instant(String name, @Nullable PointInTime point) {
        return point instanceof PointInTime.AtInstant(var instant)
                ? Storable.instant(name, instant)
                : null;
    }

    private static @Nullable Object date(String name, @Nullable PointInTime point) {
        return point instanceof PointInTime.OnDate(var date)
                ? Storable.value(name, DataType.DATE, date)
                : null;
    }

    @Override
    public long stored() {
        return staging.resumed();
    }

    @Override
    public Loaded commit(@Nullable Closing closing, boolean isTrial) {
        if (over) {
            throw new IllegalStateException("the load is over");
        }
        over = true;
        return staging.merge(
                transaction -> new MemberMerge(transaction, staging, members).merge(closing),
                isTrial);
    }

    @Override
    public void close() {
        over = true;
        staging.close();
    }
}
