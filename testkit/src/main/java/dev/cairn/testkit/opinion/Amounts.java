package dev.cairn.testkit.opinion;

import dev.cairn.testkit.opinion.Meaning.Said;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** Amounts in another currency. */
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

    Said converted(Sentence.Convert convert, Context context, Meaning meaning) {
        if (!(context instanceof Context.OfFact fact)
                || !(convert.of() instanceof Sentence.Name(var parts))
                || parts.size() != 1
                || convert.moment() != null) {
            throw new Unsupported("what is converted over aggregates");
        }
        var said = meaning.of(convert.of(), fact);
        var money = fact.source().field(parts.getFirst()).orElseThrow();
        if (said.value() == null) {
            return said;
        }
        Object currency =
                money.currencyField() == null
                        ? money.currency()
                        : PlainFacts.field(fact.source(), fact.fact(), money.currencyField());
        if (convert.currency().equals(currency)) {
            return said;
        }
        var rate =
                currency == null
                        ? Optional.<BigDecimal>empty()
                        : facts.rate(currency.toString(), dayOfRate(fact));
        return Said.of(((BigDecimal) said.value()).multiply(rate.orElseThrow(NoRate::new)));
    }

    private LocalDate dayOfRate(Context.OfFact fact) {
        if (fact.time() == null) {
            throw new Unsupported("the rate of a stock");
        }
        return moments.day(fact);
    }
}
