package dev.cairn.bootstrap.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.service.PredictionFits;
import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.prediction.Fit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The CDNOW sample, imported and predicted as anybody would: counted by SQL, fitted, and held against what happened. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class PredictedCdnowTest {
    private static final String INPUT =
            "transactions: \"purchase\", calibratedUntil: \"1997-10-01\", horizon: {count: 39, grain: WEEK}";

    private static final String FIT =
            "{ estimates { name value standardError } logLikelihood customers converged }";

    private RunningCairn cairn;

    @BeforeAll
    void load() {
        cairn = new RunningCairn();
        run("apply", RunningCairn.inRepository("examples/cdnow").toString());
        run("import", "purchase", CdnowSample.file().toString());
    }

    @AfterAll
    void stop() {
        cairn.close();
    }

    private RunningCairn.Said run(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
        return said;
    }

    private JsonNode predicted(String input, String selected) {
        return answered(
                cairn.ask(
                        "{ predictedValue(input: {%s}) { %s } }".formatted(input, selected),
                        Map.of()));
    }

    private static JsonNode answered(JsonNode reply) {
        assertThat(reply.at("/errors").isMissingNode()).as(reply.toString()).isTrue();
        return reply.at("/data/predictedValue");
    }

    private static void assertSame(JsonNode answer, Fit<?> byHand) {
        assertThat(answer.at("/customers").asLong()).isEqualTo(byHand.customers());
        assertThat(answer.at("/converged").asBoolean()).isTrue();
        assertThat(answer.at("/logLikelihood").asDouble())
                .isCloseTo(byHand.logLikelihood(), within(1e-6));
        for (int i = 0; i < byHand.estimates().size(); i++) {
            var estimate = byHand.estimates().get(i);
            assertThat(answer.at("/estimates/%d/name".formatted(i)).asString())
                    .isEqualTo(estimate.name());
            assertThat(answer.at("/estimates/%d/value".formatted(i)).asDouble())
                    .isCloseTo(estimate.value(), within(1e-3 * estimate.value()));
        }
    }

    /** {@link PublishedFitsTest} holds the fits by hand to the papers. */
    @Test
    @Order(1)
    void what_sql_counts_is_fitted_as_what_is_counted_from_the_file() {
        var sample = CdnowSample.read();
        var answer =
                predicted(
                        INPUT,
                        "purchases %s values %s correlation currency calibratedFrom horizonUntil warnings { code }"
                                .formatted(FIT, FIT));
        assertSame(
                answer.at("/purchases"), PredictionFits.buying(sample.histories(), Deadline.NEVER));
        assertSame(
                answer.at("/values"), PredictionFits.spending(sample.spendings(), Deadline.NEVER));
        assertThat(answer.at("/correlation").asDouble()).isCloseTo(0.114, within(0.001));
        assertThat(answer.at("/currency").asString()).isEqualTo("USD");
        assertThat(answer.at("/calibratedFrom").asString()).isEqualTo("1997-01-01");
        assertThat(answer.at("/horizonUntil").asString()).isEqualTo("1998-07-01");
        assertThat(answer.at("/warnings").findValuesAsString("code"))
                .containsExactly("LESS_THAN_A_YEAR");
    }

    /**
     * Customers and what they bought in the holdout as the walk through BTYD publishes them for this sample (bin.size, n.act); expected by the formula of the paper
     * at its parameters, computed apart.
     */
    @Test
    @Order(2)
    void what_was_expected_stands_beside_what_happened() {
        var classes =
                predicted(
                                INPUT,
                                "frequencyClasses { repeats orMore customers expectedCustomers expectedMean actualMean }")
                        .at("/frequencyClasses");
        int[] customers = {1411, 439, 214, 100, 62, 38, 29, 64};
        double[] actual = {
            0.2367116, 0.6970387, 1.392523, 1.56, 2.532258, 2.947368, 3.862069, 6.359375
        };
        double[] expected = {0.225, 0.523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157};
        double all = 0;
        for (int i = 0; i < customers.length; i++) {
            var one = classes.get(i);
            assertThat(one.at("/repeats").asInt()).isEqualTo(i);
            assertThat(one.at("/orMore").asBoolean()).isEqualTo(i == 7);
            assertThat(one.at("/customers").asInt()).isEqualTo(customers[i]);
            assertThat(one.at("/actualMean").asDouble()).isCloseTo(actual[i], within(1e-6));
            assertThat(one.at("/expectedMean").asDouble()).isCloseTo(expected[i], within(0.001));
            all += one.at("/expectedCustomers").asDouble();
        }
        assertThat(all).isCloseTo(2357, within(1e-6));
    }

    @Test
    @Order(3)
    void pages_of_any_order_have_every_account_once_and_add_up_to_the_total() {
        for (String order : List.of("VALUE", "ACCOUNT")) {
            var keys = new ArrayList<String>();
            double purchases = 0;
            double value = 0;
            double before = Double.POSITIVE_INFINITY;
            String after = null;
            JsonNode page;
            do {
                page =
                        predicted(
                                INPUT + page(order, after),
                                "total { customers expectedPurchases expectedValue } accounts { account expectedPurchases expectedValue absence } pageInfo { hasNextPage endCursor }");
                for (var account : page.at("/accounts")) {
                    keys.add(account.at("/account").asString());
                    purchases += account.at("/expectedPurchases").asDouble();
                    boolean isNone = account.at("/expectedValue").isNull();
                    assertThat(account.at("/absence").isNull()).isNotEqualTo(isNone);
                    double one = isNone ? 0 : account.at("/expectedValue").asDouble();
                    value += one;
                    if (order.equals("VALUE")) {
                        assertThat(one).isLessThanOrEqualTo(before);
                        before = one;
                    }
                }
                after = page.at("/pageInfo/endCursor").asString();
            } while (page.at("/pageInfo/hasNextPage").asBoolean());
            assertThat(keys).doesNotHaveDuplicates().hasSize(2357);
            assertThat(page.at("/total/customers").asInt()).isEqualTo(2357);
            assertThat(purchases)
                    .isCloseTo(page.at("/total/expectedPurchases").asDouble(), within(1e-6));
            assertThat(value).isCloseTo(page.at("/total/expectedValue").asDouble(), within(1e-4));
            if (order.equals("ACCOUNT")) {
                assertThat(keys).isSorted();
            }
        }
    }

    private static String page(String order, @Nullable String after) {
        return ", first: 1000, discount: 0.1, orderBy: %s%s"
                .formatted(order, after == null ? "" : ", after: \"%s\"".formatted(after));
    }

    /** The 946 who bought again have the classes of all, but the first; and so they do of a cohort whose rule would not hold any more when the horizon ends. */
    @Test
    @Order(4)
    void accounts_are_those_that_meet_the_condition_when_the_calibration_ends() {
        for (String which :
                List.of(
                        ", where: \"count(purchase) over all > 0 and not exists(purchase where purchased_on >= @1997-10-01) over all and distinct(purchase : purchased_on) over all > 1\"",
                        ", cohort: {rule: \"exists(purchase) over all\"}, where: \"distinct(purchase : purchased_on) over all > 1\"")) {
            var answer =
                    predicted(
                            INPUT + which,
                            "total { customers } frequencyClasses { customers actualMean }");
            assertThat(answer.at("/total/customers").asInt()).isEqualTo(946);
            assertThat(answer.at("/frequencyClasses/0/customers").asInt()).isZero();
            assertThat(answer.at("/frequencyClasses/1/customers").asInt()).isEqualTo(439);
            assertThat(answer.at("/frequencyClasses/1/actualMean").asDouble())
                    .isCloseTo(0.6970387, within(1e-6));
        }
    }

    /** Fits are kept: those of all customers are there already, and those of the other scope after the first answer. */
    @Test
    @Order(4)
    void a_caller_of_a_scope_is_answered_as_if_there_were_no_other_customers() {
        for (var first : List.of("0", "1", "0")) {
            var scope =
                    new AccessScope(
                            List.of("starts(account, caller.beginning)"),
                            Map.of("beginning", first));
            var sample = CdnowSample.read().startingWith(first);
            var answer =
                    answered(
                            cairn.ask(
                                    "{ predictedValue(input: {%s, first: 1000}) { purchases %s values %s total { customers } accounts { account } } }"
                                            .formatted(INPUT, FIT, FIT),
                                    Map.of(),
                                    new Caller("scoped to " + first, Role.VIEWER, scope)));
            assertSame(
                    answer.at("/purchases"),
                    PredictionFits.buying(sample.histories(), Deadline.NEVER));
            assertSame(
                    answer.at("/values"),
                    PredictionFits.spending(sample.spendings(), Deadline.NEVER));
            assertThat(answer.at("/total/customers").asInt()).isBetween(900, 1100);
            assertThat(answer.at("/accounts").findValuesAsString("account"))
                    .isNotEmpty()
                    .allMatch(key -> key.startsWith(first));
        }
    }

    @Test
    @Order(4)
    void everything_that_is_wrong_is_told_where_it_was_written() {
        var said =
                cairn.inside(
                        "predict",
                        "--transactions",
                        "purchase\nwhere amont > 0",
                        "--value",
                        "discs +\ncustomr",
                        "--where",
                        "account.plan = 'pro'",
                        "--until",
                        "1997-10-01");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.errors())
                .contains("--transactions:2:7: No field 'amont' in 'purchase'.")
                .contains("--value:2:1: No field 'customr' in 'purchase'.")
                .contains("--where:1:1: ");
        var early =
                cairn.inside(
                        "predict",
                        "--transactions",
                        "purchas",
                        "--value",
                        "amount +",
                        "--discount",
                        "10",
                        "--horizon",
                        "soon",
                        "--until",
                        "1997-10-01");
        assertThat(early.errors())
                .contains(
                        "--transactions:1:1: No source or slice 'purchas'. Did you mean 'purchase'?")
                .contains("--value:1:")
                .contains("--discount: A discount is from 0 to 1 a year")
                .contains("--horizon: 'soon' is no length of time");
        assertThat(cairn.inside("predict", "--transactions", "sum(purchase.amount)").errors())
                .contains("[SYNTAX]");
        assertThat(cairn.inside("predict", "--transactions", "account").errors())
                .contains("No source or slice 'account'.");
    }

    @Test
    @Order(5)
    void too_few_customers_are_not_fitted() {
        var said =
                cairn.inside(
                        "predict",
                        "--transactions",
                        "purchase",
                        "--until",
                        "1997-10-01",
                        "--cohort",
                        "count(purchase) over ever > 20");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.errors()).contains("[NOT_ENOUGH_DATA]");
        var empty = cairn.inside("predict", "--transactions", "purchase", "--until", "1996-01-01");
        assertThat(empty.errors())
                .contains("Before the calibration ends 0 customers bought")
                .contains("[NOT_ENOUGH_DATA]");
    }

    @Test
    @Order(6)
    void data_that_ends_before_the_calibration_is_warned_of() {
        var said = run("predict", "--transactions", "purchase", "--until", "1999-01-01");
        assertThat(said.errors())
                .contains("The source is not complete until 1999-01-01")
                .contains("[DATA_NOT_COMPLETE]");
    }

    /** The last test: it changes the facts. */
    @Test
    @Order(7)
    void facts_that_come_later_are_fitted_at_once(@TempDir Path folder) throws IOException {
        var before = predicted(INPUT, "purchases " + FIT);
        var later = folder.resolve("later.csv");
        Files.writeString(
                later,
                "customer_id,date,cds,dollar_value\n"
                        + "new-1,1997-02-01,1,10.00\nnew-1,1997-03-01,1,12.00\n00004,1997-09-30,1,9.00\n");
        run("import", "purchase", later.toString());
        var after = predicted(INPUT, "purchases " + FIT);
        assertThat(after.at("/purchases/customers").asInt())
                .isEqualTo(before.at("/purchases/customers").asInt() + 1);
        assertThat(after.at("/purchases/logLikelihood").asDouble())
                .isNotEqualTo(before.at("/purchases/logLikelihood").asDouble());
    }
}
