package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Placing.Edge;
import dev.cairn.domain.plan.Read;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the coverage of a read depends on: date columns are compared by dates.
 *
 * @param edge at which alone facts are read; null: over all of the stretch
 * @param ofSubjects whether the rows say of themselves what of it is known
 * @param atEnds whether facts are read at ends within the stretch alone
 */
record Covered(
        String source,
        boolean byDate,
        int reach,
        @Nullable Edge edge,
        boolean ofSubjects,
        boolean atEnds)
        implements Comparable<Covered> {
    private static final Comparator<Covered> ORDER =
            Comparator.comparing(Covered::source)
                    .thenComparing(Covered::byDate)
                    .thenComparing(Covered::reach)
                    .thenComparing(Covered::edge, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(Covered::ofSubjects)
                    .thenComparing(Covered::atEnds);

    static Covered of(Read read) {
        var edge =
                switch (read.placing()) {
                    case Placing.At _, Placing.ValidDuring _ -> null;
                    case Placing.ValidAt(_, var at) -> at;
                };
        return new Covered(
                read.source(),
                read.isByDate(),
                read.reach(),
                edge,
                read.ofSubjects(),
                read.atEnds());
    }

    @Override
    public int compareTo(Covered other) {
        return ORDER.compare(this, other);
    }

    static List<Covered> of(Collection<Read> reads) {
        return reads.stream().map(Covered::of).distinct().sorted().toList();
    }
}
