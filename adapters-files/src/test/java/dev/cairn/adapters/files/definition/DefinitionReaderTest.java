package dev.cairn.adapters.files.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.MetricNotes;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionReaderTest {
    private static ReadDefinitions read(String text) {
        return DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));
    }

    private static <D extends Definition> D only(Class<D> kind, String text) {
        var read = read(text);
        assertThat(read.problems()).isEmpty();
        assertThat(read.drafts()).hasSize(1);
        return kind.cast(read.drafts().getFirst().definition());
    }

    @Test
    void a_source_is_read_with_its_fields_in_short_and_long_form() {
        var source =
                only(
                        Source.class,
                        """
                        source: survey
                        time: {field: answered_on, compute: "date(survey_year, 5, 1)", zone: America/Los_Angeles}
                        coverage: {from: 2015-01-01, until: 2019-01-01}
                        account: {field: customer}
                        user: respondent
                        key: [survey_year, respnum]
                        fields:
                          survey_year: integer
                          respnum: integer
                          customer: text
                          respondent: text
                          paid: {type: money, currency: EUR}
                          score: {type: integer, label: Likelihood, missing: [11, Blank], min: 0, max: 10}
                        """);

        assertThat(source)
                .isEqualTo(
                        new Source(
                                "survey",
                                "survey",
                                "",
                                "answered_on",
                                ZoneId.of("America/Los_Angeles"),
                                LocalDate.of(2015, 1, 1),
                                LocalDate.of(2019, 1, 1),
                                "customer",
                                "respondent",
                                List.of("survey_year", "respnum"),
                                List.of(
                                        Field.of("survey_year", DataType.INTEGER),
                                        Field.of("respnum", DataType.INTEGER),
                                        Field.of("customer", DataType.TEXT),
                                        Field.of("respondent", DataType.TEXT),
                                        new Field(
                                                "paid",
                                                "paid",
                                                DataType.MONEY,
                                                "EUR",
                                                null,
                                                List.of(),
                                                null,
                                                null),
                                        new Field(
                                                "score",
                                                "Likelihood",
                                                DataType.INTEGER,
                                                null,
                                                null,
                                                List.of("11", "Blank"),
                                                BigDecimal.ZERO,
                                                BigDecimal.TEN),
                                        new Field(
                                                "answered_on",
                                                "answered_on",
                                                DataType.DATE,
                                                null,
                                                "date(survey_year, 5, 1)",
                                                List.of(),
                                                null,
                                                null))));
    }

    @Test
    void key_of_an_account_may_have_several_parts() {
        var account =
                only(
                        Entity.class,
                        """
                        entity: account
                        key: [module, student]
                        attributes: {student: {type: text, label: Student}, plan: text}
                        """);

        assertThat(account.key()).containsExactly("module", "student");
        assertThat(account.attributes())
                .extracting(attribute ->
                        attribute.field().name()
                                + " "
                                + attribute.field().label()
                                + " "
                                + attribute.field().compute())
                .containsExactly(
                        "module module key_part(account, 1)",
                        "student Student key_part(account, 2)",
                        "plan plan null");
        var source =
                only(
                        Source.class,
                        """
                        source: s
                        time: at
                        account: {fields: [a, b]}
                        links: {host: {entity: account, fields: [b, c]}}
                        fields: {at: date, a: text, b: integer, c: text}
                        """);

        assertThat(source.accountField()).isEqualTo("account_key");
        assertThat(source.accountFields()).containsExactly("a", "b");
        assertThat(source.accountRoles())
                .extracting(Field::compute)
                .containsExactly("key(\"b\", \"c\")");
        assertThat(source.fields())
                .extracting(Field::name)
                .containsExactly("at", "a", "b", "c", "account_key", "host_key");
    }

    @Test
    void accounts_have_links_and_columns_for_them() {
        var account =
                only(
                        Entity.class,
                        """
                        entity: account
                        key: [country, number]
                        attributes: {plan: text, group_no: integer}
                        links:
                          parent: {entity: account, fields: [country, group_no]}
                          segment: segment_key
                        """);

        assertThat(account.links())
                .containsExactly(
                        new Link(
                                "parent",
                                new LinkTarget.OfEntity(EntityRef.ACCOUNT),
                                List.of("country", "group_no")),
                        new Link("segment", "segment", List.of("segment_key")));
        assertThat(account.attributes())
                .extracting(attribute -> attribute.field().name())
                .containsExactly(
                        "country", "number", "plan", "group_no", "segment_key", "parent_key");
    }

    @Test
    void a_link_says_its_source_and_the_fields_with_the_key_or_is_short() {
        var source =
                only(
                        Source.class,
                        """
                        source: s
                        time: at
                        account: {via: ticket.account}
                        links:
                          ticket: {source: ticket, fields: [no]}
                          parent: {source: ticket, field: above}
                          price: [product, day]
                          agent: name
                          host: {entity: account, field: name}
                        fields: {at: timestamp, no: integer, above: integer, product: text, day: date, name: text}
                        """);

        assertThat(source.accountVia()).isEqualTo("ticket");
        assertThat(source.accountField()).isNull();
        assertThat(
                        only(
                                        Source.class,
                                        "{source: s, time: at, account: {via: t}, links: {t: a}, fields: {at: timestamp, a: text}}")
                                .accountVia())
                .isEqualTo("t");
        assertThat(source.pointers())
                .containsExactly(
                        new Link("ticket", "ticket", List.of("no")),
                        new Link("parent", "ticket", List.of("above")),
                        new Link("price", "price", List.of("product", "day")),
                        new Link("agent", "agent", List.of("name")),
                        new Link("host", EntityRef.ACCOUNT, "name"));
    }

    @Test
    void an_entity_of_ones_own_has_a_key_attributes_and_links() {
        var listing =
                only(
                        Source.class,
                        """
                        entity: listing
                        label: Listings
                        key: listing_id
                        attributes:
                          country: text
                          beds: {type: integer, min: 1}
                        links:
                          owner: {entity: account, field: user_id}
                          house: {entity: house, fields: [street, number]}
                        """);

        assertThat(listing)
                .isEqualTo(
                        Source.entity(
                                "listing",
                                "Listings",
                                "",
                                List.of("listing_id"),
                                List.of(
                                        Field.of("listing_id", DataType.TEXT),
                                        Field.of("country", DataType.TEXT),
                                        new Field(
                                                "beds",
                                                "beds",
                                                DataType.INTEGER,
                                                null,
                                                null,
                                                List.of(),
                                                BigDecimal.ONE,
                                                null),
                                        Field.of("user_id", DataType.TEXT),
                                        Field.of("street", DataType.TEXT),
                                        Field.of("number", DataType.TEXT)),
                                Notation.STANDARD,
                                List.of(
                                        new Link("owner", EntityRef.ACCOUNT, "user_id"),
                                        new Link(
                                                "house",
                                                new LinkTarget.OfEntity(new EntityRef("house")),
                                                List.of("street", "number")))));
        var course =
                only(
                        Source.class,
                        "{entity: course, key: [module, year], attributes: {year: integer}}");
        assertThat(course.key()).containsExactly("module", "year");
        assertThat(course.field("year").map(Field::type)).contains(DataType.INTEGER);
        assertThat(course.isEntity()).isTrue();
    }

    @Test
    void the_time_may_be_a_plain_name_and_is_then_in_utc() {
        var source = only(Source.class, "{source: event, time: at, fields: {at: timestamp}}");

        assertThat(source.timeField()).isEqualTo("at");
        assertThat(source.zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(source.key()).isEmpty();
    }

    @Test
    void a_time_field_of_a_given_type_need_not_stand_among_the_fields() {
        var source =
                only(
                        Source.class,
                        "{source: event, time: {field: at, type: timestamp}, fields: {name: text}}");

        assertThat(source.placedBy()).isEqualTo(Field.of("at", DataType.TIMESTAMP));
    }

    @Test
    void an_entity_is_read_with_marks() {
        var entity =
                only(
                        Entity.class,
                        """
                        entity: account
                        key: customer_no
                        attributes:
                          plan: text
                          is_test: {type: boolean, marks: test}
                          since: {type: date, marks: start}
                        """);

        assertThat(entity.entity()).isEqualTo(EntityRef.ACCOUNT);
        assertThat(entity.key()).containsExactly("customer_no");
        assertThat(entity.attributes())
                .extracting(Entity.Attribute::mark)
                .containsExactly(Mark.NONE, Mark.TEST, Mark.START);
    }

    @Test
    void several_attributes_may_mark_test_accounts() {
        var entity =
                only(
                        Entity.class,
                        """
                        entity: account
                        key: customer_no
                        attributes:
                          internal: {type: boolean, marks: test}
                          merged: {type: boolean, marks: test}
                        """);

        assertThat(entity.allMarked(Mark.TEST))
                .extracting(Field::name)
                .containsExactly("internal", "merged");
    }

    @Test
    void members_of_ones_own_entity_exist_by_the_days_that_are_marked() {
        var listing =
                only(
                        Source.class,
                        """
                        entity: listing
                        key: listing_id
                        attributes:
                          since: {type: date, marks: start}
                          gone: {type: date, marks: removed}
                          country: text
                        """);

        assertThat(listing.isTimeless()).isTrue();
        assertThat(listing.field("exists_from").orElseThrow().compute())
                .isEqualTo("coalesce(\"since\", date(1, 1, 1))");
        assertThat(listing.field("exists_until").orElseThrow().compute()).isEqualTo("\"gone\"");
        assertThat(listing.fields().stream().filter(field -> !listing.isImplied(field)))
                .extracting(listing::mark)
                .containsExactly(Mark.NONE, Mark.START, Mark.REMOVED, Mark.NONE);
        assertThat(listing.mark(listing.field("country").orElseThrow())).isEqualTo(Mark.NONE);
    }

    @Test
    void a_metric_is_read_with_all_that_is_said_of_it() {
        var metric =
                only(
                        Metric.class,
                        """
                        metric: logins
                        label: Logins
                        of: account
                        rollup: avg
                        unit: count
                        direction: higher
                        domain: adoption
                        owner: Product
                        counter: tickets
                        status: draft
                        empty: none
                        minSample: 30
                        cluster: account
                        description: How often.
                        formula: count(event where name = 'login')
                        """);

        assertThat(metric)
                .isEqualTo(
                        new Metric(
                                "logins",
                                "Logins",
                                "How often.",
                                Metric.Level.ACCOUNT,
                                Metric.RollUp.AVG,
                                "count(event where name = 'login')",
                                Metric.MetricUnit.COUNT,
                                Metric.Direction.HIGHER,
                                Metric.MetricDomain.ADOPTION,
                                "Product",
                                "tickets",
                                true,
                                Metric.Status.DRAFT,
                                List.of(),
                                new Metric.Sample(30, Metric.Cluster.ACCOUNT),
                                null,
                                MetricNotes.NONE));
    }

    @Test
    void a_metric_has_notes_for_people() {
        var metric =
                only(
                        Metric.class,
                        """
                        metric: churn
                        of: cell
                        domain: outcomes
                        formula: "1"
                        timing: lagging
                        no_counter: It is what the others are judged by.
                        decision: Where to spend the next quarter.
                        rules:
                        - Nobody at the start is no value.
                        - Joined and left within is not in it.
                        pitfalls: Small cells swing.
                        example: >
                          50 at the start, 5 gone:
                          0.1.
                        sources: [A book, A blog]
                        """);

        assertThat(metric.notes())
                .isEqualTo(
                        new MetricNotes(
                                MetricNotes.Timing.LAGGING,
                                "Where to spend the next quarter.",
                                List.of(
                                        "Nobody at the start is no value.",
                                        "Joined and left within is not in it."),
                                List.of("Small cells swing."),
                                "50 at the start, 5 gone: 0.1.",
                                List.of("A book", "A blog"),
                                "It is what the others are judged by."));
        assertThat(metric.meaning()).isEqualTo(metric.with(MetricNotes.NONE).meaning());
    }

    @Test
    void a_metric_is_of_a_declared_entity_by_its_name() {
        var metric = only(Metric.class, "{metric: m, of: listing, formula: count(booking)}");

        assertThat(metric.level()).isEqualTo(Metric.Level.ENTITY);
        assertThat(metric.entity()).isEqualTo("listing");
    }

    @Test
    void a_metric_of_which_little_is_said_has_the_defaults() {
        var metric = only(Metric.class, "{metric: m, of: cell, formula: count(event)}");

        assertThat(metric.label()).isEqualTo("m");
        assertThat(metric.direction()).isEqualTo(Metric.Direction.NEUTRAL);
        assertThat(metric.status()).isEqualTo(Metric.Status.PUBLISHED);
        assertThat(metric.emptyIsNone()).isFalse();
    }

    @Test
    void a_metric_has_parameters() {
        var metric =
                only(
                        Metric.class,
                        """
                        metric: m
                        of: cell
                        params:
                          goal: {type: integer, default: 4}
                          since: {type: date, default: 2026-01-31}
                          kind: {type: text, default: ''}
                        formula: count(event where name = kind and day >= since) - goal
                        """);

        assertThat(metric.parameters())
                .containsExactly(
                        new Parameter("goal", DataType.INTEGER, "4"),
                        new Parameter("since", DataType.DATE, "2026-01-31"),
                        new Parameter("kind", DataType.TEXT, ""));
        assertThat(DefinitionWriter.text(metric))
                .contains(
                        """
                        params:
                          goal: {type: integer, default: 4}
                          since: {type: date, default: 2026-01-31}
                        """);
        assertThat(only(Metric.class, DefinitionWriter.text(metric))).isEqualTo(metric);
    }

    @Test
    void cohorts_are_by_list_or_by_rule() {
        assertThat(only(Cohort.class, "{cohort: a, accounts: [0012, a-17]}").members())
                .isEqualTo(new Cohort.Members.Accounts(List.of("0012", "a-17")));
        assertThat(only(Cohort.class, "{cohort: a, rule: plan = 'pro'}").members())
                .isEqualTo(new Cohort.Members.Rule("plan = 'pro'"));
    }

    @Test
    void one_file_may_hold_many_documents_and_empty_ones_are_passed_over() {
        var read =
                read(
                        """
                        # a comment
                        ---
                        slice: a
                        of: survey
                        where: x is not none
                        ---
                        ---
                        slice: b
                        of: survey
                        where: y is not none
                        """);

        assertThat(read.problems()).isEmpty();
        assertThat(read.drafts())
                .extracting(Draft::definition)
                .containsExactly(
                        new Slice("a", "a", "", "survey", "x is not none"),
                        new Slice("b", "b", "", "survey", "y is not none"));
    }

    @Test
    void a_draft_is_placed_by_file_and_name() {
        var read = read("{slice: a, of: survey, where: x}");

        assertThat(read.drafts().getFirst().place()).isEqualTo(Place.of("a.yaml", "a"));
    }

    @Test
    void missing_codes_are_texts_as_written() {
        var source =
                only(
                        Source.class,
                        "{source: s, time: t, fields: {t: date, a: {type: integer, missing: [0, 007, 1.50, ~, null, no, 0x1F, '', 2011-01-01]}}}");

        assertThat(source.field("a").orElseThrow().missing())
                .containsExactly("0", "007", "1.50", "~", "null", "no", "0x1F", "", "2011-01-01");
    }

    @Test
    void one_missing_code_needs_no_list() {
        var source =
                only(
                        Source.class,
                        "{source: s, time: t, fields: {t: date, a: {type: integer, missing: Blank}}}");

        assertThat(source.field("a").orElseThrow().missing()).containsExactly("Blank");
    }

    @Test
    void aliases_stand_for_what_they_name() {
        var source =
                only(
                        Source.class,
                        "{source: s, time: t, fields: {t: date, a: {type: integer, missing: &codes [0, 6]}, b: {type: integer, missing: *codes}}}");

        assertThat(source.field("b").orElseThrow().missing()).containsExactly("0", "6");
    }

    @Test
    void reserved_words_of_the_language_may_be_names_of_fields() {
        var source =
                only(
                        Source.class,
                        "{source: s, time: date, fields: {date: date, weight: decimal, over: text}}");

        assertThat(source.fields())
                .extracting(Field::name)
                .containsExactly("date", "weight", "over");
    }

    @Test
    void a_byte_order_mark_is_passed_over() {
        assertThat(read("\ufeffslice: a\nof: b\nwhere: c\n").problems()).isEmpty();
    }
}
