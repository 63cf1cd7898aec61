package dev.cairn.testkit.opinion;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.testkit.opinion.Meaning.Said;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Amounts in another currency: each of a row at the rate of its day. */
final class Amounts {
    private final PlainFacts facts;
    private final Moments moments;

    Amounts(PlainFacts facts, Moments moments) {
        this.facts = facts;
        this.moments = moments;
    }

    /** An amount for which there is no rate: whatever reads it has no value. */
    static final class NoRate extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoRate() {
            super("no rate", null, false, false);
        }
    }

    /** In a row its amount; over aggregates it is said to all rows that stand beneath. */
    Said converted(Sentence.Convert convert, Context context, Meaning meaning) {
        return context instanceof Context.OfFact fact
                ? converted(convert, meaning.of(convert.of(), fact), fact)
                : meaning.of(convert.of(), context.at(context.when().in(convert)));
    }

    /** What is read of a row for an aggregate, where it is an amount in the currency that was asked for around. */
    Said ofRow(Sentence value, Context.Row row, Meaning meaning) {
        var said = meaning.of(value, row);
        var asked = row.when().currency();
        return asked == null || !(row instanceof Context.OfFact fact)
                ? said
                : converted(
                        new Sentence.Convert(value, asked.currency(), asked.moment()), said, fact);
    }

    private Said converted(Sentence.Convert convert, Said said, Context.OfFact fact) {
        var money = money(convert.of(), fact);
        if (said.value() == null || money == null) {
            return said;
        }
        Object currency =
                money.currencyField() == null
                        ? money.currency()
                        : PlainFacts.field(fact.source(), fact.fact(), money.currencyField());
        if (convert.currency().equals(currency)) {
            return said;
        }
        if (currency == null) {
            throw new NoRate();
        }
        var day = day(convert.moment(), fact);
        var base = PlainValues.arithmetic("*", said.value(), rate(currency.toString(), day));
        // Rates lead to one currency, and through it to others.
        return Said.of(
                convert.currency().equals(facts.currencyOfRates())
                        ? base
                        : PlainValues.arithmetic(
                                "/", Objects.requireNonNull(base), rate(convert.currency(), day)));
    }

    private BigDecimal rate(String currency, LocalDate day) {
        return currency.equals(facts.currencyOfRates())
                ? BigDecimal.ONE
                : facts.rate(currency, day).orElseThrow(NoRate::new);
    }

    /** The amount that a value of a row is made of; null: it is no amount, or has been converted. */
    private static @Nullable Field money(Sentence of, Context.OfFact fact) {
        return switch (of) {
            case Sentence.Name(var parts) -> {
                boolean isOwn =
                        parts.size() == 1
                                || (parts.size() == 2 && fact.names().contains(parts.getFirst()));
                var field = isOwn ? fact.source().field(parts.getLast()) : Optional.<Field>empty();
                if (!isOwn && !parts.contains("account") && !parts.contains("user")) {
                    throw new Unsupported("amounts through a link");
                }
                yield field.filter(one -> one.type() == DataType.MONEY).orElse(null);
            }
            case Sentence.Pair(var sign, var left, var right) -> {
                var one = "+-*/".contains(sign) ? money(left, fact) : null;
                var other = "+-*/".contains(sign) ? money(right, fact) : null;
                yield sign.equals("/") && other != null ? null : one == null ? other : one;
            }
            case Sentence.Call(var function, _) ->
                    switch (function) {
                        case "abs", "round", "least", "greatest", "coalesce" -> ofParts(of, fact);
                        default -> null;
                    };
            case Sentence.Minus _, Sentence.Case _ -> ofParts(of, fact);
            default -> null;
        };
    }

    private static @Nullable Field ofParts(Sentence of, Context.OfFact fact) {
        return parts(of).stream()
                .flatMap(part -> Optional.ofNullable(money(part, fact)).stream())
                .findFirst()
                .orElse(null);
    }

    private static List<Sentence> parts(Sentence of) {
        return of instanceof Sentence.Case(var whens, var otherwise)
                ? Stream.concat(whens.stream().map(Sentence.When::result), Stream.of(otherwise))
                        .toList()
                : Definitions.parts(of);
    }

    /** A movement has the rate of its date, a stock the one that held before its instant. */
    private LocalDate day(Sentence.@Nullable Moment moment, Context.OfFact fact) {
        if (moment == null ? fact.valid() == null : moment.word().equals("fact")) {
            return moments.day(fact);
        }
        var asked = moment == null ? fact.valid() : moment;
        if (asked == null || asked.word().equals("during")) {
            throw new Unsupported("the rate of what holds for a time");
        }
        return moments.edge(asked, fact).startDate().minusDays(1);
    }
}
