package dev.cairn.adapters.files.fact;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads text of one encoding and nothing else: a byte that is not of it, or compressed data that is cut off, ends it with {@link Unreadable}
 * and its place. A byte order mark is passed over.
 */
final class TextReader extends Reader {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
    private boolean atStart = true;
    private boolean atEnd = false;
    private long line = 1;
    private int column = 1;
    private boolean afterReturn = false;
    private @Nullable Unreadable failed;

    TextReader(InputStream in, Charset encoding) {
        this.in = in;
        this.decoder = encoding.newDecoder();
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!chars.hasRemaining()) {
            if (failed != null) {
                throw failed;
            }
            if (atEnd) {
                return -1;
            }
            decode();
        }
        int count = Math.min(length, chars.remaining());
        chars.get(target, offset, count);
        for (int i = 0; i < count; i++) {
            pass(target[offset + i]);
        }
        return count;
    }

    private void decode() throws IOException {
        chars.clear();
        boolean more = fill();
        var result = decoder.decode(bytes, chars, !more);
        if (result.isUnderflow() && !more) {
            decoder.flush(chars);
            atEnd = true;
        }
        chars.flip();
        if (atStart && chars.hasRemaining()) {
            atStart = false;
            if (chars.charAt(0) == '\ufeff') {
                chars.get();
            }
        }
        if (result.isError()) {
            failed = malformed(result);
        }
    }

    /** Gets more bytes; false at the end. */
    private boolean fill() throws IOException {
        bytes.compact();
        try {
            int got =
                    bytes.hasRemaining()
                            ? in.read(bytes.array(), bytes.position(), bytes.remaining())
                            : 0;
            if (got > 0) {
                bytes.position(bytes.position() + got);
            }
            return got >= 0;
        } catch (EOFException | ZipException damaged) {
            failed = new Unreadable(line, column, damaged(damaged));
            return true;
        } finally {
            bytes.flip();
        }
    }

    static String damaged(IOException failed) {
        return "The compressed file is damaged or cut off (%s).".formatted(failed.getMessage());
    }

    /** Counts in what was decoded and not yet passed on, for the place. */
    private Unreadable malformed(CoderResult result) {
        long lineBefore = line;
        int columnBefore = column;
        boolean returnBefore = afterReturn;
        for (int i = 0; i < chars.remaining(); i++) {
            pass(chars.charAt(i));
        }
        int odd = bytes.get(bytes.position()) & 0xff;
        boolean other = line == 1 && column == 1 && (odd == 0xff || odd == 0xfe);
        var unreadable =
                new Unreadable(
                        line,
                        column,
                        "The %s 0x%02x is not %s%s: save the file as UTF-8, or say in which encoding it is (--encoding %s)."
                                .formatted(
                                        result.length() == 1 ? "byte" : "sequence of bytes from",
                                        odd,
                                        decoder.charset().name(),
                                        other ? " (UTF-16, it seems)" : "",
                                        other ? "utf-16" : "windows-1252, for instance"));
        line = lineBefore;
        column = columnBefore;
        afterReturn = returnBefore;
        return unreadable;
    }

    private void pass(char c) {
        if (c == '\n' && afterReturn) {
            afterReturn = false;
        } else if (c == '\n' || c == '\r') {
            line++;
            column = 1;
            afterReturn = c == '\r';
        } else {
            afterReturn = false;
            column += Character.isLowSurrogate(c) ? 0 : 1;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
