package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.testkit.data.World;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows that links lead to: of all facts of a source the one whose key a row says. */
record Parents(World world, Rules rules, AnalysisPlan plan) {
    /** Empty where some link leads to no row. */
    @Nullable Object value(Expr.Linked linked, Row.Content child) {
        Optional<Row.Content> row = Optional.of(child);
        for (var hop : linked.hops()) {
            row = row.flatMap(at -> parent(hop, at, child.fact().account()));
        }
        return row.map(found -> found.value(linked.field().name())).orElse(null);
    }

    private Optional<Row.Content> parent(
            Expr.Hop hop, Row.Content child, @Nullable String account) {
        var source = world.source(hop.source());
        return rules.parents(world, hop.source()).stream()
                .map(fact -> new Row.Content(source, fact, this))
                .filter(parent -> hasKey(hop, parent, child))
                .filter(parent ->
                        rules.isThere(
                                Objects.requireNonNull(parent.value(hop.time().name())), plan))
                .filter(parent ->
                        !hop.withinAccount()
                                || rules.isWithinAccount(parent.fact().account(), account))
                .findFirst();
    }

    private static boolean hasKey(Expr.Hop hop, Row.Content parent, Row.Content child) {
        return IntStream.range(0, hop.key().size())
                .allMatch(part -> {
                    var said = child.value(hop.from().get(part).name());
                    var key = parent.value(hop.key().get(part).name());
                    return said != null && Values.compare(said, Objects.requireNonNull(key)) == 0;
                });
    }
}
