package dev.cairn.application.service;

import dev.cairn.domain.prediction.BetaGeometric;
import dev.cairn.domain.prediction.PurchaseHistory;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Customers who buy and leave as the BG/NBD model says. */
final class SimulatedCustomers {
    private SimulatedCustomers() {}

    /**
     * @param later purchases after the calibration
     * @param alive whether the customer had not left when it ended
     */
    record One(PurchaseHistory history, long later, boolean alive) {}

    /** All begin together. */
    static List<One> of(
            BetaGeometric model,
            double age,
            double horizon,
            int customers,
            RandomGenerator random) {
        return IntStream.range(0, customers)
                .mapToObj(_ -> one(model, age, horizon, random))
                .toList();
    }

    private static One one(
            BetaGeometric model, double age, double horizon, RandomGenerator random) {
        double rate = gamma(model.r(), random) / model.alpha();
        double a = gamma(model.a(), random);
        double leaves = a / (a + gamma(model.b(), random));
        long repeats = 0;
        long later = 0;
        double recency = 0;
        boolean alive = true;
        boolean aliveAtEnd = true;
        double time = 0;
        while (alive) {
            time += -Math.log(1 - random.nextDouble()) / rate;
            if (time > age + horizon) {
                break;
            }
            alive = random.nextDouble() >= leaves;
            if (time <= age) {
                repeats++;
                recency = time;
                aliveAtEnd = alive;
            } else {
                later++;
            }
        }
        return new One(new PurchaseHistory(repeats, recency, age), later, aliveAtEnd);
    }

    /** By Marsaglia and Tsang; of scale 1. */
    static double gamma(double shape, RandomGenerator random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0
                    && Math.log(1 - random.nextDouble())
                            < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
