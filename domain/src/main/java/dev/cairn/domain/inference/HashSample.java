package dev.cairn.domain.inference;

/** A set of 64-bit hashes of texts, or of several together, of bounded size, that finds out whether one was there before. */
final class HashSample {
    private static final int FIRST_SIZE = 1 << 10;
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final int most;
    private long[] slots = new long[FIRST_SIZE];
    private int count = 0;

    /** What became of a text. */
    enum Added {
        NEW,
        KNOWN,
        /** There are too many to remember this one. */
        FULL
    }

    /** @param most hashes that it holds */
    HashSample(int most) {
        this.most = most;
    }

    Added add(String text) {
        return add(hash(text));
    }

    /** @param hash not 0 */
    Added add(long hash) {
        if (count == most) {
            return Added.FULL;
        }
        int at = slot(slots, hash);
        if (slots[at] == hash) {
            return Added.KNOWN;
        }
        slots[at] = hash;
        count++;
        if (count * 2 > slots.length) {
            grow();
        }
        return Added.NEW;
    }

    private void grow() {
        var wider = new long[slots.length * 2];
        for (long hash : slots) {
            if (hash != 0) {
                wider[slot(wider, hash)] = hash;
            }
        }
        slots = wider;
    }

    private static int slot(long[] slots, long hash) {
        int at = (int) (hash ^ (hash >>> 32)) & (slots.length - 1);
        while (slots[at] != 0 && slots[at] != hash) {
            at = (at + 1) & (slots.length - 1);
        }
        return at;
    }

    /** One of two hashes; never 0. */
    static long both(long one, long other) {
        long hash = (one * PRIME ^ Long.rotateLeft(other, 32)) * PRIME;
        hash ^= hash >>> 29;
        return hash == 0 ? 1 : hash;
    }

    /** Never 0, which marks a free slot. */
    static long hash(String text) {
        long hash = BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
            hash ^= hash >>> 29;
        }
        return hash == 0 ? 1 : hash;
    }
}
