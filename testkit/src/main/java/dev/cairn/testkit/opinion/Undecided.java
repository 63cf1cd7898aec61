package dev.cairn.testkit.opinion;

import dev.cairn.testkit.opinion.Definitions.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Counts rows that a negation of a column leaves undecided: two-valued logic would have kept them, or given them another value. */
final class Undecided {
    private final Definitions definitions;
    private final Meaning three;
    private final Meaning two;
    private final Asked asked;

    Undecided(Definitions definitions, Meaning meaning, Asked asked) {
        this.definitions = definitions;
        this.three = meaning;
        this.two = meaning.inTwo();
        this.asked = asked;
    }

    /** What the question asks of the rows of a relation. */
    interface Asked {
        /** Those that scope, built filter and marks of test accounts let through, of the whole range. */
        List<Context.Row> letThrough(Sentence.Aggregate aggregate);

        List<Context.Row> ofMember(Sentence.Aggregate aggregate, Context.OfMember member);

        /** Whether the question's formula and its cohort keep a row. */
        boolean keeps(Context.Row row);

        boolean keepsInTwo(Context.Row row);
    }

    /** The counts of all conditions of a column, those of nothing left out. */
    List<Long> counts(Sentence output) {
        var counts = new ArrayList<Long>();
        for (Sentence.Aggregate aggregate : definitions.aggregates(output, Level.CELL)) {
            counts.addAll(counts(aggregate, asked.letThrough(aggregate), true));
        }
        counts.removeIf(count -> count == 0);
        return counts;
    }

    private List<Long> counts(
            Sentence.Aggregate aggregate, List<Context.Row> rows, boolean ofQuestion) {
        var counts = new ArrayList<Long>();
        counts.add(rows.stream().filter(row -> isUndecided(aggregate, row, ofQuestion)).count());
        var relation = definitions.relation(aggregate.relation());
        if (relation.entity() == null) {
            return counts;
        }
        var below = definitions.below(relation);
        var deciding =
                conditions(aggregate)
                        .flatMap(condition -> definitions.aggregates(condition, below).stream())
                        .distinct()
                        .toList();
        for (Sentence.Aggregate inner : deciding) {
            var kept =
                    rows.stream()
                            .filter(row -> !ofQuestion || asked.keeps(row))
                            .filter(row ->
                                    conjuncts(aggregate)
                                            .filter(part ->
                                                    definitions.aggregates(part, below).isEmpty())
                                            .allMatch(part -> three.holds(part, row)))
                            .toList();
            addForEach(inner, kept, counts);
        }
        if (aggregate.value() != null) {
            for (Sentence.Aggregate inner :
                    definitions.aggregates(aggregate.value(), below).stream().distinct().toList()) {
                if (!deciding.contains(inner)) {
                    var kept =
                            rows.stream().filter(row -> holds(aggregate, row, ofQuestion)).toList();
                    addForEach(inner, kept, counts);
                }
            }
        }
        return counts;
    }

    /** The counts for each of some members, together. */
    private void addForEach(
            Sentence.Aggregate inner, List<Context.Row> members, List<Long> counts) {
        List<Long> sums = new ArrayList<>();
        for (Context.Row member : members) {
            var one = counts(inner, asked.ofMember(inner, (Context.OfMember) member), false);
            for (int i = 0; i < one.size(); i++) {
                if (i == sums.size()) {
                    sums.add(0L);
                }
                sums.set(i, sums.get(i) + one.get(i));
            }
        }
        counts.addAll(sums);
    }

    private boolean isUndecided(Sentence.Aggregate aggregate, Context.Row row, boolean ofQuestion) {
        if (!holds(aggregate, row, ofQuestion)) {
            return (!ofQuestion || asked.keepsInTwo(row))
                    && conditions(aggregate).allMatch(one -> two.holds(one, row));
        }
        if (aggregate.value() == null) {
            return false;
        }
        if (aggregate.function().equals("share")) {
            return three.holds(aggregate.value(), row) != two.holds(aggregate.value(), row);
        }
        return !three.same(
                three.of(aggregate.value(), row).value(), two.of(aggregate.value(), row).value());
    }

    private boolean holds(Sentence.Aggregate aggregate, Context.Row row, boolean ofQuestion) {
        return (!ofQuestion || asked.keeps(row))
                && conditions(aggregate).allMatch(one -> three.holds(one, row));
    }

    private Stream<Sentence> conditions(Sentence.Aggregate aggregate) {
        return Stream.concat(
                definitions.relation(aggregate.relation()).conditions().stream(),
                Stream.ofNullable(aggregate.where()));
    }

    private Stream<Sentence> conjuncts(Sentence.Aggregate aggregate) {
        return conditions(aggregate).flatMap(Undecided::conjuncts);
    }

    private static Stream<Sentence> conjuncts(Sentence condition) {
        return condition instanceof Sentence.Pair(var sign, var left, var right)
                        && sign.equals("and")
                ? Stream.concat(conjuncts(left), conjuncts(right))
                : Stream.of(condition);
    }
}
