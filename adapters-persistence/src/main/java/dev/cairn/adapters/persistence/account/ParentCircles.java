package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.type.LocalDates;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record4;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Finds accounts that are above themselves at some time: who is above whom by one link, by two, by four and so on, each from the ways of half the length. A
 * way that is longer than there are children passes an account twice, and leads into a circle.
 */
final class ParentCircles {
    /** A part of {@link #WAY}, or all of it. */
    private record Way(Name alias) {
        Field<Integer> links() {
            return DSL.field(alias.append("links"), SQLDataType.INTEGER);
        }

        Field<Long> child() {
            return DSL.field(alias.append("child"), SQLDataType.BIGINT);
        }

        Field<Long> above() {
            return DSL.field(alias.append("above"), SQLDataType.BIGINT);
        }

        Field<LocalDate> since() {
            return DSL.field(alias.append("since"), LocalDates.TYPE);
        }

        Field<LocalDate> until() {
            return DSL.field(alias.append("until"), LocalDates.TYPE);
        }

        org.jooq.Table<?> table() {
            return DSL.table(WAY).as(alias);
        }

        Condition isOn(Field<LocalDate> day) {
            return since().le(day).and(until().gt(day));
        }
    }

    private static final Name WAY = DSL.name("way_upwards");
    private static final Name BEGIN = DSL.name("begin");
    private static final Name CIRCLE = DSL.name("circle");
    private static final Way LOWER = new Way(DSL.name("lower_part"));
    private static final Way UPPER = new Way(DSL.name("upper_part"));
    private static final Way EACH = new Way(DSL.name("each_way"));

    private final DSLContext transaction;

    /** @param children keys of parents, with the ids of their children, and the days from and until which that is so */
    ParentCircles(
            DSLContext transaction, Select<Record4<Long, String, LocalDate, LocalDate>> children) {
        this.transaction = transaction;
        var said = children.asTable("said", "child", "parent", "since", "until");
        var parent = ACCOUNT.as("parent");
        transaction.dropTemporaryTableIfExists(WAY).execute();
        transaction
                .createTemporaryTable(WAY)
                .as(
                        DSL.select(
                                        DSL.inline(1).as("links"),
                                        said.field("child"),
                                        parent.ACCOUNT_ID.as("above"),
                                        said.field("since"),
                                        said.field("until"))
                                .from(said)
                                .join(parent)
                                .on(
                                        parent.ACCOUNT_KEY.eq(
                                                DSL.field(
                                                        DSL.name("said", "parent"),
                                                        SQLDataType.CLOB)))
                                .where(parent.DELETION_ID.isNull()))
                .onCommitDrop()
                .execute();
        Postgres.analyze(transaction, WAY);
    }

    /** The accounts of the first circle, each the child of the next; none where there is no circle. */
    List<String> first() {
        long children =
                transaction
                        .select(DSL.countDistinct(EACH.child()))
                        .from(EACH.table())
                        .fetchSingle()
                        .value1();
        int links = 1;
        int found = (int) Math.min(children, 1);
        while (found > 0 && links <= children) {
            found = doubled(links);
            links *= 2;
        }
        return found == 0 ? List.of() : circle(links);
    }

    private int doubled(int links) {
        int found =
                transaction
                        .insertInto(DSL.table(WAY))
                        .select(
                                DSL.select(
                                                DSL.inline(2 * links),
                                                LOWER.child(),
                                                UPPER.above(),
                                                DSL.greatest(LOWER.since(), UPPER.since()),
                                                DSL.least(LOWER.until(), UPPER.until()))
                                        .from(LOWER.table())
                                        .join(UPPER.table())
                                        .on(UPPER.child().eq(LOWER.above()))
                                        .and(LOWER.since().lt(UPPER.until()))
                                        .and(UPPER.since().lt(LOWER.until()))
                                        .where(LOWER.links().eq(links))
                                        .and(UPPER.links().eq(links)))
                        .execute();
        Postgres.analyze(transaction, WAY);
        return found;
    }

    /** Whoever is so far above anybody is above itself. */
    private List<String> circle(int links) {
        var begin =
                BEGIN.as(
                        DSL.select(EACH.above().as("begins"), EACH.since().as("day"))
                                .from(EACH.table())
                                .join(ACCOUNT)
                                .on(ACCOUNT.ACCOUNT_ID.eq(EACH.above()))
                                .where(EACH.links().eq(links))
                                .orderBy(ACCOUNT.ACCOUNT_KEY, EACH.since())
                                .limit(1));
        var begins = DSL.field(BEGIN.append("begins"), SQLDataType.BIGINT);
        var day = DSL.field(BEGIN.append("day"), LocalDates.TYPE);
        var child = DSL.field(CIRCLE.append("child"), SQLDataType.BIGINT);
        var above = DSL.field(CIRCLE.append("above"), SQLDataType.BIGINT);
        var place = DSL.field(CIRCLE.append("place"), SQLDataType.INTEGER);
        var isLink = EACH.links().eq(1).and(EACH.isOn(day));
        var circle =
                CIRCLE.fields("child", "above", "place")
                        .as(
                                DSL.select(EACH.child(), EACH.above(), DSL.inline(1))
                                        .from(DSL.table(BEGIN))
                                        .join(EACH.table())
                                        .on(EACH.child().eq(begins))
                                        .and(isLink)
                                        .unionAll(
                                                DSL.select(
                                                                EACH.child(),
                                                                EACH.above(),
                                                                place.plus(1))
                                                        .from(DSL.table(CIRCLE))
                                                        .crossJoin(DSL.table(BEGIN))
                                                        .join(EACH.table())
                                                        .on(EACH.child().eq(above))
                                                        .and(isLink)
                                                        .where(above.ne(begins))));
        return transaction
                .withRecursive(begin, circle)
                .select(ACCOUNT.ACCOUNT_KEY)
                .from(DSL.table(CIRCLE))
                .join(ACCOUNT)
                .on(ACCOUNT.ACCOUNT_ID.eq(child))
                .orderBy(place)
                .fetch(row -> Objects.requireNonNull(row.value1()));
    }
}
