package dev.cairn.testkit.generator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Choices by a seed: the same seed, the same choices. */
public final class Choice {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private final Random random;

    public Choice(long seed) {
        this.random = new Random((seed + 1) * SPREAD);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends in. */
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** True in so many of a hundred cases. */
    public boolean percent(int percent) {
        return random.nextInt(100) < percent;
    }

    public <T> T of(List<T> many) {
        return many.get(random.nextInt(many.size()));
    }

    @SafeVarargs
    public final <T> T of(T... many) {
        return many[random.nextInt(many.length)];
    }

    /** What one of the given ways makes. */
    @SafeVarargs
    public final <T> T by(Supplier<? extends T>... ways) {
        return ways[random.nextInt(ways.length)].get();
    }

    /** At most so many, without repetition. */
    public <T> List<T> some(List<T> many, int most) {
        var shuffled = new ArrayList<>(many);
        Collections.shuffle(shuffled, random);
        return List.copyOf(
                shuffled.subList(0, Math.min(random.nextInt(most + 1), shuffled.size())));
    }
}
