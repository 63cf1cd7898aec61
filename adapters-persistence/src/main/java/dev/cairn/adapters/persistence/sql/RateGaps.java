package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.systemName;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Function;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * For want of which rates an expression has no value: a line for each, with day and currency; null where there are all that it reads. What it does not come
 * to read (the arm of a {@code case} that is not taken, what stands beside a condition that is false) is not missed.
 */
final class RateGaps {
    /** Of what reads no rates. */
    static final Field<String> NONE = castNull(SQLDataType.CLOB);

    private static final String BETWEEN = "\n";

    /** Between two lines; a currency may be any text, also one of several lines. */
    private static final Pattern NEXT_LINE = Pattern.compile("\n(?=[0-9]{4,}-[0-9]{2}-[0-9]{2} )");

    private final ExprCompiler exprs;
    private final RowColumns columns;
    private final IdentityHashMap<Expr.Common, Field<String>> ofCommon = new IdentityHashMap<>();

    RateGaps(ExprCompiler exprs, RowColumns columns) {
        this.exprs = exprs;
        this.columns = columns;
    }

    /** Those of several rows as those of one. */
    static Field<String> ofAll(Field<?> gaps) {
        return DSL.groupConcatDistinct(gaps).separator(BETWEEN);
    }

    /** Those of several lines in each of them. */
    static Field<String> ofEach(Field<?> gaps, List<Field<?>> alike) {
        return DSL.groupConcat(gaps).separator(BETWEEN).over(DSL.partitionBy(alike));
    }

    /** The lines of some, each in a row of its own. */
    static Field<String> lines(Field<String> gaps) {
        return function(
                systemName("regexp_split_to_table"),
                SQLDataType.CLOB,
                gaps,
                inline(NEXT_LINE.pattern()));
    }

    static List<MissingRate> read(@Nullable String gaps) {
        return gaps == null
                ? List.of()
                : NEXT_LINE
                        .splitAsStream(gaps)
                        .distinct()
                        .map(RateGaps::readLine)
                        .sorted()
                        .toList();
    }

    private static MissingRate readLine(String line) {
        int end = line.indexOf(' ');
        return new MissingRate(line.substring(end + 1), LocalDate.parse(line.substring(0, end)));
    }

    Field<String> of(Expr expr) {
        return switch (expr) {
            case Expr.Convert convert -> ofConversion(convert);
            case Expr.LeafValue leaf -> columns.gaps(leaf);
            case Expr.Rank rank -> of(rank.value()) == NONE ? NONE : columns.gaps(rank);
            case Expr.And(var left, var right) -> ofEither(left, right, false);
            case Expr.Or(var left, var right) -> ofEither(left, right, true);
            case Expr.Case(var arms, var otherwise, _) -> ofArms(arms, otherwise);
            case Expr.Call(var function, var arguments, _) when function == Function.COALESCE ->
                    ofFirst(arguments);
            case Expr.Common common -> {
                var known = ofCommon.get(common);
                if (known == null) {
                    known = of(common.value());
                    ofCommon.put(common, known);
                }
                yield known;
            }
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.InPeriods _,
                    Expr.TimeEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Compare _,
                    Expr.Is _,
                    Expr.Not _,
                    Expr.In _,
                    Expr.Call _,
                    Expr.Share _ ->
                    all(Exprs.operands(expr).stream().map(this::of).toList());
        };
    }

    /**
     * For want of which it is not known whether a row is taken. A row of which something else is not true is not taken in any case.
     *
     * @param condition that keeps rows of which it is true
     */
    Field<String> ofCondition(Expr condition) {
        var gaps = new ArrayList<Field<String>>();
        var mayHold = DSL.noCondition();
        for (var part : Exprs.conjuncts(condition)) {
            var missing = of(part);
            gaps.add(missing);
            if (!part.equals(Expr.TRUE)) {
                var holds = exprs.condition(part);
                mayHold = mayHold.and(missing == NONE ? holds : holds.or(missing.isNotNull()));
            }
        }
        var all = all(gaps);
        return all == NONE ? NONE : when(mayHold, all);
    }

    /** Those of all expressions, lines of which stand one after the other. */
    static Field<String> all(List<Field<String>> gaps) {
        var some = gaps.stream().filter(gap -> gap != NONE).distinct().toList();
        return switch (some.size()) {
            case 0 -> NONE;
            case 1 -> some.getFirst();
            default -> {
                var arguments = new ArrayList<Field<?>>();
                arguments.add(inline(BETWEEN));
                arguments.addAll(some);
                yield nullif(
                        function(
                                systemName("concat_ws"),
                                SQLDataType.CLOB,
                                arguments.toArray(Field<?>[]::new)),
                        inline(""));
            }
        };
    }

    private Field<String> ofConversion(Expr.Convert convert) {
        var read = columns.rate(convert);
        var isAnother = isNot(read.currency(), convert.to());
        var missing = new ArrayList<Field<String>>();
        missing.add(of(convert.amount()));
        var amount = exprs.field(convert.amount()).isNotNull();
        var ofTarget = read.ofTarget();
        var ofOwn = amount.and(isAnother).and(read.rate().isNull());
        missing.add(
                when(
                        ofTarget == null
                                ? ofOwn
                                : ofOwn.and(isNot(read.currency(), convert.rates().to())),
                        line(read.day(), coalesce(read.currency(), inline("")))));
        if (ofTarget != null) {
            missing.add(
                    when(
                            amount.and(isAnother).and(ofTarget.isNull()),
                            line(read.day(), inline(convert.to()))));
        }
        return all(missing);
    }

    private static Condition isNot(Field<String> currency, String other) {
        return currency.isNull().or(currency.ne(inline(other)));
    }

    private static Field<String> line(Field<LocalDate> day, Field<String> currency) {
        return DSL.concat(day.cast(SQLDataType.CLOB), inline(" "), currency);
    }

    /** @param decides the outcome of one side that makes that of both, whatever the other is */
    private Field<String> ofEither(Expr left, Expr right, boolean decides) {
        var ofLeft = of(left);
        var ofRight = of(right);
        var both = all(List.of(ofLeft, ofRight));
        return both == NONE
                ? NONE
                : when(
                        DSL.not(isDecided(left, ofLeft, decides))
                                .andNot(isDecided(right, ofRight, decides)),
                        both);
    }

    private Condition isDecided(Expr side, Field<String> gaps, boolean by) {
        Field<Boolean> outcome = SqlTypes.typed(exprs.field(side));
        var decided = DSL.condition(coalesce(outcome, inline(!by)));
        var is = by ? decided : DSL.not(decided);
        return gaps == NONE ? is : is.and(gaps.isNull());
    }

    private Field<String> ofArms(List<Expr.Arm> arms, Expr otherwise) {
        if (arms.isEmpty()) {
            return of(otherwise);
        }
        var first = arms.getFirst();
        var ofCondition = of(first.condition());
        var ofResult = of(first.result());
        var ofRest = ofArms(arms.subList(1, arms.size()), otherwise);
        var chosen =
                ofResult == NONE && ofRest == NONE
                        ? NONE
                        : when(exprs.condition(first.condition()), ofResult).otherwise(ofRest);
        return all(List.of(ofCondition, chosen));
    }

    private Field<String> ofFirst(List<Expr> arguments) {
        var first = of(arguments.getFirst());
        if (arguments.size() == 1) {
            return first;
        }
        var ofRest = ofFirst(arguments.subList(1, arguments.size()));
        return all(
                List.of(
                        first,
                        ofRest == NONE
                                ? NONE
                                : when(exprs.field(arguments.getFirst()).isNull(), ofRest)));
    }
}
