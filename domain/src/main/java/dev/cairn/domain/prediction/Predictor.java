package dev.cairn.domain.prediction;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.prediction.Prediction.Account;
import dev.cairn.domain.prediction.Prediction.FrequencyClass;
import dev.cairn.domain.prediction.Prediction.Total;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Predicts by fitted models.
 *
 * @param spending null: values are not predicted
 * @param calibratedUntil first day of the horizon
 * @param horizonUntil first day after it
 * @param discount a year
 */
public record Predictor(
        BetaGeometric buying,
        @Nullable GammaGamma spending,
        LocalDate calibratedUntil,
        LocalDate horizonUntil,
        double discount) {
    private double weeks() {
        return Customer.weeks(calibratedUntil, horizonUntil);
    }

    /** One account, of which this is known. */
    public Account account(String key, Customer customer) {
        var history = customer.history(calibratedUntil);
        double discounted = buying.discountedPurchases(history, weeks(), discount);
        var absence = noValue(customer);
        var mean = absence == null ? expectedMean(customer) : null;
        return new Account(
                key,
                customer.purchases(),
                customer.firstOn(),
                customer.lastOn(),
                customer.meanSpent(),
                buying.expectedPurchases(history, weeks()),
                discounted,
                mean,
                mean == null ? null : mean * discounted,
                buying.probabilityAlive(history),
                absence);
    }

    private @Nullable Double expectedMean(Customer customer) {
        return spending == null ? null : spending.expectedMean(customer.spending());
    }

    private @Nullable Absence noValue(Customer customer) {
        if (spending == null) {
            return Absence.INSUFFICIENT_SAMPLE;
        }
        boolean isLeftOut = customer.hasRepeats() && customer.spending() == null;
        return isLeftOut || expectedMean(customer) == null ? Absence.NO_DATA : null;
    }

    /** All customers together. */
    public Total total(Collection<Customer.Counted> customers) {
        long count = 0;
        double alive = 0;
        double purchases = 0;
        double value = 0;
        boolean hasValue = false;
        for (var counted : customers) {
            var one = account("", counted.customer());
            count += counted.customers();
            alive += counted.customers() * one.probabilityAlive();
            purchases += counted.customers() * one.expectedPurchases();
            if (one.expectedValue() != null) {
                value += counted.customers() * one.expectedValue();
                hasValue = true;
            }
        }
        return new Total(count, alive, purchases, hasValue ? value : null);
    }

    /**
     * Classes of 0, 1, ... repeats, the last one of {@link PredictionQuestion#LAST_CLASS} and more.
     *
     * @param bought how often customers of each class bought in the horizon; without a class where that is not known
     */
    public List<FrequencyClass> classes(
            Collection<Customer.Counted> customers, Map<Integer, Double> bought) {
        int last = PredictionQuestion.LAST_CLASS;
        var counts = new long[last + 1];
        var expected = new double[last + 1];
        var ages = new TreeMap<Double, Long>();
        for (var counted : customers) {
            var history = counted.customer().history(calibratedUntil);
            int repeats = (int) Math.min(last, history.repeats());
            counts[repeats] += counted.customers();
            expected[repeats] += counted.customers() * buying.expectedPurchases(history, weeks());
            ages.merge(history.age(), counted.customers(), Long::sum);
        }
        var classes = new ArrayList<FrequencyClass>();
        double left = ages.values().stream().mapToLong(Long::longValue).sum();
        for (int repeats = 0; repeats <= last; repeats++) {
            double those = repeats == last ? Math.max(0, left) : ofRepeats(repeats, ages);
            left -= those;
            boolean isSome = counts[repeats] > 0;
            var happened = bought.get(repeats);
            classes.add(
                    new FrequencyClass(
                            repeats,
                            repeats == last,
                            counts[repeats],
                            those,
                            isSome ? expected[repeats] / counts[repeats] : null,
                            isSome && happened != null ? happened / counts[repeats] : null));
        }
        return classes;
    }

    private double ofRepeats(int repeats, Map<Double, Long> ages) {
        return ages.entrySet().stream()
                .mapToDouble(
                        age -> age.getValue() * buying.probabilityOfRepeats(repeats, age.getKey()))
                .sum();
    }

    /** Of the number of repeat purchases and their mean value, by Pearson; null where one of them does not vary. */
    public static @Nullable Double correlation(Collection<Spending.Counted> spendings) {
        double n = 0;
        double x = 0;
        double y = 0;
        for (var counted : spendings) {
            n += counted.customers();
            x += counted.customers() * (double) counted.spending().purchases();
            y += counted.customers() * counted.spending().mean();
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (var counted : spendings) {
            double ofX = counted.spending().purchases() - x / n;
            double ofY = counted.spending().mean() - y / n;
            xx += counted.customers() * ofX * ofX;
            xy += counted.customers() * ofX * ofY;
            yy += counted.customers() * ofY * ofY;
        }
        return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
    }
}
