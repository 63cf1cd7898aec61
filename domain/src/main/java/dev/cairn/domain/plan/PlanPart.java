package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A plan whose answer is a part of another's: both have the same time and the same rows, which hang on no column, and each output of the part is made of the same leaves as
 * one of the other. What is not found to be the same by looking is taken to be different.
 */
public final class PlanPart {
    private final AnalysisPlan part;
    private final int first;

    /** For each count beside the part's cells, that of the whole. */
    private final List<Integer> tallies;

    private PlanPart(AnalysisPlan part, int first, List<Integer> tallies) {
        this.part = part;
        this.first = first;
        this.tallies = tallies;
    }

    /**
     * @param first index of the output of the whole that the first of the part is; the others follow
     * @return empty where something of the part is not, or may not be, what it is in the whole
     */
    public static Optional<PlanPart> of(AnalysisPlan part, AnalysisPlan whole, int first) {
        if (!haveSameRows(part, whole)
                || whole.outputs().size() < first + part.outputs().size()
                || !haveSameOutputs(part, whole, first)) {
            return Optional.empty();
        }
        var counts = new Meaning();
        var ofWhole = counts.of(whole.tallies().counts());
        var tallies = counts.of(part.tallies().counts()).stream().map(ofWhole::indexOf).toList();
        return tallies.contains(-1)
                ? Optional.empty()
                : Optional.of(new PlanPart(part, first, tallies));
    }

    /** Whether rows of a plan are there whatever its columns are. */
    private static boolean hasRowsOfAny(AnalysisPlan plan) {
        return plan.keys().isEmpty()
                && plan.fillGaps()
                && plan.top() == null
                && plan.having().equals(Expr.TRUE)
                && plan.page().isFirst()
                && plan.page().order().stream()
                        .allMatch(order -> order.by() instanceof Ordering.By.Time)
                && plan.time().ages() == null;
    }

    private static boolean haveSameRows(AnalysisPlan part, AnalysisPlan whole) {
        return hasRowsOfAny(part)
                && hasRowsOfAny(whole)
                && part.kinds().equals(whole.kinds())
                && part.page().equals(whole.page())
                && part.mapped().equals(whole.mapped())
                && isBeginningOf(part.time(), whole.time());
    }

    /** Whether all that is read of time has the same number in both. */
    public static boolean isBeginningOf(Timeline part, Timeline whole) {
        int number = part.reaches().size();
        return number <= whole.reaches().size()
                && part.reaches().equals(whole.reaches().subList(0, number))
                && withoutReaches(part).equals(withoutReaches(whole));
    }

    private static Timeline withoutReaches(Timeline time) {
        return new Timeline(
                time.buckets(),
                time.axis(),
                time.whole(),
                time.asOf(),
                time.asOfDate(),
                time.knownAt(),
                List.of());
    }

    private static boolean haveSameOutputs(AnalysisPlan part, AnalysisPlan whole, int first) {
        var meaning = new Meaning();
        var ofPart = new Leaves(meaning.of(part.cells()));
        var ofWhole = new Leaves(meaning.of(whole.cells()));
        return IntStream.range(0, part.outputs().size())
                .allMatch(at -> {
                    var one = part.outputs().get(at);
                    var other = whole.outputs().get(first + at);
                    return one.sampling() == null
                            && other.sampling() == null
                            && ofPart.named(one).equals(ofWhole.named(other));
                });
    }

    /** The answer of the part, as it would be alone. */
    public Answer of(Answer whole) {
        int end = first + part.outputs().size();
        var told = told();
        return new Answer(
                whole.rows().stream()
                        .map(row ->
                                new Answer.Row(
                                        row.kind(),
                                        row.bucket(),
                                        row.keys(),
                                        row.values().subList(first, end)))
                        .toList(),
                whole.hasMore(),
                whole.coverage().entrySet().stream()
                        .filter(source -> told.contains(source.getKey()))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, Map.Entry::getValue)),
                tallies.stream().map(whole.tallies()::get).toList(),
                whole.engine(),
                whole.catalogVersion());
    }

    /** Sources of which an answer says what they cover. */
    private Set<String> told() {
        var told =
                part.leaves().stream()
                        .flatMap(leaf -> leaf.reads().stream())
                        .map(Read::source)
                        .collect(Collectors.toCollection(TreeSet::new));
        if (part.time().knownAt() != null) {
            told.addAll(part.cells().sourcesBeside());
        }
        return told;
    }

    /** Gives each leaf a number by what it is: leaves of several blocks that are the same have the same. */
    private static final class Meaning {
        private final Map<What, Integer> numbers = new HashMap<>();

        /**
         * @param leaf without what is numbered in its block
         * @param apart numbers of the leaves that it is told by
         */
        private record What(Scan scan, Leaf leaf, List<Integer> apart) {}

        /** The numbers of a block's leaves, in order. */
        List<Integer> of(Block block) {
            var found = new HashMap<Integer, Integer>();
            return IntStream.range(0, block.leaves().size())
                    .mapToObj(index -> of(block, index, found))
                    .toList();
        }

        private int of(Block block, int index, Map<Integer, Integer> found) {
            var known = found.get(index);
            if (known != null) {
                return known;
            }
            var leaf = block.leaves().get(index);
            var apart = new ArrayList<Integer>();
            if (leaf.apart() != null) {
                leaf.apart().indexes().forEach(other -> apart.add(of(block, other, found)));
            }
            var what = new What(block.scans().get(leaf.scan()), alone(leaf), apart);
            int number = numbers.computeIfAbsent(what, _ -> numbers.size());
            found.put(index, number);
            return number;
        }

        private static Leaf alone(Leaf leaf) {
            return new Leaf(
                    0,
                    leaf.where(),
                    leaf.aggregation(),
                    leaf.zeroOverNothing(),
                    leaf.type(),
                    leaf.reads(),
                    leaf.readsOfTotal(),
                    leaf.mayLackRate(),
                    leaf.inUnits(),
                    null);
        }
    }

    /** Has outputs name leaves by what they are. */
    private static final class Leaves {
        private final List<Integer> numbers;
        private final IdentityHashMap<Expr, Expr> common = new IdentityHashMap<>();

        Leaves(List<Integer> numbers) {
            this.numbers = numbers;
        }

        /** Without the name of its column, which changes nothing. */
        Output named(Output output) {
            return new Output(
                    "",
                    named(output.value()),
                    namedOrNull(output.numerator()),
                    namedOrNull(output.denominator()),
                    output.sampleSize() == null ? null : named(output.sampleSize()),
                    output.reads(),
                    output.parts().stream()
                            .map(of -> new Output.Part(of.name(), named(of.contribution())))
                            .toList(),
                    output.sampling());
        }

        private @Nullable Expr namedOrNull(@Nullable Expr expr) {
            return expr == null ? null : named(expr);
        }

        /** A common value is visited once. */
        private Expr named(Expr expr) {
            if (expr instanceof Expr.LeafValue value) {
                return named(value);
            }
            if (expr instanceof Expr.Share(var matching, var rows)) {
                return new Expr.Share(named(matching), named(rows));
            }
            if (!(expr instanceof Expr.Common shared)) {
                return Exprs.withOperands(expr, this::named);
            }
            var known = common.get(shared);
            if (known == null) {
                known = new Expr.Common(named(shared.value()));
                common.put(shared, known);
            }
            return known;
        }

        private Expr.LeafValue named(Expr.LeafValue value) {
            return new Expr.LeafValue(numbers.get(value.leaf()), value.type());
        }
    }

    /** Whether two plans read something else for each row of the same rows: a plan of both reads all of it for them, which is neither's. */
    public static boolean readRowsOtherwise(AnalysisPlan one, AnalysisPlan other) {
        return one.scans().stream()
                .anyMatch(scan ->
                        other.scans().stream()
                                .anyMatch(beside ->
                                        !scan.relation().own().equals(beside.relation().own())
                                                && ofRows(scan).equals(ofRows(beside))));
    }

    private static Scan ofRows(Scan scan) {
        return scan.with(
                switch (scan.relation()) {
                    case Relation.Facts(var source, var placing, _, var derived) ->
                            new Relation.Facts(source, placing, Block.EMPTY, derived);
                    case Relation.Members(var entity, var pairs, _) ->
                            new Relation.Members(entity, pairs, Block.EMPTY);
                    case Relation.Ticks(var units, _) -> new Relation.Ticks(units, Block.EMPTY);
                },
                scan.reach(),
                scan.where());
    }

    /** Whether two plans read one relation alike: what a statement of both reads once. */
    public static boolean shareScan(AnalysisPlan one, AnalysisPlan other) {
        return one.scans().stream().anyMatch(other.scans()::contains);
    }
}
