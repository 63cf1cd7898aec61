package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.adapters.persistence.staging.Storable;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.application.port.ClosingRefused;
import dev.cairn.application.port.out.FactStore.Ending;
import dev.cairn.domain.change.Rereading.Row;
import dev.cairn.domain.fact.StartOfDay;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Ends rows that hold, and that a complete load does not say: each is staged as it is stored, but for its end, and so takes the place of itself as any row
 * does that is loaded again. One that has not begun ends where it begins, and never holds.
 */
final class ClosedRows {
    private static final int FETCH = 1_000;

    /** Key of the row, of its account, of its user. */
    private static final int KEYS = 3;

    private final DSLContext transaction;
    private final Staging staging;
    private final Source source;
    private final FactTable facts;
    private final dev.cairn.domain.model.Field from;
    private final dev.cairn.domain.model.Field until;

    ClosedRows(DSLContext transaction, Staging staging, Source source) {
        this.transaction = transaction;
        this.staging = staging;
        this.source = source;
        this.facts = new FactTable(source.name());
        var validity = Objects.requireNonNull(source.validity());
        this.from = source.field(validity.from()).orElseThrow();
        this.until = source.field(validity.until()).orElseThrow();
    }

    /**
     * What was closed.
     *
     * @param ended rows that have an end now
     * @param leftOut rows that the source's condition on rows does not take in with that end
     */
    record Closed(long ended, long leftOut) {
        static final Closed NONE = new Closed(0, 0);

        long rows() {
            return ended + leftOut;
        }
    }

    /** @throws ClosingRefused where too many would be closed, or what follows from an end cannot be computed */
    Closed close(Ending ending) {
        var on = Objects.requireNonNull(ending.closing().on());
        var holds = facts.inForce().and(holdsFrom(on));
        var unsaid =
                Postgres.notIn(transaction, staging.table(), Staging.KEY.eq(facts.sourceKey()));
        long closing =
                transaction.fetchCount(
                        DSL.selectOne().from(facts.table()).where(holds).and(unsaid));
        if (closing == 0) {
            return Closed.NONE;
        }
        long of = transaction.fetchCount(DSL.selectOne().from(facts.table()).where(holds));
        ClosingRefused.check(ending.closing(), closing, of, "rows of " + source.name());
        return stage(ending, on, holds.and(unsaid));
    }

    /** Not a row that ends where it begins: it never holds, and is closed already. */
    private Condition holdsFrom(LocalDate on) {
        var end = facts.column(until);
        var isOpen =
                switch (point(on)) {
                    case LocalDate day -> end.coerce(LocalDates.TYPE).gt(day);
                    case Object instant -> end.coerce(SQLDataType.INSTANT).gt((Instant) instant);
                };
        var holds = end.coerce(Object.class).gt(facts.column(from).coerce(Object.class));
        return end.isNull().or(isOpen.and(holds));
    }

    private Object point(LocalDate on) {
        return until.type() == DataType.DATE
                ? on
                : Objects.requireNonNull(StartOfDay.instant(on, source.zone()));
    }

    private Closed stage(Ending ending, LocalDate on, Condition which) {
        long line = staging.lines();
        long ended = 0;
        long leftOut = 0;
        var late = staging.late();
        try (var rows = rows(which).fetchSize(FETCH).fetchLazy()) {
            for (Record row : rows) {
                var stored = new ArrayList<@Nullable Object>(row.intoList());
                var key = stored.subList(0, KEYS);
                var values = stored.subList(KEYS, stored.size());
                end(values, on);
                var staged = new ArrayList<@Nullable Object>();
                staged.add(++line);
                staged.addAll(key);
                switch (ending.rereading().read(values)) {
                    case Row.Read(var read) -> {
                        staged.add(ending.rereading().occurred(read));
                        addStorable(read, staged);
                        ended++;
                    }
                    case Row.LeftOut() -> {
                        staged.addAll(Collections.nCopies(values.size() + 1, null));
                        leftOut++;
                    }
                    case Row.Impossible(var reason) ->
                            throw new ClosingRefused(
                                    ProblemCode.BAD_VALUE,
                                    "A row of %s that the file no longer says cannot end on %s: %s."
                                            .formatted(source.name(), on, reason));
                }
                late.add(staged);
            }
        }
        late.flush();
        return new Closed(ended, leftOut);
    }

    private ResultQuery<Record> rows(Condition which) {
        var columns =
                new ArrayList<Field<?>>(
                        List.of(
                                facts.sourceKey(),
                                staged(
                                        DSL.when(
                                                facts.accountId().ne(FactTable.NO_ACCOUNT),
                                                ACCOUNT.ACCOUNT_KEY)),
                                staged(ACCOUNT_USER.USER_KEY)));
        columns.addAll(facts.columns(source));
        return transaction
                .select(columns)
                .from(facts.table())
                .join(ACCOUNT)
                .on(ACCOUNT.ACCOUNT_ID.eq(facts.accountId()))
                .leftJoin(ACCOUNT_USER)
                .on(ACCOUNT_USER.ACCOUNT_ID.eq(facts.accountId()))
                .and(ACCOUNT_USER.USER_ID.eq(facts.userId()))
                .where(which);
    }

    private static Field<String> staged(Field<String> key) {
        return DSL.when(key.isNull(), Staging.noKey()).otherwise(Staging.written(key));
    }

    private void end(List<@Nullable Object> values, LocalDate on) {
        int at = source.fields().indexOf(until);
        var begins = Objects.requireNonNull(values.get(source.fields().indexOf(from)));
        values.set(
                at,
                switch (point(on)) {
                    case LocalDate day when ((LocalDate) begins).isAfter(day) -> begins;
                    case Instant instant when ((Instant) begins).isAfter(instant) -> begins;
                    case Object point -> point;
                });
    }

    private void addStorable(List<@Nullable Object> read, List<@Nullable Object> staged) {
        for (int i = 0; i < read.size(); i++) {
            var field = source.fields().get(i);
            staged.add(Storable.value(field.name(), field.type(), read.get(i)));
        }
    }
}
