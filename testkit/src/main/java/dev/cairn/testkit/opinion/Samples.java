package dev.cairn.testkit.opinion;

import dev.cairn.testkit.opinion.Definitions.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How many observations are under a value. */
final class Samples {
    private static final Set<String> OF_ROWS = Set.of("count", "exists", "share");
    static final Sample NONE = new Sample(null, false);

    /** No opinion on it. */
    static final Sample UNKNOWN = new Sample(-1L, true);

    private final AskedRows rows;

    Samples(AskedRows rows) {
        this.rows = rows;
    }

    /**
     * Observations under a value.
     *
     * @param size null: there is none
     * @param mayBeMissing whether it takes a proof that a value is never empty to know that there is one
     */
    record Sample(@Nullable Long size, boolean mayBeMissing) {
        boolean fits(@Nullable Long said) {
            return equals(UNKNOWN) || Objects.equals(said, size) || (mayBeMissing && said == null);
        }
    }

    /** The rows read, where all that is read are the same rows; for aggregates of a value those that have one. */
    Sample of(Sentence of, Context.OfCell cell) {
        var leaves = rows.reads().leaves(of, cell);
        if (leaves.isEmpty()) {
            return NONE;
        }
        var first = leaves.getFirst();
        boolean sameRows = leaves.stream().map(this::rowsAsText).distinct().count() == 1;
        boolean sameValue = leaves.stream().map(this::valueAsText).distinct().count() == 1;
        var observed = observed(first);
        if (!sameRows && !leaves.stream().allMatch(other -> observed(other).equals(observed))) {
            return NONE;
        }
        var aggregate = first.aggregate();
        boolean isKnown = isKnown(first, observed.size(), false);
        boolean needsValue =
                !OF_ROWS.contains(aggregate.function()) && !isKnown(first, observed.size(), true);
        return new Sample(
                isKnown ? (Long) (long) observed.size() : null,
                // Who is pending is told apart again for the rows that have a value.
                !sameRows
                        || !sameValue
                        || needsValue
                        || leaves.stream().anyMatch(leaf -> rows.haveWindows(leaf.aggregate())));
    }

    /** Whether it is known how many rows there are: of members within the coverage, of facts there or where there are some. */
    boolean isKnown(Placed leaf, int found, boolean withValue) {
        var aggregate = leaf.aggregate();
        boolean overMembers = rows.definitions().relation(aggregate.relation()).entity() != null;
        return !rows.meaning().overRows().isAhead(leaf.cell())
                && rows.reads()
                        .outside(aggregate, leaf.cell(), !overMembers && found > 0, withValue)
                        .isEmpty()
                && OwnWindows.outside(rows.meaning().overRows().asked(aggregate, leaf.cell()))
                        .isEmpty();
    }

    private List<Context.Row> observed(Placed leaf) {
        var aggregate = leaf.aggregate();
        boolean ofRows = OF_ROWS.contains(aggregate.function());
        return rows.meaning().overRows().taken(aggregate, leaf.cell()).stream()
                .filter(row -> ofRows || rows.meaning().overRows().value(aggregate, row) != null)
                .toList();
    }

    /** What makes the rows of two aggregates the same, as text: names in full and bare ones are one. */
    private String rowsAsText(Placed leaf) {
        var aggregate = leaf.aggregate();
        var relation = rows.definitions().relation(aggregate.relation());
        var conditions = new ArrayList<>(relation.conditions().reversed());
        if (aggregate.where() != null) {
            conditions.add(aggregate.where());
        }
        // A slice of all rows has those of what it is of.
        conditions.removeIf(new Sentence.Literal(true)::equals);
        var valid = rows.definitions().valid(aggregate);
        String on =
                relation.source() == null
                        ? ""
                        : rows.facts().times(relation.source(), aggregate, valid) + " " + valid;
        return bare(
                on
                        + leaf.when().inTheirCurrencies()
                        + leaf.cell().sense()
                        + leaf.cell().group()
                        + leaf.cell().only()
                        + relation.entity()
                        + conditions
                        + aggregate.weight()
                        + rows.marks().asksFor(aggregate, leaf.cell().only()),
                relation.names());
    }

    private String valueAsText(Placed leaf) {
        var aggregate = leaf.aggregate();
        return OF_ROWS.contains(aggregate.function())
                ? ""
                : bare(
                        aggregate.ofRow().toString(),
                        rows.definitions().relation(aggregate.relation()).names());
    }

    private static String bare(String text, Set<String> names) {
        for (String name : names) {
            text = text.replace("parts=[" + name + ", ", "parts=[");
        }
        return text;
    }
}
