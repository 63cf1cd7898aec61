package dev.cairn.adapters.files.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.MetricNotes;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionWriterTest {
    private static final List<String> PIECES =
            List.of(
                    "a",
                    "B",
                    "0",
                    "12",
                    " ",
                    "  ",
                    "\n",
                    "\t",
                    ": ",
                    " #",
                    "'",
                    "\"",
                    "\\",
                    "- ",
                    "? ",
                    "%",
                    "@",
                    "`",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    "&",
                    "*",
                    "!",
                    "|",
                    ">",
                    "~",
                    "null",
                    "true",
                    "no",
                    "1e3",
                    "0x1",
                    "2011-01-01",
                    "<<",
                    "=",
                    "---",
                    "...",
                    "\u00e9",
                    "\u0085",
                    "\u2028",
                    "\u00a0",
                    "\ufeff",
                    "\ud83d\ude00",
                    "\u0007",
                    "\r",
                    "\r\n",
                    "sum(x : y)",
                    "count(event)");

    private static Definition again(Definition definition) {
        var text = DefinitionWriter.text(definition);
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));
        assertThat(read.problems()).as(text).isEmpty();
        return read.drafts().stream().map(Draft::definition).findFirst().orElseThrow();
    }

    @Test
    void a_scope_is_read_again_as_it_was_written() {
        var scope =
                new Scope("own", "Own accounts", "By CSM.", "ann", "account.csm = caller.email");
        assertThat(again(scope)).isEqualTo(scope);
        assertThat(DefinitionWriter.text(scope))
                .isEqualTo(
                        """
                        scope: own
                        label: Own accounts
                        description: By CSM.
                        owner: ann
                        where: account.csm = caller.email
                        """);
    }

    private static final String QUESTION =
            """
            question: large_by_plan
            label: Large contracts
            description: For the board.
            owner: ann
            metrics:
            - nps
            - large = count(contract where annual_value > 9000, "a")
            by: [account.plan, (score >= 9) as promoter]
            grain: month
            range: last 6 months
            zone: Europe/Paris
            week_starts: sunday
            compare: 1 year
            where: account.region = 'Asia'
            cohort: pilots
            having: large > 0
            order: [large desc, time]
            top: 5 by large
            first: 10
            as_of: '2026-07-01'
            known_at: 2026-07-02T10:00Z
            totals: true
            fill: false
            other: false
            empty_is_none: true
            targets: true
            baselines: true
            """;

    @Test
    void a_saved_question_is_read_again_as_it_was_written() {
        var read = DefinitionReader.read(List.of(new DefinitionFile("q.yaml", QUESTION)));
        assertThat(read.problems()).isEmpty();
        var question = (Question) read.drafts().getFirst().definition();
        assertThat(question.asked().by())
                .containsExactly("account.plan", "(score >= 9) as promoter");
        assertThat(again(question)).isEqualTo(question);
        assertThat(DefinitionWriter.text(question)).isEqualTo(QUESTION);
    }

    @Test
    void all_that_is_wrong_with_the_form_of_a_question_is_told_at_once() {
        var text =
                """
                question: q
                metrics: []
                by: {a: b}
                totals: maybe
                first: few
                after: abc
                """;
        assertThat(DefinitionReader.read(List.of(new DefinitionFile("q.yaml", text))).problems())
                .extracting(problem -> problem.place().line(), problem -> problem.code().name())
                .containsExactlyInAnyOrder(
                        tuple(2, "MISSING"),
                        tuple(3, "BAD_VALUE"),
                        tuple(1, "MISSING"),
                        tuple(4, "BAD_VALUE"),
                        tuple(5, "BAD_VALUE"),
                        tuple(6, "UNKNOWN_KEY"));
    }

    private static final String ALERT =
            """
            alert: somebody_is_red
            label: Somebody is red
            owner: ann
            question: large_by_plan
            when: missed
            provisional: true
            """;

    @Test
    void an_alert_is_read_again_as_it_was_written() {
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", ALERT)));
        assertThat(read.problems()).isEmpty();
        var alert = read.drafts().getFirst().definition();
        assertThat(again(alert)).isEqualTo(alert);
        assertThat(DefinitionWriter.text(alert)).isEqualTo(ALERT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cohort: at_risk\nprovisional: true\n",
                "metric: health\nband: green\n",
                "metric: health\n",
                "guard: reply_time\nevery: week\n",
                "trust: event\nat_least: B\n"
            })
    void an_alert_of_any_kind_is_read_again_as_it_was_written(String watched) {
        var text = "alert: a\nowner: ann\n" + watched;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));
        assertThat(read.problems()).isEmpty();
        var alert = read.drafts().getFirst().definition();
        assertThat(DefinitionWriter.text(alert)).isEqualTo(text);
    }

    @Test
    void all_that_is_wrong_with_the_form_of_an_alert_is_told_at_once() {
        var text =
                """
                alert: a
                when: soon
                provisional: maybe
                notify: ann@example.com
                """;
        assertThat(DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text))).problems())
                .extracting(problem -> problem.place().line(), problem -> problem.code().name())
                .containsExactlyInAnyOrder(
                        tuple(1, "MISSING"),
                        tuple(2, "BAD_VALUE"),
                        tuple(3, "BAD_VALUE"),
                        tuple(4, "UNKNOWN_KEY"));
    }

    @Test
    void money_in_the_currency_of_its_row_names_the_field() {
        var text =
                """
                source: bill
                time: {field: issued}
                fields:
                  issued: date
                  currency: text
                  amount:
                    type: money
                    currency: {field: currency}
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems()).isEmpty();
        var bill = (Source) read.drafts().getFirst().definition();
        assertThat(bill.fields().getLast())
                .isEqualTo(Field.of("amount", DataType.MONEY).inCurrencyOf("currency"));
        assertThat(again(bill)).isEqualTo(bill);
    }

    @Test
    void a_conformed_dimension_is_written_as_it_was_read() {
        var text =
                """
                dimension: channel
                label: Channel
                fields: [signup.channel, deal.contact.source_channel, account.channel]
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems()).isEmpty();
        var channel = read.drafts().getFirst().definition();
        assertThat(channel)
                .isEqualTo(
                        new ConformedDimension(
                                "channel",
                                "Channel",
                                "",
                                List.of(
                                        "signup.channel",
                                        "deal.contact.source_channel",
                                        "account.channel")));
        assertThat(again(channel)).isEqualTo(channel);
    }

    @Test
    void a_target_is_written_as_it_was_read() {
        var text =
                """
                target: nps_2026
                label: NPS
                metric: nps
                between: [30, 50.5]
                from: 2026-01-01
                until: 2027-01-01
                for: {account.plan: pro, account.region: "007"}
                holds: level
                near: 0.8
                ---
                target: tickets_a_month
                metric: tickets
                value: 200
                baseline: 300
                from: 2026-01-01
                each: month
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems()).isEmpty();
        assertThat(read.drafts()).hasSize(2);
        var interval = (Target) read.drafts().getFirst().definition();
        assertThat(interval.goal())
                .isEqualTo(new Target.Goal.Between(new BigDecimal("30"), new BigDecimal("50.5")));
        assertThat(interval.scope())
                .containsExactly(
                        new Target.ScopeKey("account.plan", "pro"),
                        new Target.ScopeKey("account.region", "007"));
        assertThat(read.drafts())
                .allSatisfy(draft ->
                        assertThat(again(draft.definition())).isEqualTo(draft.definition()));
    }

    @Test
    void a_target_says_what_is_to_be_reached_and_since_when() {
        var text =
                """
                target: t
                metric: nps
                value: many
                near: 1e-999999999
                until: tomorrow
                for: {account.plan: }
                wen: 1
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems())
                .extracting(problem -> problem.code() + " " + problem.message())
                .containsExactlyInAnyOrder(
                        "BAD_VALUE 'many' is no number: write 40 or 0.95.",
                        "BAD_VALUE '1e-999999999' is no number: write 40 or 0.95.",
                        "MISSING 'from' is missing.",
                        "BAD_VALUE 'tomorrow' is no date: write 2026-01-31.",
                        "MISSING A target is of one value of a dimension: for: {account.plan: pro}.",
                        "UNKNOWN_KEY A target has no 'wen'; it has: target, label, description, metric, between, value, from, until, for, holds, each, baseline, near.");
    }

    @Test
    void a_baseline_is_written_as_it_was_read() {
        var text =
                """
                baseline: nps_then
                label: NPS
                metric: nps
                version: 2
                value: -31.25
                n: 400
                error: 2.5
                from: 2026-01-01
                until: 2026-04-01
                zone: Europe/Paris
                for: {account.plan: pro}
                level: true
                kept: 2026-06-01T10:00:00.123456Z
                as_of: 2026-05-01
                ---
                baseline: churn_then
                metric: churn
                value: 0.1
                from: 2026-01-01
                until: 2026-04-01
                kept: 2026-06-01
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems()).isEmpty();
        assertThat(read.drafts().getFirst().definition())
                .isEqualTo(
                        new Baseline(
                                "nps_then",
                                "NPS",
                                "",
                                "nps",
                                2,
                                new BigDecimal("-31.25"),
                                400L,
                                new BigDecimal("2.5"),
                                LocalDate.of(2026, 1, 1),
                                LocalDate.of(2026, 4, 1),
                                ZoneId.of("Europe/Paris"),
                                List.of(new Target.ScopeKey("account.plan", "pro")),
                                true,
                                Instant.parse("2026-06-01T10:00:00.123456Z"),
                                Instant.parse("2026-05-01T00:00:00Z")));
        assertThat(read.drafts())
                .hasSize(2)
                .allSatisfy(draft ->
                        assertThat(again(draft.definition())).isEqualTo(draft.definition()));
    }

    @Test
    void a_success_is_written_as_it_was_read() {
        var text =
                """
                success: renewed
                label: Renewed
                owner: head of customer success
                rule: exists(contract on decided_on where decision = 'renewed')
                from: 2026-01-01
                until: 2026-07-01
                size: seats
                ---
                success: passed
                rule: final_result in ('Pass', 'Distinction')
                after: begins_on
                from_day: 28
                until_day: 240
                ---
                success: stays
                rule: not has_left
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems()).isEmpty();
        assertThat(read.drafts())
                .extracting(draft -> ((Success) draft.definition()).window())
                .containsExactly(
                        new Success.Window.Dates(
                                LocalDate.of(2026, 1, 1), LocalDate.of(2026, 7, 1)),
                        new Success.Window.Days("begins_on", 28, 240),
                        null);
        assertThat(read.drafts())
                .allSatisfy(draft ->
                        assertThat(again(draft.definition())).isEqualTo(draft.definition()));
    }

    @Test
    void a_success_is_decided_in_one_time() {
        var text =
                """
                success: a
                from: soon
                after: begins_on
                ---
                success: b
                rule: has_left
                from_day: 1.5
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.drafts()).isEmpty();
        assertThat(read.problems())
                .extracting(problem -> problem.code() + " " + problem.message())
                .contains(
                        "MISSING 'rule' is missing.",
                        "CONFLICT Success is decided either between two dates, 'from' and 'until', or so many days after a date of the account, 'after', 'from_day' and 'until_day'.",
                        "BAD_VALUE 'soon' is no date: write 2026-01-31.",
                        "MISSING 'until' is missing.",
                        "MISSING 'after' is missing.",
                        "MISSING 'until_day' is missing.",
                        "BAD_VALUE 'from_day' is a whole number of days, not 1.5.");
    }

    @Test
    void a_baseline_says_what_was_measured_and_when() {
        var text =
                """
                baseline: b
                metric: nps
                n: 1.5
                until: soon
                zone: Europe/Pariss
                level: maybe
                as_of: then
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems())
                .extracting(problem -> problem.code() + " " + problem.message())
                .containsExactlyInAnyOrder(
                        "MISSING 'value' is missing.",
                        "BAD_VALUE 'n' is a whole number, not 1.5.",
                        "MISSING 'from' is missing.",
                        "BAD_VALUE 'soon' is no date: write 2026-01-31.",
                        "BAD_VALUE 'Europe/Pariss' is no time zone: write one such as Europe/London or UTC.",
                        "BAD_VALUE 'level' is true or false, not 'maybe'.",
                        "MISSING 'kept' is missing.",
                        "BAD_VALUE 'then' is no instant: write 2026-01-31T12:00:00Z, or 2026-01-31 for the start of that day.");
    }

    @Test
    void a_source_without_time_is_written_as_it_was_read() {
        var text =
                """
                source: goal
                time: none
                account: {field: customer}
                fields: {customer: text, wanted: integer}
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems()).isEmpty();
        var goal = read.drafts().getFirst().definition();
        assertThat(((Source) goal).isTimeless()).isTrue();
        assertThat(again(goal)).isEqualTo(goal);
    }

    @Test
    void a_calendar_of_rows_is_written_as_it_was_read() {
        var text =
                """
                calendar: company
                table: finance.calendar
                version: {max: loaded_at}
                day: ds
                grains: {quarter: [fiscal_year, fiscal_quarter], year: fiscal_year}
                ---
                calendar: retail
                rows: retail_day
                day: ds
                grains: {period: per}
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems()).isEmpty();
        assertThat(read.drafts())
                .hasSize(2)
                .allSatisfy(draft ->
                        assertThat(again(draft.definition())).isEqualTo(draft.definition()));
    }

    @Test
    void a_table_of_ones_own_is_written_as_it_was_read() {
        var text =
                """
                source: bill
                time: {field: issued, zone: Europe/Berlin}
                table: Billing.invoices
                version: {max: updated_at}
                coverage: {from: 2024-01-01, until: {max: loaded}}
                fields:
                  issued: {type: timestamp, format: local}
                  loaded: {type: date, column: loaded_on}
                ---
                entity: plan
                table: Billing.plans
                version: {max: updated_at}
                key: [plan_no]
                ---
                entity: account
                table: crm.customers
                key: [region, no]
                attributes: {plan: {type: text, column: plan_name}}
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems()).isEmpty();
        var bill = (Source) read.drafts().getFirst().definition();
        assertThat(bill.mapping())
                .isEqualTo(new Mapping("Billing", "invoices", "updated_at", "loaded"));
        assertThat(read.drafts())
                .allSatisfy(draft ->
                        assertThat(again(draft.definition())).isEqualTo(draft.definition()));
    }

    @Test
    void rates_are_written_as_they_were_read() {
        var rates =
                """
                source: fx
                time: {field: day}
                rates: {currency: coin, to: USD, rate: price%s}
                fields:
                  day: date
                  coin: text
                  price: decimal
                """;
        for (var carry : List.of("", ", carry: 30 days")) {
            var text = rates.formatted(carry);
            var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

            assertThat(read.problems()).isEmpty();
            var fx = (Source) read.drafts().getFirst().definition();
            assertThat(fx.rates())
                    .isEqualTo(new Rates("coin", "USD", "price", carry.isEmpty() ? 7 : 30));
            assertThat(DefinitionWriter.text(fx).replace("\"day\"", "day")).isEqualTo(text);
        }
    }

    @Test
    void how_a_file_is_read_is_written_beside_its_field_or_once_for_all() {
        var text =
                """
                source: invoice
                time: {field: issued}
                key: [id]
                read: {format: dd/MM/yyyy, decimal: ',', thousands: ., trim: true}
                where: status != 'void'
                fields:
                  id: {type: text, column: Invoice No, case: upper}
                  status: text
                  issued: {type: date, format: [d-MMM-yy, excel], locale: en, pivot: 70}
                  total: {type: decimal, strip: [€, EUR], negative: brackets}
                  discount: {type: decimal, percent: fraction, trim: false}
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems()).isEmpty();
        assertThat(DefinitionWriter.text(read.drafts().getFirst().definition())).isEqualTo(text);
        var account =
                "entity: account\nkey: id\nread: {case: lower}\nattributes:\n  since: {type: date, format: yyyyMMdd}\n";
        var entity = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", account)));
        assertThat(DefinitionWriter.text(entity.drafts().getFirst().definition()))
                .isEqualTo(account);
    }

    @Test
    void a_history_is_written_as_it_was_read() {
        for (var history :
                List.of(
                        "{from: active_from, until: active_to}",
                        "{from: a, until: b, missing: [\\N, 9999-12-31]}",
                        "{snapshot: ds}",
                        "as_of")) {
            var text =
                    "entity: account\nkey: id\nhistory: %s\nattributes:\n  plan: text\n"
                            .formatted(history);
            var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

            assertThat(read.problems()).isEmpty();
            assertThat(DefinitionWriter.text(read.drafts().getFirst().definition()))
                    .isEqualTo(text);
        }
    }

    @Test
    void a_history_of_an_entity_of_ones_own_is_written_as_it_was_read() {
        for (var history :
                List.of(
                        "{from: a, until: b, missing: [\\N, 9999-12-31]}",
                        "{snapshot: ds}",
                        "as_of")) {
            var text =
                    "entity: listing\nkey: [id]\nattributes:\n  country: text\nhistory: %s\n"
                            .formatted(history);
            var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

            assertThat(read.problems()).isEmpty();
            assertThat(DefinitionWriter.text(read.drafts().getFirst().definition()))
                    .isEqualTo(text);
        }
    }

    @Test
    void a_validity_stands_in_place_of_a_time_or_beside_it() {
        var text =
                """
                source: subscription
                validity: {from: starts_on, until: ends_on, per: [number], zone: Europe/London}
                key: [number]
                fields:
                  number: text
                  starts_on: date
                  ends_on: date
                ---
                source: contract
                time: {field: signed_on, zone: Europe/London}
                validity: {from: starts_on, until: ends_on}
                fields:
                  signed_on: date
                  starts_on: date
                  ends_on: date
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems()).isEmpty();
        assertThat(
                        read.drafts().stream()
                                .map(Draft::definition)
                                .map(DefinitionWriter::text)
                                .collect(Collectors.joining("---\n")))
                .isEqualTo(text);
        assertThat(read.drafts())
                .extracting(Draft::definition)
                .extracting("timeField", "zone", "validity")
                .containsExactly(
                        tuple(
                                null,
                                ZoneId.of("Europe/London"),
                                new Validity("starts_on", "ends_on", List.of("number"))),
                        tuple(
                                "signed_on",
                                ZoneId.of("Europe/London"),
                                new Validity("starts_on", "ends_on")));
    }

    @Test
    void an_entity_of_ones_own_is_read_as_it_was_written() {
        String text =
                """
                entity: listing
                key: [module, presentation]
                attributes:
                  presentation: integer
                  country: {type: text, label: Country}
                  since: {type: date, marks: start}
                  gone: {type: date, marks: removed}
                  user_id: text
                links:
                  owner: {entity: account, fields: [user_id]}
                """;
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)));

        assertThat(read.problems()).isEmpty();
        assertThat(DefinitionWriter.text(read.drafts().getFirst().definition())).isEqualTo(text);
    }

    @Test
    void a_written_definition_is_short_and_readable() {
        var source =
                new Source(
                        "survey",
                        "survey",
                        "",
                        "answered_on",
                        ZoneId.of("Europe/London"),
                        LocalDate.of(2015, 1, 1),
                        null,
                        "customer",
                        null,
                        List.of("id"),
                        List.of(
                                Field.of("id", DataType.INTEGER),
                                new Field(
                                        "score",
                                        "How: likely",
                                        DataType.INTEGER,
                                        null,
                                        null,
                                        List.of("11", "Blank", "null"),
                                        BigDecimal.ZERO,
                                        null),
                                new Field(
                                        "answered_on",
                                        "answered_on",
                                        DataType.DATE,
                                        null,
                                        "date(2011, 5, 1)",
                                        List.of(),
                                        null,
                                        null)));

        assertThat(DefinitionWriter.text(source))
                .isEqualTo(
                        """
                        source: survey
                        time: {field: answered_on, zone: Europe/London}
                        coverage: {from: 2015-01-01}
                        account: {field: customer}
                        key: [id]
                        fields:
                          id: integer
                          score: {type: integer, label: 'How: likely', missing: [11, Blank, 'null'], min: 0}
                          answered_on: {type: date, compute: "date(2011, 5, 1)"}
                        """);
    }

    @Test
    void codes_that_look_like_numbers_of_other_kinds_are_read_as_they_were_written() {
        var codes =
                List.of(
                        "012",
                        "Blank",
                        "0x1F",
                        "0b1",
                        "089",
                        "12:30",
                        "1.0",
                        "-1",
                        "-0",
                        "1e3",
                        "true",
                        "no",
                        "null",
                        "2011-01-01",
                        "a b",
                        "");
        for (int many = 1; many <= codes.size(); many++) {
            var missing = codes.subList(0, many);
            var user =
                    new Entity(
                            EntityRef.USER,
                            "user",
                            "",
                            "id",
                            List.of(
                                    new Entity.Attribute(
                                            new Field(
                                                    "a",
                                                    "a",
                                                    DataType.TEXT,
                                                    null,
                                                    null,
                                                    missing,
                                                    null,
                                                    null),
                                            Mark.NAME)));
            assertThat(again(user)).isEqualTo(user);
        }
    }

    @Test
    void a_formula_of_several_lines_stays_a_formula_of_several_lines() {
        var metric = only("metric: m\nof: cell\nformula: |-\n  sum(a : b)\n  / count(a)\n");

        assertThat(DefinitionWriter.text(metric))
                .contains("formula: |-\n  sum(a : b)\n  / count(a)\n");
    }

    @Test
    void what_is_written_is_read_as_the_very_same_whatever_texts_are_in_it() {
        long seed = 20261121;
        var random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            var definition = any(random);
            assertThat(again(definition)).as("seed %d round %d", seed, round).isEqualTo(definition);
        }
    }

    private static Definition only(String text) {
        return DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)))
                .drafts()
                .getFirst()
                .definition();
    }

    private static Definition any(Random random) {
        return switch (random.nextInt(7)) {
            case 0 ->
                    new Slice(
                            "s",
                            text(random),
                            text(random),
                            "x" + text(random),
                            "x" + text(random));
            case 1 ->
                    new Cohort(
                            "c",
                            text(random),
                            text(random),
                            new Cohort.Members.Rule("x" + text(random)));
            case 2 ->
                    new Cohort(
                            "c",
                            text(random),
                            "",
                            new Cohort.Members.Accounts(
                                    List.of("k" + text(random), "12", "null", "~", "x: y")));
            case 5 -> {
                var key = List.of("module", "student");
                var parts = new ArrayList<>(Entity.parts(key));
                parts.add(new Entity.Attribute(Field.of("b", DataType.DATE), Mark.REMOVED));
                parts.add(new Entity.Attribute(Field.of("above", DataType.TEXT), Mark.NONE));
                yield new Entity(
                                EntityRef.ACCOUNT,
                                text(random),
                                text(random),
                                key,
                                parts,
                                Notation.STANDARD,
                                null)
                        .withLinks(
                                random.nextBoolean()
                                        ? List.of()
                                        : List.of(
                                                new Link(
                                                        "parent",
                                                        new LinkTarget.OfEntity(EntityRef.ACCOUNT),
                                                        List.of("module", "above"))));
            }
            case 3 ->
                    new Entity(
                            EntityRef.USER,
                            text(random),
                            text(random),
                            "x" + text(random),
                            List.of(
                                    new Entity.Attribute(
                                            new Field(
                                                    "a",
                                                    text(random),
                                                    DataType.TEXT,
                                                    null,
                                                    null,
                                                    List.of(text(random)),
                                                    null,
                                                    null),
                                            Mark.NAME),
                                    new Entity.Attribute(
                                            Field.of("b", DataType.DATE), Mark.REMOVED)));
            case 4 ->
                    new Metric(
                            "m",
                            text(random),
                            text(random),
                            Metric.Level.ENTITY,
                            one(random, Metric.RollUp.values()),
                            "x" + text(random),
                            one(random, Metric.MetricUnit.values()),
                            Metric.Direction.LOWER,
                            one(random, Metric.MetricDomain.values()),
                            text(random),
                            random.nextBoolean() ? text(random) : null,
                            random.nextBoolean(),
                            Metric.Status.DEPRECATED,
                            random.nextBoolean()
                                    ? List.of()
                                    : List.of(
                                            new Parameter("a", DataType.TEXT, text(random)),
                                            new Parameter("b", DataType.DECIMAL, "-0.50")),
                            new Metric.Sample(30, Metric.Cluster.ACCOUNT),
                            "listing",
                            notes(random));
            default ->
                    new Source(
                                    "s",
                                    text(random),
                                    text(random),
                                    "t",
                                    ZoneId.of("Asia/Tokyo"),
                                    null,
                                    LocalDate.of(2020, 2, 29),
                                    "a",
                                    "a",
                                    List.of("t", "a"),
                                    List.of(
                                            Field.of("t", DataType.TIMESTAMP),
                                            new Field(
                                                    "a",
                                                    text(random),
                                                    DataType.MONEY,
                                                    "JPY",
                                                    random.nextBoolean() ? text(random) : null,
                                                    List.of(),
                                                    new BigDecimal("-1.50"),
                                                    null),
                                            new Field(
                                                    "b",
                                                    text(random),
                                                    DataType.TEXT,
                                                    null,
                                                    null,
                                                    List.of(text(random), text(random)),
                                                    null,
                                                    null)))
                            .with(
                                    List.of(
                                            new Link("b_of", "s", List.of("t", "a")),
                                            new Link("c", "c", List.of("b")),
                                            new Link("host", EntityRef.ACCOUNT, "b")));
        };
    }

    /** Their texts are read without the space around them. */
    private static MetricNotes notes(Random random) {
        return new MetricNotes(
                one(random, MetricNotes.Timing.values()),
                random.nextBoolean() ? text(random).strip() : null,
                List.of("x" + text(random).strip(), "y" + text(random).strip()),
                random.nextBoolean() ? List.of() : List.of(text(random).strip() + "z"),
                random.nextBoolean() ? text(random).strip() : null,
                List.of(),
                random.nextBoolean() ? text(random).strip() : null);
    }

    private static <E> @Nullable E one(Random random, E[] words) {
        int at = random.nextInt(words.length + 1);
        return at == words.length ? null : words[at];
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
