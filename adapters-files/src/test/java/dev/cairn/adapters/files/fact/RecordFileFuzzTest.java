package dev.cairn.adapters.files.fact;

import static dev.cairn.adapters.files.fact.Content.gzip;
import static dev.cairn.adapters.files.fact.Content.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.FileFormat;
import dev.cairn.application.port.Records.Raw;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes of a file are, reading them ends, throws nothing, and takes no more memory than a record may have. */
class RecordFileFuzzTest {
    private static final long SEED = 20_261_122L;
    private static final Duration FAR_TOO_LONG = Duration.ofMinutes(30);
    private static final long MOST_MEMORY = 64L << 20;
    private static final List<byte[]> SAMPLES =
            List.of(
                    utf8(
                            "a,b,c\n1,\"x, \"\"y\"\"\",2011-01-01\n\u00e9,\u20ac,\ud83d\ude00\r\n3,,\n\"q\n\",5,6\n"),
                    utf8("a\tb\n1\t'x'\r2\t\r\n"),
                    utf8(
                            "{\"a\":1,\"b\":{\"c\":\"x\\u20ac\\\"\",\"d\":[1,{}]},\"e\":null}\n{\"a\":-2.5e3,\"\u00e9\":true}\r\n{}\n"));
    private static final byte[] ODD =
            new byte[] {
                '"',
                ',',
                '\n',
                '\r',
                0,
                (byte) 0xe9,
                (byte) 0xff,
                (byte) 0xc3,
                'P',
                0x1f,
                (byte) 0x8b,
                ' ',
                '{',
                '}',
                '[',
                ']',
                ':',
                '\\',
                'u',
                'e',
                '-',
                ';',
                '\t',
                '\''
            };
    private static final List<Charset> ENCODINGS =
            List.of(
                    StandardCharsets.UTF_8,
                    StandardCharsets.UTF_8,
                    StandardCharsets.ISO_8859_1,
                    StandardCharsets.UTF_16,
                    Charset.forName("windows-1252"));

    @Test
    void mutated_files_are_read_to_an_end() {
        tries(0, 3_000);
    }

    @Test
    @Tag("long")
    void many_more_mutated_files_are_read_to_an_end() {
        tries(3_000, 200_000);
    }

    private static void tries(int from, int to) {
        assertTimeoutPreemptively(
                FAR_TOO_LONG,
                () -> {
                    for (int round = from; round < to; round++) {
                        check(SEED + round);
                    }
                });
    }

    private static void check(long seed) throws IOException {
        var random = new Random(seed);
        var file = mutated(random);
        var dialect = dialect(random);
        try {
            long before = allocated();
            var content = Content.read(file, dialect);
            assertThat(allocated() - before).isLessThan(MOST_MEMORY);
            assertThat(content.rows().stream().filter(Raw.Broken.class::isInstance).count())
                    .isLessThanOrEqualTo(1);
            assertThat(content.rows())
                    .allSatisfy(raw -> {
                        assertThat(raw.line()).isPositive();
                        if (raw instanceof Raw.Read(_, var cells)) {
                            assertThat(cells).hasSizeLessThanOrEqualTo(content.header().size());
                        }
                    });
        } catch (Throwable thrown) {
            throw new AssertionError(
                    "seed %d, %s, bytes %s"
                            .formatted(seed, dialect, HexFormat.of().formatHex(file)),
                    thrown);
        }
    }

    private static byte[] mutated(Random random) throws IOException {
        var sample = SAMPLES.get(random.nextInt(SAMPLES.size()));
        var bytes = Arrays.copyOf(sample, sample.length - random.nextInt(sample.length));
        for (int i = random.nextInt(6); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = ODD[random.nextInt(ODD.length)];
        }
        if (random.nextInt(4) == 0) {
            var repeated = new ByteArrayOutputStream();
            for (int i = random.nextInt(50); i >= 0; i--) {
                repeated.write(bytes);
            }
            bytes = repeated.toByteArray();
        }
        if (random.nextInt(4) > 0) {
            return bytes;
        }
        var packed = gzip(bytes);
        if (random.nextBoolean()) {
            packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return random.nextBoolean()
                ? packed
                : Arrays.copyOf(packed, packed.length - random.nextInt(packed.length));
    }

    private static Dialect dialect(Random random) {
        FileFormat[] formats = {null, FileFormat.CSV, FileFormat.NDJSON};
        return new Dialect(
                formats[random.nextInt(formats.length)],
                ENCODINGS.get(random.nextInt(ENCODINGS.size())),
                ",;\t".charAt(random.nextInt(3)),
                new char[] {'"', '\'', Dialect.NO_QUOTE}[random.nextInt(3)],
                random.nextInt(5) == 0 ? random.nextInt(4) : 0,
                random.nextInt(5) == 0 ? List.of("a", "b") : List.of());
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    /** A file of one letter, beyond what fits into memory. */
    private static final class Endless extends InputStream {
        private static final long LENGTH = 100L << 20;
        private final String start;
        private final String repeated;
        private long at = 0;

        Endless(String start, String repeated) {
            this.start = start;
            this.repeated = repeated;
        }

        @Override
        public int read() {
            if (at == LENGTH) {
                return -1;
            }
            long from = at++;
            return from < start.length()
                    ? start.charAt((int) from)
                    : repeated.charAt((int) ((from - start.length()) % repeated.length()));
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            for (int i = 0; i < length; i++) {
                int letter = read();
                if (letter < 0) {
                    return i == 0 ? -1 : i;
                }
                target[offset + i] = (byte) letter;
            }
            return length;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|x",
                "|x,",
                "\"|x",
                "a,b\n|1,",
                "a\n\"|,",
                "a\n|\"\"",
                "{|x",
                "{\"a\":|[",
                "{\"a\":\"|x",
                "{\"a\":1}\n{|\"a\":1,",
                "[|1,",
                "|\0"
            })
    void a_file_that_never_ends_its_line_takes_no_more_memory_than_a_record_may(String file)
            throws IOException {
        var parts = file.split("\\|");
        long before = allocated();
        var content = Content.read(new Endless(parts[0], parts[1]), Dialect.of("endless"));

        assertThat(allocated() - before).isLessThan(MOST_MEMORY);
        assertThat(content.rows().getLast()).isInstanceOfAny(Raw.Broken.class, Raw.Malformed.class);
    }

    @Test
    void a_small_gzip_of_a_huge_line_takes_no_more_memory_than_a_record_may() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            new Endless("a\n", "x").transferTo(out);
        }
        assertThat(packed.size()).isLessThan(1 << 20);

        long before = allocated();
        var content = Content.read(new ByteArrayInputStream(packed.toByteArray()));
        assertThat(allocated() - before).isLessThan(MOST_MEMORY);
        assertThat(content.rows()).singleElement().isInstanceOf(Raw.Broken.class);
    }
}
