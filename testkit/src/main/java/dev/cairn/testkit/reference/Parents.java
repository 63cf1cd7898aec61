package dev.cairn.testkit.reference;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.testkit.data.World;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows that links lead to: of all facts of a source the one whose key a row says. */
record Parents(World world, Rules rules, AnalysisPlan plan) {
    /** Of a field; empty where some link leads to no row. */
    @Nullable Object value(Expr.Linked linked, Row.Content child) {
        var field = (Expr.Field) linked.end();
        return row(linked.hops(), child).map(found -> found.value(field.name())).orElse(null);
    }

    /**
     * A row of a member.
     *
     * @param value of the attribute that is read
     */
    record Version(LocalDate from, LocalDate until, @Nullable Object value) {}

    /** What is known of an attribute of the member that links lead to. */
    List<Version> versions(Expr.Linked linked, Row.Content child) {
        var hops = linked.hops();
        var hop = hops.getLast();
        var to = (Expr.To.Row) hop.to();
        var attribute = (Expr.Attribute) linked.end();
        return row(hops.subList(0, hops.size() - 1), child).stream()
                .flatMap(at -> parents(hop, to, at, child.fact().account()))
                .map(row -> version(row, to, attribute))
                .toList();
    }

    private static Version version(Row.Content row, Expr.To.Row to, Expr.Attribute attribute) {
        var versions = Objects.requireNonNull(to.versions());
        var until = versions.until() == null ? null : row.value(versions.until().name());
        return new Version(
                from(row, versions),
                until == null ? LocalDate.MAX : (LocalDate) until,
                row.value(attribute.name()));
    }

    private static LocalDate from(Row.Content row, Expr.To.Versions versions) {
        return (LocalDate) Objects.requireNonNull(row.value(versions.from().name()));
    }

    /** The key of the account that links lead to; empty where some leads nowhere. */
    Optional<String> account(List<Expr.Hop> hops, Row.Content child, Population population) {
        var last = hops.getLast();
        return row(hops.subList(0, hops.size() - 1), child)
                .map(at -> (String) at.value(last.fields().getFirst().name()))
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

    /** The one row, or of those that a member has the last that has begun, else the first. */
    private Optional<Row.Content> parent(
            Expr.Hop hop, Expr.To.Row to, Row.Content child, @Nullable String account) {
        return one(parents(hop, to, child, account), to);
    }

    private Optional<Row.Content> one(Stream<Row.Content> rows, Expr.To.Row to) {
        var versions = to.versions();
        if (versions == null) {
            return rows.findFirst();
        }
        var inOrder = rows.sorted(Comparator.comparing(row -> from(row, versions))).toList();
        return inOrder.stream()
                .filter(row -> rules.hasBegun(from(row, versions), plan))
                .reduce((_, later) -> later)
                .or(() -> inOrder.stream().findFirst());
    }

    private Stream<Row.Content> parents(
            Expr.Hop hop, Expr.To.Row to, Row.Content child, @Nullable String account) {
        var source = world.source(to.source());
        return rules.parents(world, to.source()).stream()
                .map(fact -> new Row.Content(source, fact, this))
                .filter(parent -> hasKey(hop, to, parent, child))
                .filter(parent -> isThere(to, parent))
                .filter(parent ->
                        !hop.withinAccount()
                                || rules.isWithinAccount(parent.fact().account(), account));
    }

    private boolean isThere(Expr.To.Row to, Row.Content parent) {
        var time = to.time();
        return time == null
                || rules.isThere(Objects.requireNonNull(parent.value(time.name())), plan);
    }

    /**
     * The rows of the member of a declared entity.
     *
     * @param said its key
     */
    private Stream<Row.Content> rows(Expr.To.Row to, List<Object> said) {
        var source = world.source(to.source());
        return rules.parents(world, to.source()).stream()
                .map(fact -> new Row.Content(source, fact, this))
                .filter(row ->
                        IntStream.range(0, said.size())
                                .allMatch(part ->
                                        rules.isOfRow(
                                                row.value(to.key().get(part).name()),
                                                said.get(part))));
    }

    /** The one of them, seen from an account: which of its own links lead to that one is asked of it. */
    Optional<Row.Content> row(Expr.To.Row to, List<Object> said, @Nullable String account) {
        return one(rows(to, said), to)
                .map(row -> {
                    var fact = row.fact();
                    return new Row.Content(
                            row.source(),
                            new Fact(
                                    fact.occurred(),
                                    fact.key(),
                                    account,
                                    fact.user(),
                                    fact.values()),
                            this);
                });
    }

    /** What is known of an attribute of it. */
    List<Version> versions(Expr.To.Row to, Expr.Attribute attribute, List<Object> said) {
        return rows(to, said).map(row -> version(row, to, attribute)).toList();
    }

    private static boolean hasKey(
            Expr.Hop hop, Expr.To.Row to, Row.Content parent, Row.Content child) {
        return IntStream.range(0, to.key().size())
                .allMatch(part -> {
                    var said = child.value(hop.fields().get(part).name());
                    var key = parent.value(to.key().get(part).name());
                    return said != null && Values.compare(said, Objects.requireNonNull(key)) == 0;
                });
    }
}
