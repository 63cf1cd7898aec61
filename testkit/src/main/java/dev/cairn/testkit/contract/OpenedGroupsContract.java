package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Signups.signedOn;
import static dev.cairn.testkit.contract.Signups.signups;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Cells of groups whose keys more than the row decides. The last line is the cell itself. */
public interface OpenedGroupsContract extends OpeningContract {
    @Test
    default void a_group_of_converted_amounts_opens_into_its_rows() {
        // Of dollars: acme 110, 11 and 5, bolt 12 and 6.
        var question =
                ask("count(bill)", "convert(sum(bill.amount), 'USD')")
                        .by("(convert(bill.amount, 'USD') > 10) as large")
                        .totals();
        var bills = Bills.bills(events());
        assertThat(opened(bills, question, "true", "m1"))
                .containsExactly("acme | 2", "bolt | 1", "total | 3");
        assertThat(opened(bills, question, "true", "m2"))
                .containsExactly("acme | 121", "bolt | 12", "total | 133");
        assertThat(opened(bills, question, "false", "m2"))
                .containsExactly("bolt | 6", "acme | 5", "total | 11");
        assertThat(remarks(bills, cell(bills, question, "true", "m2"))).isEmpty();
    }

    @Test
    default void a_row_without_a_rate_may_be_of_any_group_that_is_opened() {
        // The one is of bolt; of acme all is known: 110 and 11, 5.
        var question = ask("count(bill)").by("(convert(bill.amount, 'USD') > 10) as large");
        var bills = Bills.oneWithoutRate(events());
        assertThat(opened(bills, question, "true", "m1"))
                .containsExactly("acme | 2", "bolt | NO_RATE", "total | NO_RATE");
        assertThat(opened(bills, question, "false", "m1"))
                .containsExactly("acme | 1", "bolt | NO_RATE", "total | NO_RATE");
    }

    @Test
    default void a_group_by_windows_of_members_opens_into_those_whose_windows_are_over() {
        // Activated within 14 days: ann (1), cyd (4), dee (8 + 16); not ben (2), fay and gus (64).
        // Eve, 32, is pending.
        var question =
                ask("count(account)", "sum(event.amount)")
                        .between("2026-01-01", "2026-04-01")
                        .by(
                                "(exists(event where name = 'activated') over 14 days from signed_on) as quick");
        var world = signups(events());
        assertThat(opened(world, question, "true", "m1"))
                .containsExactly("ann | 1", "cyd | 1", "dee | 1", "total | 3");
        assertThat(opened(world, question, "true", "m2"))
                .containsExactly("dee | 24", "cyd | 4", "ann | 1", "total | 29");
        assertThat(opened(world, question, "false", "m1"))
                .containsExactly("ben | 1", "fay | 1", "gus | 1", "total | 3");
        assertThat(opened(world, question, "false", "m2"))
                .containsExactly("gus | 64", "ben | 2", "total | 66");
        assertThat(remarks(world, cell(world, question, "false", "m2"))).isEmpty();
    }

    @Test
    default void of_ages_that_members_have_in_units_of_time_totals_open() {
        // Acme and bolt are of age 0 in January and of age 1 in February, and two in all.
        var question =
                ask("count(account)")
                        .between("2026-01-01", "2026-03-01")
                        .by("age month from account.signed_on")
                        .totals();
        var world =
                events().member(signedOn("acme", "2026-01-02"))
                        .member(signedOn("bolt", "2026-01-03"));
        assertThat(opened(world, question, "total", "m1"))
                .containsExactly("acme | 1", "bolt | 1", "total | 2");
        assertThat(cell(world, question, "1", "m1").problems(world.build().catalog()))
                .extracting(problem -> problem.code() + " " + problem.place().path())
                .containsExactly("INCOMPATIBLE [key]");
    }
}
