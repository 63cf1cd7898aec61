package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.lowering.Frame;
import dev.cairn.domain.lowering.Level;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks what a source says of money: the currencies of its amounts, and rates of exchange. */
record MoneyCheck(Source source, Catalog catalog, Place place, Problems problems) {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    void check() {
        source.fields().forEach(this::currency);
        rates();
    }

    /** What rates are of, by days, and to which currency, which no other source has rates to. */
    private void rates() {
        var rates = source.rates();
        if (rates == null) {
            return;
        }
        var at = place.then("rates");
        ratesField(rates.currency(), "currency", Set.of(DataType.TEXT), "a text");
        ratesField(rates.rate(), "rate", Set.of(DataType.DECIMAL, DataType.INTEGER), "a number");
        var time = source.field(source.placing());
        if (source.validity() != null
                || time.filter(field -> field.type() != DataType.DATE).isPresent()) {
            problems.add(
                    Problem.of(
                            ProblemCode.TYPE_MISMATCH,
                            at,
                            "Rates are of days: the time of '%s' is to be a date, without a validity.",
                            source.name()));
        }
        if (!CURRENCY.matcher(rates.to()).matches()) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            at.then("to"),
                            "'%s' is no currency: write its three letters, for example EUR.",
                            rates.to()));
        }
        if (rates.carry() < 1 || rates.carry() > Rates.LONGEST_CARRY) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_RANGE,
                            at.then("carry"),
                            "A rate holds for 1 to %d days, not %d.",
                            Rates.LONGEST_CARRY,
                            rates.carry()));
        }
        catalog.all(Source.class).stream()
                .filter(other -> !other.name().equals(source.name()))
                .filter(other -> other.rates() != null && other.rates().to().equals(rates.to()))
                .findFirst()
                .ifPresent(other ->
                        problems.add(
                                Problem.of(
                                        ProblemCode.CONFLICT,
                                        at.then("to"),
                                        "'%s' has rates to %s already; which of them would hold?",
                                        other.name(),
                                        rates.to())));
    }

    private void ratesField(String name, String part, Set<DataType> types, String word) {
        var field = source.field(name);
        if (field.isEmpty()) {
            unknownField(name, "rates");
        } else if (!types.contains(field.get().type())) {
            problems.add(
                    Problem.of(
                            ProblemCode.TYPE_MISMATCH,
                            place.then("rates", part),
                            "The %s of rates is %s; '%s' is %s.",
                            part,
                            word,
                            name,
                            word(field.get().type())));
        }
    }

    /** The currency of money stands in a text of its row. */
    private void currency(Field field) {
        var of = field.currencyField();
        if (of == null) {
            return;
        }
        var at = place.then("fields", field.name(), "currency");
        var holder = source.field(of);
        if (field.type() != DataType.MONEY || field.currency() != null) {
            problems.add(
                    Problem.of(
                            ProblemCode.CONFLICT,
                            at,
                            "'%s' is money of one currency, or of that which a field holds.",
                            field.name()));
        } else if (holder.isEmpty() && of.contains(".")) {
            linkedCurrency(field, of, at);
        } else if (holder.isEmpty()) {
            unknownField(of, "fields");
        } else if (!isOfOneRow(of)) {
            workedOut(field, at);
        } else if (holder.get().type() != DataType.TEXT) {
            noText(field, of, word(holder.get().type()), at);
        }
    }

    /** In a row that links lead to. */
    private void linkedCurrency(Field field, String of, Place at) {
        var frame = Frame.of(Level.Row.of(source, Set.of(source.name())), at);
        var path = new Formula.Path(List.of(of.split("\\.")), Span.NOWHERE);
        var holder =
                new Lowering(catalog, ZoneOffset.UTC, problems)
                        .read(path, null, frame, Span.NOWHERE);
        if (!isOfOneRow(of)) {
            workedOut(field, at);
        } else if (!holder.type().isBroken() && holder.type().kind() != Type.Kind.TEXT) {
            noText(field, of, holder.type().word(), at);
        }
    }

    private void noText(Field field, String of, String type, Place at) {
        problems.add(
                Problem.of(
                        ProblemCode.TYPE_MISMATCH,
                        at,
                        "The currency of '%s' is a text such as EUR; '%s' is %s.",
                        field.name(),
                        of,
                        type));
    }

    private boolean isOfOneRow(String of) {
        return new Lowering(catalog, ZoneOffset.UTC, new Problems())
                .linkedFields()
                .isCurrency(source, of);
    }

    private void workedOut(Field field, Place at) {
        problems.add(
                Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        at,
                        "The currency of '%s' is worked out from what links lead to. It is one field, of the row or of one that a link leads to: amounts are told apart and converted by it, wherever they are read. Let the source that the link leads to compute it, and name it by the link: currency: {field: subscription.currency}.",
                        field.name()));
    }

    private void unknownField(String name, String part) {
        SourceCheck.unknownField(source, name, place.then(part), problems);
    }

    private static String word(DataType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
