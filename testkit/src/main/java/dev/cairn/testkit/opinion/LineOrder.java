package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.GroupValue.Kind;
import dev.cairn.testkit.opinion.Opinion.Line;
import java.time.ZoneId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The order of lines: no value comes last, however it is ordered, and what is no value of a key by its kind. */
record LineOrder(ZoneId zone) {
    /** The greatest value first; of equal ones by keys. */
    Comparator<Line> byFigure(int at) {
        Comparator<Line> byValue =
                (one, other) ->
                        values(
                                one.figures().get(at).value(),
                                other.figures().get(at).value(),
                                true);
        return byValue.thenComparing(this::keys);
    }

    int keys(Line one, Line other) {
        int found = 0;
        for (int at = 0; found == 0 && at < one.keys().size(); at++) {
            found = keys(one.keys().get(at), other.keys().get(at), false);
        }
        return found;
    }

    int keys(GroupValue one, GroupValue other, boolean descending) {
        return one.kind() == Kind.VALUE && other.kind() == Kind.VALUE
                ? values(one.value(), other.value(), descending)
                : one.kind().compareTo(other.kind());
    }

    int values(@Nullable Object one, @Nullable Object other, boolean descending) {
        if (one == null || other == null) {
            return one == other ? 0 : one == null ? 1 : -1;
        }
        int found = PlainValues.compare(one, other, zone);
        return descending ? -found : found;
    }
}
