package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.out.CalendarRows;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Trusts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogsTest {
    private static final SourceTrust COUNTED = SourceTrust.unchecked("ticket");

    private static final Trusts TRUSTS =
            new Trusts() {
                @Override
                public Map<String, SourceTrust> of(Set<String> sources) {
                    return Map.of("ticket", COUNTED);
                }

                @Override
                public Map<String, SourceTrust> soon(Set<String> sources) {
                    return Map.of("ticket", SourceTrust.beingCounted("ticket"));
                }
            };

    /** Accounts are compared by exports, which have no notices. */
    @Test
    void who_is_told_no_notice_waits_until_it_is_known_what_is_broken() {
        var catalogs =
                new Catalogs(
                        new MemoryStore(Catalog.of(1, List.of(), List.of())),
                        CalendarRows.NONE,
                        TRUSTS);
        var catalog = catalogs.current();

        assertThat(catalogs.exactMetricsOf(catalog).trusts().soon(Set.of("ticket")))
                .containsEntry("ticket", COUNTED);
        assertThat(catalogs.metricsOf(catalog).trusts().soon(Set.of("ticket")))
                .doesNotContainEntry("ticket", COUNTED);
    }
}
