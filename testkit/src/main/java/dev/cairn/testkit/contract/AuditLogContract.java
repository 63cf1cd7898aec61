package dev.cairn.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.AuditEntry;
import dev.cairn.application.port.AuditEntry.Kept;
import dev.cairn.application.port.AuditEntry.Kind;
import dev.cairn.application.port.AuditSearch;
import dev.cairn.application.port.out.AuditLog;
import dev.cairn.domain.analysis.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What whoever keeps the audit log must do. */
public interface AuditLogContract {
    Instant NOON = Instant.parse("2026-03-04T12:00:00.123456Z");

    /** An empty log. */
    AuditLog log();

    @Test
    default void every_part_of_an_entry_is_kept() {
        var log = log();
        var changed =
                new AuditEntry(
                        NOON,
                        "key:ann",
                        Role.ANALYST,
                        Kind.DEFINITION_CHANGED,
                        "defineMetric",
                        "metric nps",
                        3,
                        null);
        var refused =
                new AuditEntry(
                        NOON,
                        "",
                        null,
                        Kind.SIGN_IN_REFUSED,
                        "sign-in",
                        "No such key.",
                        null,
                        null);

        log.append(List.of(changed, refused, read("ann", 0)));

        assertThat(entries(log, AuditSearch.ALL)).containsExactly(read("ann", 0), refused, changed);
    }

    @Test
    default void what_no_database_holds_as_text_stops_no_entry() {
        var log = log();

        log.append(
                List.of(
                        new AuditEntry(
                                NOON,
                                "user:a\0b",
                                null,
                                Kind.SIGN_IN_REFUSED,
                                "sign-in",
                                "'\ud800' \0 \ud83d\ude00",
                                null,
                                null)));

        var kept = entries(log, AuditSearch.ALL).getFirst();
        assertThat(kept.caller()).isEqualTo("user:a\ufffdb");
        assertThat(kept.subject()).isEqualTo("'\ufffd' \ufffd \ud83d\ude00");
    }

    @Test
    default void every_kind_and_role_is_kept() {
        var log = log();
        for (var kind : Kind.values()) {
            for (var role : Role.values()) {
                log.append(
                        List.of(new AuditEntry(NOON, "ann", role, kind, "by", "of", null, null)));
            }
        }

        assertThat(log.latest(AuditSearch.ALL, 100))
                .extracting(kept -> kept.entry().kind())
                .containsOnly(Kind.values());
        assertThat(log.latest(AuditSearch.ALL, 100))
                .extracting(kept -> kept.entry().role())
                .containsOnly(Role.values());
    }

    @Test
    default void the_latest_come_first_page_by_page() {
        var log = log();
        log.append(List.of(read("ann", 3), read("ann", 1), read("ann", 2)));
        log.append(List.of(read("ann", 0)));

        var first = log.latest(AuditSearch.ALL, 3);
        var second = log.latest(AuditSearch.ALL.before(first.getLast().number()), 3);

        assertThat(first)
                .extracting(Kept::entry)
                .containsExactly(read("ann", 0), read("ann", 2), read("ann", 1));
        assertThat(second).extracting(Kept::entry).containsExactly(read("ann", 3));
    }

    @Test
    default void entries_are_found_by_time_and_caller() {
        var log = log();
        log.append(List.of(read("ann", 0), read("bob", 1), read("ann", 2), read("ann", 3)));

        assertThat(entries(log, new AuditSearch(at(1), at(3), null, null)))
                .containsExactly(read("ann", 2), read("bob", 1));
        assertThat(entries(log, new AuditSearch(null, at(3), "ann", null)))
                .containsExactly(read("ann", 2), read("ann", 0));
        assertThat(entries(log, new AuditSearch(null, null, "an", null))).isEmpty();
    }

    @Test
    default void what_is_old_is_forgotten_and_nothing_else() {
        var log = log();
        log.append(List.of(read("ann", 0), read("ann", 1), read("ann", 2)));

        assertThat(log.forget(at(1))).isEqualTo(1);

        assertThat(entries(log, AuditSearch.ALL)).containsExactly(read("ann", 2), read("ann", 1));
    }

    private static List<AuditEntry> entries(AuditLog log, AuditSearch search) {
        return log.latest(search, 100).stream().map(Kept::entry).toList();
    }

    private static AuditEntry read(String caller, int second) {
        return new AuditEntry(
                at(second), caller, Role.VIEWER, Kind.DATA_READ, "analyze", "abc", null, 7L);
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}
