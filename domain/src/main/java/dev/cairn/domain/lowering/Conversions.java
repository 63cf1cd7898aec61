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
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
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
            case Level.Rule _ -> ofRule(convert, frame);
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
        if (!(asked.relation() instanceof RelationKey.OfFacts(var source, var placing, var made))) {
            return ofAskedMember(amount, conversion, frame, convert.span());
        }
        return isMoney(amount, frame, convert.span())
                ? converted(
                        amount,
                        conversion,
                        Level.Row.of(source, Set.of(source.name()), null, placing)
                                .with(null, made == null ? null : made.rows()),
                        frame,
                        convert.span())
                : Expr.BROKEN;
    }

    private Expr ofAskedMember(Expr amount, Conversion conversion, Frame frame, Span span) {
        return isMoney(amount, frame, span)
                        && amount.type().unit() instanceof Unit.Money(var currency)
                        && !currency.equals(conversion.to())
                ? ofAttribute(amount, currency, conversion, frame, span)
                : amount;
    }

    /** Whether it holds would depend on a day's rate, which may be missing; what selects accounts has no such third way. */
    private Expr ofRule(Formula.Convert convert, Frame frame) {
        return lowering.broken(
                Problem.of(
                                ProblemCode.LEVEL_MISMATCH,
                                frame.at(convert.span()),
                                "A rule over attributes alone reads no rates, a missing one of which would leave it open whether an account is in; compare the amount in its own currency.")
                        .offering("account.contract_value > 100"));
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
                : lowering.broken(
                        Problem.of(
                                        ProblemCode.LEVEL_MISMATCH,
                                        frame.at(convert.span()),
                                        "'convert' over aggregates converts each amount that is aggregated, by a field or attribute of its own; none is here.")
                                .offering(
                                        "convert(sum(invoice : amount), '%s')"
                                                .formatted(conversion.to())));
    }

    /** An attribute of a member that is an amount, in the currency that the formula is worked out in: at the rate of the instant that attributes are read at. */
    Expr ofMember(Expr value, Frame frame, Span span) {
        var conversion = frame.narrowing().conversion();
        return conversion != null
                        && frame.level() instanceof Level.Member
                        && value.type().unit() instanceof Unit.Money(var currency)
                        && !currency.equals(conversion.to())
                        && Exprs.leavesIn(value).isEmpty()
                ? ofAttribute(value, currency, conversion, frame, span)
                : value;
    }

    private Expr ofAttribute(
            Expr amount, String currency, Conversion conversion, Frame frame, Span span) {
        if (conversion.asOf() instanceof Moment.AtFact) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.LEVEL_MISMATCH,
                                    frame.at(span),
                                    "An attribute is of no fact, whose day could say the rate; it is converted at that of the instant it is read at.")
                            .offering("as of start", "as of end", "as of now"));
        }
        var moment =
                conversion.asOf() == null
                        ? Optional.of(asRead(amount))
                        : lowering.moments().asOf(conversion.asOf(), frame, span);
        var rates = rates(conversion.to(), frame, span);
        return moment.isEmpty() || rates.isEmpty()
                ? Expr.BROKEN
                : converted(amount, Expr.text(currency), conversion, rates.get(), moment.get());
    }

    /** The instant at which an attribute is read; where none has a history, the end of the window. */
    private static AsOf asRead(Expr amount) {
        var found = new ArrayList<AsOf>();
        Exprs.any(
                amount,
                part -> {
                    Exprs.attribute(part).map(Expr.Attribute::asOf).ifPresent(found::add);
                    return false;
                });
        return found.isEmpty() ? Attributes.edge(true, false) : found.getFirst();
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
                    : lowering.broken(
                            Problem.of(
                                            ProblemCode.LEVEL_MISMATCH,
                                            frame.at(span),
                                            "What is selected without a question is of no day, whose rate could be read; compare amounts in the currency that they are in.")
                                    .offering("amount > 100"));
        }
        var origins = AmountOrigins.of(amount, row.derived());
        if (origins.size() > 1) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    frame.at(span),
                                    "These amounts are of several rows, each of a day of its own, whose rates differ; convert each of them.")
                            .offering(
                                    "convert(..., '%1$s') - convert(..., '%1$s')"
                                            .formatted(conversion.to())));
        }
        var origin = origins.stream().findFirst().orElse(AmountOrigins.OWN);
        var currency = currencyOf(amount, row, frame, span);
        var rates = rates(conversion.to(), frame, span);
        var moment = moment(conversion.asOf(), row, origin, frame, span);
        if (currency.type().isBroken() || rates.isEmpty() || moment.isEmpty()) {
            return Expr.BROKEN;
        }
        return converted(amount, currency, conversion, rates.get(), moment.get());
    }

    private static Expr converted(
            Expr amount, Expr currency, Conversion conversion, RateTable rates, AsOf moment) {
        boolean isDouble =
                amount.type().kind() == Type.Kind.DOUBLE || !rates.to().equals(conversion.to());
        var kind = isDouble ? Type.Kind.DOUBLE : Type.Kind.DECIMAL;
        return new Expr.Convert(
                amount, rates, currency, moment, new Type(kind, new Unit.Money(conversion.to())));
    }

    /** That of the amount, or what its row says, or one that links lead to from it, or that of a step. */
    private Expr currencyOf(Expr amount, Level.Row row, Frame frame, Span span) {
        return switch (amount.type().unit()) {
            case Unit.Money(var currency) -> Expr.text(currency);
            case Unit.RowMoney(var holder) ->
                    row.source()
                            .field(holder)
                            .map(field -> lowering.linkedFields().of(row.source(), field, null))
                            .orElseGet(() ->
                                    lowering.lower(
                                            new Formula.Path(List.of(holder.split("\\.")), span),
                                            frame));
            case Unit.Plain _, Unit.Count _, Unit.Elapsed _ ->
                    throw new IllegalArgumentException("no amount of money: " + amount.type());
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

    private Optional<AsOf> moment(
            @Nullable Moment said,
            Level.Row row,
            AmountOrigins.Origin origin,
            Frame frame,
            Span span) {
        return switch (said) {
            case null -> {
                var at = origin.at();
                yield at == null
                        ? ofRow(Objects.requireNonNull(row.placing()), row, frame, span)
                        : Optional.of(fact(at, false));
            }
            case Moment.AtFact _ -> Optional.of(fact(ownTime(row, origin), true));
            case Moment.AtStart _, Moment.AtEnd _, Moment.Now _, Moment.At _ ->
                    lowering.moments().asOf(said, frame, span);
        };
    }

    /** The time of the row that an amount is of, as its source declares it. */
    private Expr.Field ownTime(Level.Row row, AmountOrigins.Origin origin) {
        var name = origin.source();
        var source = name == null ? row.source() : lowering.catalog().source(name).orElseThrow();
        return origin.of(TypeRules.field(source, source.placedBy()));
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
