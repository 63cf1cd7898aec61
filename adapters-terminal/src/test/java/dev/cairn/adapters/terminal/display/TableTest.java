package dev.cairn.adapters.terminal.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.terminal.display.Table.Cell;
import dev.cairn.adapters.terminal.display.Table.Column;
import dev.cairn.adapters.terminal.display.Table.Row;
import dev.cairn.adapters.terminal.display.Table.Side;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Column PLAN = Column.key("plan");

    private static Column number(String... header) {
        return new Column(List.of(header), Side.RIGHT, false);
    }

    private static String shown(int width, List<Column> columns, Row... rows) {
        return String.join(
                "\n",
                new Table(columns, Arrays.asList(rows)).lines(new Screen(width, Glyphs.UNICODE)));
    }

    private static String shown(List<Column> columns, Row... rows) {
        return shown(Screen.UNLIMITED, columns, rows);
    }

    @Test
    void numbers_stand_right_and_texts_left() {
        assertThat(
                        shown(
                                List.of(PLAN, number("revenue", "EUR")),
                                Row.of("free", "0.00"),
                                Row.of("enterprise", "1,234.50")))
                .isEqualTo(
                        """
                        plan         revenue
                                         EUR
                        ----------  --------
                        free            0.00
                        enterprise  1,234.50\
                        """);
    }

    @Test
    void marks_do_not_move_digits() {
        assertThat(
                        shown(
                                List.of(PLAN, number("nps")),
                                new Row(false, List.of(Cell.of("a"), new Cell("12.5", "*+"))),
                                new Row(false, List.of(Cell.of("b"), Cell.of("7.5"))),
                                new Row(false, List.of(Cell.of("c"), new Cell("-50.0", "*")))))
                .isEqualTo(
                        """
                        plan      nps
                        ----  -------
                        a      12.5*+
                        b       7.5
                        c     -50.0*\
                        """);
    }

    @Test
    void characters_that_take_two_columns_or_none_do_not_break_the_columns() {
        assertThat(
                        shown(
                                List.of(PLAN, number("n")),
                                Row.of("株式会社", "1"),
                                Row.of("Zoe\u0308", "22"),
                                Row.of("⚡🚀", "333"),
                                Row.of("ACME Ltd", "4")))
                .isEqualTo(
                        """
                        plan        n
                        --------  ---
                        株式会社    1
                        Zoe\u0308        22
                        ⚡🚀      333
                        ACME Ltd    4\
                        """);
    }

    @Test
    void totals_stand_apart() {
        assertThat(
                        shown(
                                List.of(PLAN, number("n")),
                                Row.of("a", "1"),
                                new Row(true, List.of(Cell.of("(all)"), Cell.of("1")))))
                .isEqualTo(
                        """
                        plan   n
                        -----  -
                        a      1
                        -----  -
                        (all)  1\
                        """);
    }

    @Test
    void long_texts_are_cut_where_the_terminal_is_narrow_and_numbers_never() {
        var columns = List.of(PLAN, Column.key("country"), number("count(x where long = formula)"));
        var row = Row.of("a rather long plan", "United Kingdom", "123,456,789");
        assertThat(shown(44, columns, row))
                .isEqualTo(
                        """
                        plan        country     count(x where long …
                        ----------  ----------  --------------------
                        a rather …  United Ki…           123,456,789\
                        """);
        assertThat(shown(44, columns, row).lines()).allMatch(line -> line.length() <= 44);
    }

    @Test
    void a_wide_character_is_not_cut_in_half() {
        assertThat(shown(21, List.of(PLAN, number("n")), Row.of("株式会社株式会社", "1,234,567")))
                .isEqualTo(
                        """
                        plan                n
                        ----------  ---------
                        株式会社…   1,234,567\
                        """);
        assertThat(DisplayText.cut("株式会社", 4, "…")).isEqualTo("株…");
    }

    @Test
    void columns_that_do_not_fit_come_in_another_block_with_the_keys_again() {
        assertThat(
                        shown(
                                24,
                                List.of(PLAN, number("first"), number("second"), number("third")),
                                Row.of("free", "100,000", "200,000", "300,000"),
                                Row.of("pro", "1", "2", "3")))
                .isEqualTo(
                        """
                        plan    first   second
                        ----  -------  -------
                        free  100,000  200,000
                        pro         1        2

                        plan    third
                        ----  -------
                        free  300,000
                        pro         3\
                        """);
    }

    @Test
    void a_table_without_keys_or_rows_has_a_header() {
        assertThat(shown(List.of(number("n")))).isEqualTo("n\n-");
    }
}
