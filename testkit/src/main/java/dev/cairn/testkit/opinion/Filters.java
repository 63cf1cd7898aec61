package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Filters that a program built: two-valued, a condition over what is empty is false and its negation true; but for cohorts, of which facts of no account are
 * neither inside nor outside.
 */
final class Filters {
    private final Meaning meaning;
    private final Definitions definitions;
    private final ZoneId zone;

    Filters(Meaning meaning, Definitions definitions, ZoneId zone) {
        this.meaning = meaning;
        this.definitions = definitions;
        this.zone = zone;
    }

    boolean ofRow(Filter filter, Context.Row row) {
        return Boolean.TRUE.equals(truth(filter, where -> ofRow(where, row)));
    }

    /** Of what is read through the account no account and no value are two; of the account itself, and of a cohort, there is only the one. */
    private @Nullable Boolean ofRow(Filter.Where where, Context.Row row) {
        boolean isCohort = definitions.isCohort(where.field());
        boolean hasAccount = row.owner().account() != null;
        var value =
                isCohort
                        ? meaning.memberships().isIn(where.field(), row)
                        : PlainValues.settled(
                                meaning.of(SentenceReader.dimension(where.field()), row).value());
        boolean isThroughAccount =
                !isCohort
                        && definitions.asReadOf(SentenceReader.dimension(where.field()), row)
                                instanceof Sentence.Name(var parts)
                        && parts.size() > 1
                        && parts.get(parts.size() - 2).equals("account")
                        && !definitions.leadsAway(parts);
        return switch (where.operator()) {
            case IS_NULL -> value == null && (hasAccount || !isThroughAccount);
            case IS_NO_ACCOUNT -> value == null && !hasAccount;
            case IS_NOT_NULL -> value != null;
            case IN, NOT_IN, LT, LTE, GT, GTE, CONTAINS ->
                    (isCohort && value == null) ? null : (Boolean) holds(where, value);
        };
    }

    boolean ofColumns(Filter filter, Function<String, @Nullable Object> columns) {
        return Boolean.TRUE.equals(
                truth(filter, where -> holds(where, columns.apply(where.field()))));
    }

    private static @Nullable Boolean truth(
            Filter filter, Function<Filter.Where, @Nullable Boolean> atom) {
        return switch (filter) {
            case Filter.Where where -> atom.apply(where);
            case Filter.Not(var inside) -> {
                var truth = truth(inside, atom);
                yield truth == null ? null : !truth;
            }
            case Filter.All(var all) -> {
                @Nullable Boolean truth = true;
                for (Filter one : all) {
                    var next = truth(one, atom);
                    truth =
                            (Boolean.FALSE.equals(truth) || Boolean.FALSE.equals(next))
                                    ? Boolean.FALSE
                                    : (truth == null || next == null) ? null : Boolean.TRUE;
                }
                yield truth;
            }
            case Filter.Any(var any) -> {
                @Nullable Boolean truth = false;
                for (Filter one : any) {
                    var next = truth(one, atom);
                    truth =
                            (Boolean.TRUE.equals(truth) || Boolean.TRUE.equals(next))
                                    ? Boolean.TRUE
                                    : (truth == null || next == null) ? null : Boolean.FALSE;
                }
                yield truth;
            }
        };
    }

    private boolean holds(Filter.Where where, @Nullable Object value) {
        return switch (where.operator()) {
            case IS_NULL -> value == null;
            case IS_NOT_NULL -> value != null;
            case IS_NO_ACCOUNT -> throw new Unsupported("a column without an account");
            case IN -> value != null && isAmong(where, value);
            case NOT_IN -> value == null || !isAmong(where, value);
            case CONTAINS ->
                    value instanceof String text && text.contains(where.values().getFirst());
            case LT -> value != null && order(where, value) < 0;
            case LTE -> value != null && order(where, value) <= 0;
            case GT -> value != null && order(where, value) > 0;
            case GTE -> value != null && order(where, value) >= 0;
        };
    }

    private boolean isAmong(Filter.Where where, Object value) {
        return where.values().stream()
                .anyMatch(text -> PlainValues.compare(value, read(text, value), zone) == 0);
    }

    private int order(Filter.Where where, Object value) {
        return PlainValues.compare(value, read(where.values().getFirst(), value), zone);
    }

    private Object read(String text, Object like) {
        return switch (like) {
            case Number _ -> new BigDecimal(text);
            case Boolean _ -> Boolean.valueOf(text);
            case LocalDate _ -> LocalDate.parse(text);
            case Instant _ ->
                    text.length() == 10
                            ? PlainCalendar.startOf(LocalDate.parse(text), zone)
                            : OffsetDateTime.parse(text).toInstant();
            default -> text;
        };
    }

    /** What a filter names. */
    static Stream<String> named(Filter filter) {
        return switch (filter) {
            case Filter.All(var all) -> all.stream().flatMap(Filters::named);
            case Filter.Any(var any) -> any.stream().flatMap(Filters::named);
            case Filter.Not(var inside) -> named(inside);
            case Filter.Where(var field, _, _) -> Stream.of(field);
        };
    }
}
