package dev.cairn.adapters.persistence.staging;

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

/** Deals with keys that stand in one load several times; asked once for each load. */
public record RepeatedKeys(DSLContext transaction, Staging staging) {
    private static final Name NAME = DSL.name("repeated");
    private static final Table<Record> REPEATED = DSL.table(NAME);
    private static final Field<UUID> KEY = DSL.field(NAME.append("row_key"), SQLDataType.UUID);
    private static final Field<Long> LAST = DSL.field(NAME.append("line"), SQLDataType.BIGINT);

    /**
     * Where equal keys are different rows: the first row keeps the key, the others get one of key and number.
     */
    public void number() {
        if (find() > 0) {
            numberRows();
        }
    }

    /**
     * Where equal keys are the same thing: the last row of each stays, the others are taken out.
     *
     * @param counted which rows are counted
     * @return how many rows were taken out that had other content than the last
     */
    public long keepLast(Condition counted) {
        return find() > 0 ? keepLastRows(counted) : 0;
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
                        DSL.select(Staging.KEY, DSL.max(Staging.LINE))
                                .from(staging.table())
                                .groupBy(Staging.KEY)
                                .having(DSL.count().gt(1)))
                .execute();
    }

    private void numberRows() {
        Name numbered = DSL.name("numbered");
        Field<Long> line = DSL.field(numbered.append("line"), SQLDataType.BIGINT);
        Field<Integer> occurrence = DSL.field(numbered.append("occurrence"), SQLDataType.INTEGER);
        var numbers =
                DSL.select(
                                Staging.LINE.as("line"),
                                DSL.rowNumber()
                                        .over(DSL.partitionBy(Staging.KEY).orderBy(Staging.LINE))
                                        .as("occurrence"))
                        .from(staging.table())
                        .join(REPEATED)
                        .on(KEY.eq(Staging.KEY))
                        .asTable(numbered);
        transaction
                .update(staging.table())
                .set(Staging.KEY, numberedKey(occurrence))
                .from(numbers)
                .where(line.eq(Staging.LINE))
                .and(occurrence.gt(1))
                .execute();
    }

    /** The first 128 bits of the SHA-256 of {@code key#occurrence}. */
    private static Field<UUID> numberedKey(Field<Integer> occurrence) {
        Field<String> text =
                DSL.concat(
                        Staging.KEY.cast(SQLDataType.CLOB),
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

    private long keepLastRows(Condition counted) {
        var kept = staging.table("kept");
        Field<Long> keptLine = DSL.field(DSL.name("kept", "line"), SQLDataType.BIGINT);
        long different =
                transaction
                        .select(DSL.count())
                        .from(staging.table())
                        .join(REPEATED)
                        .on(KEY.eq(Staging.KEY))
                        .join(kept)
                        .on(keptLine.eq(LAST))
                        .where(differsFromKept())
                        .and(counted)
                        .fetchSingle()
                        .value1();
        transaction
                .deleteFrom(staging.table())
                .using(REPEATED)
                .where(KEY.eq(Staging.KEY))
                .and(Staging.LINE.lt(LAST))
                .execute();
        return different;
    }

    private Condition differsFromKept() {
        var differs = new ArrayList<Condition>();
        for (Field<?> column : staging.content()) {
            differs.add(
                    Staging.distinct(
                            column,
                            DSL.field(DSL.name("kept", column.getName()), column.getDataType())));
        }
        return DSL.or(differs);
    }
}
