package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.in.ImportUseCase.Reject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Why rows are rejected: the first cells as they are, and all of them counted by column and reason, in bounded memory. */
final class RejectCounts implements Consumer<Reject> {
    private static final int SHOWN = 10;
    private static final int MOST_REASONS = 100;

    /**
     * How often cells of a column are rejected for one reason.
     *
     * @param line of the first of them
     * @param value of the first of them
     */
    record Reason(String column, String reason, long count, long line, String value) {
        private Reason andOne() {
            return new Reason(column, reason, count + 1, line, value);
        }
    }

    private record Kind(String column, String reason) {}

    private final List<Reject> first = new ArrayList<>();
    private final Map<Kind, Reason> reasons = new LinkedHashMap<>();
    private long cells = 0;

    @Override
    public void accept(Reject reject) {
        cells++;
        if (first.size() < SHOWN) {
            first.add(reject);
        }
        var kind = new Kind(reject.column(), reject.reason());
        var known = reasons.get(kind);
        if (known != null) {
            reasons.put(kind, known.andOne());
        } else if (reasons.size() < MOST_REASONS) {
            reasons.put(
                    kind,
                    new Reason(reject.column(), reject.reason(), 1, reject.line(), reject.value()));
        }
    }

    List<Reject> first() {
        return List.copyOf(first);
    }

    /** Whether there are more than the first. */
    boolean isMore() {
        return cells > first.size();
    }

    /** The most frequent first; of more than a hundred different ones, those met first. */
    List<Reason> reasons() {
        return reasons.values().stream()
                .sorted(Comparator.comparingLong(Reason::count).reversed())
                .toList();
    }
}
