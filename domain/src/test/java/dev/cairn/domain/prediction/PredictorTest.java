package dev.cairn.domain.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.domain.analysis.Absence;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictorTest {
    private static final LocalDate UNTIL = LocalDate.parse("1997-10-01");
    private static final BetaGeometric BUYING = new BetaGeometric(0.243, 4.414, 0.793, 2.426);
    private static final GammaGamma SPENDING = new GammaGamma(6.25, 3.74, 15.44);

    private static final Customer TWICE_AGAIN = customer(3, "1997-01-01", "1997-08-02", 44.69);
    private static final Customer ONCE = customer(1, "1997-03-01", "1997-03-01", 0.0);
    private static final Customer FOR_NOTHING = customer(2, "1997-03-01", "1997-04-01", 0.0);
    private static final Customer ON_THE_LAST_DAY = customer(1, "1997-09-30", "1997-09-30", 0.0);

    private static Customer customer(long purchases, String first, String last, double later) {
        return new Customer(purchases, LocalDate.parse(first), LocalDate.parse(last), later);
    }

    private static Predictor predictor(double discount) {
        return new Predictor(BUYING, SPENDING, UNTIL, UNTIL.plusWeeks(39), discount);
    }

    /** The first customer of the sample: x = 2, t_x = 213 / 7 = 30.43, T = 272 / 7 = 38.86. */
    @Test
    void recency_and_age_are_those_of_the_papers() {
        assertThat(TWICE_AGAIN.history(UNTIL))
                .isEqualTo(new PurchaseHistory(2, 213 / 7.0, 272 / 7.0));
        assertThat(ON_THE_LAST_DAY.history(UNTIL)).isEqualTo(new PurchaseHistory(0, 0, 0));
    }

    @Test
    void a_value_is_mean_times_discounted_purchases() {
        var account = predictor(0.1).account("1", TWICE_AGAIN);
        assertThat(account.meanSpent()).isEqualTo(22.345);
        assertThat(account.expectedMean()).isCloseTo(24.6596, within(0.001));
        assertThat(account.discountedPurchases()).isLessThan(account.expectedPurchases());
        assertThat(account.expectedValue())
                .isCloseTo(account.expectedMean() * account.discountedPurchases(), within(1e-12));
    }

    @Test
    void whoever_bought_once_spends_as_the_mean_of_all() {
        assertThat(predictor(0).account("1", ONCE).expectedMean())
                .isEqualTo(SPENDING.expectedMean(null));
        assertThat(predictor(0).account("1", ONCE).meanSpent()).isNull();
    }

    @Test
    void whoever_bought_again_for_nothing_has_no_value_but_purchases() {
        var account = predictor(0).account("1", FOR_NOTHING);
        assertThat(account.expectedValue()).isNull();
        assertThat(account.absence()).isEqualTo(Absence.NO_DATA);
        assertThat(account.expectedPurchases()).isPositive();
    }

    @Test
    void without_a_model_of_values_there_are_none() {
        var account =
                new Predictor(BUYING, null, UNTIL, UNTIL.plusWeeks(39), 0)
                        .account("1", TWICE_AGAIN);
        assertThat(account.expectedValue()).isNull();
        assertThat(account.absence()).isEqualTo(Absence.INSUFFICIENT_SAMPLE);
    }

    @Test
    void totals_and_classes_over_counts_are_those_over_accounts() {
        var counts =
                List.of(
                        new Customer.Counted(TWICE_AGAIN, 3),
                        new Customer.Counted(ONCE, 5),
                        new Customer.Counted(FOR_NOTHING, 1),
                        new Customer.Counted(ON_THE_LAST_DAY, 2));
        var predictor = predictor(0.1);
        double purchases = 0;
        double value = 0;
        double alive = 0;
        for (var counted : counts) {
            for (int i = 0; i < counted.customers(); i++) {
                var account = predictor.account("1", counted.customer());
                purchases += account.expectedPurchases();
                value += account.expectedValue() == null ? 0 : account.expectedValue();
                alive += account.probabilityAlive();
            }
        }
        var total = predictor.total(counts);
        assertThat(total.customers()).isEqualTo(11);
        assertThat(total.expectedPurchases()).isCloseTo(purchases, within(1e-9));
        assertThat(total.expectedValue()).isCloseTo(value, within(1e-9));
        assertThat(total.expectedAlive()).isCloseTo(alive, within(1e-9));

        var classes = predictor.classes(counts, Map.of(0, 14.0, 2, 6.0));
        assertThat(classes).hasSize(8);
        assertThat(classes).extracting(Prediction.FrequencyClass::customers).startsWith(7L, 1L, 3L);
        assertThat(classes.stream().mapToDouble(Prediction.FrequencyClass::expectedCustomers).sum())
                .isCloseTo(11, within(1e-9));
        // 14 purchases of 7 customers, 6 of 3; nothing is known of the one in between.
        assertThat(classes)
                .extracting(Prediction.FrequencyClass::actualMean)
                .startsWith(2.0, null, 2.0);
        assertThat(classes.getLast().expectedMean()).isNull();
    }

    /** x: 1, 2, 3 of one customer each; y: 10, 20, 60: r = 50 / sqrt(2 · 1400) = 0.9449. */
    @Test
    void the_correlation_is_pearsons() {
        var spendings =
                List.of(
                        new Spending.Counted(new Spending(1, 10), 1),
                        new Spending.Counted(new Spending(2, 20), 1),
                        new Spending.Counted(new Spending(3, 60), 1));
        assertThat(Predictor.correlation(spendings)).isCloseTo(0.9449, within(0.0001));
        assertThat(Predictor.correlation(spendings.subList(0, 1))).isNull();
    }
}
