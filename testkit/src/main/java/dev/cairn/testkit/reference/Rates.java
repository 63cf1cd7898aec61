package dev.cairn.testkit.reference;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.RateTable;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.data.World;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which rate of exchange holds on a day: looked for backwards, day by day. */
final class Rates {
    private final World world;
    private final Rules rules;
    private final Function<String, List<Fact>> facts;

    Rates(World world, Rules rules, Function<String, List<Fact>> facts) {
        this.world = world;
        this.rules = rules;
        this.facts = facts;
    }

    /** Null where there is none. */
    @Nullable BigDecimal on(LocalDate day, @Nullable String currency, RateTable table) {
        if (currency == null) {
            return null;
        }
        for (int back = 0; back < rules.carried(table.carry()); back++) {
            var said = saidOn(day.minusDays(back), currency, table);
            if (!said.isEmpty()) {
                return rules.oneRate(said).orElse(null);
            }
        }
        return null;
    }

    private List<BigDecimal> saidOn(LocalDate day, String currency, RateTable table) {
        var said = new ArrayList<BigDecimal>();
        var source = world.source(table.source());
        for (var fact : facts.apply(table.source())) {
            boolean isOfDay =
                    day.equals(value(source, fact, table.day()))
                            && currency.equals(value(source, fact, table.currency()));
            var rate = value(source, fact, table.rate());
            if (isOfDay) {
                said.add(rate == null ? BigDecimal.ZERO : Values.decimal(rate));
            }
        }
        return said;
    }

    private static @Nullable Object value(Source source, Fact fact, Expr.Field field) {
        return Values.exact(
                fact.values()
                        .get(source.fields().indexOf(source.field(field.name()).orElseThrow())));
    }
}
