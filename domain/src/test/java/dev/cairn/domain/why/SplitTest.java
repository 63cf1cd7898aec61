package dev.cairn.domain.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.why.Figures.Side;
import dev.cairn.domain.why.Piece.Kind;
import dev.cairn.domain.why.Split.View;
import dev.cairn.domain.why.Term.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final String SALES = "sum(sale : amount)";
    private static final String VISITS = "count(visit)";

    private static Term term(String formula) {
        return new Terms(Catalog.empty()).ofFormula(formula, false).orElseThrow();
    }

    private static Map<Column, Double> values(Map<String, Double> values) {
        var columns = new HashMap<Column, Double>();
        values.forEach((formula, value) -> columns.put(new Column(formula, false), value));
        return columns;
    }

    private static Figures figures(Map<String, Double> from, Map<String, Double> to) {
        return new Figures(values(from), values(to));
    }

    private static Piece split(Term term, View view) {
        return split(term, view, 10);
    }

    private static Piece split(Term term, View view, int depth) {
        return new Split(100)
                .whole(
                        "x",
                        term,
                        value(term, view, Side.FROM),
                        value(term, view, Side.TO),
                        view,
                        depth);
    }

    private static double value(Term term, View view, Side side) {
        return view.total().value(term, side);
    }

    private static Piece of(String formula, Figures total) {
        return split(term(formula), new View(total, Map.of(), null, List.of()));
    }

    private static Piece part(Piece piece, String what) {
        return piece.parts().stream()
                .filter(it -> it.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_product_gives_each_factor_its_change_by_the_mean_of_the_other() {
        // From 4 visits of 10 to 6 visits of 20: 60 = 2 * mean(10, 20) + 10 * mean(4, 6) = 30 + 50.
        var piece =
                of(
                        "count(visit) * avg(page : price)",
                        figures(
                                Map.of(
                                        VISITS,
                                        4.0,
                                        "sum(page : price)",
                                        10.0,
                                        "count(page where price is not none)",
                                        1.0),
                                Map.of(
                                        VISITS,
                                        6.0,
                                        "sum(page : price)",
                                        20.0,
                                        "count(page where price is not none)",
                                        1.0)));
        assertThat(piece.contribution()).isEqualTo(80);
        assertThat(part(piece, VISITS).contribution()).isEqualTo(30);
        assertThat(part(piece, "avg(page : price)").contribution()).isEqualTo(50);
        assertClosed(piece);
    }

    @Test
    void a_ratio_of_a_sum_is_a_sum_of_ratios_so_that_what_grows_with_the_base_tells_nothing() {
        // (begun - lost) / begun: begun doubles, and so do the losses and one half more.
        var piece =
                of(
                        "(sum(a : begun) - sum(a : lost)) / sum(a : begun)",
                        figures(
                                Map.of("sum(a : begun)", 100.0, "sum(a : lost)", 10.0),
                                Map.of("sum(a : begun)", 200.0, "sum(a : lost)", 30.0)));
        assertThat(piece.contribution()).isCloseTo(-0.05, within(1e-12));
        assertThat(piece.parts())
                .singleElement()
                .satisfies(lost -> {
                    assertThat(lost.what()).isEqualTo("less sum(a : lost) / sum(a : begun)");
                    assertThat(lost.contribution()).isCloseTo(-0.05, within(1e-12));
                });
        assertClosed(piece);
    }

    /** From 2 * (10 - 4) to 4 * (14 - 6): 20, of which 2 * mean(6, 8) by visits and 2 * mean(2, 4) by the rest, which is (4 - 2) * 3. */
    @Test
    void pieces_are_split_as_deep_as_asked_and_no_deeper() {
        var term = term("count(visit) * (sum(sale : amount) - sum(a : lost))");
        var view =
                new View(
                        figures(
                                Map.of(VISITS, 2.0, SALES, 10.0, "sum(a : lost)", 4.0),
                                Map.of(VISITS, 4.0, SALES, 14.0, "sum(a : lost)", 6.0)),
                        Map.of(),
                        null,
                        List.of());

        var flat = split(term, view, 1);
        assertThat(flat.parts()).extracting(Piece::contribution).containsExactly(14.0, 6.0);
        assertThat(flat.parts()).allSatisfy(piece -> assertThat(piece.parts()).isEmpty());

        var deep = split(term, view, 2);
        assertThat(deep.parts()).extracting(Piece::contribution).containsExactly(14.0, 6.0);
        assertThat(deep.parts().getLast().parts())
                .extracting(Piece::contribution)
                .containsExactly(12.0, -6.0);
        assertClosed(deep);
    }

    @Test
    void another_arm_is_taken_in_the_mean_of_both_orders() {
        // least(a, b) from a = 4 (b = 9) to b = 6 (a = 8): with a first 4 + -2, with b first 5 +
        // -3.
        var piece =
                of(
                        "least(count(a), count(b))",
                        figures(
                                Map.of("count(a)", 4.0, "count(b)", 9.0),
                                Map.of("count(a)", 8.0, "count(b)", 6.0)));
        assertThat(piece.contribution()).isEqualTo(2);
        assertThat(part(piece, "count(a)").contribution()).isEqualTo(2);
        assertThat(part(piece, "count(b)").contribution()).isEqualTo(-1.5);
        assertThat(part(piece, "count(b) in place of count(a)").contribution()).isEqualTo(1.5);
        assertClosed(piece);
    }

    @Test
    void what_is_rounded_away_is_a_piece_of_its_own() {
        var piece =
                of(
                        "round(count(a) / count(b))",
                        figures(
                                Map.of(
                                        "count(a)",
                                        10.0,
                                        "count(b)",
                                        4.0,
                                        "round(count(a) / count(b))",
                                        3.0),
                                Map.of(
                                        "count(a)",
                                        13.0,
                                        "count(b)",
                                        4.0,
                                        "round(count(a) / count(b))",
                                        3.0)));
        assertThat(piece.parts())
                .extracting(Piece::kind)
                .containsExactlyInAnyOrder(Kind.ARM, Kind.REMAINDER);
        assertClosed(piece);
    }

    @Test
    void a_ratio_moves_by_the_rates_and_by_the_mix_of_its_groups() {
        // Two groups of rates 10 % and 50 % that stay: all 10 points are of the mix.
        var group = List.of(GroupValue.of("small"));
        var other = List.of(GroupValue.of("large"));
        var views = new LinkedHashMap<List<GroupValue>, View>();
        views.put(group, view(Map.of("count(b)", 75.0, "count(a)", 7.5), 50, 5));
        views.put(other, view(Map.of("count(b)", 25.0, "count(a)", 12.5), 50, 25));
        var total =
                figures(
                        Map.of("count(a)", 20.0, "count(b)", 100.0),
                        Map.of("count(a)", 30.0, "count(b)", 100.0));
        var piece = split(term("count(a) / count(b)"), new View(total, views, null, List.of()));
        assertThat(piece.contribution()).isCloseTo(0.1, within(1e-12));
        assertThat(part(piece, "ratios of groups").contribution()).isCloseTo(0, within(1e-12));
        assertThat(part(piece, "weights of groups").contribution()).isCloseTo(0.1, within(1e-12));
        // The small one lost 25 points of weight at 15 points below the mean, the large one won
        // them at 25 above.
        assertThat(piece.groups())
                .extracting(Piece::what, it -> Math.round(it.contribution() * 1e6) / 1e6)
                .containsExactly(tuple("large", 0.0625), tuple("small", 0.0375));
        assertClosed(piece);
    }

    private static View view(Map<String, Double> from, double base, double top) {
        return new View(
                figures(from, Map.of("count(b)", base, "count(a)", top)),
                Map.of(),
                null,
                List.of());
    }

    @Test
    void accounts_entered_left_or_changed() {
        var accounts = new LinkedHashMap<GroupValue, Figures>();
        accounts.put(GroupValue.of("new"), figures(Map.of(), Map.of(SALES, 30.0)));
        accounts.put(GroupValue.of("gone"), figures(Map.of(SALES, 50.0), Map.of(SALES, 0.0)));
        accounts.put(GroupValue.of("more"), figures(Map.of(SALES, 5.0), Map.of(SALES, 6.0)));
        accounts.put(GroupValue.of("never"), figures(Map.of(SALES, 0.0), Map.of()));
        accounts.put(GroupValue.NO_ACCOUNT, figures(Map.of(SALES, 1.0), Map.of(SALES, 3.0)));
        var total = figures(Map.of(SALES, 56.0), Map.of(SALES, 39.0));
        var piece = split(term(SALES), new View(total, Map.of(), accounts, List.of()));
        assertThat(piece.accounts()).isEqualTo(4);
        assertThat(piece.members())
                .extracting(Piece::kind, Piece::contribution, Piece::accounts)
                .containsExactly(
                        tuple(Kind.LEFT, -50.0, 1),
                        tuple(Kind.ENTERED, 30.0, 1),
                        tuple(Kind.CHANGED, 3.0, 2));
        assertClosed(piece);
    }

    @Test
    void what_several_groups_count_is_left_over_as_one_piece() {
        var views = new LinkedHashMap<List<GroupValue>, View>();
        views.put(List.of(GroupValue.of("a")), view(Map.of("count(b)", 4.0), 6, 0));
        views.put(List.of(GroupValue.of("b")), view(Map.of("count(b)", 4.0), 6, 0));
        var total = figures(Map.of("count(b)", 5.0), Map.of("count(b)", 6.0));
        var piece = split(term("count(b)"), new View(total, views, null, List.of()));
        assertThat(piece.groups().getLast().kind()).isEqualTo(Kind.REMAINDER);
        assertThat(piece.groups().getLast().contribution()).isEqualTo(-3);
        assertClosed(piece);
    }

    private static final String MEDIAN = "median(account : tenure)";
    private static final String DAYS = "avg(account : tenure)";

    private static Piece medianOf(Map<String, Double> from, Map<String, Double> to) {
        var accounts = new LinkedHashMap<GroupValue, Figures>();
        Stream.concat(from.keySet().stream(), to.keySet().stream())
                .distinct()
                .forEach(key ->
                        accounts.put(
                                GroupValue.of(key),
                                figures(of(DAYS, from.get(key)), of(DAYS, to.get(key)))));
        var total =
                figures(Map.of(MEDIAN, median(from.values())), Map.of(MEDIAN, median(to.values())));
        return split(term(MEDIAN), new View(total, Map.of(), accounts, List.of()));
    }

    private static Map<String, Double> of(String formula, @Nullable Double value) {
        return value == null ? Map.of() : Map.of(formula, value);
    }

    private static double median(Collection<Double> values) {
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    @Test
    void a_median_moves_by_accounts_in_the_mean_of_all_orders() {
        // From (1, 5) to (1, 9): 5 leaves and 9 enters. Leaving first: 3, 1, 5; entering first: 3,
        // 5, 5. So -1 and 3.
        var piece = medianOf(Map.of("a", 1.0, "b", 5.0), Map.of("a", 1.0, "c", 9.0));
        assertThat(piece.members())
                .extracting(Piece::kind, Piece::contribution, Piece::accounts)
                .containsExactly(
                        tuple(Kind.ENTERED, 3.0, 1),
                        tuple(Kind.LEFT, -1.0, 1),
                        tuple(Kind.CHANGED, 0.0, 1));
        assertThat(piece.members().getFirst().moved().getFirst().contribution()).isNull();
        assertClosed(piece);
    }

    @Test
    void a_median_whose_accounts_are_all_others_is_told_by_the_orders_that_have_values() {
        var piece = medianOf(Map.of("a", 1.0, "b", 2.0), Map.of("c", 9.0));
        assertThat(piece.members())
                .extracting(Piece::kind)
                .containsExactly(Kind.LEFT, Kind.ENTERED);
        assertThat(piece.contribution()).isEqualTo(7.5);
        assertClosed(piece);
    }

    @Test
    void an_extreme_or_a_percentile_leaves_nothing_over() {
        for (var function : List.of("min", "max", "p90", "p75_disc", "stddev")) {
            var formula = function + "(account where true : tenure)";
            var each = new Column("avg(account where true : tenure)", false);
            var random = new Random(7);
            var accounts = new LinkedHashMap<GroupValue, Figures>();
            for (int at = 0; at < 20; at++) {
                accounts.put(
                        GroupValue.of(at),
                        new Figures(
                                at < 3 ? Map.of() : Map.of(each, (double) random.nextInt(50)),
                                at > 16 ? Map.of() : Map.of(each, (double) random.nextInt(50))));
            }
            var spread = (Term.Spread) term(formula);
            var whole = new Spreads(spread, accounts, 3);
            double from = whole.after(List.of()).orElseThrow();
            double to = whole.after(List.of(Kind.ENTERED, Kind.LEFT, Kind.CHANGED)).orElseThrow();
            var members = whole.members(from, to, 2);
            assertThat(members).as(formula).hasSize(3);
            assertThat(members.stream().mapToDouble(Piece::contribution).sum())
                    .as(formula)
                    .isCloseTo(2 * (to - from), within(1e-9));
        }
    }

    @Test
    void what_the_values_of_accounts_do_not_lead_to_is_not_told_by_them() {
        var accounts = new LinkedHashMap<GroupValue, Figures>();
        accounts.put(GroupValue.of("a"), figures(Map.of(DAYS, 1.0), Map.of(DAYS, 2.0)));
        var total = figures(Map.of(MEDIAN, 1.0), Map.of(MEDIAN, 3.0));
        assertThat(split(term(MEDIAN), new View(total, Map.of(), accounts, List.of())).members())
                .isEmpty();
    }

    // ---- whatever the formula, the groups and the accounts

    @Test
    void pieces_of_any_formula_add_up_to_what_they_are_pieces_of() {
        for (long seed = 1; seed <= 1_000; seed++) {
            var random = new Random(seed);
            var formula = formula(random, 4);
            var view = view(random);
            var term = term(formula);
            if (view.total().value(term, Side.FROM) == null
                    || view.total().value(term, Side.TO) == null) {
                continue;
            }
            var piece = split(term, view);
            assertThat(problems(piece)).as("seed %d: %s", seed, formula).isEmpty();
        }
    }

    private static final List<String> LEAVES =
            List.of("count(a)", "count(b)", "sum(a : x)", "sum(b : y)");

    private static String formula(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return random.nextInt(6) == 0
                    ? Integer.toString(1 + random.nextInt(9))
                    : LEAVES.get(random.nextInt(LEAVES.size()));
        }
        var one = formula(random, depth - 1);
        var other = formula(random, depth - 1);
        return switch (random.nextInt(8)) {
            case 0 -> "(%s + %s)".formatted(one, other);
            case 1 -> "(%s - %s)".formatted(one, other);
            case 2 -> "(%s * %s)".formatted(one, other);
            case 3, 4 -> "(%s / %s)".formatted(one, other);
            case 5 -> "least(%s, %s)".formatted(one, other);
            case 6 -> "coalesce(%s, %s)".formatted(one, other);
            default -> "(-(%s))".formatted(one);
        };
    }

    /** Accounts in groups, whose counts and sums add up; some enter and leave, and some move to another group. */
    private static View view(Random random) {
        var accounts = new LinkedHashMap<GroupValue, Figures>();
        var groups = new LinkedHashMap<List<GroupValue>, Map<GroupValue, Figures>>();
        for (int at = 0; at < 12; at++) {
            var key = GroupValue.of("A" + at);
            var from = random.nextInt(4) == 0 ? Map.<String, Double>of() : row(random);
            var to = random.nextInt(4) == 0 ? Map.<String, Double>of() : row(random);
            var before = List.of(GroupValue.of(random.nextInt(3)));
            var after = random.nextInt(3) == 0 ? List.of(GroupValue.of(random.nextInt(3))) : before;
            accounts.put(key, figures(from, to));
            if (before.equals(after)) {
                put(groups, before, key, figures(from, to));
            } else {
                put(groups, before, key, figures(from, Map.of()));
                put(groups, after, key, figures(Map.of(), to));
            }
        }
        var views = new LinkedHashMap<List<GroupValue>, View>();
        groups.forEach((group, members) ->
                views.put(group, new View(sum(members), Map.of(), members, List.of())));
        return new View(
                sum(accounts), random.nextBoolean() ? views : Map.of(), accounts, List.of());
    }

    private static void put(
            Map<List<GroupValue>, Map<GroupValue, Figures>> groups,
            List<GroupValue> group,
            GroupValue key,
            Figures figures) {
        groups.computeIfAbsent(group, _ -> new LinkedHashMap<>()).put(key, figures);
    }

    private static Map<String, Double> row(Random random) {
        var row = new HashMap<String, Double>();
        LEAVES.forEach(leaf -> row.put(leaf, (double) random.nextInt(20)));
        return row;
    }

    private static Figures sum(Map<GroupValue, Figures> all) {
        var from = new HashMap<String, Double>();
        var to = new HashMap<String, Double>();
        for (var leaf : LEAVES) {
            from.put(leaf, 0.0);
            to.put(leaf, 0.0);
        }
        all.values()
                .forEach(figures -> {
                    figures.from()
                            .forEach((column, value) ->
                                    from.merge(column.formula(), value, Double::sum));
                    figures.to()
                            .forEach((column, value) ->
                                    to.merge(column.formula(), value, Double::sum));
                });
        return figures(from, to);
    }

    private static void assertClosed(Piece piece) {
        assertThat(problems(piece)).isEmpty();
    }

    /** Where pieces do not add up, or leave something over that they should tell. */
    private static List<String> problems(Piece piece) {
        var problems = new ArrayList<String>();
        for (var pieces : List.of(piece.parts(), piece.groups(), piece.members())) {
            if (pieces.isEmpty()) {
                continue;
            }
            double sum = pieces.stream().mapToDouble(Piece::contribution).sum();
            double size =
                    pieces.stream().mapToDouble(it -> Math.abs(it.contribution())).sum()
                            + Math.abs(piece.contribution());
            if (!(Math.abs(sum - piece.contribution()) <= 1e-9 * (size + 1))) {
                problems.add("%s: %s is not %s".formatted(piece.what(), sum, piece.contribution()));
            }
            pieces.forEach(inner -> problems.addAll(problems(inner)));
        }
        return problems;
    }

    @Test
    void sums_products_and_ratios_of_what_adds_up_leave_nothing_over() {
        int split = 0;
        for (long seed = 1; seed <= 1_000; seed++) {
            var random = new Random(seed);
            var formula = formula(random, 3);
            var view = view(random);
            var term = term(formula);
            if (formula.contains("least")
                    || formula.contains("coalesce")
                    || view.total().value(term, Side.FROM) == null
                    || view.total().value(term, Side.TO) == null) {
                continue;
            }
            split++;
            assertThat(leftOver(split(term, view), "")).as("seed %d: %s", seed, formula).isEmpty();
        }
        assertThat(split).isGreaterThan(150);
    }

    private static List<String> leftOver(Piece piece, String of) {
        var path = of + " > " + piece.what();
        return piece.kind() == Kind.REMAINDER
                ? List.of(path + " " + piece.contribution())
                : List.of(piece.parts(), piece.groups(), piece.members()).stream()
                        .flatMap(List::stream)
                        .flatMap(inner -> leftOver(inner, path).stream())
                        .toList();
    }
}
