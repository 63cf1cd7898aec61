package dev.cairn.testkit.data;

import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Page;
import dev.cairn.domain.plan.Page.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of a plan's rows. */
public final class Pages {
    private Pages() {}

    /** The same plan for another page. */
    public static AnalysisPlan page(AnalysisPlan plan, int limit, @Nullable Position after) {
        return new AnalysisPlan(
                plan.time(),
                plan.keys(),
                plan.cells(),
                plan.outputs(),
                plan.kinds(),
                plan.having(),
                plan.fillGaps(),
                new Page(plan.page().order(), limit, after),
                plan.tallies(),
                plan.top(),
                plan.mapped());
    }

    /** Where a cell row stands in the plan's order: a page that ends with it is continued after that. */
    public static Position position(AnalysisPlan plan, Answer.Row row) {
        return position(plan.page().order(), row);
    }

    /** Where a row stands in an order. */
    public static Position position(List<Ordering> order, Answer.Row row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Ordering term : order) {
            values.add(
                    switch (term.by()) {
                        case Ordering.By.Time() -> row.bucket();
                        case Ordering.By.Key(var index) -> row.keys().get(index);
                        case Ordering.By.Value(var output) -> row.values().get(output).value();
                    });
        }
        return new Position(values);
    }
}
