package dev.cairn.adapters.graphql.rest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes bytes from whoever makes them to whoever sends them, a few blocks ahead. Who makes them never waits longer than is allowed for who sends them: a client
 * that does not read keeps no statement open.
 */
final class Pipe {
    private static final int BLOCK = 64 * 1024;
    private static final int AHEAD = 4;

    private final BlockingQueue<byte[]> blocks = new ArrayBlockingQueue<>(AHEAD);
    private final Duration patience;
    private volatile boolean isClosed;

    /** @param patience how long a block may wait until there is room for it */
    Pipe(Duration patience) {
        this.patience = patience;
    }

    /** Nobody takes what is put into it any more, or not for too long. */
    static final class Unread extends IOException {
        private static final long serialVersionUID = 1L;

        Unread(String message) {
            super(message);
        }
    }

    /** What is written to it fails with {@link Unread} once nobody takes it. */
    OutputStream in() {
        return new BufferedOutputStream(
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        put(new byte[] {(byte) one});
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        put(Arrays.copyOfRange(bytes, from, from + length));
                    }
                },
                BLOCK);
    }

    private void put(byte[] block) throws IOException {
        try {
            long end = System.nanoTime() + patience.toNanos();
            while (!isClosed) {
                if (blocks.offer(block, 100, TimeUnit.MILLISECONDS)) {
                    return;
                }
                if (System.nanoTime() - end > 0) {
                    throw new Unread("The client reads too slowly.");
                }
            }
            throw new Unread("The client is gone.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unread("The export was stopped.");
        }
    }

    /** The next block; null where none comes for now. */
    byte @Nullable [] next() throws InterruptedException {
        return blocks.poll(50, TimeUnit.MILLISECONDS);
    }

    /** Takes nothing more. */
    void close() {
        isClosed = true;
        blocks.clear();
    }
}
