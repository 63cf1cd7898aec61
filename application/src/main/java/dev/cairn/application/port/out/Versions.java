package dev.cairn.application.port.out;

import dev.cairn.application.port.StoreFailed;
import java.util.Map;

/** Tells whether anything that answers are made of has changed. */
@FunctionalInterface
public interface Versions {
    /**
     * All versions, of one moment; at the price of one small query.
     *
     * @throws StoreFailed where the store cannot be reached
     */
    Known now();

    /**
     * Versions; each grows with every committed change.
     *
     * @param catalog of the definitions
     * @param data of the facts of each source and the members of each entity, by name; one without is not in it
     */
    record Known(long catalog, Map<String, Long> data) {
        public Known {
            data = Map.copyOf(data);
        }
    }
}
