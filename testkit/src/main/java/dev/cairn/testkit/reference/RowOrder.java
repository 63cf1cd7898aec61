package dev.cairn.testkit.reference;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Page.Position;
import dev.cairn.testkit.data.Pages;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of rows; what has no value stands last either way. */
final class RowOrder {
    private final List<Ordering> order;
    private final Rules rules;

    RowOrder(List<Ordering> order, Rules rules) {
        this.order = order;
        this.rules = rules;
    }

    Comparator<Answer.Row> cells() {
        Comparator<Answer.Row> byOrder =
                (one, other) -> compare(Pages.position(order, one), Pages.position(order, other));
        return order.stream().noneMatch(Ordering::withoutRateFirst)
                ? byOrder
                : Comparator.comparing(this::hasRates).thenComparing(byOrder);
    }

    private boolean hasRates(Answer.Row row) {
        return order.stream()
                .filter(Ordering::withoutRateFirst)
                .map(Ordering::by)
                .allMatch(by ->
                        by instanceof Ordering.By.Value(var output)
                                && row.values().get(output).missingRates().isEmpty());
    }

    /** By kind, bucket and keys. */
    Comparator<Answer.Row> totals() {
        return Comparator.comparing(Answer.Row::kind, Comparator.comparingInt(RowKind::ordinal))
                .thenComparingInt(Answer.Row::bucket)
                .thenComparing((one, other) -> compareKeys(one.keys(), other.keys()));
    }

    private int compareKeys(List<GroupValue> one, List<GroupValue> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = compare(one.get(i), other.get(i), false);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    boolean isAfter(Answer.Row row, @Nullable Position last) {
        return last == null || rules.isAfter(compare(Pages.position(order, row), last));
    }

    private int compare(Position one, Position other) {
        for (int i = 0; i < order.size(); i++) {
            int comparison =
                    compare(one.values().get(i), other.values().get(i), order.get(i).descending());
            if (comparison != 0) {
                return comparison;
            }
        }
        return 0;
    }

    private int compare(@Nullable Object one, @Nullable Object other, boolean descending) {
        if (one instanceof GroupValue a && other instanceof GroupValue b) {
            return a.kind() == GroupValue.Kind.VALUE && b.kind() == GroupValue.Kind.VALUE
                    ? compare(a.value(), b.value(), descending)
                    : Integer.compare(place(a, descending), place(b, descending));
        }
        if (one == null || other == null) {
            return one == other ? 0 : (one == null ? 1 : -1) * rules.placeOfNothing(descending);
        }
        int order =
                one instanceof Integer a
                        ? a.compareTo((Integer) other)
                        : Values.compare(one, other);
        return descending ? -order : order;
    }

    private int place(GroupValue key, boolean descending) {
        int place =
                switch (key.kind()) {
                    case VALUE, TOTAL -> 0;
                    case NONE -> 1;
                    case NO_ACCOUNT -> 2;
                    case OTHER -> 3;
                };
        return place * rules.placeOfNothing(descending);
    }
}
