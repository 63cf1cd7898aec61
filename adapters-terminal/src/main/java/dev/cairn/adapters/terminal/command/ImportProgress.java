package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.in.ImportUseCase.Phase;
import dev.cairn.application.port.in.ImportUseCase.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Reports how far an import is: on a terminal by a bar that moves, elsewhere by a line now and then. An import of less than two seconds is silent. */
final class ImportProgress implements Consumer<Progress>, AutoCloseable {
    /** How progress is reported. */
    enum Style {
        BAR(Duration.ofMillis(200)),
        LINES(Duration.ofSeconds(10));

        private final Duration every;

        Style(Duration every) {
            this.every = every;
        }
    }

    private static final Duration SILENT = Duration.ofSeconds(2);
    private static final int BAR_LETTERS = 20;
    private static final int WIDEST = 79;

    private final PrintWriter out;
    private final Style style;
    private final long total;
    private final LongSupplier bytes;
    private final LongSupplier clock;
    private final long began;
    private Phase phase = Phase.READING;
    private long phaseBegan;
    private long rowsBefore = 0;
    private long bytesBefore = 0;
    private long said;
    private boolean standing = false;

    /**
     * @param total bytes of the file; 0 where that is not known
     * @param bytes how many of them are read
     * @param clock nanoseconds since any moment
     */
    ImportProgress(
            PrintWriter out, Style style, long total, LongSupplier bytes, LongSupplier clock) {
        this.out = out;
        this.style = style;
        this.total = total;
        this.bytes = bytes;
        this.clock = clock;
        this.began = clock.getAsLong();
        this.phaseBegan = began;
        this.said = began - style.every.toNanos();
    }

    @Override
    public void accept(Progress progress) {
        long now = clock.getAsLong();
        boolean next = progress.phase() != phase;
        if (next) {
            phase = progress.phase();
            phaseBegan = now;
            rowsBefore = progress.rows();
            bytesBefore = bytes.getAsLong();
        }
        boolean due = next || now - said >= style.every.toNanos();
        if (now - began >= SILENT.toNanos() && due) {
            said = now;
            say(line(progress.rows(), now));
        }
    }

    private void say(String line) {
        switch (style) {
            case BAR -> out.print("\r" + padded(line));
            case LINES -> out.println(line);
        }
        standing = true;
        out.flush();
    }

    private String line(long rows, long now) {
        var what = "%-8s ".formatted(phase.name().toLowerCase(Locale.ROOT));
        var count = Report.number(rows) + " rows";
        return switch (phase) {
            case MERGING -> what + count;
            case SKIPPING -> what + share() + count;
            case READING -> what + share() + count + rate(rows, now) + left(now);
        };
    }

    private String share() {
        if (total == 0) {
            return "";
        }
        var read = (double) Math.min(bytes.getAsLong(), total) / total;
        var percent = "%3d%%  ".formatted((int) (100 * read));
        return switch (style) {
            case LINES -> percent;
            case BAR -> {
                int full = (int) (BAR_LETTERS * read);
                yield "[%s%s] %s"
                        .formatted("=".repeat(full), " ".repeat(BAR_LETTERS - full), percent);
            }
        };
    }

    private String rate(long rows, long now) {
        long perSecond = perSecond(rows - rowsBefore, now);
        return perSecond == 0 ? "" : "  %s/s".formatted(Report.number(perSecond));
    }

    private String left(long now) {
        long read = bytes.getAsLong();
        long perSecond = perSecond(read - bytesBefore, now);
        if (perSecond == 0 || read >= total) {
            return "";
        }
        var left = Duration.ofSeconds((total - read) / perSecond + 1);
        return left.toHours() > 0
                ? "  %d:%02d:%02d left"
                        .formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart())
                : "  %d:%02d left".formatted(left.toMinutesPart(), left.toSecondsPart());
    }

    private long perSecond(long count, long now) {
        double seconds = (now - phaseBegan) / 1e9;
        return seconds == 0 ? 0 : (long) (count / seconds);
    }

    private static String padded(String line) {
        return line.length() > WIDEST
                ? line.substring(0, WIDEST)
                : line + " ".repeat(WIDEST - line.length());
    }

    /** Removes the bar. */
    @Override
    public void close() {
        if (style == Style.BAR && standing) {
            out.print("\r" + " ".repeat(WIDEST) + "\r");
            out.flush();
        }
    }
}
