package dev.cairn.adapters.persistence.catalog;

import dev.cairn.domain.change.DeclarationChange;
import dev.cairn.domain.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reasons against a declaration, in words. */
final class Refusals {
    private Refusals() {}

    /**
     * What stands against a change of a declaration; empty where nothing does.
     *
     * @param columns of the table
     * @param again reads the rows again and says why that is impossible for some; asked where nothing else stands against the change
     * @param wayOut the last sentence
     */
    static List<String> of(
            DeclarationChange change,
            ExistingColumns existing,
            Function<Field, org.jooq.Field<?>> columns,
            Supplier<Map<String, Long>> again,
            String wayOut) {
        var refusals = new ArrayList<String>();
        for (var obstacle : change.obstacles()) {
            long rows = existing.count(obstacle.rows(), columns);
            if (rows > 0) {
                refusals.add(of(rows, obstacle.reason()));
            }
        }
        if (refusals.isEmpty() && change.again()) {
            again.get().forEach((reason, rows) -> refusals.add(of(rows, reason)));
        }
        if (!refusals.isEmpty()) {
            refusals.add(wayOut);
        }
        return refusals;
    }

    private static String of(long rows, String reason) {
        return rows == 1
                ? "1 stored row stands against it: %s.".formatted(reason)
                : "%d stored rows stand against it: %s.".formatted(rows, reason);
    }
}
