package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.AuditEntry;
import dev.cairn.application.port.AuditEntry.Kept;
import dev.cairn.application.port.AuditEntry.Kind;
import dev.cairn.application.port.AuditSearch;
import dev.cairn.application.port.Author;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.AuditUseCase.Outcome;
import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.application.port.in.DefineUseCase.Change;
import dev.cairn.application.port.out.AuditLog;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00.123456789Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Caller ANN = new Caller("key:ann", Role.VIEWER, null);
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Log log = new Log();
    private final List<String> trouble = new CopyOnWriteArrayList<>();

    /** Keeps entries once it may, and fails while it is to. */
    private static final class Log implements AuditLog {
        private final List<AuditEntry> entries = new ArrayList<>();
        private final Semaphore open = new Semaphore(0);
        private final CountDownLatch failed = new CountDownLatch(1);
        private volatile boolean isBroken;
        private volatile @Nullable Instant forgotten;

        @Override
        public void append(List<AuditEntry> added) {
            open.acquireUninterruptibly();
            open.release();
            if (isBroken) {
                failed.countDown();
                throw new IllegalStateException("no database");
            }
            synchronized (entries) {
                entries.addAll(added);
            }
        }

        @Override
        public List<Kept> latest(AuditSearch search, int most) {
            synchronized (entries) {
                return entries.reversed().stream()
                        .limit(most)
                        .map(entry -> new Kept(0, entry))
                        .toList();
            }
        }

        @Override
        public long forget(Instant before) {
            forgotten = before;
            return 0;
        }
    }

    private Audit audit(int capacity, Duration patience) {
        return new Audit(log, CLOCK, null, trouble::add, capacity, patience);
    }

    @Test
    void who_reads_the_log_finds_all_that_was_noted_before() {
        log.open.release();
        try (var audit = audit(5_000, LONG)) {
            for (int at = 0; at < 3_000; at++) {
                audit.read(ANN, "analyze", "question " + at, at);
            }

            var page = new AuditService(log, audit).latest(AuditSearch.ALL, 2, Caller.LOCAL);

            assertThat(((Outcome.Page) page).entries())
                    .extracting(kept -> kept.entry().rows())
                    .containsExactly(2_999L, 2_998L);
            assertThat(((Outcome.Page) page).hasNextPage()).isTrue();
            assertThat(log.entries).hasSize(3_000);
        }
    }

    @Test
    void what_was_asked_is_kept_as_a_digest_that_is_the_same_for_the_same() {
        log.open.release();
        try (var audit = audit(10, LONG)) {
            audit.read(ANN, "analyze", "secret", 7);
            audit.read(ANN, "analyze", "secret", 7);
            audit.read(ANN, "analyze", "other", 7);
        }

        assertThat(log.entries.getFirst())
                .isEqualTo(
                        new AuditEntry(
                                Instant.parse("2026-03-04T12:00:00.123456Z"),
                                "key:ann",
                                Role.VIEWER,
                                Kind.DATA_READ,
                                "analyze",
                                "2bb80d537b1da3e38bd30361aa855686",
                                null,
                                7L));
        assertThat(log.entries.get(1)).isEqualTo(log.entries.getFirst());
        assertThat(log.entries.get(2).subject()).isNotEqualTo(log.entries.getFirst().subject());
    }

    @Test
    void who_reads_is_refused_where_nothing_more_can_be_noted() {
        try (var audit = audit(2, MOMENT)) {
            assertThatThrownBy(
                            () -> {
                                for (int at = 0; at < 10; at++) {
                                    audit.read(ANN, "analyze", "question", 1);
                                }
                            })
                    .isInstanceOf(StoreFailed.class)
                    .hasMessageContaining("audit log");
            log.open.release();
        }
        // None of those that were let through is missing.
        assertThat(log.entries).hasSizeBetween(2, 9);
    }

    @Test
    void a_refused_sign_in_that_finds_no_place_is_told_and_holds_nobody_up() {
        try (var audit = audit(1, LONG)) {
            for (int at = 0; at < 3; at++) {
                audit.refused("There is no such key.");
            }
            assertThat(trouble).isNotEmpty();
            log.open.release();
        }
        assertThat(log.entries.getFirst().kind()).isEqualTo(Kind.SIGN_IN_REFUSED);
    }

    @Test
    void refused_sign_ins_leave_room_for_what_is_read() {
        try (var audit = audit(10, MOMENT)) {
            for (int at = 0; at < 100; at++) {
                audit.refused("There is no such key.");
            }
            assertThatCode(() -> audit.read(ANN, "analyze", "question", 1))
                    .doesNotThrowAnyException();
            log.open.release();
        }
        assertThat(trouble).hasSize(1);
        assertThat(log.entries.getLast().kind()).isEqualTo(Kind.DATA_READ);
    }

    @Test
    void what_waits_is_written_when_it_is_closed() {
        var audit = audit(100, LONG);
        for (int at = 0; at < 50; at++) {
            audit.read(ANN, "analyze", "question", at);
        }
        log.open.release();

        audit.close();

        assertThat(log.entries).hasSize(50);
        assertThat(trouble).isEmpty();
    }

    @Test
    void what_cannot_be_written_is_tried_again_and_told_once_it_is_lost() throws Exception {
        log.open.release();
        log.isBroken = true;
        var audit = audit(100, LONG);
        audit.read(ANN, "analyze", "question", 1);
        log.failed.await();

        audit.close();

        assertThat(trouble.getFirst()).contains("tried again", "no database");
        assertThat(trouble.getLast()).contains("1 entries of the audit log are lost");
    }

    @Test
    void a_change_is_written_before_it_is_answered_and_what_stays_is_none() {
        log.open.release();
        try (var audit = audit(10, LONG)) {
            audit.changed(
                    Author.of(ANN, "defineMetric"),
                    List.of(
                            new Change("metric", "nps", Action.REVISED, 3),
                            new Change("metric", "csat", Action.UNCHANGED, 1),
                            new Change("cohort", "smb", Action.KEPT, 1),
                            new Change("cohort", "large", Action.RETIRED, 2)));

            assertThat(log.entries)
                    .extracting(AuditEntry::subject, AuditEntry::version, AuditEntry::by)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("metric nps", 3, "defineMetric"),
                            org.assertj.core.groups.Tuple.tuple("cohort large", 2, "defineMetric"));
        }
    }

    @Test
    void it_is_for_admins_who_see_everything() {
        log.open.release();
        try (var audit = audit(10, LONG)) {
            var service = new AuditService(log, audit);

            assertThat(service.latest(AuditSearch.ALL, 1, new Caller("ann", Role.ANALYST, null)))
                    .isInstanceOf(Outcome.Forbidden.class);
            assertThat(service.latest(AuditSearch.ALL, 1, new Caller("ann", "plan = 'pro'")))
                    .isInstanceOf(Outcome.Forbidden.class);
        }
    }

    @Test
    void what_is_older_than_it_gets_is_forgotten() {
        log.open.release();
        try (var audit = new Audit(log, CLOCK, Duration.ofDays(30), trouble::add)) {
            audit.read(ANN, "analyze", "question", 1);
            audit.settle();
        }
        assertThat(log.forgotten).isEqualTo(NOW.minus(Duration.ofDays(30)));
    }
}
