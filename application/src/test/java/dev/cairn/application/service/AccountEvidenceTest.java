package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Figure;
import dev.cairn.application.port.AlertNews.Key;
import dev.cairn.application.port.AlertNews.Kind;
import dev.cairn.application.port.AlertNews.Reason;
import dev.cairn.application.port.in.AccountOverviewUseCase.AlertOfAccount;
import dev.cairn.application.port.in.AlertsUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.CalibrateUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Alert.Watched;
import dev.cairn.domain.model.Grade;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountEvidenceTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    /** Whether an alert that named an account still stands, by the keys of the one group that it stands for. */
    private static boolean stands(Kind kind, Reason reason, String... group) {
        var news =
                new AlertNews(
                        "told", "Told", null, kind, "health", NOW, NOW, List.of(reason), 0, 1, "");
        var alerts =
                new AlertsUseCase() {
                    @Override
                    public List<Defined> alerts(Caller caller) {
                        return List.of(
                                new Defined(
                                        new Alert(
                                                "told",
                                                "Told",
                                                "",
                                                null,
                                                new Watched.TrustLost("event", Grade.B)),
                                        List.of(new StandingGroup(List.of(group), NOW)),
                                        0,
                                        null));
                    }

                    @Override
                    public List<AlertEvent.Kept> events(
                            @Nullable String alert,
                            @Nullable Long before,
                            int most,
                            Caller caller) {
                        return List.of(new AlertEvent.Kept(new AlertEvent(1, news), List.of()));
                    }
                };
        return new AccountEvidence(
                        new Catalogs(new MemoryStore(Catalog.empty())),
                        unasked(AnalyzeUseCase.class),
                        unasked(CalibrateUseCase.class),
                        alerts,
                        unasked(TrustUseCase.class))
                .alerts("A1", Caller.LOCAL).stream()
                        .map(AlertOfAccount::stands)
                        .findFirst()
                        .orElseThrow();
    }

    private static <T> T unasked(Class<T> of) {
        return of.cast(
                Proxy.newProxyInstance(
                        of.getClassLoader(),
                        new Class<?>[] {of},
                        (Object _, Method method, Object @Nullable [] _) -> {
                            throw new AssertionError(method.getName() + " is not asked here");
                        }));
    }

    private static Reason reason(List<Key> keys, Figure... figures) {
        return new Reason(keys, List.of(figures), null, List.of("A1"), 0);
    }

    @Test
    void an_account_that_is_in_its_old_band_again_has_not_left_it() {
        var left =
                reason(
                        List.of(new Key("account", "A1")),
                        new Figure("health", "60", null),
                        new Figure("health.band", "yellow", null),
                        new Figure("band before", "green", null));

        assertThat(stands(Kind.BAND_LEFT, left, "A1", "yellow")).isTrue();
        assertThat(stands(Kind.BAND_LEFT, left, "A1", "green")).isFalse();
        assertThat(stands(Kind.BAND_LEFT, left, "A2", "yellow")).isFalse();
    }

    @Test
    void a_cycle_is_known_by_its_first_day() {
        var june = reason(List.of(new Key("cycle", "2026-06-01 to 2026-06-30")));

        assertThat(stands(Kind.GUARD_TRIPPED, june, "2026-06-01")).isTrue();
        assertThat(stands(Kind.GUARD_TRIPPED, june, "2026-05-01")).isFalse();
    }

    @Test
    void a_group_without_a_value_stands_as_such() {
        var none = reason(List.of(new Key("month", "2026-06-01"), new Key("plan", null)));

        assertThat(stands(Kind.GROUP_THERE, none, "2026-06-01", "NONE")).isTrue();
        assertThat(stands(Kind.GROUP_THERE, none, "2026-06-01", "pro")).isFalse();
        assertThat(stands(Kind.GROUP_THERE, none, "2026-05-01", "NONE")).isFalse();
    }
}
