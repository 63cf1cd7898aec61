package dev.cairn.adapters.persistence.fact;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.application.port.out.FactStore.Overlap;
import dev.cairn.application.port.out.FactStore.Overlaps;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Finds rows that hold while an earlier row of the same thing does, where a source says what one row holds for at a time. */
record OverlappingRows(DSLContext transaction, Source source, FactTable facts) {
    private static final int SHOWN = 3;
    private static final Name VALID = DSL.name("valid");
    private static final Name EARLIER = DSL.name("earlier_until");
    private static final Field<Boolean> ENDLESS =
            DSL.field(VALID.append("earlier_endless"), SQLDataType.BOOLEAN);
    private static final Field<Integer> ROWS = DSL.count().over().as("rows");

    /**
     * Only rows of what the staged rows are about are looked at.
     *
     * @param staged rows of the load
     * @param values one column of theirs for each field of the source
     */
    Overlaps find(Table<?> staged, List<Field<?>> values) {
        var validity = source.holds();
        if (validity == null || validity.per().isEmpty()) {
            return Overlaps.NONE;
        }
        var per = validity.per().stream().<Field<?>>map(this::column).toList();
        var stagedPer =
                validity.per().stream().<Field<?>>map(name -> values.get(index(name))).toList();
        var valid = valid(validity, per, DSL.row(per).in(DSL.select(stagedPer).from(staged)));
        var from =
                DSL.field(VALID.append(column(validity.from()).getUnqualifiedName()), Object.class);
        var earlier = DSL.field(VALID.append(EARLIER), Object.class);
        var of =
                per.stream()
                        .<Field<?>>map(field ->
                                DSL.field(
                                        VALID.append(field.getUnqualifiedName()),
                                        field.getDataType()))
                        .toList();
        var shown = new ArrayList<Field<?>>(of);
        shown.addAll(List.of(from, earlier, ENDLESS, ROWS));
        var first =
                transaction
                        .select(shown)
                        .from(valid)
                        .where(ENDLESS.isTrue().or(from.lt(earlier)))
                        .orderBy(shown.subList(0, of.size() + 1))
                        .limit(SHOWN)
                        .fetch();
        return first.isEmpty()
                ? Overlaps.NONE
                : new Overlaps(
                        first.getFirst().get(ROWS),
                        first.map(row ->
                                new Overlap(
                                        of.stream()
                                                .map(field -> String.valueOf(row.get(field)))
                                                .toList(),
                                        String.valueOf(row.get(from)),
                                        Boolean.TRUE.equals(row.get(ENDLESS))
                                                ? null
                                                : String.valueOf(row.get(earlier)))));
    }

    /** Rows in force that hold at any time, each with until when the earlier ones of the same thing hold. */
    private Table<?> valid(Validity validity, List<Field<?>> per, Condition touched) {
        var from = column(validity.from()).coerce(Object.class);
        var until = column(validity.until()).coerce(Object.class);
        var columns = new ArrayList<Field<?>>(per);
        columns.add(from);
        columns.add(
                DSL.max(until)
                        .over()
                        .partitionBy(per)
                        .orderBy(from, facts.sourceKey())
                        .rowsBetweenUnboundedPreceding()
                        .andPreceding(1)
                        .as(EARLIER));
        columns.add(
                DSL.boolOr(until.isNull())
                        .over()
                        .partitionBy(per)
                        .orderBy(from, facts.sourceKey())
                        .rowsBetweenUnboundedPreceding()
                        .andPreceding(1)
                        .as(ENDLESS.getUnqualifiedName()));
        return DSL.select(columns)
                .from(facts.table())
                .where(facts.inForce())
                .and(until.isNull().or(from.lt(until)))
                .and(touched)
                .asTable(VALID);
    }

    private Field<?> column(String field) {
        return facts.column(source.fields().get(index(field)));
    }

    private int index(String field) {
        return source.fields().indexOf(source.field(field).orElseThrow());
    }
}
