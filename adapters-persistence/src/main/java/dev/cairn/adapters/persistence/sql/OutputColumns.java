package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Columns of the outputs; the caller's names for them never come into the statement. */
final class OutputColumns {
    private OutputColumns() {}

    static Field<Object> value(int output, Output of) {
        return SqlTypes.typed(field(name("value" + output), SqlTypes.of(of.value().type().kind())));
    }

    static Field<? extends Number> numerator(int output, Output of) {
        return number("numerator" + output, of.numerator());
    }

    static Field<? extends Number> denominator(int output, Output of) {
        return number("denominator" + output, of.denominator());
    }

    private static Field<? extends Number> number(String column, @Nullable Expr expr) {
        boolean isDouble = expr != null && expr.type().kind() == Kind.DOUBLE;
        return isDouble
                ? field(name(column), SQLDataType.DOUBLE)
                : field(name(column), SQLDataType.NUMERIC);
    }

    static Field<Long> sampleSize(int output) {
        return field(name("sample" + output), SQLDataType.BIGINT);
    }

    static Field<Double> part(int output, int part) {
        return field(name("part" + output + "_" + part), SQLDataType.DOUBLE);
    }

    /** What is computed so that it can be told how far the value may be off. */
    static List<Field<? extends Number>> ofSample(int output, Output of) {
        var computed = of.computedOfSample();
        return IntStream.range(0, computed.size())
                .<Field<? extends Number>>mapToObj(
                        at -> number("sampling" + output + "_" + at, computed.get(at)))
                .toList();
    }

    /** What is computed so that it can be told what is left when. */
    static Field<String> lifeTable(int output) {
        return field(name("lives" + output), SQLDataType.CLOB);
    }

    static Field<Long> pending(int output) {
        return field(name("pending" + output), SQLDataType.BIGINT);
    }

    static Field<Long> pendingCompleted(int output) {
        return field(name("completed" + output), SQLDataType.BIGINT);
    }

    static Field<Long> beginsBeforeData(int output) {
        return field(name("before" + output), SQLDataType.BIGINT);
    }

    static Field<String> reason(int output) {
        return field(name("reason" + output), SQLDataType.CLOB);
    }

    /** For want of which rates there is no value. */
    static Field<String> gaps(int output) {
        return field(name("gaps" + output), SQLDataType.CLOB);
    }

    /** Whether a rate is read for it. */
    static boolean mayLackRate(Output output, AnalysisPlan plan) {
        return Exprs.leavesIn(output.value()).stream()
                .anyMatch(leaf -> plan.leaves().get(leaf).mayLackRate());
    }

    /** Whether it is of rows with windows of their own, of which some are pending. */
    static boolean readsWindows(Output output, AnalysisPlan plan) {
        return Exprs.leavesIn(output.value()).stream()
                .anyMatch(leaf -> plan.leaves().get(leaf).apart() != null);
    }

    /** Whether it is of attempts, of which some are pending. */
    static boolean readsAttempts(Output output, AnalysisPlan plan) {
        return Exprs.leavesIn(output.value()).stream()
                .map(leaf -> plan.leaves().get(leaf).apart())
                .anyMatch(apart -> apart != null && apart.completed() != null);
    }

    static List<Field<?>> all(AnalysisPlan plan) {
        var columns = new ArrayList<Field<?>>();
        for (int index = 0; index < plan.outputs().size(); index++) {
            var output = plan.outputs().get(index);
            if (mayLackRate(output, plan)) {
                columns.add(gaps(index));
            }
            columns.addAll(
                    List.of(
                            value(index, output),
                            numerator(index, output),
                            denominator(index, output),
                            sampleSize(index),
                            reason(index)));
            for (int part = 0; part < output.parts().size(); part++) {
                columns.add(part(index, part));
            }
            columns.addAll(ofSample(index, output));
            if (output.lifeTable() != null) {
                columns.add(lifeTable(index));
            }
            if (readsWindows(output, plan)) {
                columns.add(pending(index));
                columns.add(beginsBeforeData(index));
            }
            if (readsAttempts(output, plan)) {
                columns.add(pendingCompleted(index));
            }
        }
        return columns;
    }
}
