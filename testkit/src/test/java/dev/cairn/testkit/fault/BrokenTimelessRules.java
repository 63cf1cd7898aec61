package dev.cairn.testkit.fault;

import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.testkit.reference.Rules;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The rules of rows that are of no time, each with one of them broken. */
final class BrokenTimelessRules {
    private static final LocalDate ALWAYS = LocalDate.of(1, 1, 1);

    private BrokenTimelessRules() {}

    static class RowsWithoutATimeAreInNoBucket extends Rules {
        @Override
        public boolean isValidDuring(
                @Nullable Object from,
                @Nullable Object until,
                Stretch stretch,
                boolean byDate,
                AnalysisPlan plan) {
            return !ALWAYS.equals(from) && super.isValidDuring(from, until, stretch, byDate, plan);
        }
    }

    static class RowsWithoutATimeSayWhenAnAccountBegins extends Rules {
        @Override
        public boolean saysWhenAccountsBegin(Source source) {
            return true;
        }
    }
}
