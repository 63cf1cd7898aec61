package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A metric held against a success, and SQL that gives of each account of the raw files its value and whether it succeeded.
 *
 * @param data the folder of its definitions
 * @param input of {@code separation}
 * @param segment condition of the SQL's rows by the name of a segment; empty: none is asked for
 * @param accounts rows of {@code value}, {@code success} and what segments are told by
 * @param verdict what is made of it
 */
record SeparatedExample(
        String data,
        String name,
        String input,
        Map<String, String> segment,
        String accounts,
        String verdict) {
    private static final String STUDENTS =
            """
            select %s as value, final_result in ('Pass', 'Distinction') as success, code_presentation as segment
            from student_info
            join student_registration using (code_module, code_presentation, id_student)
            left join (
              select code_module, code_presentation, id_student, sum(clicks::integer) as clicks, count(distinct date) as days
              from student_vle_daily where date::integer between 0 and 27
              group by 1, 2, 3
            ) as early using (code_module, code_presentation, id_student)
            where code_module = 'AAA' and (nullif(trim(date_unregistration), '') is null or date_unregistration::integer >= 28)
            """;
    private static final String STILL_THERE =
            "success: \"passed\", segment: \"account.code_presentation\", asOf: \"2016-01-01T00:00:00Z\", "
                    + "where: \"account.code_module = 'AAA' and not exists(registration at end where left_on_day < 28)\"";
    private static final Map<String, String> PRESENTATIONS =
            Map.of("2013J", "segment = '2013J'", "2014J", "segment = '2014J'");

    private static final String CUSTOMERS =
            """
            select %s as value, churn = 'No' as success, contract as segment from telco_customer_churn
            """;
    private static final String IN_JANUARY =
            "success: \"telco_stays\", crossSectional: true, segment: \"(last(telco_customer.contract) over ever) as contract\", "
                    + "timeRange: {from: \"2018-01-01\", to: \"2018-02-01\"}, asOf: \"2018-02-01T00:00:00Z\"";
    private static final Map<String, String> CONTRACTS =
            Map.of(
                    "Month-to-month",
                    "segment = 'Month-to-month'",
                    "One year",
                    "segment = 'One year'",
                    "Two year",
                    "segment = 'Two year'");

    static List<SeparatedExample> all() {
        return List.of(
                students("clicks", "sum(study_day : clicks)", "coalesce(early.clicks, 0)", "WEAK"),
                students(
                        "active days",
                        "distinct(study_day : studied_on)",
                        "coalesce(early.days, 0)",
                        "ACTIONABLE"),
                students(
                        "days registered before the start",
                        "max(registration : 0 - registered_on_day)",
                        "0 - nullif(trim(date_registration), '')::integer",
                        "WEAK"),
                customers("tenure", "max(telco_customer during : tenure)", "tenure::integer"),
                customers(
                        "monthly charge",
                        "max(telco_customer during : charged)",
                        "monthlycharges::numeric"));
    }

    private static SeparatedExample students(
            String name, String formula, String value, String verdict) {
        return new SeparatedExample(
                "oulad",
                name + " and passing",
                "metric: {formula: \"%s\"}, %s".formatted(formula, STILL_THERE),
                PRESENTATIONS,
                STUDENTS.formatted(value),
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

    /** By ranks, and by ranks within each group: what one is above in the other group is the difference of both (DeLong's placements, as X. Sun and W. Xu compute them, 2014). */
    private static String byHand(String accounts, String condition) {
        return """
        with account as (select value, success from (%s) as one where value is not null and %s),
        ranked as (
          select success,
            rank() over (order by value) + (count(*) over (partition by value) - 1) / 2.0::double precision as rank,
            rank() over (partition by success order by value) + (count(*) over (partition by success, value) - 1) / 2.0::double precision as own
          from account
        ),
        size as (select count(*) filter (where success) as successes, count(*) filter (where not success) as others from account)
        select successes, others,
          avg((rank - own) / others) filter (where success) as auc,
          sqrt(var_samp((rank - own) / others) filter (where success) / successes + var_samp((rank - own) / successes) filter (where not success) / others) as error
        from ranked, size group by successes, others
        """
                .formatted(accounts, condition);
    }

    void expect(RunningCairn service, RawTables raw) throws SQLException {
        var answer =
                service.ask(
                        """
                        { separation(input: {%s}) {
                          verdict reasons { code } undecided
                          whole { successes others detail { auc { value error low high } } }
                          segments { value successes others auc { value error } } } }
                        """
                                .formatted(input),
                        Map.of());
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        var separation = answer.at("/data/separation");
        var whole = raw.query(byHand(accounts, "true")).getFirst();
        assertThat(separation.at("/whole/successes").asLong()).isEqualTo(whole.get("successes"));
        assertThat(separation.at("/whole/others").asLong()).isEqualTo(whole.get("others"));
        assertThat(separation.at("/whole/detail/auc/value").asDouble())
                .isCloseTo((double) whole.get("auc"), within(1e-9));
        assertThat(separation.at("/whole/detail/auc/error").asDouble())
                .isCloseTo((double) whole.get("error"), within(1e-9));
        var found = new ArrayList<String>();
        for (var part : separation.path("segments")) {
            var condition = segment.get(part.path("value").asString());
            if (condition == null) {
                assertThat(part.path("successes").asInt() + part.path("others").asInt()).isZero();
                continue;
            }
            found.add(part.path("value").asString());
            var byHand = raw.query(byHand(accounts, condition)).getFirst();
            assertThat(part.path("successes").asLong()).isEqualTo(byHand.get("successes"));
            assertThat(part.path("others").asLong()).isEqualTo(byHand.get("others"));
            assertThat(part.at("/auc/value").asDouble())
                    .isCloseTo((double) byHand.get("auc"), within(1e-9));
            assertThat(part.at("/auc/error").asDouble())
                    .isCloseTo((double) byHand.get("error"), within(1e-9));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(segment.keySet());
        assertThat(separation.path("verdict").asString())
                .as(separation.toString())
                .isEqualTo(verdict);
    }
}
