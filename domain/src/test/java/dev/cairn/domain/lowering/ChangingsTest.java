package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.CatalogBuilder.sourceOf;
import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Validity;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangingsTest {
    @Test
    void a_change_is_read_of_its_source_at_its_own_time() {
        var plan = formula("count(changes(contract.mrr per account))").planned(shop());
        var facts = (Relation.Facts) plan.scans().getFirst().relation();
        assertThat(facts.source()).isEqualTo("contract");
        assertThat(facts.placing().time().name()).isEqualTo("changed_at");
    }

    @Test
    void within_a_gap_the_source_is_read_as_far_beyond_the_bucket() {
        var plan = formula("count(changes(contract.mrr gap 3 days per account))").planned(shop());
        var ends =
                plan.leaves().getFirst().reads().stream()
                        .map(Read::reach)
                        .map(reach -> plan.time().reaches().get(reach).ofWhole().endDate());
        var end = plan.time().whole().endDate();
        assertThat(ends).containsExactlyInAnyOrder(end, end.plusDays(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    count(changes(event.seconds per account))                | INCOMPATIBLE      | 'event' has no validity
                    count(changes(contract.kind per account))                | TYPE_MISMATCH     | what changes is a sum
                    count(changes(contract.mrr per customer))                | INCOMPATIBLE      | is 'account' or 'user'
                    count(changes(contract.mrr per user))                    | INCOMPATIBLE      | its facts are of no user
                    count(changes(contract.mrr gap 3 hours per account))     | TYPE_MISMATCH     | has no time of day
                    count(changes(contract.mrr per account) at end)          | INCOMPATIBLE      | a change is at the time
                    count(changes(contract.mrr per account) on since)        | INCOMPATIBLE      | a change is at the time
                    sum(changes(contract.mrr per account) : mrr)             | INCOMPATIBLE      | is of one row
                    count(changes(contract.mrr per account) where kind = contract.kind) | INCOMPATIBLE | is of one row
                    sum(changes(contract.mrr per account) : dleta)           | UNKNOWN_FIELD     | No field 'dleta' of a change
                    sum(changes(contract.mrrr per account) : delta)          | UNKNOWN_FIELD     | No field
                    sum(changes(contracts.mrr per account) : delta)          | UNKNOWN_SOURCE    | contracts
                    count(changes(account.seats per account))                | INCOMPATIBLE      | are members
                    """)
    void what_is_no_change_is_refused(String formula, ProblemCode code, String message) {
        var problem = formula(formula).problem(shop());
        assertThat(problem.message()).contains(message);
        assertThat(problem.code()).isEqualTo(code);
    }

    @Test
    void near_names_are_those_of_changes() {
        assertThat(
                        formula("sum(changes(contract.mrr per account) : dleta)")
                                .problem(shop())
                                .suggestions())
                .contains("delta");
    }

    @Test
    void what_links_of_rows_lead_to_is_no_key_of_changes() {
        var linked =
                shop().define(
                                sourceOf(
                                                "seat",
                                                "begun date, ended date, customer text -> account, n integer, ticket_no integer")
                                        .with(new Validity("begun", "ended"))
                                        .with(
                                                List.of(
                                                        new Link(
                                                                "cause",
                                                                "ticket",
                                                                List.of("ticket_no")))));
        var changes = formula("count(changes(seat.n per account))");
        for (var key : List.of("cause.priority", "ticket.priority")) {
            assertThat(changes.by(key).problem(linked).code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        }
    }

    @Test
    void fields_of_rows_are_no_filters_of_changes() {
        var changes = formula("count(changes(contract.mrr per account))");
        for (var where : new String[] {"contract.kind = 'a'", "contract.mrr > 3"}) {
            assertThat(changes.where(where).problem(shop()).message())
                    .contains("a slice of 'contract'");
        }
    }

    /** The shop's contracts have a kind of their own. */
    @Test
    void a_bare_name_that_rows_or_accounts_have_too_is_asked_for() {
        var changes = formula("count(changes(contract.mrr per account))");
        var problem = changes.where("account.plan = 'pro' and kind = 'new'").problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.AMBIGUOUS_NAME);
        assertThat(problem.suggestions()).containsExactly("change.kind", "contract.kind");
        assertThat(changes.where("change.kind = 'new'").planned(shop()).outputs()).isNotEmpty();
        assertThat(changes.where("change.kidn = 'new'").problem(shop()).suggestions())
                .contains("kind");
    }

    @Test
    void amounts_of_several_currencies_have_no_changes() {
        var shop =
                shop().sourceValid(
                                "lease",
                                "since date, until date, customer text -> account, coin text, fee money of coin",
                                "since",
                                "until")
                        .slice("euros", "lease", "coin = 'EUR'");
        assertThat(formula("count(changes(lease.fee per account))").problem(shop).message())
                .isEqualTo(
                        "What changes is a sum, and amounts of 'lease.fee' are each in the currency of its row; ask for the changes of a slice of one currency (where: coin = 'EUR').");
        assertThat(formula("sum(changes(euros.fee per account) : delta)").planned(shop).outputs())
                .isNotEmpty();
    }
}
