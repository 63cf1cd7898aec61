package dev.cairn.bootstrap.why;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.command.RunningCairn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/** Changes of generated formulas over the sample: whatever is asked, the pieces add up, and both values are those that the question has by itself. */
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class GeneratedChangesTest {
    private static final int FORMULAS = 30;

    private static final String WINTER =
            "timeRange: {between: {from: \"2026-01-01\", to: \"2026-04-01\"}}";
    private static final String SPRING =
            "timeRange: {between: {from: \"2026-04-01\", to: \"2026-07-01\"}}";

    private static final List<String> LEAVES =
            List.of(
                    "count(event)",
                    "count(event where name = 'login')",
                    "distinct(event : user)",
                    "count(account where exists(event))",
                    "count(survey)",
                    "sum(account : count(ticket))",
                    "avg(account : count(event))",
                    "median(account where exists(event) : count(event))",
                    "share(nps_answer : score >= 9)",
                    "count(account where account in promoters)",
                    "avg(nps_answer : score)",
                    "(count(event) over last 28 days)",
                    "health",
                    "nps",
                    "active_users",
                    "12");

    private static final List<String> BY =
            List.of("", "by: [\"account.segment\"]", "by: [\"account.plan\"]");

    private RunningCairn cairn;

    @BeforeAll
    void start() {
        cairn = new RunningCairn();
        cairn.fillSample();
    }

    @AfterAll
    void stop() {
        cairn.close();
    }

    private static String formula(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return LEAVES.get(random.nextInt(LEAVES.size()));
        }
        var one = formula(random, depth - 1);
        var other = formula(random, depth - 1);
        return switch (random.nextInt(9)) {
            case 0 -> "(%s + %s)".formatted(one, other);
            case 1 -> "(%s - %s)".formatted(one, other);
            case 2 -> "(%s * %s)".formatted(one, other);
            case 3, 4 -> "(%s / %s)".formatted(one, other);
            case 5 -> "greatest(%s, %s)".formatted(one, other);
            case 6 -> "round(%s, 1)".formatted(one);
            case 7 -> "case when %s > %s then %s else %s end".formatted(one, other, other, one);
            default -> "(let x = %s in x / (x + 1))".formatted(one);
        };
    }

    @Test
    void pieces_add_up_and_both_values_are_those_of_the_question() {
        int split = 0;
        for (long seed = 1; seed <= FORMULAS; seed++) {
            var random = new Random(seed);
            var formula = formula(random, 3);
            var by = BY.get(random.nextInt(BY.size()));
            var answer =
                    cairn.ask(
                            "query($formula: String!) { why(input: {metric: {metric: {formula: $formula}, as: \"x\"}, depth: 6, from: {%s}, to: {%s}, %s}) { from { value } to { value } pieces { number parent axis kind what contribution } } }"
                                    .formatted(WINTER, SPRING, by),
                            Map.of("formula", formula));
            var why = answer.at("/data/why");
            if (why.isMissingNode() || why.isNull()) {
                assertThat(answer.at("/errors/0/extensions/code").asString())
                        .as("seed %d: %s: %s", seed, formula, answer)
                        .isEqualTo("BAD_QUERY");
                continue;
            }
            split++;
            assertThat(faults(why.path("pieces"))).as("seed %d: %s", seed, formula).isEmpty();
            assertThat(why.at("/from/value").asDouble())
                    .as("seed %d: %s", seed, formula)
                    .isEqualTo(value(formula, WINTER));
            assertThat(why.at("/to/value").asDouble())
                    .as("seed %d: %s", seed, formula)
                    .isEqualTo(value(formula, SPRING));
        }
        assertThat(split).isGreaterThan(FORMULAS / 2);
    }

    private double value(String formula, String range) {
        return cairn.ask(
                        "query($formula: String!) { analyze(input: {metrics: [{metric: {formula: $formula}, as: \"x\"}], %s}) { records } }"
                                .formatted(range),
                        Map.of("formula", formula))
                .at("/data/analyze/records/0/x")
                .asDouble();
    }

    private static List<String> faults(JsonNode pieces) {
        var faults = new ArrayList<String>();
        for (var piece : pieces) {
            for (var axis : List.of("FORMULA", "GROUP", "ACCOUNT")) {
                var inner =
                        pieces.valueStream()
                                .filter(it -> it.path("parent").isNumber())
                                .filter(it ->
                                        it.path("parent").asInt() == piece.path("number").asInt())
                                .filter(it -> it.path("axis").asString().equals(axis))
                                .mapToDouble(it -> it.path("contribution").asDouble())
                                .toArray();
                double sum = 0;
                double size = 1;
                for (double contribution : inner) {
                    sum += contribution;
                    size += Math.abs(contribution);
                }
                double whole = piece.path("contribution").asDouble();
                if (inner.length > 0 && !(Math.abs(sum - whole) <= 1e-9 * size)) {
                    faults.add(
                            "%s %s: %s is not %s".formatted(piece.path("what"), axis, sum, whole));
                }
            }
        }
        return faults;
    }
}
