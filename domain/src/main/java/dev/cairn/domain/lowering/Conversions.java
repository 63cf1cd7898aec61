package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.RateTable;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Moment;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lowers {@code convert}. An amount of a row is converted at the rate that holds for the row. Over aggregates it says in which currency the formula is worked
 * out: each amount that is aggregated is converted, row by row, before it is.
 */
final class Conversions {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final Lowering lowering;

    Conversions(Lowering lowering) {
        this.lowering = lowering;
    }

    Expr convert(Formula.Convert convert, Frame frame) {
        var conversion = new Conversion(convert.currency(), convert.asOf());
        return switch (frame.level()) {
            case Level.Row row -> {
                var amount = lowering.lower(convert.operand(), frame);
                yield amount.type().isBroken() || isMoney(amount, frame, convert.span())
                        ? converted(amount, conversion, row, frame, convert.span())
                        : Expr.BROKEN;
            }
            case Level.Member _, Level.Cell _ -> ofAggregates(convert, conversion, frame);
            case Level.Asked asked -> ofAsked(convert, conversion, asked, frame);
            case Level.Rule _ -> notYet(convert, frame);
        };
    }

    /** In a condition of the question an amount of the row; in a key also one that is aggregated, which is of the account. */
    private Expr ofAsked(
            Formula.Convert convert, Conversion conversion, Level.Asked asked, Frame frame) {
        var looked =
                asked.isKey() && asked.own() != null
                        ? frame.at(new Level.Asked(asked.relation(), true, asked.own().unread()))
                        : frame;
        var amount = lowering.lower(convert.operand(), looked);
        if (amount.type().isBroken()) {
            return Expr.BROKEN;
        }
        if (asked.isKey() && !Exprs.leavesIn(amount).isEmpty()) {
            return lowering.ofAccount()
                    .value(frame, convert.span(), account -> convert(convert, account));
        }
        if (!(asked.relation() instanceof RelationKey.OfFacts(var source, var placing, _))) {
            return notYet(convert, frame);
        }
        return isMoney(amount, frame, convert.span())
                ? converted(
                        amount,
                        conversion,
                        Level.Row.of(source, Set.of(source.name()), null, placing),
                        frame,
                        convert.span())
                : Expr.BROKEN;
    }

    private Expr notYet(Formula.Convert convert, Frame frame) {
        return lowering.notYet(
                "'convert(...)' of members in a condition of the question, or in a rule of attributes",
                frame,
                convert.span());
    }

    private Expr ofAggregates(Formula.Convert convert, Conversion conversion, Frame frame) {
        var value =
                lowering.lower(
                        convert.operand(),
                        frame.narrowed(frame.narrowing().converting(conversion)));
        if (value.type().isBroken() || !isMoney(value, frame, convert.span())) {
            return Expr.BROKEN;
        }
        return value.type().unit().equals(new Unit.Money(conversion.to()))
                ? value
                : lowering.notYet(
                        "'convert(...)' of an amount that is not aggregated from rows",
                        frame,
                        convert.span());
    }

    private boolean isMoney(Expr value, Frame frame, Span span) {
        boolean isMoney = value.type().isNumber() && value.type().unit().isMoney();
        if (!isMoney) {
            lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    span,
                    "'convert' takes an amount of money, this is %s.",
                    value.type().word());
        }
        return isMoney;
    }

    /**
     * An amount that is to be aggregated, in the currency that the formula is worked out in.
     *
     * @param type of the amount, as the condition on the rows leaves it
     */
    Expr inForce(Expr value, Type type, Frame rows, Span span) {
        var conversion = rows.narrowing().conversion();
        return conversion != null
                        && type.unit().isMoney()
                        && !type.unit().equals(new Unit.Money(conversion.to()))
                        && rows.level() instanceof Level.Row row
                ? converted(value, conversion, row, rows, span)
                : value;
    }

    private Expr converted(
            Expr amount, Conversion conversion, Level.Row row, Frame frame, Span span) {
        var target = new Unit.Money(conversion.to());
        if (amount.type().isBroken() || amount.type().unit().equals(target)) {
            return amount;
        }
        if (row.placing() == null) {
            return row.isBeingRead()
                    ? lowering.broken(
                            ProblemCode.LEVEL_MISMATCH,
                            frame,
                            span,
                            "No rates are known while rows are read; convert where they are aggregated.")
                    : lowering.notYet("'convert(...)' here", frame, span);
        }
        if (Exprs.any(amount, Attempts::isOutcome)) {
            return lowering.notYet("'convert(...)' of an amount of a later step", frame, span);
        }
        var currency = currencyOf(amount, row, frame, span);
        if (currency.isEmpty()) {
            return lowering.notYet(
                    "'convert(...)' of amounts in the currencies of other rows", frame, span);
        }
        var rates = rates(conversion.to(), frame, span);
        var moment = moment(conversion.asOf(), row, frame, span);
        if (rates.isEmpty() || moment.isEmpty()) {
            return Expr.BROKEN;
        }
        boolean isDouble =
                amount.type().kind() == Type.Kind.DOUBLE
                        || !rates.get().to().equals(conversion.to());
        var kind = isDouble ? Type.Kind.DOUBLE : Type.Kind.DECIMAL;
        return new Expr.Convert(
                amount, rates.get(), currency.get(), moment.get(), new Type(kind, target));
    }

    /** That of the amount, or what its row or one that links lead to from it says; empty where that is of another row. */
    private Optional<Expr> currencyOf(Expr amount, Level.Row row, Frame frame, Span span) {
        return switch (amount.type().unit()) {
            case Unit.Money(var currency) -> Optional.of(Expr.text(currency));
            case Unit.RowMoney(var holder) -> {
                var own = row.source().field(holder);
                if (own.isPresent()) {
                    yield Optional.of(lowering.linkedFields().of(row.source(), own.get(), null));
                }
                var path = List.of(holder.split("\\."));
                boolean isLinked =
                        path.size() > 1
                                && row.source().pointers().stream()
                                        .anyMatch(link -> link.name().equals(path.getFirst()));
                yield isLinked
                        ? Optional.of(lowering.lower(new Formula.Path(path, span), frame))
                        : Optional.empty();
            }
            case Unit.Plain _, Unit.Count _, Unit.Elapsed _ -> Optional.empty();
        };
    }

    // ---- rates

    /** Those to the currency; where none are declared, those to another one, which leads to it. */
    private Optional<RateTable> rates(String to, Frame frame, Span span) {
        var all =
                lowering.catalog().all(Source.class).stream()
                        .filter(source -> source.rates() != null)
                        .toList();
        var direct = all.stream().filter(source -> leadsTo(source).equals(to)).toList();
        var found = direct.isEmpty() && CURRENCY.matcher(to).matches() ? all : direct;
        if (found.size() > 1) {
            var names = found.stream().map(Source::name).sorted().collect(Collectors.joining(", "));
            lowering.broken(
                    ProblemCode.AMBIGUOUS_NAME,
                    frame,
                    span,
                    direct.isEmpty()
                            ? "No rates to %s are declared, and those of several sources (%s) may lead to it; declare rates to %s."
                            : "Rates to %s are in %s; let one source have them.",
                    to,
                    names,
                    to);
            return Optional.empty();
        }
        if (found.isEmpty()) {
            var others = all.stream().map(Conversions::leadsTo).distinct().sorted().toList();
            lowering.broken(
                    Problem.of(
                                    ProblemCode.BAD_VALUE,
                                    frame.at(span),
                                    others.isEmpty()
                                            ? "No rates to '%s' are declared: a source has them by 'rates: {currency: ..., to: %s, rate: ...}'."
                                            : "'%s' is no currency, and no rates to it are declared; there are rates to %s.",
                                    to,
                                    others.isEmpty() ? to : String.join(", ", others))
                            .offering(
                                    others.stream()
                                            .map("convert(..., '%s')"::formatted)
                                            .toArray(String[]::new)));
            return Optional.empty();
        }
        var source = found.getFirst();
        lowering.refersTo(frame, source.name());
        var rates = Objects.requireNonNull(source.rates());
        boolean isSound =
                source.field(source.placing()).isPresent()
                        && source.field(rates.currency()).isPresent()
                        && source.field(rates.rate()).isPresent();
        if (!isSound) {
            lowering.broken(
                    ProblemCode.MISSING,
                    frame,
                    span,
                    "The source '%s' has no field that its rates name.",
                    source.name());
        }
        return isSound ? Optional.of(RateTable.of(source, rates)) : Optional.empty();
    }

    private static String leadsTo(Source rates) {
        return Objects.requireNonNull(rates.rates()).to();
    }

    // ---- time

    private Optional<AsOf> moment(@Nullable Moment said, Level.Row row, Frame frame, Span span) {
        return switch (said) {
            case null -> ofRow(Objects.requireNonNull(row.placing()), row, frame, span);
            case Moment.AtFact _ ->
                    Optional.of(fact(TypeRules.field(row.source(), row.source().placedBy()), true));
            case Moment.AtStart _, Moment.AtEnd _, Moment.Now _, Moment.At _ ->
                    lowering.moments().asOf(said, frame, span);
        };
    }

    private Optional<AsOf> ofRow(Placing placing, Level.Row row, Frame frame, Span span) {
        return switch (placing) {
            case Placing.At(var time) -> Optional.of(fact(time, false));
            case Placing.ValidAt(_, var edge) ->
                    Optional.of(Attributes.edge(edge == Placing.Edge.END, false));
            case Placing.ValidDuring _ -> {
                lowering.broken(
                        Problem.of(
                                        ProblemCode.MISSING,
                                        frame.at(span),
                                        "Rows of '%s' that are valid during a time have no one day; say at whose rate they are converted.",
                                        row.source().name())
                                .offering("as of start", "as of end", "as of fact"));
                yield Optional.empty();
            }
        };
    }

    private AsOf fact(Expr.Field time, boolean said) {
        return new AsOf.Fact(lowering.attributes().day(time), said);
    }
}
