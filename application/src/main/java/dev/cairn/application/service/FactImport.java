package dev.cairn.application.service;

import dev.cairn.application.port.in.ImportUseCase.Left;
import dev.cairn.application.port.in.ImportUseCase.Similar;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.application.port.out.FactStore.Ending;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.application.service.RowReader.Row;
import dev.cairn.application.service.RowReader.Wanted;
import dev.cairn.application.service.RowReader.Wrong;
import dev.cairn.domain.fact.KeyText;
import dev.cairn.domain.fact.StartOfDay;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows as facts of a source. */
final class FactImport implements ImportTarget {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private final Source source;
    private final RowReader reader;
    private final FactStore.Load load;
    private final @Nullable LocalDate completeUntil;
    private final @Nullable Ending ending;
    private final List<Left> left;
    private final @Nullable SimilarKeys accounts;
    private final @Nullable SimilarKeys users;
    private long added = 0;

    FactImport(
            Source source,
            RowReader reader,
            FactStore.Load load,
            @Nullable LocalDate completeUntil,
            @Nullable Ending ending,
            List<Left> left) {
        this.left = left;
        this.source = source;
        this.reader = reader;
        this.load = load;
        this.completeUntil = completeUntil;
        this.ending = ending;
        this.accounts = similarKeys(source.accountField());
        this.users = similarKeys(source.userField());
    }

    /** Null where there is no such field. */
    private @Nullable SimilarKeys similarKeys(@Nullable String field) {
        return field == null ? null : new SimilarKeys(reader.column(field));
    }

    @Override
    public List<Left> left() {
        return left;
    }

    @Override
    public List<Similar> similar() {
        return Stream.of(Optional.ofNullable(accounts), Optional.ofNullable(users))
                .flatMap(Optional::stream)
                .flatMap(keys -> keys.found().stream())
                .toList();
    }

    @Override
    public String column(EntityRef entity) {
        var field = entity.isUser() ? source.userField() : source.accountField();
        return field == null ? "" : reader.column(field);
    }

    @Override
    public Row add(List<@Nullable String> cells) {
        var row = reader.read(cells);
        if (row.wanted() != Wanted.YES) {
            withdraw(row);
            return row;
        }
        var occurred = instant(row, source.placing());
        var inverted = inverted(row);
        var noRate = noRate(row);
        var account = text(row, source.accountField());
        var user = text(row, source.userField());
        if (occurred == null
                || occurred.isBefore(FIRST)
                || !row.wrong().isEmpty()
                || !inverted.isEmpty()
                || !noRate.isEmpty()
                || hasEmptyKey(row)
                || lacksTime(row)
                || ImportTarget.refusal(account) != null
                || ImportTarget.refusal(user) != null) {
            return row.with(missing(row))
                    .with(tooEarly(row, occurred))
                    .with(inverted)
                    .with(noRate)
                    .with(tooLong(account, user));
        }
        if (accounts != null) {
            accounts.add(account);
        }
        if (users != null) {
            users.add(user);
        }
        added++;
        load.add(
                new Fact(
                        occurred,
                        source.key().isEmpty() ? null : key(row),
                        account,
                        user,
                        row.values()));
        return row;
    }

    /** What was stored of its key is not any more. A row without a key is stored or not by what it says itself. */
    private void withdraw(Row row) {
        if (!source.key().isEmpty() && !hasEmptyKey(row)) {
            added++;
            load.withdraw(key(row));
        }
    }

    private boolean lacksTime(Row row) {
        return source.timesOfEveryRow().stream().anyMatch(time -> value(row, time) == null);
    }

    private boolean hasEmptyKey(Row row) {
        return source.key().stream().anyMatch(field -> isEmpty(row, field));
    }

    private String key(Row row) {
        var key = new ArrayList<>();
        source.key().forEach(field -> key.add(Objects.requireNonNull(value(row, field))));
        return KeyText.joined(key);
    }

    /** Fields that a fact needs, and that are empty though nothing is wrong with their cells. */
    private List<Wrong> missing(Row row) {
        var missing = new ArrayList<Wrong>();
        var times = source.timesOfEveryRow();
        for (var time : times) {
            if (isMissing(row, time)) {
                missing.add(
                        new Wrong(
                                reader.column(time),
                                "",
                                time.equals(source.timeField())
                                        ? "a fact says when it happened"
                                        : "a row says from when it holds"));
            }
        }
        for (var field : source.key()) {
            if (!times.contains(field) && isMissing(row, field)) {
                missing.add(new Wrong(reader.column(field), "", "a field of the key is empty"));
            }
        }
        return missing;
    }

    private boolean isMissing(Row row, String field) {
        boolean blamed =
                row.wrong().stream().anyMatch(wrong -> wrong.column().equals(reader.column(field)))
                        || (reader.isComputed(field) && !row.wrong().isEmpty());
        return !blamed && isEmpty(row, field);
    }

    private List<Wrong> tooEarly(Row row, @Nullable Instant occurred) {
        return occurred == null || !occurred.isBefore(FIRST)
                ? List.of()
                : List.of(
                        new Wrong(
                                reader.column(source.placing()),
                                String.valueOf(value(row, source.placing())),
                                "in %s this day begins before the year 1"
                                        .formatted(source.zone())));
    }

    /** A row of rates says how much one of a currency is; that is more than nothing. */
    private List<Wrong> noRate(Row row) {
        var rates = source.rates();
        if (rates == null) {
            return List.of();
        }
        var wrong = new ArrayList<Wrong>();
        if (isMissing(row, rates.currency())) {
            wrong.add(new Wrong(reader.column(rates.currency()), "", "a rate is of a currency"));
        }
        if (isMissing(row, rates.rate())) {
            wrong.add(new Wrong(reader.column(rates.rate()), "", "the rate is empty"));
        }
        if (value(row, rates.rate()) instanceof Number rate
                && new BigDecimal(rate.toString()).signum() <= 0) {
            wrong.add(new Wrong(reader.column(rates.rate()), rate.toString(), "a rate is above 0"));
        }
        return wrong;
    }

    /** A row may end where it begins, and is never valid then; it does not end before. Nor is a member removed before it starts, whenever its row holds. */
    private List<Wrong> inverted(Row row) {
        var existence = source.existence();
        return Stream.concat(
                        Stream.ofNullable(source.holds())
                                .filter(holds -> existence.isEmpty() || source.history() != null)
                                .map(holds -> inverted(row, holds, "it ends before it begins")),
                        existence.stream()
                                .map(exists -> inverted(row, exists, "removed before it starts")))
                .flatMap(List::stream)
                .toList();
    }

    private List<Wrong> inverted(Row row, Validity validity, String reason) {
        var from = instant(row, validity.from());
        var until = instant(row, validity.until());
        return from == null || until == null || !until.isBefore(from)
                ? List.of()
                : List.of(
                        new Wrong(
                                reader.column(validity.until()),
                                String.valueOf(value(row, validity.until())),
                                "%s: %s is %s"
                                        .formatted(
                                                reason,
                                                reader.column(validity.from()),
                                                value(row, validity.from()))));
    }

    private @Nullable Instant instant(Row row, String field) {
        return StartOfDay.instant(value(row, field), source.zone());
    }

    private List<Wrong> tooLong(@Nullable String account, @Nullable String user) {
        var wrong = new ArrayList<Wrong>();
        tooLong(source.accountField(), account, wrong);
        tooLong(source.userField(), user, wrong);
        return wrong;
    }

    private void tooLong(@Nullable String field, @Nullable String key, List<Wrong> wrong) {
        var reason = ImportTarget.refusal(key);
        if (field != null && key != null && reason != null) {
            wrong.add(new Wrong(reader.column(field), key, reason));
        }
    }

    /** Without a value, or read as the empty text, which identifies nothing; a computed one is meant. */
    private boolean isEmpty(Row row, String field) {
        var value = value(row, field);
        return value == null || (value.equals("") && !reader.isComputed(field));
    }

    private @Nullable Object value(Row row, String field) {
        return row.values().get(reader.index(field));
    }

    /** The key of an account or user; null where there is none: the empty text names nobody. */
    private @Nullable String text(Row row, @Nullable String field) {
        var value = field == null ? null : value(row, field);
        return value == null || value.equals("") ? null : KeyText.of(value);
    }

    @Override
    public boolean isSkipping() {
        return added <= load.stored();
    }

    @Override
    public Loaded commit(boolean isTrial) {
        return load.commit(completeUntil, ending, isTrial);
    }

    @Override
    public void close() {
        load.close();
    }
}
