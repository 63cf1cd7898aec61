package dev.cairn.demo;

import java.util.List;
import java.util.Random;

/** Chance that is the same each time. Each part of the company has dice of its own, so that a change of one leaves the others as they are. */
final class Dice {
    private final Random random;

    private Dice(long seed) {
        random = new Random(seed);
    }

    /** Dice for one purpose: the same for the same seed, purpose and numbers. */
    static Dice of(long seed, String purpose, long... numbers) {
        long mixed = mix(seed ^ purpose.hashCode());
        for (long number : numbers) {
            mixed = mix(mixed ^ number);
        }
        return new Dice(mixed);
    }

    /** Spreads the bits of a number (the finalizer of SplitMix64). */
    private static long mix(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** From 0, less than 1. */
    double fraction() {
        return random.nextDouble();
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** From {@code least} to {@code greatest}, both in. */
    int between(int least, int greatest) {
        return least + random.nextInt(greatest - least + 1);
    }

    /** From a normal distribution. */
    double normal(double mean, double deviation) {
        return mean + deviation * random.nextGaussian();
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** One of the values, each as likely as its weight. */
    <T> T oneOf(List<T> values, double... weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double left = random.nextDouble() * sum;
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return values.get(i);
            }
        }
        return values.getLast();
    }

    /** How often something happens that happens {@code mean} times on average and each time on its own (Poisson). */
    int times(double mean) {
        if (mean > 30) {
            return (int) Math.max(0, Math.round(normal(mean, Math.sqrt(mean))));
        }
        double limit = Math.exp(-mean);
        int times = 0;
        for (double product = random.nextDouble(); product > limit; times++) {
            product *= random.nextDouble();
        }
        return times;
    }
}
