package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.testkit.data.World;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows that links lead to: of all facts of a source the one whose key a row says. */
record Parents(World world, Rules rules, AnalysisPlan plan) {
    /** Of a field; empty where some link leads to no row. */
    @Nullable Object value(Expr.Linked linked, Row.Content child) {
        var field = (Expr.Field) linked.end();
        return row(linked.hops(), child).map(found -> found.value(field.name())).orElse(null);
    }

    /** The key of the account that links lead to; empty where some leads nowhere. */
    Optional<String> account(List<Expr.Hop> hops, Row.Content child, Population population) {
        var last = hops.getLast();
        return row(hops.subList(0, hops.size() - 1), child)
                .map(at -> (String) at.value(last.from().getFirst().name()))
                .filter(population::isAccount)
                .filter(key ->
                        !last.withinAccount()
                                || rules.isWithinAccount(key, child.fact().account()));
    }

    private Optional<Row.Content> row(List<Expr.Hop> hops, Row.Content child) {
        Optional<Row.Content> row = Optional.of(child);
        for (var hop : hops) {
            var to = (Expr.To.Row) hop.to();
            row = row.flatMap(at -> parent(hop, to, at, child.fact().account()));
        }
        return row;
    }

    private Optional<Row.Content> parent(
            Expr.Hop hop, Expr.To.Row to, Row.Content child, @Nullable String account) {
        var source = world.source(to.source());
        return rules.parents(world, to.source()).stream()
                .map(fact -> new Row.Content(source, fact, this))
                .filter(parent -> hasKey(hop, to, parent, child))
                .filter(parent ->
                        rules.isThere(Objects.requireNonNull(parent.value(to.time().name())), plan))
                .filter(parent ->
                        !hop.withinAccount()
                                || rules.isWithinAccount(parent.fact().account(), account))
                .findFirst();
    }

    private static boolean hasKey(
            Expr.Hop hop, Expr.To.Row to, Row.Content parent, Row.Content child) {
        return IntStream.range(0, to.key().size())
                .allMatch(part -> {
                    var said = child.value(hop.from().get(part).name());
                    var key = parent.value(to.key().get(part).name());
                    return said != null && Values.compare(said, Objects.requireNonNull(key)) == 0;
                });
    }
}
