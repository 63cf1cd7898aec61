package dev.cairn.adapters.persistence.fact;

import dev.cairn.adapters.persistence.staging.Staging;
import java.util.ArrayList;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Deals with keys that stand in one load several times. */
record RepeatedKeys(DSLContext transaction, FactStaging staged) {
    private static final Name NAME = DSL.name("repeated");
    private static final Table<Record> REPEATED = DSL.table(NAME);
    private static final Field<UUID> KEY = DSL.field(NAME.append("source_key"), SQLDataType.UUID);
    private static final Field<Long> LAST = DSL.field(NAME.append("line"), SQLDataType.BIGINT);

    /**
     * Leaves one staged row for each key. Without a declared key equal rows are different facts: the first keeps the key of its content,
     * the others get one of content and number. With one, the last row stays and the others are taken out.
     *
     * @return how many rows were taken out that had other content than the last
     */
    long settle() {
        if (find() == 0) {
            return 0;
        }
        if (staged.source().key().isEmpty()) {
            number();
            return 0;
        }
        return keepLast();
    }

    /** Writes down the keys that are there several times, each with its last line. */
    private int find() {
        transaction
                .createTemporaryTable(NAME)
                .column(KEY.getUnqualifiedName(), KEY.getDataType())
                .column(LAST.getUnqualifiedName(), LAST.getDataType())
                .onCommitDrop()
                .execute();
        return transaction
                .insertInto(REPEATED, KEY, LAST)
                .select(
                        DSL.select(FactStaging.SOURCE_KEY, DSL.max(Staging.LINE))
                                .from(Staging.table())
                                .groupBy(FactStaging.SOURCE_KEY)
                                .having(DSL.count().gt(1)))
                .execute();
    }

    private void number() {
        Name numbered = DSL.name("numbered");
        Field<Long> line = DSL.field(numbered.append("line"), SQLDataType.BIGINT);
        Field<Integer> occurrence = DSL.field(numbered.append("occurrence"), SQLDataType.INTEGER);
        var numbers =
                DSL.select(
                                Staging.LINE.as("line"),
                                DSL.rowNumber()
                                        .over(
                                                DSL.partitionBy(FactStaging.SOURCE_KEY)
                                                        .orderBy(Staging.LINE))
                                        .as("occurrence"))
                        .from(Staging.table())
                        .join(REPEATED)
                        .on(KEY.eq(FactStaging.SOURCE_KEY))
                        .asTable(numbered);
        transaction
                .update(Staging.table())
                .set(FactStaging.SOURCE_KEY, numberedKey(occurrence))
                .from(numbers)
                .where(line.eq(Staging.LINE))
                .and(occurrence.gt(1))
                .execute();
    }

    /** The first 128 bits of the SHA-256 of {@code key#occurrence}. */
    private static Field<UUID> numberedKey(Field<Integer> occurrence) {
        Field<String> text =
                DSL.concat(
                        FactStaging.SOURCE_KEY.cast(SQLDataType.CLOB),
                        DSL.inline("#"),
                        occurrence.cast(SQLDataType.CLOB));
        Field<byte[]> bytes =
                DSL.function(DSL.name("convert_to"), SQLDataType.BLOB, text, DSL.inline("UTF8"));
        Field<byte[]> hash = DSL.function(DSL.name("sha256"), SQLDataType.BLOB, bytes);
        Field<byte[]> half =
                DSL.function(
                        DSL.name("substr"), SQLDataType.BLOB, hash, DSL.inline(1), DSL.inline(16));
        return DSL.function(DSL.name("encode"), SQLDataType.CLOB, half, DSL.inline("hex"))
                .cast(SQLDataType.UUID);
    }

    private long keepLast() {
        var kept = Staging.table().as("kept");
        Field<Long> keptLine = DSL.field(DSL.name("kept", "line"), SQLDataType.BIGINT);
        long different =
                transaction
                        .select(DSL.count())
                        .from(Staging.table())
                        .join(REPEATED)
                        .on(KEY.eq(FactStaging.SOURCE_KEY))
                        .join(kept)
                        .on(keptLine.eq(LAST))
                        .where(differsFromKept())
                        .fetchSingle()
                        .value1();
        transaction
                .deleteFrom(Staging.table())
                .using(REPEATED)
                .where(KEY.eq(FactStaging.SOURCE_KEY))
                .and(Staging.LINE.lt(LAST))
                .execute();
        return different;
    }

    private Condition differsFromKept() {
        var differs = new ArrayList<Condition>();
        for (Field<?> column : staged.all()) {
            differs.add(
                    distinct(
                            column,
                            DSL.field(DSL.name("kept", column.getName()), column.getDataType())));
        }
        return DSL.or(differs);
    }

    /** Whether two values of one type differ; two nulls do not. */
    static Condition distinct(Field<?> left, Field<?> right) {
        return left.coerce(Object.class).isDistinctFrom(right.coerce(Object.class));
    }
}
