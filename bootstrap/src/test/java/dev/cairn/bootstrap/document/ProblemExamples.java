package dev.cairn.bootstrap.document;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.domain.problem.ProblemCode;
import java.util.EnumMap;
import java.util.Map;

/** What gives each problem, asked of the sample. */
final class ProblemExamples {
    private static final String RANGE =
            "timeRange: {between: {from: \"2026-01-01\", to: \"2026-07-01\"}}";
    private static final String METRIC = "metrics: [{metric: {key: \"nps\"}}]";

    /** Besides the sample: a metric of the name of a field. */
    static final String METRIC_LIKE_A_FIELD =
            """
            mutation { defineMetric(input: {
              key: "quantity", label: "Events", direction: NEUTRAL, of: CELL, formula: "count(event)"
            }) { problems { code message suggestions } } }\
            """;

    /** Whole documents; a part of a question becomes one by {@link #question}. */
    static final Map<ProblemCode, String> PROBLEMS = problems();

    /** {@code TIMEOUT}, {@code DATABASE_OUT_OF_REACH} and {@code INTERNAL_ERROR} only where the database is in the way, {@code FORBIDDEN} from a page of another site. */
    static final Map<ErrorCode, String> ERRORS = errors();

    /** Nothing is expected of it. */
    static final String UNCHECKED =
            """
            source: visit
            time: visited_on
            coverage: {from: 2026-01-01, until: 2027-01-01}
            fields: {visited_on: date}
            """;

    /** A metric whose owner asks for better data than there is. */
    static final String FLOOR =
            """
            mutation { defineMetric(input: {
              key: "trusted_use", label: "Use", direction: NEUTRAL, of: CELL, formula: "count(visit)", trustAtLeast: B
            }) { problems { code } } }\
            """;

    private ProblemExamples() {}

    /** A dry run of a question of which this is said. */
    static String question(String part) {
        var metrics = part.contains("metrics:") ? "" : METRIC + " ";
        var range = part.contains("timeRange:") ? "" : " " + RANGE;
        return "{ explain(input: {%s%s%s}) { problems { code message suggestions } } }"
                .formatted(metrics, part, range);
    }

    private static String formula(String formula) {
        return "metrics: [{as: \"x\", metric: {formula: \"%s\"}}]".formatted(formula);
    }

    private static Map<ProblemCode, String> problems() {
        var examples = new EnumMap<ProblemCode, String>(ProblemCode.class);
        examples.put(ProblemCode.SYNTAX, formula("count(event"));
        examples.put(ProblemCode.UNKNOWN_METRIC, "metrics: [{metric: {key: \"np\"}}]");
        examples.put(ProblemCode.UNKNOWN_DIMENSION, "groupBy: [\"account.plann\"]");
        examples.put(ProblemCode.UNKNOWN_SOURCE, formula("count(evnt)"));
        examples.put(ProblemCode.UNKNOWN_FIELD, formula("sum(invoice_line.amont)"));
        examples.put(ProblemCode.UNKNOWN_FUNCTION, formula("average(invoice_line.amount)"));
        examples.put(ProblemCode.UNKNOWN_PARAMETER, formula("feature_adoption(wnted: 'api')"));
        examples.put(ProblemCode.UNKNOWN_CALENDAR, "calendarGrain: \"fiscal.quarter\"");
        examples.put(ProblemCode.UNKNOWN_COHORT, "cohort: {key: \"payin\"}");
        examples.put(ProblemCode.UNKNOWN_COLUMN, "orderBy: [{column: \"np\"}]");
        examples.put(ProblemCode.AMBIGUOUS_NAME, formula("count(event where quantity = 2)"));
        examples.put(ProblemCode.TYPE_MISMATCH, formula("sum(event.name)"));
        examples.put(ProblemCode.UNIT_MISMATCH, formula("billed + active_users"));
        examples.put(
                ProblemCode.LEVEL_MISMATCH,
                formula("sum(paid_subscription at end : seats) + seats"));
        examples.put(ProblemCode.MAYBE_EMPTY, formula("share(survey : score >= 9)"));
        examples.put(
                ProblemCode.INCOMPATIBLE,
                """
                metrics: [{metric: {key: "nps"}}, {metric: {key: "billed"}}]
                groupBy: ["survey.score"]\
                """);
        examples.put(
                ProblemCode.BAD_RANGE,
                "timeRange: {between: {from: \"2026-07-01\", to: \"2026-01-01\"}}");
        examples.put(ProblemCode.BAD_PAGE, "first: 0");
        examples.put(
                ProblemCode.BAD_KEY,
                "{ members(input: {%s %s}, key: \"row 7\", column: \"nps\") { records } }"
                        .formatted(METRIC, RANGE));
        examples.put(
                ProblemCode.BAD_VALUE,
                "filter: {where: {field: \"account.started_on\", op: GT, values: [\"last year\"]}}");
        examples.put(ProblemCode.MISSING, "metrics: [{metric: {formula: \"count(event)\"}}]");
        examples.put(
                ProblemCode.NO_VALUE,
                "{ why(input: {metric: {metric: {formula: \"avg(nps_answer where score > 10 : score)\"}, as: \"x\"}, from: {timeRange: {between: {from: \"2026-01-01\", to: \"2026-04-01\"}}}, to: {timeRange: {between: {from: \"2026-04-01\", to: \"2026-07-01\"}}}}) { sentence } }");
        examples.put(
                ProblemCode.NOT_ENOUGH_DATA,
                "{ predictedValue(input: {transactions: \"invoice_line where currency = 'USD'\", calibratedUntil: \"2026-07-01\", horizon: {count: 6, grain: MONTH}}) { total { expectedValue } } }");
        examples.put(
                ProblemCode.LEAKAGE,
                "{ separation(input: {metric: {key: \"active_users\"}, success: \"billed_in_spring\", timeRange: {from: \"2026-01-01\", to: \"2026-05-01\"}}) { verdict } }");
        examples.put(
                ProblemCode.LIMIT,
                "groupBy: [\"user\", \"account\", \"account.name\", \"account.plan\", \"account.region\", \"account.started_on\"]");
        examples.put(
                ProblemCode.UNTRUSTED,
                "metrics: [{metric: {key: \"trusted_use\"}}] orderBy: [{column: \"trusted_use\"}]");
        examples.putAll(definitions());
        return examples;
    }

    /** What {@link ProblemCode#LEAKAGE} is told of. */
    static final String SUCCESS =
            """
            success: billed_in_spring
            rule: count(invoice_line) > 0
            from: 2026-03-01
            until: 2026-06-01
            """;

    private static Map<ProblemCode, String> definitions() {
        return Map.of(
                ProblemCode.CYCLE,
                """
                mutation { reviseMetric(input: {
                  key: "active_users", expectedVersion: 1, validateOnly: true
                  formula: "active_users + 1"
                }) { problems { code message } } }\
                """,
                ProblemCode.CONFLICT,
                """
                mutation { defineMetric(input: {
                  key: "nps", label: "Mine", direction: NEUTRAL, of: CELL, formula: "1"
                }) { problems { code message } } }\
                """,
                ProblemCode.IN_USE,
                """
                mutation { defineSource(input: {validateOnly: true, yaml: \"""
                  source: invoice_line
                  time: issued_on
                  key: [line_id]
                  fields: {line_id: text, issued_on: date}
                \"""}) { problems { code message } } }\
                """,
                ProblemCode.MAPPED_TABLE,
                """
                mutation { defineSource(input: {validateOnly: true, yaml: \"""
                  source: invoice
                  table: billing.invoices
                  time: issued_on
                  fields: {issued_on: date}
                \"""}) { problems { code message } } }\
                """,
                ProblemCode.UNKNOWN_KEY,
                """
                mutation { defineSource(input: {validateOnly: true, yaml: \"""
                  source: visit
                  time: at
                  kee: [visit_id]
                  fields: {visit_id: integer, at: timestamp}
                \"""}) { problems { code message } } }\
                """);
    }

    private static Map<ErrorCode, String> errors() {
        var analyze = "{ analyze(input: {%s %s}) { records } }".formatted(METRIC, RANGE);
        var errors = new EnumMap<ErrorCode, String>(ErrorCode.class);
        errors.put(ErrorCode.GRAPHQL_VALIDATION_FAILED, "{ metric(key: \"nps\") { labl } }");
        errors.put(ErrorCode.BAD_QUERY, analyze.replace("nps", "np"));
        errors.put(
                ErrorCode.BAD_USER_INPUT, "{ accounts(first: 201) { edges { node { name } } } }");
        errors.put(
                ErrorCode.QUERY_TOO_EXPENSIVE,
                "{ metrics(first: 200) { edges { node { dimensions { values } } } } }");
        errors.put(
                ErrorCode.UNAUTHENTICATED,
                "# Where people sign in, without a key or token.\n" + analyze);
        errors.put(
                ErrorCode.FORBIDDEN,
                "# With the header \"Origin: https://elsewhere.example\".\n" + analyze);
        errors.put(
                ErrorCode.PERSISTED_QUERY_NOT_FOUND,
                "{\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38\"}}}");
        errors.put(ErrorCode.DOCUMENT_NOT_REGISTERED, "{\"documentId\": \"accounts_of_the_year\"}");
        errors.put(
                ErrorCode.TOO_MANY_REQUESTS,
                "# Where one request of a caller is answered at once, while another one is.\n"
                        + analyze);
        errors.put(ErrorCode.TIMEOUT, "# While somebody else holds the table.\n" + analyze);
        errors.put(ErrorCode.DATABASE_OUT_OF_REACH, "# With the database gone.\n" + analyze);
        errors.put(
                ErrorCode.ISSUER_OUT_OF_REACH, "# With a token, and its issuer gone.\n" + analyze);
        errors.put(
                ErrorCode.INTERNAL_ERROR,
                "# With the table gone.\n" + analyze.replace("nps", "billed"));
        return errors;
    }
}
