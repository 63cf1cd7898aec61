package dev.cairn.testkit.contract;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question with one part changed. */
final class Change {
    private final AnalysisQuery old;
    private List<String> groupBy;
    private @Nullable Grain grain;
    private AskedRange range;
    private ZoneId zone;
    private @Nullable Filter filter;
    private @Nullable String where;
    private @Nullable CohortReference cohort;
    private @Nullable Filter having;
    private @Nullable Instant asOf;
    private boolean totals;
    private List<OrderBy> orderBy;
    private int first;
    private boolean fillGaps;

    Change(AnalysisQuery old) {
        this.old = old;
        groupBy = old.groupBy();
        grain = old.grain();
        range = old.range();
        zone = old.zone();
        filter = old.filter();
        where = old.where();
        cohort = old.cohort();
        having = old.having();
        asOf = old.asOf();
        totals = old.totals();
        orderBy = old.orderBy();
        first = old.first();
        fillGaps = old.fillGaps();
    }

    AnalysisQuery query() {
        return new AnalysisQuery(
                old.metrics(),
                groupBy,
                grain,
                range,
                zone,
                filter,
                where,
                cohort,
                having,
                asOf,
                totals,
                orderBy,
                first,
                old.after(),
                fillGaps);
    }

    Change groupBy(List<String> changed) {
        groupBy = changed;
        return this;
    }

    Change grain(Grain changed) {
        grain = changed;
        return this;
    }

    Change range(AskedRange changed) {
        range = changed;
        return this;
    }

    Change zone(ZoneId changed) {
        zone = changed;
        return this;
    }

    Change filter(Filter changed) {
        filter = changed;
        return this;
    }

    Change where(String changed) {
        where = changed;
        return this;
    }

    Change cohort(CohortReference changed) {
        cohort = changed;
        return this;
    }

    Change having(Filter changed) {
        having = changed;
        return this;
    }

    Change asOf(Instant changed) {
        asOf = changed;
        return this;
    }

    Change totals(boolean changed) {
        totals = changed;
        return this;
    }

    Change orderBy(List<OrderBy> changed) {
        orderBy = changed;
        return this;
    }

    Change first(int changed) {
        first = changed;
        return this;
    }

    Change fillGaps(boolean changed) {
        fillGaps = changed;
        return this;
    }
}
