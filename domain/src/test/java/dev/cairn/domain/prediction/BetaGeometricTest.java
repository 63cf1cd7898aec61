package dev.cairn.domain.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The models against values of the papers, hand arithmetic and integrals. */
class BetaGeometricTest {
    private static final BetaGeometric CDNOW =
            new BetaGeometric(0.24259, 4.41360, 0.79292, 2.42590);

    @Test
    void new_customers_buy_again_as_the_spreadsheet_of_the_paper_says() {
        // Implementing the BG/NBD Model in Excel (2005), column E[X(t)].
        double[] weeks = {0.1429, 1, 3, 31.8571, 32, 78};
        double[] published = {0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576};
        for (int i = 0; i < weeks.length; i++) {
            assertThat(CDNOW.expectedRepeats(weeks[i])).isCloseTo(published[i], within(0.0005));
        }
    }

    @Test
    void a_customer_buys_on_as_the_papers_say() {
        // x = 2, t_x = 30.43, T = 38.86: 1.226 purchases in 39 weeks.
        assertThat(CDNOW.expectedPurchases(new PurchaseHistory(2, 30.43, 38.86), 39))
                .isCloseTo(1.226, within(0.001));
        assertThat(
                        new BetaGeometric(0.243, 4.414, 0.793, 2.426)
                                .expectedPurchases(new PurchaseHistory(26, 30.86, 31), 52))
                .isCloseTo(25.76, within(0.005));
    }

    /** L(x = 1, t_x = 1, T = 2) by hand for r = alpha = a = b = 1: B(1,2)/B(1,1) / 3^2 + B(2,1)/B(1,1) / 2^2 = 1/18 + 1/8 = 13/72. */
    @Test
    void the_likelihood_is_that_of_the_paper_by_hand() {
        var ones = new BetaGeometric(1, 1, 1, 1);
        var once = new PurchaseHistory.Counted(new PurchaseHistory(1, 1, 2), 3);
        assertThat(ones.logLikelihood(List.of(once)))
                .isCloseTo(3 * Math.log(13.0 / 72), within(1e-12));
        // Of no repeats: (1 / (1 + 2))^1.
        var never = new PurchaseHistory.Counted(new PurchaseHistory(0, 0, 2), 2);
        assertThat(ones.logLikelihood(List.of(never)))
                .isCloseTo(2 * Math.log(1.0 / 3), within(1e-12));
        // P(alive) = (1/18) / (13/72) = 4/13.
        assertThat(ones.probabilityAlive(once.history())).isCloseTo(4.0 / 13, within(1e-12));
    }

    @Test
    void whoever_bought_once_is_alive_in_this_model() {
        for (double age : new double[] {0, 1, 100, 1e6}) {
            assertThat(CDNOW.probabilityAlive(new PurchaseHistory(0, 0, age))).isEqualTo(1);
        }
    }

    @Test
    void the_probability_to_be_alive_falls_with_the_time_since_the_last_purchase() {
        for (var model : models()) {
            for (long repeats : new long[] {1, 2, 10, 500}) {
                double before = 1;
                for (double age = 10; age < 400; age += 13) {
                    double alive = model.probabilityAlive(new PurchaseHistory(repeats, 10, age));
                    assertThat(alive).isBetween(0.0, before);
                    before = alive;
                }
            }
        }
    }

    @Test
    void more_is_bought_in_a_longer_time() {
        for (var model : models()) {
            for (var history :
                    List.of(
                            new PurchaseHistory(0, 0, 0),
                            new PurchaseHistory(0, 0, 50),
                            new PurchaseHistory(7, 40, 50),
                            new PurchaseHistory(300, 49, 50))) {
                double before = 0;
                for (double weeks = 0; weeks < 500; weeks += 12.5) {
                    double bought = model.expectedPurchases(history, weeks);
                    assertThat(bought).isFinite().isGreaterThanOrEqualTo(before);
                    before = bought;
                }
            }
        }
    }

    /** E[X(t)] is the sum of the probabilities that there are 1, 2, ... purchases or more, by another formula of another note. */
    @Test
    void expected_repeats_are_the_mean_of_their_distribution() {
        // Of those whose tails end.
        for (var model : models().stream().filter(one -> one.a() > 0.1).toList()) {
            double sum = 0;
            double mean = 0;
            for (int repeats = 0; repeats < 400; repeats++) {
                double probability = model.probabilityOfRepeats(repeats, 20);
                sum += probability;
                mean += repeats * probability;
            }
            assertThat(sum).as(model.toString()).isCloseTo(1, within(1e-9));
            assertThat(mean)
                    .as(model.toString())
                    .isCloseTo(model.expectedRepeats(20), within(1e-7));
        }
    }

    /** Where a is 1 the formula of the paper is 0 / 0. */
    @Test
    void nothing_jumps_where_a_is_1() {
        var history = new PurchaseHistory(3, 20, 30);
        double at = new BetaGeometric(0.5, 6, 1, 2).expectedPurchases(history, 26);
        double above = new BetaGeometric(0.5, 6, 1 + 1e-9, 2).expectedPurchases(history, 26);
        assertThat(above).isCloseTo(at, within(1e-7));
        assertThat(at)
                .isBetween(
                        new BetaGeometric(0.5, 6, 1.01, 2).expectedPurchases(history, 26),
                        new BetaGeometric(0.5, 6, 0.99, 2).expectedPurchases(history, 26));
    }

    /** Two series for the same: the one for small a, and the one for large. */
    @Test
    void nothing_jumps_where_the_series_changes() {
        for (var history :
                List.of(new PurchaseHistory(0, 0, 30), new PurchaseHistory(40, 20, 30))) {
            double below = new BetaGeometric(0.5, 6, 3, 9).expectedPurchases(history, 200);
            double above = new BetaGeometric(0.5, 6, 3 + 1e-9, 9).expectedPurchases(history, 200);
            assertThat(above).isCloseTo(below, within(1e-6 * below));
        }
    }

    /** E by the limit of many a and b, where each leaves with 1/100: of x = 0 and r, alpha as here the sum over purchases of 0.99^(n-1) P(n or more). */
    @Test
    void customers_who_leave_alike_buy_as_a_geometric_sum_says() {
        var alike = new BetaGeometric(1.5, 10, 1_000_000, 99_000_000);
        double sum = 0;
        double fewer = 0;
        double probability = Math.pow(10.0 / 30, 1.5);
        for (int n = 1; n < 2_000; n++) {
            fewer += probability;
            sum += Math.pow(0.99, n - 1) * (1 - fewer);
            probability *= (1.5 + n - 1) / n * (20.0 / 30);
        }
        assertThat(alike.expectedRepeats(20)).isCloseTo(sum, within(1e-5));
    }

    @Test
    void a_discount_takes_what_comes_later_for_less() {
        var history = new PurchaseHistory(2, 30.43, 38.86);
        double plain = CDNOW.expectedPurchases(history, 52);
        assertThat(CDNOW.discountedPurchases(history, 52, 0)).isEqualTo(plain);
        // Between all at the start and all at the end of the year: 1 and 1 / 1.1.
        double discounted = CDNOW.discountedPurchases(history, 52, 0.1);
        assertThat(discounted).isBetween(plain / 1.1, plain);
        assertThat(CDNOW.discountedPurchases(history, 52, 1e-12)).isCloseTo(plain, within(1e-9));
        // The last step may be shorter than a week.
        assertThat(CDNOW.discountedPurchases(history, 0.5, 0.1))
                .isCloseTo(
                        CDNOW.expectedPurchases(history, 0.5) * Math.pow(1.1, -0.25 / (365.25 / 7)),
                        within(1e-12));
    }

    @Test
    void a_sum_over_counts_is_the_sum_over_customers() {
        var history = new PurchaseHistory(2, 3, 4);
        var many = List.of(new PurchaseHistory.Counted(history, 5));
        var each =
                IntStream.range(0, 5)
                        .mapToObj(_ -> new PurchaseHistory.Counted(history, 1))
                        .toList();
        assertThat(CDNOW.logLikelihood(many)).isCloseTo(CDNOW.logLikelihood(each), within(1e-10));
    }

    private static List<BetaGeometric> models() {
        return List.of(
                CDNOW,
                new BetaGeometric(0.01, 0.1, 0.01, 0.01),
                new BetaGeometric(1, 10, 1, 1),
                new BetaGeometric(2, 30, 5, 0.5),
                new BetaGeometric(1.5, 10.8, 2_078, 156_938),
                new BetaGeometric(0.00001, 100_000, 100_000, 0.00001),
                new BetaGeometric(0.5, 6, 20, 100));
    }
}
