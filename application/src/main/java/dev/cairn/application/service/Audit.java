package dev.cairn.application.service;

import dev.cairn.application.port.AuditEntry;
import dev.cairn.application.port.AuditEntry.Kind;
import dev.cairn.application.port.Author;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.application.port.in.DefineUseCase.Change;
import dev.cairn.application.port.out.AuditLog;
import dev.cairn.domain.analysis.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has what was done written down. What changes something is written before it is answered; what reads only waits in a queue, which one thread
 * writes in batches. Where the queue is full, who reads waits for a place, and is refused where none comes: nothing is read that is not written
 * down. {@link #close} writes what still waits.
 */
public final class Audit implements AutoCloseable {
    private static final int CAPACITY = 20_000;
    private static final int BATCH = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_TOLD = Duration.ofMinutes(1);
    private static final int DIGEST_BYTES = 16;

    private final AuditLog log;
    private final Clock clock;
    private final @Nullable Duration kept;
    private final Duration patience;
    private final int capacity;
    private final Consumer<String> trouble;
    private final ArrayBlockingQueue<Waiting> queue;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer;
    private Instant forgotten = Instant.MIN;
    private @Nullable Instant toldDropped;

    /** What waits to be written. */
    private sealed interface Waiting {
        record Noted(AuditEntry entry) implements Waiting {}

        /** Somebody wants to know when all before it is written. */
        record Mark(CountDownLatch passed) implements Waiting {}
    }

    /**
     * @param kept how old entries get; null: they are kept for ever
     * @param trouble is told in sentences where entries cannot be written
     */
    public Audit(AuditLog log, Clock clock, @Nullable Duration kept, Consumer<String> trouble) {
        this(log, clock, kept, trouble, CAPACITY, PATIENCE);
    }

    /**
     * @param capacity how many entries wait at most
     * @param patience how long somebody waits for a place
     */
    Audit(
            AuditLog log,
            Clock clock,
            @Nullable Duration kept,
            Consumer<String> trouble,
            int capacity,
            Duration patience) {
        this.log = log;
        this.clock = clock;
        this.kept = kept;
        this.patience = patience;
        this.capacity = capacity;
        this.trouble = trouble;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.writer = Thread.ofPlatform().daemon().name("cairn-audit").start(this::write);
    }

    /**
     * Somebody reads.
     *
     * @param asked what was asked, of which a digest is kept
     * @param rows that are given
     * @throws StoreFailed where it cannot be written down
     */
    void read(Caller caller, String by, Object asked, long rows) {
        var author = Author.of(caller, by);
        var entry = entry(author, Kind.DATA_READ, digest(asked.toString()), null, rows);
        if (!isTaken(new Waiting.Noted(entry))) {
            throw new StoreFailed(
                    "What is read has to be written down in the audit log, and that cannot be done at the moment. Ask again soon.",
                    new IllegalStateException("the queue of the audit log is full"));
        }
    }

    /** Definitions were changed. */
    void changed(Author author, List<Change> changes) {
        var entries =
                changes.stream()
                        .filter(change ->
                                change.action() != Action.UNCHANGED
                                        && change.action() != Action.KEPT)
                        .map(change ->
                                entry(
                                        author,
                                        Kind.DEFINITION_CHANGED,
                                        change.kind() + " " + change.name(),
                                        change.version(),
                                        null))
                        .toList();
        if (!entries.isEmpty()) {
            log.append(entries);
        }
    }

    /** Keys were made or revoked. */
    void keys(Author author, Kind kind, List<String> names) {
        if (!names.isEmpty()) {
            log.append(names.stream().map(name -> entry(author, kind, name, null, null)).toList());
        }
    }

    /** Somebody was not let in. Whoever floods the queue with that has it dropped: it is told, and holds nobody up; half of the queue is for others. */
    public void refused(String reason) {
        var entry =
                new AuditEntry(
                        now(), "", null, Kind.SIGN_IN_REFUSED, "sign-in", reason, null, null);
        if (queue.remainingCapacity() <= capacity / 2 || !queue.offer(new Waiting.Noted(entry))) {
            tellDropped(entry.at());
        }
    }

    /** Once a minute: whoever floods the queue is not to flood what it is told in. */
    private synchronized void tellDropped(Instant now) {
        if (toldDropped == null || !now.isBefore(toldDropped.plus(BETWEEN_TOLD))) {
            toldDropped = now;
            trouble.accept(
                    "More is to be written down in the audit log than can be: refused sign-ins are not all in it.");
        }
    }

    /** Waits until all that was noted before is written, for as long as somebody waits for a place. */
    void settle() {
        var mark = new Waiting.Mark(new CountDownLatch(1));
        try {
            if (isTaken(mark) && !mark.passed().await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                trouble.accept("The audit log is behind: the latest entries are not shown.");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isTaken(Waiting waiting) {
        try {
            return queue.offer(waiting, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private AuditEntry entry(
            Author author,
            Kind kind,
            String subject,
            @Nullable Integer version,
            @Nullable Long rows) {
        return new AuditEntry(
                now(), author.caller(), author.role(), kind, author.by(), subject, version, rows);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The same for the same question, and no way back to it. */
    private static String digest(String text) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private void write() {
        try {
            while (closing.getCount() > 0 || !queue.isEmpty()) {
                var first = queue.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    var batch = new ArrayList<>(List.of(first));
                    queue.drainTo(batch, BATCH - 1);
                    write(batch);
                }
                forget();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries until it is done; once it is closing, one last time. */
    private void write(List<Waiting> batch) throws InterruptedException {
        var entries =
                batch.stream()
                        .filter(Waiting.Noted.class::isInstance)
                        .map(waiting -> ((Waiting.Noted) waiting).entry())
                        .toList();
        boolean isTold = false;
        while (!entries.isEmpty()) {
            boolean isLast = closing.getCount() == 0;
            try {
                log.append(entries);
                break;
            } catch (RuntimeException failed) {
                if (isLast) {
                    trouble.accept(
                            "%d entries of the audit log are lost, as Cairn ends and they cannot be written: %s"
                                    .formatted(entries.size(), failed.getMessage()));
                    break;
                }
                if (!isTold) {
                    trouble.accept(
                            "The audit log cannot be written, which is tried again: %s"
                                    .formatted(failed.getMessage()));
                    isTold = true;
                }
                boolean _ = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        for (var waiting : batch) {
            if (waiting instanceof Waiting.Mark(var passed)) {
                passed.countDown();
            }
        }
    }

    /** Once a day. */
    private void forget() {
        var now = clock.instant();
        if (kept == null || forgotten.isAfter(now.minus(Duration.ofDays(1)))) {
            return;
        }
        forgotten = now;
        try {
            log.forget(now.minus(kept));
        } catch (RuntimeException failed) {
            trouble.accept(
                    "Old entries of the audit log cannot be forgotten: " + failed.getMessage());
        }
    }

    @Override
    public void close() {
        closing.countDown();
        // Wakes the thread where it waits for something to write; where the queue is full it does
        // not.
        boolean _ = queue.offer(new Waiting.Mark(new CountDownLatch(1)));
        try {
            if (!writer.join(PATIENCE)) {
                trouble.accept(
                        "%d entries of the audit log are lost, as Cairn ends and the database does not take them."
                                .formatted(queue.size()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
