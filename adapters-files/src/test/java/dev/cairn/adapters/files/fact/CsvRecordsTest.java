package dev.cairn.adapters.files.fact;

import static dev.cairn.adapters.files.fact.Content.breaks;
import static dev.cairn.adapters.files.fact.Content.gzip;
import static dev.cairn.adapters.files.fact.Content.read;
import static dev.cairn.adapters.files.fact.Content.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.FileFormat;
import dev.cairn.application.port.Records.Raw;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {
    @Test
    void records_come_with_their_lines_and_quoted_fields_may_hold_line_ends_commas_and_quotes()
            throws IOException {
        var content = read("a,b\n1,\"x\ny\"\r\n\"2,\"\"3\"\"\",\n");

        assertThat(content.header()).containsExactly("a", "b");
        assertThat(content.rows())
                .containsExactly(
                        new Raw.Read(2, List.of("1", "x\ny")),
                        new Raw.Read(4, Arrays.asList("2,\"3\"", null)));
    }

    @Test
    void the_last_line_may_lack_its_end_and_empty_lines_are_passed_over() throws IOException {
        assertThat(read("a,b\n\n1,2\n\n3,4").rows())
                .containsExactly(
                        new Raw.Read(3, List.of("1", "2")), new Raw.Read(5, List.of("3", "4")));
    }

    @Test
    void gzip_is_seen_by_its_first_bytes_in_one_part_or_several() throws IOException {
        assertThat(read(new ByteArrayInputStream(gzip(utf8("a,b\n1,2\n")))).rows())
                .containsExactly(new Raw.Read(2, List.of("1", "2")));
        var parts =
                new SequenceInputStream(
                        new ByteArrayInputStream(gzip(utf8("a,b\n1,2\n"))),
                        new ByteArrayInputStream(gzip(utf8("3,4\n"))));
        assertThat(read(parts).rows()).hasSize(2);
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_column() throws IOException {
        assertThat(read("\ufeffa,b\n1,2\n").header()).containsExactly("a", "b");
        assertThat(read("\ufeff\"a\",b\n1,2\n").header()).containsExactly("a", "b");
    }

    @Test
    void a_record_of_too_many_or_too_few_columns_is_malformed_and_the_next_is_read()
            throws IOException {
        assertThat(read("a,b\n1,2,3\n1\n1,2\n").rows())
                .containsExactly(
                        new Raw.Malformed(2, 3, "3 columns, more than the 2 of the header"),
                        new Raw.Malformed(3, 2, "1 columns, fewer than the 2 of the header"),
                        new Raw.Read(4, List.of("1", "2")));
    }

    @Test
    void a_quote_that_is_not_closed_ends_the_file_with_the_line_it_is_on() throws IOException {
        var content = read("a,b\n1,2\n3,\"4\n5,6\n7,8\n");

        assertThat(content.rows()).hasSize(2);
        breaks(content, 3, "not closed");
    }

    @Test
    void text_behind_a_closing_quote_ends_the_file_with_its_line() throws IOException {
        var content = read("a,b\n1,2\n3,\"4\"x\n5,6\n");

        breaks(content, 3, "after closing quote");
    }

    @Test
    void latin_1_is_told_with_line_and_column_wherever_it_is() throws IOException {
        var text = "a,b\n1,x\n2,caf\u00e9\n3,y\n";
        var content = read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));

        breaks(content, 3, "0xe9");
        breaks(content, 3, "(--encoding windows-1252, for instance)");
        assertThat(((Raw.Broken) content.rows().getLast()).column()).isEqualTo(6);

        var later = "a,b\n" + "1,2\n".repeat(100_000) + "\u00e9,1\n";
        breaks(
                read(new ByteArrayInputStream(later.getBytes(StandardCharsets.ISO_8859_1))),
                100_002,
                "UTF-8");
    }

    @Test
    void a_header_that_is_not_utf_8_is_broken_and_utf_16_is_named() throws IOException {
        var content =
                read(
                        new ByteArrayInputStream(
                                "pr\u00e9nom,b\n1,2\n".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(content.header()).isEmpty();
        breaks(content, 1, "UTF-8");

        breaks(
                read(new ByteArrayInputStream("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16))),
                1,
                "(UTF-16, it seems): save the file as UTF-8, or say in which encoding it is (--encoding utf-16).");
    }

    @Test
    void a_file_cut_off_within_a_character_is_broken() throws IOException {
        var bytes = utf8("a,b\n1,\u20ac");
        breaks(read(new ByteArrayInputStream(bytes, 0, bytes.length - 1)), 2, "UTF-8");
    }

    @Test
    void characters_at_the_edges_of_buffers_stay_whole() throws IOException {
        var text = "\ud83d\ude00\u20ac\u00e9x";
        var cells = text.repeat(60_000);

        assertThat(read("a\n" + cells + "\n").rows())
                .containsExactly(new Raw.Read(2, List.of(cells)));
    }

    @Test
    void a_file_of_nothing_has_no_header() throws IOException {
        assertThat(read("")).isEqualTo(new Content(List.of(), List.of()));
        assertThat(read("\n\n")).isEqualTo(new Content(List.of(), List.of()));
        assertThat(read("\ufeff")).isEqualTo(new Content(List.of(), List.of()));
        assertThat(read(new ByteArrayInputStream(gzip(new byte[0]))))
                .isEqualTo(new Content(List.of(), List.of()));
    }

    @Test
    void damaged_gzip_is_broken_after_what_could_be_read() throws IOException {
        var lines = new StringBuilder("a,b\n");
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            lines.append(random.nextInt()).append(",x\n");
        }
        var whole = gzip(utf8(lines.toString()));

        var cut = read(new ByteArrayInputStream(whole, 0, whole.length / 2));
        assertThat(cut.rows()).hasSizeGreaterThan(1_000);
        assertThat(cut.rows().getLast()).isInstanceOf(Raw.Broken.class);

        breaks(read(new ByteArrayInputStream(whole, 0, 5)), 1, "damaged");
        whole[whole.length / 2] ^= 0x55;
        assertThat(read(new ByteArrayInputStream(whole)).rows().getLast())
                .isInstanceOf(Raw.Broken.class);
    }

    @Test
    void a_spreadsheet_is_named_as_one() throws IOException {
        breaks(read(new ByteArrayInputStream(new byte[] {'P', 'K', 3, 4, 9, 9})), 1, "spreadsheet");
    }

    @Test
    void a_field_beyond_all_measure_is_refused_before_memory_is_full() throws IOException {
        breaks(read("a,b\n1,\"" + "x".repeat(3_000_000)), 2, "more than");
    }

    @Test
    void a_disk_that_fails_is_no_problem_of_the_file() {
        var failing =
                new InputStream() {
                    private int left = 100;

                    @Override
                    public int read() throws IOException {
                        if (left-- <= 0) {
                            throw new IOException("disk gone");
                        }
                        return left % 10 == 0 ? '\n' : 'x';
                    }
                };

        assertThatThrownBy(() -> read(failing))
                .isInstanceOf(UncheckedIOException.class)
                .hasStackTraceContaining("disk gone");
    }

    @Test
    void lines_may_end_in_lf_cr_or_both() throws IOException {
        var rows =
                List.<Raw>of(
                        new Raw.Read(2, List.of("1", "2")), new Raw.Read(3, List.of("3", "4")));
        for (var end : List.of("\n", "\r\n", "\r")) {
            assertThat(read(String.join(end, "a,b", "1,2", "3,4", "")).rows()).isEqualTo(rows);
        }
    }

    @Test
    void a_nul_is_a_letter_like_others() throws IOException {
        assertThat(read("a,b\n1\0,2\n").rows())
                .containsExactly(new Raw.Read(2, List.of("1\0", "2")));
    }

    @Test
    void ten_thousand_columns_are_read_and_many_more_are_refused() throws IOException {
        var wide = "x,".repeat(9_999) + "x\n";
        assertThat(read(wide + wide).rows())
                .singleElement()
                .satisfies(raw -> assertThat(((Raw.Read) raw).cells()).hasSize(10_000));

        breaks(read("x,".repeat(20_000) + "x\n"), 1, "more than 16384 fields");
    }

    @Test
    void a_record_beyond_all_measure_is_refused_before_memory_is_full() throws IOException {
        var field = "x".repeat(1 << 19);
        breaks(read("a\n1\n" + (field + ",").repeat(20) + "\n"), 3, "more than 4194304");
    }

    @Test
    void a_dialect_chooses_delimiter_quote_encoding_and_the_lines_that_count() throws IOException {
        var german =
                new Dialect(FileFormat.CSV, StandardCharsets.ISO_8859_1, ';', '\'', 2, List.of());
        var text = "sep=;\nExport of \"today\"\nk\u00fcrzel;b\n'x;y';\"2\"\n";

        assertThat(read(text.getBytes(StandardCharsets.ISO_8859_1), german))
                .isEqualTo(
                        new Content(
                                List.of("k\u00fcrzel", "b"),
                                List.of(new Raw.Read(4, List.of("x;y", "\"2\"")))));
    }

    @Test
    void without_quotes_a_quote_is_a_letter() throws IOException {
        var plain =
                new Dialect(
                        FileFormat.CSV,
                        StandardCharsets.UTF_8,
                        '\t',
                        Dialect.NO_QUOTE,
                        0,
                        List.of());
        assertThat(read(utf8("a\tb\n\"1\t5\" disk\n"), plain).rows())
                .containsExactly(new Raw.Read(2, List.of("\"1", "5\" disk")));
    }

    @Test
    void named_columns_make_the_first_line_a_record() throws IOException {
        var named =
                new Dialect(FileFormat.CSV, StandardCharsets.UTF_8, ',', '"', 0, List.of("a", "b"));
        assertThat(read(utf8("1,2\n3\n"), named))
                .isEqualTo(
                        new Content(
                                List.of("a", "b"),
                                List.of(
                                        new Raw.Read(1, List.of("1", "2")),
                                        new Raw.Malformed(
                                                2,
                                                2,
                                                "1 columns, fewer than the 2 of the header"))));
    }

    @Test
    void more_lines_to_skip_than_there_are_is_told() throws IOException {
        var skipping = new Dialect(FileFormat.CSV, StandardCharsets.UTF_8, ',', '"', 5, List.of());
        assertThat(read(utf8("1,2\n3\n"), skipping).rows())
                .singleElement()
                .isInstanceOf(Raw.Broken.class);
    }

    @Test
    void utf_16_is_read_with_and_without_its_mark() throws IOException {
        var wide = new Dialect(FileFormat.CSV, StandardCharsets.UTF_16, ',', '"', 0, List.of());
        assertThat(read("a,b\n\u20ac,2\n".getBytes(StandardCharsets.UTF_16), wide).rows())
                .containsExactly(new Raw.Read(2, List.of("\u20ac", "2")));
        var little = new Dialect(FileFormat.CSV, StandardCharsets.UTF_16LE, ',', '"', 0, List.of());
        assertThat(read("\ufeffa,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE), little).header())
                .containsExactly("a", "b");
    }
}
