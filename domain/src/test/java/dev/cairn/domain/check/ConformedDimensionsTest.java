package dev.cairn.domain.check;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConformedDimensionsTest {
    private static ConformedDimension dimension(String name, String... fields) {
        return new ConformedDimension(name, name, "", List.of(fields));
    }

    private static String brief(Problem problem) {
        return "%s %s: %s"
                .formatted(
                        problem.code(),
                        String.join(".", problem.place().path()),
                        problem.message());
    }

    private static List<String> told(String name, String... fields) {
        var dimension = dimension(name, fields);
        var catalog = shop().define(dimension).build();
        return DefinitionChecker.check(catalog, new Entry(dimension, 1, Map.of()), Place.of(name))
                .problems()
                .stream()
                .map(ConformedDimensionsTest::brief)
                .toList();
    }

    private static CatalogBuilder subjects() {
        return shop().define(dimension("subject", "event.name", "ticket.priority", "account.plan"));
    }

    @Test
    void fields_are_there_and_of_one_type() {
        assertThat(told("subject", "event.name", "ticket.priority", "account.plan")).isEmpty();
        assertThat(told("subject", "nps.kind", "ticket.priority")).isEmpty();
        assertThat(told("subject"))
                .containsExactly(
                        "MISSING subject.fields: A dimension says which fields it is: fields: [signup.channel, deal.source_channel].");
        assertThat(told("subject", "event.nam", "tickets.priority", "name", "event.name + 1"))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("UNKNOWN_DIMENSION subject.fields.0"),
                        one -> assertThat(one).startsWith("UNKNOWN_SOURCE subject.fields.1"),
                        one -> assertThat(one).startsWith("SYNTAX subject.fields.2"),
                        one -> assertThat(one).startsWith("SYNTAX subject.fields.3"));
        assertThat(told("size", "event.name", "survey.score", "account.seats"))
                .allSatisfy(one -> assertThat(one).startsWith("TYPE_MISMATCH"))
                .hasSize(2);
        assertThat(told("size", "survey.score", "weather.degrees"))
                .singleElement()
                .asString()
                .contains("'weather.degrees' is decimal, and 'survey.score' is integer");
        assertThat(told("price", "invoice.amount", "invoice.fee"))
                .singleElement()
                .asString()
                .startsWith("CONFLICT price.fields.1");
    }

    @Test
    void each_row_has_one_field_of_it() {
        assertThat(told("subject", "survey.kind", "nps.comment"))
                .singleElement()
                .asString()
                .contains("'survey.kind' and 'nps.comment' would both be the dimension");
        assertThat(told("subject", "account.plan", "user.role"))
                .singleElement()
                .asString()
                .startsWith("CONFLICT subject.fields.1");
        assertThat(told("who", "event.user", "ticket.priority"))
                .singleElement()
                .asString()
                .contains("'event.user' is the key of a user");
    }

    @Test
    void a_field_that_is_called_like_it_is_of_it() {
        assertThat(told("name", "event.name", "ticket.priority")).isEmpty();
        assertThat(told("kind", "survey.comment", "ticket.priority"))
                .singleElement()
                .asString()
                .contains("'survey' has a field 'kind' besides 'survey.comment'");
        assertThat(told("region", "event.name", "account.plan"))
                .singleElement()
                .asString()
                .startsWith("CONFLICT region.fields.1");
    }

    @Test
    void a_metric_goes_with_it_where_all_that_it_reads_has_a_field() {
        var catalog =
                subjects()
                        .metric("both", "count(event) / count(ticket)")
                        .metric("with_weather", "count(event) / count(weather)");
        var metrics = new ResolvedMetrics(catalog.build());
        assertThat(Dimensions.of("both", metrics))
                .contains(new Dimension("subject", "subject", ValueType.TEXT));
        assertThat(Dimensions.of("usage", metrics)).extracting(Dimension::key).contains("subject");
        assertThat(Dimensions.of("with_weather", metrics)).isEmpty();
        assertThat(Dimensions.find("subject", catalog.build())).isPresent();
    }

    @Test
    void values_are_those_of_each_field() {
        assertThat(Listings.valueRequests("subject", subjects().build(), Caller.LOCAL))
                .extracting(Listings.ValueRequest::problems)
                .hasSize(3)
                .containsOnly(List.<Problem>of());
    }

    @Test
    void what_has_no_field_of_it_is_told() {
        assertThat(Question.ask("events", "warmth").by("subject").problems(subjects()))
                .extracting(ConformedDimensionsTest::brief)
                .containsExactly(
                        "INCOMPATIBLE groupBy.0: The dimension 'subject' does not apply to 'warmth', which reads 'weather': it is event.name, ticket.priority, account.plan. Add a field of 'weather' to it, or leave one of them out.");
        assertThat(Question.ask("warmth").by("subject").problems(subjects()))
                .extracting(ConformedDimensionsTest::brief)
                .containsExactly("UNKNOWN_DIMENSION groupBy.0: No dimension 'subject'.");
    }

    @Test
    void another_field_of_its_name_is_another_reading() {
        var catalog = shop().define(dimension("city", "event.name", "ticket.priority"));
        assertThat(Question.ask("warmth").by("city").planned(catalog).keys()).hasSize(1);
        assertThat(Question.ask("events").by("city").planned(catalog).keys()).hasSize(1);
        assertThat(Question.ask("events", "warmth").by("city").problems(catalog))
                .extracting(ConformedDimensionsTest::brief)
                .allSatisfy(one -> assertThat(one).startsWith("AMBIGUOUS_NAME groupBy.0"));
    }

    @Test
    void it_is_no_value_of_a_cell() {
        assertThat(Question.formula("subject").problems(subjects()))
                .extracting(ConformedDimensionsTest::brief)
                .singleElement()
                .asString()
                .contains("LEVEL_MISMATCH", "Group or filter by it");
        assertThat(Question.formula("count(weather where subject = 'x')").problems(subjects()))
                .extracting(ConformedDimensionsTest::brief)
                .singleElement()
                .asString()
                .contains("INCOMPATIBLE", "'subject' is nothing of a row of weather");
    }

    @Test
    void a_metric_that_names_it_says_so_where_it_is_written_out() {
        var catalog = subjects().metric("logins", "count(event where subject = 'login')").build();
        var written = WrittenOut.of(catalog.entry("logins").orElseThrow(), catalog);
        assertThat(written.formula()).isEqualTo("count(event where subject = 'login')");
        assertThat(written.named())
                .containsExactly(
                        new WrittenOut.Named(
                                "subject",
                                "dimension",
                                "event.name, ticket.priority, account.plan"));
    }
}
