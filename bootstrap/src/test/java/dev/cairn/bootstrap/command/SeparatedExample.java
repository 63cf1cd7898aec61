package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A metric held against a success, and SQL that gives of each account of the raw files its value and whether it succeeded.
 *
 * @param data the folder of its definitions
 * @param input of {@code separation}
 * @param segments that are asked for
 * @param accounts rows of {@code value}, {@code success} and {@code segment}
 * @param verdict what is made of it
 */
record SeparatedExample(
        String data,
        String name,
        String input,
        Set<String> segments,
        String accounts,
        String verdict) {
    private static final String STUDENTS =
            """
            with early as materialized (
              select code_module, code_presentation, id_student,
                sum(clicks::integer) as clicks, count(distinct date) as days, count(distinct activity_type) as types
              from student_vle_daily where date::integer between 0 and 27
              group by 1, 2, 3
            ),
            enrolment as materialized (
              select * from student_info join student_registration using (code_module, code_presentation, id_student)
            )
            select %s as value, final_result in ('Pass', 'Distinction') as success, code_presentation as segment
            from enrolment left join early using (code_module, code_presentation, id_student)
            where code_module = '%s' and code_presentation in (%s) and (nullif(trim(date_unregistration), '') is null or date_unregistration::integer >= 28)
            """;
    private static final String STILL_THERE =
            "success: \"passed\", segment: \"account.code_presentation\", asOf: \"2016-01-01T00:00:00Z\", "
                    + "where: \"account.code_module = '%s' and account.code_presentation in (%s) and not exists(registration at end where left_on_day < 28)\"";

    private static final String CUSTOMERS =
            """
            select %s as value, churn = 'No' as success, contract as segment from telco_customer_churn
            """;
    private static final String IN_JANUARY =
            "success: \"telco_stays\", crossSectional: true, segment: \"(last(telco_customer.contract) over ever) as contract\", "
                    + "timeRange: {from: \"2018-01-01\", to: \"2018-02-01\"}, asOf: \"2018-02-01T00:00:00Z\"";
    private static final Set<String> CONTRACTS = Set.of("Month-to-month", "One year", "Two year");

    static List<SeparatedExample> all() {
        return Stream.of(
                        students("AAA", Set.of("2013J", "2014J"), "study_day", "WEAK", "VANITY"),
                        Stream.of(
                                customers(
                                        "tenure",
                                        "max(telco_customer during : tenure)",
                                        "tenure::integer"),
                                customers(
                                        "monthly charge",
                                        "max(telco_customer during : charged)",
                                        "monthlycharges::numeric"),
                                customers(
                                        "number of add-ons",
                                        "max(telco_customer during : add_ons)",
                                        "(onlinesecurity = 'Yes')::integer + (onlinebackup = 'Yes')::integer + (deviceprotection = 'Yes')::integer"
                                                + " + (techsupport = 'Yes')::integer + (streamingtv = 'Yes')::integer + (streamingmovies = 'Yes')::integer")))
                .flatMap(examples -> examples)
                .toList();
    }

    /** The day of registration of all 22 presentations, and what is done in the first days of the one of which there are clicks besides those of AAA. */
    static List<SeparatedExample> ofAllPresentations() {
        var presentations =
                Map.of(
                        "AAA", Set.of("2013J", "2014J"),
                        "BBB", Set.of("2013B", "2013J", "2014B", "2014J"),
                        "CCC", Set.of("2014B", "2014J"),
                        "DDD", Set.of("2013B", "2013J", "2014B", "2014J"),
                        "EEE", Set.of("2013J", "2014B", "2014J"),
                        "FFF", Set.of("2013B", "2013J", "2014B", "2014J"),
                        "GGG", Set.of("2013J", "2014B", "2014J"));
        return Stream.concat(
                        presentations.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(module -> registered(module.getKey(), module.getValue())),
                        students("BBB", Set.of("2013B"), "early_day", "ACTIONABLE", "WEAK"))
                .toList();
    }

    private static SeparatedExample registered(String module, Set<String> presentations) {
        return students(
                module,
                presentations,
                "days registered before the start",
                "max(registration : 0 - registered_on_day)",
                "0 - nullif(trim(date_registration), '')::integer",
                Set.of("AAA", "GGG").contains(module) ? "WEAK" : "VANITY");
    }

    /**
     * Of those presentations of which there are clicks.
     *
     * @param clicks verdict of clicks
     * @param types verdict of the number of activity types
     */
    private static Stream<SeparatedExample> students(
            String module, Set<String> presentations, String source, String clicks, String types) {
        return Stream.of(
                students(
                        module,
                        presentations,
                        "clicks",
                        "sum(%s : clicks)".formatted(source),
                        "coalesce(early.clicks, 0)",
                        clicks),
                students(
                        module,
                        presentations,
                        "active days",
                        "distinct(%s : studied_on)".formatted(source),
                        "coalesce(early.days, 0)",
                        "ACTIONABLE"),
                students(
                        module,
                        presentations,
                        "activity types",
                        "distinct(%s : activity_type)".formatted(source),
                        "coalesce(early.types, 0)",
                        types),
                registered(module, presentations));
    }

    private static SeparatedExample students(
            String module,
            Set<String> presentations,
            String name,
            String formula,
            String value,
            String verdict) {
        var listed =
                presentations.stream()
                        .sorted()
                        .map("'%s'"::formatted)
                        .collect(Collectors.joining(", "));
        return new SeparatedExample(
                "oulad",
                "%s of %s and passing".formatted(name, module),
                "metric: {formula: \"%s\"}, %s"
                        .formatted(formula, STILL_THERE.formatted(module, listed)),
                presentations,
                STUDENTS.formatted(value, module, listed),
                verdict);
    }

    private static SeparatedExample customers(String name, String formula, String value) {
        return new SeparatedExample(
                "telco-churn",
                name + " and staying",
                "metric: {formula: \"%s\"}, %s".formatted(formula, IN_JANUARY),
                CONTRACTS,
                CUSTOMERS.formatted(value),
                "DESCRIPTIVE");
    }

    /**
     * The area and its error by ranks, and by ranks within each group: what one is above in the other group is the difference of both (DeLong's placements, as X. Sun and W. Xu compute them, 2014). The
     * distance by running counts.
     */
    private static String byHand(String accounts, String condition) {
        return """
        with account as (select value, success from (%s) as one where value is not null and %s),
        ranked as (
          select success,
            rank() over (order by value) + (count(*) over (partition by value) - 1) / 2.0::double precision as rank,
            rank() over (partition by success order by value) + (count(*) over (partition by success, value) - 1) / 2.0::double precision as own
          from account
        ),
        size as (select count(*) filter (where success) as successes, count(*) filter (where not success) as others from account),
        apart as (
          select max(abs(ours / successes::double precision - theirs / others::double precision)) as distance from (
            select count(*) filter (where success) over upwards as ours, count(*) filter (where not success) over upwards as theirs
            from account window upwards as (order by value)
          ) as running, size
        ),
        middle as (
          select percentile_cont(0.5) within group (order by value::double precision) filter (where success)
            - percentile_cont(0.5) within group (order by value::double precision) filter (where not success) as difference
          from account
        )
        select successes, others, distance, difference,
          avg((rank - own) / others) filter (where success) as auc,
          sqrt(var_samp((rank - own) / others) filter (where success) / successes + var_samp((rank - own) / successes) filter (where not success) / others) as error
        from ranked, size, apart, middle group by successes, others, distance, difference
        """
                .formatted(accounts, condition);
    }

    void expect(RunningCairn service, RawTables raw) throws SQLException {
        var answer =
                service.ask(
                        """
                        { separation(input: {%s}) {
                          verdict reasons { code } undecided
                          whole { successes others detail { auc { value error cliffsDelta } distance { distance } medianDifference } }
                          segments { value successes others auc { value error } } } }
                        """
                                .formatted(input),
                        Map.of());
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        var separation = answer.at("/data/separation");
        var whole = raw.query(byHand(accounts, "true")).getFirst();
        same(separation.path("whole"), separation.at("/whole/detail/auc"), whole);
        var detail = separation.at("/whole/detail");
        near(detail.at("/auc/cliffsDelta"), 2 * (double) whole.get("auc") - 1);
        near(detail.at("/distance/distance"), (double) whole.get("distance"));
        near(detail.path("medianDifference"), (double) whole.get("difference"));
        var found = new ArrayList<String>();
        for (var part : separation.path("segments")) {
            var name = part.path("value").asString();
            if (!segments.contains(name)) {
                assertThat(part.path("successes").asInt() + part.path("others").asInt()).isZero();
                continue;
            }
            found.add(name);
            same(
                    part,
                    part.path("auc"),
                    raw.query(byHand(accounts, "segment = '%s'".formatted(name))).getFirst());
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(segments);
        assertThat(separation.path("verdict").asString())
                .as(separation.toString())
                .isEqualTo(verdict);
    }

    private static void same(JsonNode counts, JsonNode auc, Map<String, Object> byHand) {
        assertThat(counts.path("successes").asLong()).isEqualTo(byHand.get("successes"));
        assertThat(counts.path("others").asLong()).isEqualTo(byHand.get("others"));
        near(auc.path("value"), (double) byHand.get("auc"));
        near(auc.path("error"), (double) byHand.get("error"));
    }

    private static void near(JsonNode found, double byHand) {
        assertThat(found.asDouble()).isCloseTo(byHand, within(1e-9));
    }
}
