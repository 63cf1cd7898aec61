package dev.cairn.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompanyTest {
    private static final Options SMALL = Options.DEFAULT.withSize(60, 20_000);
    private static final Company COMPANY = Company.of(SMALL);

    @Test
    void is_the_same_each_time() {
        var again = Company.of(SMALL);

        assertThat(rows(again)).isEqualTo(rows(COMPANY));
        assertThat(again.truths()).isEqualTo(COMPANY.truths());
    }

    @Test
    void is_another_one_for_another_seed() {
        var other = Company.of(new Options(1, 60, 24, 20_000, SMALL.until()));

        assertThat(rows(other).get("subscription")).isNotEqualTo(rows(COMPANY).get("subscription"));
    }

    @Test
    void has_as_many_cells_in_each_row_as_its_header_and_no_row_of_later() {
        for (var table : COMPANY.tables()) {
            var rows = rows(table);
            assertThat(rows).as(table.target()).isNotEmpty();
            assertThat(rows)
                    .as(table.target())
                    .allSatisfy(row -> assertThat(row).hasSameSizeAs(table.header()));
        }
        int at = table("event").header().indexOf("occurred_at");
        assertThat(rows(table("event")))
                .allSatisfy(row -> assertThat(row.get(at)).isLessThan(SMALL.until().toString()));
    }

    @Test
    void has_about_as_many_events_as_were_asked_for() {
        assertThat(rows(table("event")).size()).isBetween(19_000, 21_000);
    }

    @Test
    void renews_the_more_engaged_customers_more_often() {
        var renewals = Company.of(Options.DEFAULT).truths().renewals();

        assertThat(renewals.get(0).rate() + 0.1).isLessThan(renewals.get(1).rate());
        assertThat(renewals.get(1).rate() + 0.1).isLessThan(renewals.get(2).rate());
    }

    @Test
    void keeps_its_truth_by_the_month_in_its_table_of_subscriptions() {
        var header = table("subscription").header();
        for (var month : COMPANY.truths().months()) {
            var end = month.start().plusMonths(1);
            var paying =
                    rows(table("subscription")).stream()
                            .filter(row -> "active".equals(row.get(header.indexOf("status"))))
                            .filter(row ->
                                    day(row, header, "starts_on", SMALL.founded()).isBefore(end))
                            .filter(row -> !day(row, header, "ends_on", end).isBefore(end))
                            .map(row -> row.get(header.indexOf("account")))
                            .filter(account -> !"A0050".equals(account))
                            .distinct()
                            .count();
            assertThat(paying).as(month.start().toString()).isEqualTo(month.customersAtEnd());
        }
    }

    @Test
    void tells_what_is_wrong_with_its_options() {
        assertThatThrownBy(() -> new Options(1, 5, 24, 20_000, SMALL.until()))
                .hasMessage("accounts: 20 to 20,000, not 5");
        assertThatThrownBy(() -> new Options(1, 60, 24, 20_000, LocalDate.of(2026, 7, 2)))
                .hasMessage("until: the first of a month, not 2026-07-02");
    }

    private static LocalDate day(
            List<@Nullable String> row, List<String> header, String column, LocalDate otherwise) {
        var text = row.get(header.indexOf(column));
        return text == null ? otherwise : LocalDate.parse(text);
    }

    private static Table table(String target) {
        return COMPANY.tables().stream()
                .filter(table -> table.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, List<List<@Nullable String>>> rows(Company company) {
        var rows = new HashMap<String, List<List<@Nullable String>>>();
        company.tables().forEach(table -> rows.put(table.target(), rows(table)));
        return rows;
    }

    private static List<List<@Nullable String>> rows(Table table) {
        var rows = new ArrayList<List<@Nullable String>>();
        table.rows().get().forEachRemaining(rows::add);
        return rows;
    }
}
