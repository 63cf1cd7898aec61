package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.CatalogBuilder.catalog;
import static dev.cairn.domain.catalog.CatalogBuilder.sourceOf;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names that lead along links: what they are refused for, and what is offered instead. */
class LinksTest {
    private static CatalogBuilder trips() {
        return catalog()
                .account("plan text")
                .define(
                        sourceOf("place", "since date, code text key, region text, within text")
                                .with(List.of(new Link("around", "place", List.of("within")))))
                .define(
                        sourceOf(
                                        "trip",
                                        "day date, customer text -> account, a text, b text, km decimal")
                                .with(
                                        List.of(
                                                new Link("origin", "place", List.of("a")),
                                                new Link("destination", "place", List.of("b")))))
                .source("event", "day date, customer text -> account, name text");
    }

    private static List<Problem> problems(Question question) {
        return question.problems(trips());
    }

    private static Problem only(Question question) {
        var problems = problems(question);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    private static void refused(Question question, String code, String... offered) {
        var problem = only(question);
        assertThat(problem.code().name()).isEqualTo(code);
        assertThat(problem.suggestions()).containsAll(List.of(offered));
    }

    @Test
    void link_alone_is_no_value() {
        refused(formula("count(trip where origin is none)"), "LEVEL_MISMATCH", "origin.code");
        refused(formula("distinct(trip : trip.origin)"), "LEVEL_MISMATCH");
        refused(formula("count(trip)").by("trip.origin"), "LEVEL_MISMATCH");
        refused(formula("count(trip where origin.around is none)"), "LEVEL_MISMATCH");
    }

    @Test
    void unknown_field_is_told_of_the_source_that_the_link_leads_to() {
        var problem = only(formula("count(trip where origin.regin = 'x')"));
        assertThat(problem.code().name()).isEqualTo("UNKNOWN_FIELD");
        assertThat(problem.message()).contains("'place'", "'regin'");
        assertThat(problem.suggestions()).contains("region");
        refused(formula("count(trip where origin.region.x = 'x')"), "UNKNOWN_FIELD");
    }

    @Test
    void several_ways_to_a_source_ask() {
        refused(
                formula("count(trip)").by("place.region"),
                "AMBIGUOUS_NAME",
                "trip.origin.region",
                "trip.destination.region");
        refused(formula("count(trip)").where("place.region = 'east'"), "AMBIGUOUS_NAME");
    }

    @Test
    void relation_that_no_link_leads_from_does_not_have_the_key() {
        for (var key : List.of("place.region", "trip.origin.region", "origin.region")) {
            refused(formula("count(event)").by(key), "INCOMPATIBLE");
            refused(formula("count(account)").by(key), "INCOMPATIBLE");
        }
        refused(
                formula("count(trip)").and("y", "count(event)").by("origin.region"),
                "INCOMPATIBLE");
    }

    @Test
    void key_or_filter_of_many_rows_that_point_at_one_would_count_it_for_each() {
        refused(
                formula("count(place)").by("trip.km"),
                "INCOMPATIBLE",
                "exists(trip via origin)",
                "exists(trip via destination)");
        refused(formula("count(place)").where("trip.km > 3"), "INCOMPATIBLE");
        assertThat(only(formula("count(place)").by("trip.km")).message())
                .isEqualTo(
                        "'trip.km' does not apply to 'x', which reads 'place': any number of rows of 'trip' point at one of 'place', which would count once for each. Ask it of 'trip', or make one value of them for each row of 'place'.");
    }

    @Test
    void rows_that_are_of_no_account_lead_to_none() {
        refused(formula("count(trip where origin.account is none)"), "UNKNOWN_FIELD");
        refused(formula("count(trip where origin.account.plan = 'pro')"), "UNKNOWN_FIELD");
    }

    @Test
    void no_link_leads_to_a_user() {
        refused(formula("count(trip where origin.user is none)"), "UNKNOWN_FIELD");
        var events =
                catalog()
                        .source(
                                "ticket",
                                "at timestamp, number integer key, customer text -> account, whom text -> user")
                        .define(
                                sourceOf("event", "at timestamp, about integer")
                                        .with(
                                                List.of(
                                                        new Link(
                                                                "ticket",
                                                                "ticket",
                                                                List.of("about")))));
        refused(
                formula("distinct(event : ticket.user)").problem(events),
                "INCOMPATIBLE",
                "Users are told apart within their account, and 'ticket.user' is of an account of its own: no link leads to its user.",
                "ticket.whom");
    }

    @Test
    void account_whose_key_is_no_text_is_reached_by_no_link() {
        var events =
                catalog()
                        .source(
                                "ticket",
                                "at timestamp, number integer key, customer integer -> account")
                        .define(
                                sourceOf("event", "at timestamp, about integer")
                                        .with(
                                                List.of(
                                                        new Link(
                                                                "ticket",
                                                                "ticket",
                                                                List.of("about")))));
        refused(
                formula("distinct(event : ticket.account)").problem(events),
                "TYPE_MISMATCH",
                "'ticket' says by 'customer' of which account a row is, and that is no text",
                "customer: text");
    }

    @Test
    void what_a_link_leads_to_is_a_relation_of_members_alone() {
        refused(formula("sum(trip.origin : 1)"), "INCOMPATIBLE");
        refused(formula("sum(trip.nowhere : 1)"), "UNKNOWN_SOURCE");
        refused(formula("count(trip via origin)"), "INCOMPATIBLE");
    }

    @Test
    void a_link_that_is_named_leaves_no_other_to_be_said() {
        var stop =
                Source.entity(
                        "stop",
                        "",
                        "",
                        List.of("code"),
                        List.of(Field.of("code", DataType.TEXT)),
                        Notation.STANDARD,
                        List.of());
        var ride =
                sourceOf("ride", "day date, a text, b text")
                        .with(
                                List.of(
                                        new Link("origin", "stop", List.of("a")),
                                        new Link("destination", "stop", List.of("b"))));
        var problem =
                formula("count(ride.origin via destination)")
                        .problem(catalog().define(stop).define(ride));
        assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(problem.suggestions()).containsExactly("ride.origin", "ride.destination");
    }

    @Test
    void links_are_followed_a_few_times() {
        assertThat(
                        formula("count(trip where origin.around.around.around.around.region = 'x')")
                                .planned(trips()))
                .isNotNull();
        refused(
                formula("count(trip where origin.around.around.around.around.around.region = 'x')"),
                "LIMIT");
    }

    @Test
    void values_of_a_field_that_a_link_leads_to_are_those_of_its_source() {
        var catalog = trips().build();
        var caller = new Caller("tester", null);
        assertThat(Listings.values("trip.origin.region", catalog, caller))
                .isEqualTo(Listings.values("place.region", catalog, caller));
        assertThat(Listings.values("place.region", catalog, caller).problems()).isEmpty();
    }

    // ---- rows that point at a row

    @Test
    void aggregate_of_what_points_at_a_row_is_a_value_of_it() {
        for (var formula :
                List.of(
                        "sum(place : count(trip via origin))",
                        "count(place where exists(place))",
                        "max(place : avg(trip via destination where origin.region = 'east' : km))",
                        "count(place where exists(trip via origin) over 7 days from since)")) {
            assertThat(formula(formula).planned(trips()).leaves()).as(formula).isNotEmpty();
        }
    }

    @Test
    void several_links_to_the_row_ask_which() {
        refused(
                formula("count(place where exists(trip))"),
                "AMBIGUOUS_NAME",
                "trip via origin",
                "trip via destination");
        refused(formula("count(place where exists(trip via orign))"), "UNKNOWN_FIELD", "origin");
    }

    @Test
    void aggregate_of_what_does_not_point_at_a_row_is_of_its_account() {
        refused(formula("count(trip where exists(event))"), "LEVEL_MISMATCH", "per(account : ...)");
        refused(formula("count(trip where exists(place))"), "LEVEL_MISMATCH");
    }

    @Test
    void aggregate_of_what_points_at_a_row_is_read_in_slices_and_in_filters_of_such_rows() {
        var sliced = trips().slice("visited", "place", "exists(trip via origin)");
        assertThat(formula("count(visited)").planned(sliced).leaves()).isNotEmpty();
        var filtered = "exists(trip via origin)";
        assertThat(formula("count(place)").where(filtered).planned(trips()).leaves()).isNotEmpty();
        refused(formula("count(trip)").where(filtered), "LEVEL_MISMATCH");
        refused(formula("count(account)").where(filtered), "LEVEL_MISMATCH");
        refused(formula("count(place)").where("exists(trip)"), "AMBIGUOUS_NAME");
        refused(formula("count(place)").where("exists(trip via nowhere)"), "UNKNOWN_FIELD");
    }

    private static CatalogBuilder courses() {
        var course =
                Source.entity(
                        "course",
                        "",
                        "",
                        List.of("module", "year"),
                        List.of(Field.of("module", DataType.TEXT), Field.of("year", DataType.TEXT)),
                        Notation.STANDARD,
                        List.of());
        var answer =
                sourceOf("answer", "at timestamp, of_module text, of_year text")
                        .with(
                                List.of(
                                        new Link(
                                                "course",
                                                "course",
                                                List.of("of_module", "of_year"))));
        return catalog()
                .define(course)
                .define(answer)
                .define(sourceOf("event", "at timestamp, account text"));
    }

    @Test
    void value_of_the_member_that_a_row_leads_to_is_refused_where_none_is() {
        refused(
                formula("per(course : count(answer))").problem(courses()),
                "LEVEL_MISMATCH",
                "'per(course : ...)' is a value of the course of a row; a cell has none.",
                "avg(course : ...)");
        refused(
                formula("count(event where per(course : count(answer)) > 1)").problem(courses()),
                "INCOMPATIBLE",
                "'per(course : ...)' does not apply to a row of event: no link of it leads there.",
                "avg(course : ...)");
        refused(
                formula("avg(account : per(course : count(answer)))").problem(courses()),
                "INCOMPATIBLE",
                "'per(course : ...)' does not apply to one account: no link of it leads there.",
                "avg(course : ...)");
        refused(
                formula("count(trip where per(main : count(trip)) > 1)").problem(trips()),
                "UNKNOWN_SOURCE",
                "'main' is no entity;",
                "per(account : ...)");
        refused(
                formula("count(trip where per(trip.origin : count(trip via origin)) > 1)")
                        .problem(trips()),
                "LEVEL_MISMATCH",
                "'origin' is a link to a row of 'place'",
                "origin.code");
        refused(
                formula("sum(answer : per(course : count(answer)) over 3 days from \"at\")")
                        .problem(courses()),
                "INCOMPATIBLE",
                "This window is relative to one row, and a value of what it leads to is the same for all rows that lead there",
                "per(course : count(...) over last 30 days)");
    }

    @Test
    void rows_of_no_account_are_refused_to_whoever_sees_some_accounts() {
        for (var asked :
                List.of(
                        "count(home)",
                        "count(stay.home)",
                        "avg(home : count(stay))",
                        "sum(stay : per(home : total(count(home))))")) {
            var problem = formula(asked).scopedTo("plan = 'pro'").problem(stays());
            assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
            assertThat(problem.message())
                    .endsWith(
                            " reads 'home', which is of no account, and you may see some accounts only.");
            assertThat(problem.suggestions()).containsExactly("distinct(stay.home)");
        }
        assertThat(
                        formula("distinct(stay.home)")
                                .scopedTo("plan = 'pro'")
                                .planned(stays())
                                .leaves())
                .isNotEmpty();
    }

    private static CatalogBuilder stays() {
        return catalog()
                .account("plan text")
                .define(
                        Source.entity(
                                "home",
                                "",
                                "",
                                List.of("number"),
                                List.of(Field.of("number", DataType.TEXT)),
                                Notation.STANDARD,
                                List.of()))
                .define(
                        sourceOf("stay", "at timestamp, guest text -> account, of_home text")
                                .with(List.of(new Link("home", "home", List.of("of_home")))));
    }

    private static void refused(Problem problem, String code, String message, String instead) {
        assertThat(problem.code().name()).isEqualTo(code);
        assertThat(problem.message()).startsWith(message);
        assertThat(problem.place().line()).isEqualTo(1);
        assertThat(problem.suggestions()).contains(instead);
    }

    @Test
    void plan_says_of_which_member_something_is_read() {
        var asked = "sum(stay : per(home : count(stay)))";
        assertThat(PlanWords.of(formula(asked).planned(stays())))
                .anyMatch(step -> step.startsWith("  for each, of what it leads to by home: Read"));
    }

    @Test
    void plan_says_what_is_read_by_which_link() {
        assertThat(PlanWords.of(formula("sum(place : count(trip via origin))").planned(trips())))
                .anyMatch(step -> step.startsWith("  for each, by the link origin to it: Read"));
    }
}
