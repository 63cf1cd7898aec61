package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.planner.Beside;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.CaseConditionStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What of several things a row stands beside, by its bucket and its groups. */
final class BesideColumns {
    static final String TARGET = "target";
    static final String BASELINE = "baseline";

    private BesideColumns() {}

    /** Which of what is found it is, from 1; 0: none. */
    static Field<Integer> place(Layout layout, Beside<?> beside) {
        var which = DSL.val(beside.which().toArray(Integer[]::new), SQLDataType.INTEGER.array());
        Field<Integer> index = Layout.BUCKET;
        for (var key : beside.keys()) {
            index = index.mul(inline(key.places())).add(place(layout.keys().get(key.at()), key));
        }
        return DSL.arrayGet(which, index.plus(inline(1)));
    }

    private static Field<Integer> place(GroupColumns column, Beside.NamedKey key) {
        int another = key.values().size();
        CaseConditionStep<Integer> cases =
                when(column.kind().ne(Codes.field(GroupValue.Kind.VALUE)), inline(another + 1));
        for (int at = 0; at < another; at++) {
            var is = is(column, key.values().get(at));
            cases = is.isEmpty() ? cases : cases.when(is.get(), inline(at));
        }
        return cases.otherwise(inline(another));
    }

    /** Where a value is written so; empty where no value of its kind is. */
    private static Optional<Condition> is(GroupColumns column, String text) {
        Field<Object> value = column.value();
        try {
            return switch (column.key().type().kind()) {
                case TEXT, NONE -> Optional.of(SqlTypes.<String>typed(value).eq(inline(text)));
                case INTEGER, DECIMAL, DOUBLE ->
                        number(text).map(number -> SqlTypes.exact(value).eq(inline(number)));
                case BOOLEAN ->
                        text.equals("true") || text.equals("false")
                                ? Optional.of(
                                        SqlTypes.<Boolean>typed(value)
                                                .eq(inline(Boolean.parseBoolean(text))))
                                : Optional.empty();
                case DATE ->
                        Optional.of(
                                SqlTypes.<LocalDate>typed(value)
                                        .eq(DSL.val(LocalDate.parse(text), LocalDates.TYPE)));
                case TIMESTAMP -> {
                    var instant = Instant.parse(text);
                    yield instant.toString().equals(text)
                            ? Optional.of(
                                    SqlTypes.<Instant>typed(value).eq(SqlTypes.instant(instant)))
                            : Optional.empty();
                }
                case BROKEN -> throw SqlTypes.broken();
            };
        } catch (NumberFormatException | DateTimeException _) {
            return Optional.empty();
        }
    }

    /** Empty where no value is written so: with an exponent none is, and written without it this may be endless. */
    static Optional<BigDecimal> number(String text) {
        return text.toLowerCase(Locale.ROOT).contains("e")
                ? Optional.empty()
                : Optional.of(new BigDecimal(text))
                        .filter(number -> number.stripTrailingZeros().toPlainString().equals(text));
    }

    /** A number for each place; null where there is none. */
    static Field<BigDecimal> constant(Field<Integer> place, List<BigDecimal> ofPlaces) {
        var numbers = DSL.val(ofPlaces.toArray(BigDecimal[]::new), SQLDataType.NUMERIC.array());
        return DSL.arrayGet(numbers, place);
    }
}
