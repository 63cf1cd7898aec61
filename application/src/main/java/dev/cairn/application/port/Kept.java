package dev.cairn.application.port;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What was made once and may be asked for again, up to a weight: what was asked for longest ago goes first. What weighs more than all may is not kept. Safe for use by
 * several threads.
 */
public final class Kept<K, V> {
    private final long most;
    private final ToLongFunction<Map.Entry<K, V>> weightOf;
    private final LinkedHashMap<K, Weighed<V>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    private record Weighed<V>(V value, long weight) {}

    /**
     * @param most of the weights of all that is kept; 0: nothing is
     * @param weightOf the same for the same entry; of at least 1
     */
    public Kept(long most, ToLongFunction<Map.Entry<K, V>> weightOf) {
        this.most = most;
        this.weightOf = weightOf;
    }

    public synchronized Optional<V> find(K key) {
        return Optional.ofNullable(kept.get(key)).map(Weighed::value);
    }

    /** In place of what was kept under the key before. */
    public void put(K key, V value) {
        long added = weightOf.applyAsLong(Map.entry(key, value));
        synchronized (this) {
            var before = kept.remove(key);
            weight -= before == null ? 0 : before.weight();
            if (added <= most) {
                kept.put(key, new Weighed<>(value, added));
                weight += added;
                shrink();
            }
        }
    }

    private void shrink() {
        Iterator<Weighed<V>> oldest = kept.values().iterator();
        while (weight > most) {
            weight -= oldest.next().weight();
            oldest.remove();
        }
    }

    /** Of all that is kept. */
    public synchronized long weight() {
        return weight;
    }

    public synchronized int size() {
        return kept.size();
    }
}
