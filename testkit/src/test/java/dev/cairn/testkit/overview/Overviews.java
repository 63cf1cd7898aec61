package dev.cairn.testkit.overview;

import dev.cairn.application.port.in.AlertsUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.CalibrateUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.application.port.out.CalendarRows;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.service.AccountEvidence;
import dev.cairn.application.service.AccountOverviewService;
import dev.cairn.application.service.AnalyzeService;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.Workers;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.trust.Trusts;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The page of an account over a world, of which only questions are asked. */
final class Overviews {
    private Overviews() {}

    static AccountOverviewService of(World world, Instant now, ExecutorService threads) {
        return of(world, now, threads, Trusts.NONE);
    }

    static AccountOverviewService of(
            World world, Instant now, ExecutorService threads, Trusts trusts) {
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        var catalogs = new Catalogs(definitions(world.catalog()), CalendarRows.NONE, trusts);
        var analyses =
                new AnalyzeService(
                        catalogs,
                        new ReferenceExecutor(world),
                        clock,
                        new Workers(threads, threads, threads, Long.MAX_VALUE));
        return new AccountOverviewService(
                catalogs,
                unasked(BrowseCatalogUseCase.class),
                unasked(AccountDirectory.class),
                analyses,
                new AccountEvidence(
                        catalogs,
                        analyses,
                        unasked(CalibrateUseCase.class),
                        unasked(AlertsUseCase.class),
                        unasked(TrustUseCase.class)),
                clock,
                DayOfWeek.MONDAY);
    }

    private static <T> T unasked(Class<T> of) {
        return of.cast(
                Proxy.newProxyInstance(
                        of.getClassLoader(),
                        new Class<?>[] {of},
                        (Object _, java.lang.reflect.Method method, Object @Nullable [] _) -> {
                            throw new AssertionError(method.getName() + " is not asked here");
                        }));
    }

    private static DefinitionStore definitions(Catalog catalog) {
        return new DefinitionStore() {
            @Override
            public Catalog load() {
                return catalog;
            }

            @Override
            public long version() {
                return catalog.version();
            }

            @Override
            public Saved save(long expected, Collection<Entry> changed, Set<String> retired) {
                throw new AssertionError("nothing is defined here");
            }

            @Override
            public Saved rehearse(long expected, Collection<Entry> changed, Set<String> retired) {
                throw new AssertionError("nothing is defined here");
            }
        };
    }
}
