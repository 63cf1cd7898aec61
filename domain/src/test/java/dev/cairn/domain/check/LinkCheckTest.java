package dev.cairn.domain.check;

import static dev.cairn.domain.catalog.CatalogBuilder.catalog;
import static dev.cairn.domain.catalog.CatalogBuilder.sourceOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links of a source to keyed sources: what is refused when they are declared, and what they make reachable. */
class LinkCheckTest {
    private static final Link TICKET = new Link("ticket", "ticket", List.of("about"));

    private static Source event(Link... links) {
        return sourceOf(
                        "ticket_event",
                        "at timestamp, customer text -> account, about integer, word text, amount decimal, kind text")
                .with(List.of(links));
    }

    private static CatalogBuilder desk(Link... links) {
        return catalog()
                .source("ticket", "opened timestamp, number integer key, priority text")
                .source("price", "day date key, product text key, amount decimal")
                .source("note", "day date, words text")
                .slice("urgent", "ticket", "priority = 'urgent'")
                .slice("replies", "ticket_event", "kind = 'reply'")
                .metric("events", "count(ticket_event)")
                .define(event(links));
    }

    private static List<Problem> problems(CatalogBuilder catalog) {
        var built = catalog.build();
        return DefinitionChecker.check(
                        built, built.entry("ticket_event").orElseThrow(), Place.of("file.yaml"))
                .problems();
    }

    private static List<String> told(Link... links) {
        return problems(desk(links)).stream().map(Question::brief).toList();
    }

    @Test
    void link_to_an_account_in_another_role_says_its_key_by_one_text() {
        assertThat(told(new Link("seller", EntityRef.ACCOUNT, "word"))).isEmpty();
        assertThat(told(new Link("seller", EntityRef.ACCOUNT, "about")))
                .containsExactly("TYPE_MISMATCH file.yaml/links/seller");
        assertThat(told(new Link("seller", EntityRef.ACCOUNT, "wrod")))
                .containsExactly("UNKNOWN_FIELD file.yaml/links/seller");
        assertThat(
                        told(
                                new Link(
                                        "seller",
                                        new LinkTarget.OfEntity(EntityRef.ACCOUNT),
                                        List.of("word", "kind"))))
                .containsExactly("INCOMPATIBLE file.yaml/links/seller");
        assertThat(told(new Link("seller", new EntityRef("shop"), "word")))
                .containsExactly("UNKNOWN_SOURCE file.yaml/links/seller");
        assertThat(told(new Link("agent", EntityRef.USER, "word")))
                .containsExactly("INCOMPATIBLE file.yaml/links/agent");
        assertThat(told(new Link("user", EntityRef.ACCOUNT, "word")))
                .containsExactly("CONFLICT file.yaml/links/user");
        assertThat(
                        problems(
                                        desk().define(
                                                        sourceOf(
                                                                        "ticket_event",
                                                                        "at timestamp, word text")
                                                                .with(
                                                                        List.of(
                                                                                new Link(
                                                                                        "seller",
                                                                                        EntityRef
                                                                                                .ACCOUNT,
                                                                                        "word")))
                                                                .withAccountVia("seller")))
                                .stream()
                                .map(Question::brief))
                .containsExactly("INCOMPATIBLE file.yaml/account");
    }

    @Test
    void source_is_not_taken_for_an_entity() {
        var ticket = new LinkTarget.OfEntity(new EntityRef("ticket"));
        assertThat(problems(desk(new Link("issue", ticket, List.of("about")))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(Question.brief(problem))
                            .isEqualTo("INCOMPATIBLE file.yaml/links/issue");
                    assertThat(problem.message()).isEqualTo("'ticket' is a source and no entity.");
                    assertThat(problem.suggestions())
                            .containsExactly("{source: ticket, fields: [about]}");
                });
    }

    @Test
    void link_leads_to_a_keyed_source_by_fields_of_the_types_of_its_key() {
        assertThat(
                        told(
                                TICKET,
                                new Link("raised_as", "ticket", List.of("about")),
                                new Link("urgent", "ticket", List.of("about"))))
                .isEmpty();
        assertThat(told(new Link("issue", "isue", List.of("about"))))
                .containsExactly("UNKNOWN_SOURCE file.yaml/links/issue");
        assertThat(told(new Link("hot", "urgent", List.of("about"))))
                .containsExactly("UNKNOWN_SOURCE file.yaml/links/hot");
        assertThat(told(new Link("note", "note", List.of("word"))))
                .containsExactly("INCOMPATIBLE file.yaml/links/note");
        assertThat(told(new Link("price", "price", List.of("word"))))
                .containsExactly("INCOMPATIBLE file.yaml/links/price");
        assertThat(told(new Link("ticket", "ticket", List.of("word"))))
                .containsExactly("TYPE_MISMATCH file.yaml/links/ticket");
        assertThat(told(new Link("ticket", "ticket", List.of("abuot"))))
                .containsExactly("UNKNOWN_FIELD file.yaml/links/ticket");
        assertThat(told(new Link("price", "price", List.of("word", "at"))))
                .containsExactly(
                        "TYPE_MISMATCH file.yaml/links/price",
                        "TYPE_MISMATCH file.yaml/links/price");
    }

    @Test
    void link_is_called_as_nothing_else_that_may_stand_there() {
        for (var taken : List.of("word", "account", "user", "ticket_event", "replies", "price")) {
            assertThat(told(new Link(taken, "ticket", List.of("about"))))
                    .as(taken)
                    .containsExactly("CONFLICT file.yaml/links/" + taken);
        }
        assertThat(told(new Link("Ticket", "ticket", List.of("about"))))
                .containsExactly("BAD_VALUE file.yaml/links/Ticket");
        assertThat(told(TICKET, TICKET)).containsExactly("CONFLICT file.yaml/links/ticket");
    }

    @Test
    void key_of_an_account_is_said_by_as_many_fields_as_it_has_parts() {
        var two = new LinkTarget.OfEntity(EntityRef.ACCOUNT);
        var own = new Link("account", two, List.of("word", "about"));
        var accounts =
                new Entity(
                        EntityRef.ACCOUNT,
                        "",
                        "",
                        List.of("a", "b"),
                        List.of(),
                        Notation.STANDARD,
                        null);
        var composite = desk().define(accounts);

        assertThat(problems(composite.define(event().with(List.of()))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(Question.brief(problem)).isEqualTo("INCOMPATIBLE file.yaml/account");
                    assertThat(problem.message())
                            .isEqualTo(
                                    "The key of an account is [a, b], and 'account' says it by 1 field: name as many fields, in this order (fields: [a, b]).");
                });
        var made = event().withAccountOf(own.fields());
        assertThat(problems(composite.define(made.withMadeKeys()))).isEmpty();
        assertThat(
                        problems(
                                composite.define(
                                        made.with(
                                                        List.of(
                                                                new Link(
                                                                        "seller",
                                                                        two,
                                                                        List.of("word", "amount"))))
                                                .withMadeKeys())))
                .extracting(Question::brief)
                .containsExactly("TYPE_MISMATCH file.yaml/links/seller");
        assertThat(problems(desk().define(made.withMadeKeys())))
                .extracting(Problem::message)
                .containsExactly(
                        "The key of an account is one column, 'account_key', and 'account' says it by 2 fields. An account by several is declared so: entity: account, key: [word, about].");
    }

    @Test
    void key_that_parts_make_has_a_name_of_its_own() {
        var accounts =
                new Entity(
                        EntityRef.ACCOUNT,
                        "",
                        "",
                        List.of("a", "b"),
                        List.of(),
                        Notation.STANDARD,
                        null);
        var taken =
                sourceOf("ticket_event", "at timestamp, one text, two text, account_key text")
                        .withAccountOf(List.of("one", "two"))
                        .withMadeKeys();

        assertThat(problems(desk().define(accounts).define(taken)))
                .extracting(Problem::message)
                .contains(
                        "'account_key' is the field with the key that [one, two] make; give the other field of that name another.");
    }

    @Test
    void links_may_lead_in_a_circle() {
        var catalog =
                desk(TICKET)
                        .define(
                                sourceOf(
                                                "ticket",
                                                "opened timestamp, number integer key, last integer, above integer")
                                        .with(
                                                List.of(
                                                        new Link(
                                                                "parent",
                                                                "ticket",
                                                                List.of("above")))));
        assertThat(problems(catalog)).isEmpty();
        var metrics = new ResolvedMetrics(catalog.build());
        assertThat(Dimensions.of("events", metrics))
                .extracting(Dimension::key)
                .contains("ticket.last", "ticket_event.kind");
    }

    @Test
    void link_whose_target_changes_or_goes_is_told() {
        assertThat(problems(desk(TICKET).source("ticket", "opened timestamp, number text key")))
                .extracting(Question::brief)
                .containsExactly("TYPE_MISMATCH file.yaml/links/ticket");
        assertThat(problems(desk(TICKET).source("ticket", "opened timestamp, number integer")))
                .extracting(Question::brief)
                .containsExactly("INCOMPATIBLE file.yaml/links/ticket");
        var without = desk(TICKET).build().with(List.of(), List.of("ticket"));
        assertThat(
                        DefinitionChecker.check(
                                        without,
                                        without.entry("ticket_event").orElseThrow(),
                                        Place.of("file.yaml"))
                                .problems())
                .extracting(Question::brief)
                .containsExactly("UNKNOWN_SOURCE file.yaml/links/ticket");
    }

    @Test
    void fields_that_links_lead_to_are_dimensions_by_the_only_way() {
        assertThat(Dimensions.of("events", new ResolvedMetrics(desk(TICKET).build())))
                .extracting(Dimension::key)
                .contains("ticket.priority", "ticket_event.about");
        var twice =
                desk(
                        new Link("first", "ticket", List.of("about")),
                        new Link("second", "ticket", List.of("about")));
        assertThat(Dimensions.of("events", new ResolvedMetrics(twice.build())))
                .extracting(Dimension::key)
                .contains("ticket_event.first.priority", "ticket_event.second.priority")
                .doesNotContain("ticket.priority");
    }

    @Test
    void account_is_had_by_a_link_to_rows_that_have_one() {
        var none = sourceOf("ticket_event", "at timestamp, about integer").with(List.of(TICKET));
        var owned =
                catalog()
                        .source(
                                "ticket",
                                "opened timestamp, number integer key, who text -> account");
        assertThat(problems(owned.define(none.withAccountVia("ticket")))).isEmpty();
        assertThat(problems(owned.define(none.withAccountVia("ticked"))))
                .extracting(Question::brief)
                .containsExactly("UNKNOWN_FIELD file.yaml/account");
        assertThat(problems(owned.define(event(TICKET).withAccountVia("ticket"))))
                .extracting(Question::brief)
                .containsExactly("CONFLICT file.yaml/account");
        assertThat(problems(desk().define(none.withAccountVia("ticket"))))
                .extracting(Question::brief)
                .containsExactly("INCOMPATIBLE file.yaml/account");
        var ofUsers =
                sourceOf("ticket_event", "at timestamp, about integer, whom text -> user")
                        .with(List.of(TICKET))
                        .withAccountVia("ticket");
        assertThat(problems(owned.define(ofUsers)))
                .extracting(Question::brief)
                .containsExactly("INCOMPATIBLE file.yaml/user");
        assertThat(problems(owned.define(ofUsers)).getFirst().suggestions())
                .containsExactly("distinct(ticket_event.whom)");
    }

    /** The account of what is imported is kept with it; that of rows elsewhere is looked for by each question. */
    @Test
    void account_is_had_by_a_link_to_rows_of_a_table_by_rows_of_a_table_alone() {
        var event =
                sourceOf("ticket_event", "at timestamp, about integer")
                        .with(List.of(TICKET))
                        .withAccountVia("ticket");
        var ticket =
                sourceOf("ticket", "opened timestamp, number integer key, who text -> account");
        var table = new Mapping("desk", "tickets");
        assertThat(problems(catalog().define(ticket).define(event.withMapping(table)))).isEmpty();
        var mapped = catalog().define(ticket.withMapping(table));
        assertThat(problems(mapped.define(event.withMapping(table)))).isEmpty();
        var told = problems(mapped.define(event));
        assertThat(told)
                .extracting(Question::brief)
                .containsExactly("INCOMPATIBLE file.yaml/account");
        assertThat(told.getFirst().message())
                .startsWith(
                        "The account of an imported fact is kept with it, and the rows of 'ticket' stay in a table of their own");
    }

    @Test
    void accounts_are_not_had_in_a_circle() {
        var event =
                sourceOf("ticket_event", "at timestamp, about integer, number integer key")
                        .with(List.of(TICKET))
                        .withAccountVia("ticket");
        var ticket =
                sourceOf("ticket", "opened timestamp, number integer key, last integer")
                        .with(List.of(new Link("latest", "ticket_event", List.of("last"))))
                        .withAccountVia("latest");
        assertThat(problems(catalog().define(ticket).define(event)))
                .extracting(Question::brief)
                .containsExactly("CYCLE file.yaml/account");
    }
}
