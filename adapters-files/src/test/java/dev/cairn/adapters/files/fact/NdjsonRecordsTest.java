package dev.cairn.adapters.files.fact;

import static dev.cairn.adapters.files.fact.Content.breaks;
import static dev.cairn.adapters.files.fact.Content.gzip;
import static dev.cairn.adapters.files.fact.Content.read;
import static dev.cairn.adapters.files.fact.Content.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.FileFormat;
import dev.cairn.application.port.RecordFile;
import dev.cairn.application.port.Records.Raw;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NdjsonRecordsTest {
    private static void malformed(Raw raw, long line, String reason) {
        assertThat(raw)
                .isInstanceOfSatisfying(
                        Raw.Malformed.class,
                        malformed -> {
                            assertThat(malformed.line()).isEqualTo(line);
                            assertThat(malformed.reason()).contains(reason);
                        });
    }

    @Test
    void each_line_is_a_record_with_values_as_they_are_written() throws IOException {
        var content =
                read(
                        """
                        {"id": 12, "at": "2026-01-31", "ok": true, "sum": -1.50e2, "note": null}

                        {"id": "x\\u20ac", "ok": false, "big": 123456789012345678901234567890}
                        """);

        assertThat(content.header()).containsExactly("id", "at", "ok", "sum", "note", "big");
        assertThat(content.rows())
                .containsExactly(
                        new Raw.Read(1, Arrays.asList("12", "2026-01-31", "true", "-1.50e2", null)),
                        new Raw.Read(
                                3,
                                Arrays.asList(
                                        "x\u20ac",
                                        null,
                                        "false",
                                        null,
                                        null,
                                        "123456789012345678901234567890")));
    }

    @Test
    void the_empty_text_is_a_value_beside_null_and_a_key_that_is_not_there() throws IOException {
        var content =
                read(
                        """
                        {"a": "", "b": null}
                        {"b": ""}
                        {"a": null, "a": "x"}
                        """);

        assertThat(content.rows().subList(0, 2))
                .containsExactly(
                        new Raw.Read(1, Arrays.asList("", null)),
                        new Raw.Read(2, Arrays.asList(null, "")));
        malformed(content.rows().getLast(), 3, "the key 'a' is there twice");
    }

    @Test
    void objects_within_are_columns_with_a_dot() throws IOException {
        var content = read("{\"id\":1,\"customer\":{\"key\":\"a\",\"geo\":{\"land\":\"DE\"}}}\n");

        assertThat(content.header()).containsExactly("id", "customer.key", "customer.geo.land");
        malformed(content.rows().getFirst(), 1, "'customer' is an object; what is in it");
    }

    @Test
    void what_nobody_wants_may_be_anything() throws IOException {
        var file = "{\"id\":1,\"tags\":[1,{\"x\":[]}],\"geo\":{\"land\":\"DE\"}}\n{\"id\":[2]}\n";
        try (var records =
                new TextRecordFiles()
                        .open(
                                new RecordFile(
                                        new ByteArrayInputStream(utf8(file)),
                                        Dialect.of("x.ndjson")))) {
            records.want(List.of("id", "geo.land"));

            assertThat(records.next()).isEqualTo(new Raw.Read(1, Arrays.asList("1", null, "DE")));
            malformed(records.next(), 2, "'id' is an array");
            assertThat(records.next()).isNull();
        }
    }

    @Test
    void a_line_that_is_no_object_is_malformed_and_the_next_is_read() throws IOException {
        var rows =
                read("""
                {"a":1}
                {"a":1
                {'a':1}
                {"a":1} {"a":2}
                17
                {"a":1,"a":2}
                {"a.b":1,"a":{"b":2}}
                {"a":"\\ud800"}
                {"a":NaN}
                {"a":2}
                """)
                        .rows();

        assertThat(rows.getFirst()).isEqualTo(new Raw.Read(1, List.of("1")));
        malformed(rows.get(1), 2, "not JSON at letter");
        malformed(rows.get(2), 3, "not JSON at letter 2");
        malformed(rows.get(3), 4, "more than one JSON object");
        malformed(rows.get(4), 5, "not a JSON object");
        malformed(rows.get(5), 6, "the key 'a' is there twice");
        malformed(rows.get(6), 7, "the key 'a.b' is there twice");
        malformed(rows.get(7), 8, "half a character");
        assertThat(rows.get(8))
                .isEqualTo(
                        new Raw.Malformed(9, 0, "not JSON at letter 9: Non-standard token 'NaN'"));
        assertThat(rows.get(9)).isEqualTo(new Raw.Read(10, List.of("2")));
    }

    @Test
    void a_column_that_is_met_late_joins_behind_the_others() throws IOException {
        var file = "{\"a\":1}\n".repeat(NdjsonRecords.SAMPLED_LINES) + "{\"b\":2,\"a\":3}\n";
        try (var records =
                new TextRecordFiles()
                        .open(
                                new RecordFile(
                                        new ByteArrayInputStream(utf8(file)), Dialect.of("x")))) {
            assertThat(records.header()).containsExactly("a");
            var rows = new ArrayList<Raw>();
            for (var raw = records.next(); raw != null; raw = records.next()) {
                rows.add(raw);
            }
            assertThat(records.header()).containsExactly("a", "b");
            assertThat(rows.getLast()).isEqualTo(new Raw.Read(1_001, List.of("3", "2")));
        }
    }

    @Test
    void named_columns_need_not_be_on_any_line() throws IOException {
        var named =
                new Dialect(
                        FileFormat.NDJSON, StandardCharsets.UTF_8, ',', '"', 1, List.of("b", "c"));
        assertThat(read(utf8("# made by hand\n{\"a\":1,\"b\":2}\n"), named))
                .isEqualTo(
                        new Content(
                                List.of("b", "c", "a"),
                                List.of(new Raw.Read(2, Arrays.asList("2", null, "1")))));
    }

    @Test
    void it_is_seen_by_its_first_letter_and_may_be_compressed() throws IOException {
        var file = gzip(utf8("\ufeff \r\n{\"a\":1}\r\n{\"a\":2}"));
        assertThat(read(new ByteArrayInputStream(file)).rows())
                .containsExactly(new Raw.Read(2, List.of("1")), new Raw.Read(3, List.of("2")));
    }

    @Test
    void the_elements_of_one_array_are_records_over_any_number_of_lines() throws IOException {
        assertThat(read("[{\"a\":1},\n{\"a\":2}]\n").rows())
                .containsExactly(new Raw.Read(1, List.of("1")), new Raw.Read(2, List.of("2")));
        var pretty =
                read(
                        """
                        [
                          {
                            "a": 1,
                            "b": {"c": "}],[{\\" "}
                          },
                          {
                            "a": 2
                          }
                        ]
                        """);
        assertThat(pretty.header()).containsExactly("a", "b.c");
        assertThat(pretty.rows().get(1)).isEqualTo(new Raw.Read(6, Arrays.asList("2", null)));
        assertThat(read("{}\n{}\n").rows()).singleElement().isInstanceOf(Raw.Broken.class);
    }

    @Test
    void objects_over_several_lines_may_follow_each_other() throws IOException {
        assertThat(read("{\r\n  \"a\": 1\r\n}\r\n{\r\n  \"a\": 2\r\n}\r\n").rows())
                .containsExactly(new Raw.Read(1, List.of("1")), new Raw.Read(4, List.of("2")));
        assertThat(read("{\"a\": 1,\n\"b\": 2}\n{\"a\": 3}").rows())
                .containsExactly(
                        new Raw.Read(1, List.of("1", "2")),
                        new Raw.Read(3, Arrays.asList("3", null)));
    }

    @Test
    void an_element_that_is_no_object_is_malformed_and_the_next_is_read() throws IOException {
        var rows = read("[{\"a\":1},\n17, \"x\",\n[2],\n{\"a\":},\n{\"a\":3}]").rows();

        assertThat(rows.getFirst()).isEqualTo(new Raw.Read(1, List.of("1")));
        malformed(rows.get(1), 2, "not a JSON object");
        malformed(rows.get(2), 2, "not a JSON object");
        malformed(rows.get(3), 3, "an array, not an object");
        malformed(rows.get(4), 4, "not JSON");
        assertThat(rows.get(5)).isEqualTo(new Raw.Read(5, List.of("3")));
    }

    @Test
    void an_array_that_is_cut_off_or_followed_by_more_is_broken() throws IOException {
        breaks(read("[{\"a\":1},\n{\"a\":2}\n"), 3, "not closed before the end of the file");
        breaks(read("[{\"a\":1},\n"), 2, "not closed");
        breaks(read("[{\"a\":1},\n{\"a\":"), 2, "begins in line 2 is not closed");
        breaks(read("[{\"a\":1}]\n[{\"a\":2}]"), 2, "behind the end of the array");
        breaks(read("[{\"a\":1} {\"a\":2}]"), 1, "where a comma does");
        breaks(read("[{\"a\":1},,{\"a\":2}]"), 1, "An element of the array is missing");
        assertThat(read("[]").rows()).isEmpty();
    }

    @Test
    void a_line_beyond_all_measure_is_malformed_and_the_next_is_read() throws IOException {
        var rows =
                read("{\"a\":1}\n{\"a\":\""
                                + "x".repeat(3_000_000)
                                + "\"}\n{\"a\":"
                                + "[".repeat(100_000)
                                + "\n{\"a\":"
                                + "9".repeat(5_000)
                                + "}\n{\"a\":2}\n")
                        .rows();

        malformed(rows.get(1), 2, "more than 1048576 characters");
        malformed(rows.get(2), 3, "depth");
        assertThat(rows.get(3).line()).isEqualTo(4);
        assertThat(rows.get(4)).isEqualTo(new Raw.Read(5, List.of("2")));
    }

    @Test
    void more_keys_than_a_table_has_columns_are_malformed() throws IOException {
        var file = new StringBuilder("{\"a\":1}\n");
        for (int line = 0; line < 20; line++) {
            file.append('{');
            for (int key = 0; key < 1_000; key++) {
                file.append("\"k%d\":1,".formatted(line * 1_000 + key));
            }
            file.append("\"a\":2}\n");
        }
        var content = read(file.toString());

        assertThat(content.header().size()).isLessThan(17_000);
        assertThat(content.rows().get(16)).isInstanceOf(Raw.Read.class);
        malformed(content.rows().getLast(), 21, "more than 16384 different keys");
    }

    @Test
    void bytes_that_are_not_utf_8_and_damaged_gzip_end_it() throws IOException {
        var latin = "{\"a\":1}\n{\"a\":\"caf\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1);
        var content = read(new ByteArrayInputStream(latin));
        assertThat(content.rows()).hasSize(2);
        breaks(content, 2, "0xe9 is not UTF-8");

        var whole = gzip(utf8("{\"a\":1}\n".repeat(1_000)));
        assertThat(read(new ByteArrayInputStream(whole, 0, whole.length - 12)).rows().getLast())
                .isInstanceOf(Raw.Broken.class);
    }
}
