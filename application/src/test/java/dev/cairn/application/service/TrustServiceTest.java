package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.out.Versions;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.Grain;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrustServiceTest {
    private static final Source EVENT =
            new Source(
                            "event",
                            "event",
                            "",
                            "at",
                            ZoneOffset.UTC,
                            null,
                            null,
                            "customer",
                            null,
                            List.of(),
                            List.of(
                                    Field.of("at", DataType.TIMESTAMP),
                                    Field.of("customer", DataType.TEXT)))
                    .with(
                            new Expectations(
                                    Grain.DAY,
                                    null,
                                    List.of(),
                                    List.of(),
                                    null,
                                    true,
                                    List.of(),
                                    List.of(),
                                    "account.region"));

    private final Map<String, Long> data = new HashMap<>();
    private int counted;

    private final AnalyzeUseCase counting =
            new AnalyzeUseCase() {
                @Override
                public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
                    counted++;
                    return new Outcome.Answered(
                            new AnalysisResult(
                                    List.of(),
                                    List.of(),
                                    false,
                                    null,
                                    Instant.EPOCH,
                                    null,
                                    List.of()));
                }

                @Override
                public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
                    throw new UnsupportedOperationException();
                }
            };

    private final TrustService trust =
            new TrustService(
                    new Catalogs(
                            new MemoryStore(
                                    Catalog.of(
                                            1, List.of(new Entry(EVENT, 1, Map.of())), List.of()))),
                    counting,
                    () -> new Versions.Known(1, data),
                    Clock.fixed(Instant.parse("2026-07-01T00:00:00Z"), ZoneOffset.UTC),
                    () -> Deadline.NEVER);

    private int countedAfter(String changed) {
        counted = 0;
        data.merge(changed, 1L, Long::sum);
        trust.of(Set.of("event"));
        return counted;
    }

    @Test
    void facts_are_counted_again_when_they_or_their_accounts_have_changed() {
        assertThat(countedAfter("event")).isOne();
        assertThat(countedAfter("ticket")).isZero();
        assertThat(countedAfter("account")).isOne();
        assertThat(countedAfter("event")).isOne();
    }
}
