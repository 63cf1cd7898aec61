package dev.cairn.testkit.reference;

import dev.cairn.domain.plan.Pairs;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Members that are split by values of their facts: for each fact all pairs before it are looked at. */
record Splits(Rules rules, Evaluation evaluation) {
    /**
     * Each member with each of the values that its facts have.
     *
     * @param facts in what is read
     */
    List<Row> of(Pairs pairs, boolean ofUsers, List<Row> facts) {
        var found = new ArrayList<Row>();
        for (var fact : facts) {
            var values = new ArrayList<@Nullable Object>();
            pairs.values().forEach(value -> values.add(evaluation.value(value, fact)));
            var user = ofUsers ? fact.user() : null;
            var pair = rules.pair(values);
            if (evaluation.keeps(pairs.where(), fact)
                    && (ofUsers ? user : fact.account()) != null
                    && pair != null
                    && found.stream().noneMatch(other -> isSame(other, fact, user, values))) {
                found.add(
                        new Row(
                                fact.stretch(),
                                null,
                                fact.account(),
                                user,
                                fact.population(),
                                List.of(),
                                new Pair(pairs, pair)));
            }
        }
        return found;
    }

    private boolean isSame(Row pair, Row fact, @Nullable String user, List<?> values) {
        return Objects.equals(pair.account(), fact.account())
                && Objects.equals(pair.user(), user)
                && areOf(pair, values, rules::isSamePair);
    }

    private static boolean areOf(
            Row pair, List<?> values, BiPredicate<@Nullable Object, Object> isOf) {
        var said = ((Pair) Objects.requireNonNull(pair.made())).values();
        return IntStream.range(0, values.size())
                .allMatch(at -> isOf.test(values.get(at), said.get(at)));
    }

    /**
     * Whether a row of a scan is read for another, where that is a pair.
     *
     * @param pair null: of a member
     */
    boolean isReadFor(@Nullable Row pair, Row row, Scan scan) {
        if (scan.ofPair().isEmpty()) {
            return true;
        }
        var values = new ArrayList<@Nullable Object>();
        scan.ofPair().forEach(value -> values.add(evaluation.value(value, row)));
        return areOf(Objects.requireNonNull(pair), values, rules::isReadForPair);
    }
}
