package dev.cairn.bootstrap.scope;

import static dev.cairn.bootstrap.scope.Probe.mutation;
import static dev.cairn.bootstrap.scope.Probe.query;
import static dev.cairn.bootstrap.scope.Probe.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is asked of each field that gives data; {@link ScopeTest} fails where a field of the schema is in none. To add one, add a probe here: its
 * selections are made of the schema.
 */
final class Probes {
    private static final String RANGE =
            "timeRange: {between: {from: \"2026-01-01\", to: \"2026-07-01\"}}";
    private static final String NOW = "asOf: \"2026-07-02T00:00:00Z\"";
    private static final String FRAME = "frame: {" + RANGE + " " + NOW + " grain: MONTH %s}";
    private static final String BY_PLAN = "groupBy: [\"account.plan\"]";
    private static final String QUESTION =
            "input: {metrics: [{metric: {key: \"sample_nps\"}}, {metric: {key: \"sample_revenue\"}}, {metric: {key: \"sample_active_users\"}}] "
                    + BY_PLAN
                    + " totals: true "
                    + RANGE
                    + " "
                    + NOW
                    + "}";
    private static final String RETENTION =
            "input: {" + FRAME.formatted("") + " start: {facts: \"sample_event\"}}";
    private static final String FUNNEL =
            "input: {"
                    + FRAME.formatted(BY_PLAN)
                    + " of: \"user\" steps: [{facts: \"sample_event where name = 'login'\"}, {facts: \"sample_event where name = 'report_opened'\"}] within: \"14 days\"}";
    private static final String LIFECYCLE =
            "input: {" + FRAME.formatted("") + " active: {facts: \"sample_event\"}}";
    private static final String BRIDGE =
            "input: {"
                    + FRAME.formatted("")
                    + " of: {stock: \"sample_mrr_end\" opening: \"sample_mrr_start\" before: \"sample_paid_before\"}}";
    private static final String TREND =
            "input: {"
                    + FRAME.formatted(BY_PLAN)
                    + " metrics: [{metric: {key: \"sample_revenue\"}}]}";

    private Probes() {}

    static List<Probe> all() {
        var all = new ArrayList<Probe>();
        all.addAll(ofCatalog());
        all.addAll(ofAccounts());
        all.addAll(ofQuestions());
        all.add(subscription("analysisUpdated", "(" + QUESTION + ")"));
        all.add(subscription("alertRaised", "(since: \"2026-01-01T00:00:00Z\")").otherwise());
        all.addAll(ofShapes());
        all.addAll(ofNames());
        all.addAll(ofMutations());
        return all;
    }

    private static List<Probe> ofCatalog() {
        return List.of(
                query("metrics", "(first: 200)"),
                query("metric", "(key: \"sample_revenue\")"),
                query("metric", "(key: \"open_invoices\")").as("a metric with a target of others"),
                query("commonDimensions", "(metrics: [\"sample_nps\"])"),
                query("commonMetrics", "(dimensions: [\"account.plan\"])"),
                values("account"),
                values("account.plan"),
                values("account.region"),
                values("account.name"),
                values("account.parent"),
                values("account.parent.region"),
                values("sample_event.name"),
                values("sample_event.user_key"),
                values("sample_survey.respondent"),
                values("sample_invoice.invoice_no"),
                query("cohort", "(key: \"listed\")"),
                query("sourceTrust", "(sources: [\"sample_event\"])"),
                query("savedQuestions", ""),
                query("baselines", ""),
                query("baselines", "(metric: \"sample_revenue\")").as("baselines of a metric"),
                // It is of all, and told to nobody who sees some accounts only.
                query("auditLog", "(first: 5)").otherwise(),
                // They are of all accounts too.
                query("alerts", "").otherwise(),
                query("scopes", "").otherwise(),
                query("alertEvents", "(first: 5)").otherwise(),
                query("node", "(id: \"KEY\")")
                        .after("{ cohort(key: \"listed\") { id } }", "/data/cohort/id"));
    }

    private static Probe values(String dimension) {
        return query("dimension", "(key: \"" + dimension + "\")")
                .with("Dimension.values", "(first: 200)")
                .as("values of " + dimension);
    }

    private static List<Probe> ofAccounts() {
        var all = new ArrayList<Probe>();
        all.add(query("accounts", "(first: 200)"));
        all.add(query("accounts", "(first: 3)").as("a page of accounts"));
        all.add(
                query(
                                "accounts",
                                "(filter: {where: {field: \"account.name\", op: CONTAINS, values: [\"Name\"]}})")
                        .as("accounts by name"));
        for (int number : List.of(1, 2)) {
            var key = ScopedCompany.key(number);
            all.add(query("account", "(key: \"" + key + "\")").as("account " + key));
            all.add(
                    overview(key)
                            .with("AccountOverview.metrics", "(peersBy: \"account.plan\")")
                            .with("AccountOverview.health", "(metric: \"sample_health\")")
                            .with(
                                    "AccountOverview.band",
                                    "(metric: \"spending\", outcome: \"sum(sample_invoice.amount) > 0\", days: 60)")
                            .with("AccountOverview.lists", "")
                            .with("AccountOverview.facts", "(first: 20)"));
            all.add(
                    query(
                                    "healthChange",
                                    "(account: \""
                                            + key
                                            + "\", from: \"2026-03-01\", to: \"2026-05-01\", metric: \"sample_health\")")
                            .as("health of " + key));
        }
        // It has a child, and who sees some accounts only reads through a link of accounts none
        // but the row's own.
        all.add(overview(ScopedCompany.key(3)).otherwise());
        // Alerts are of all accounts: who sees only some is told of none.
        all.add(
                overview(ScopedCompany.key(1))
                        .with("AccountOverview.alerts", "(first: 20)")
                        .as("alerts of an account")
                        .otherwise());
        all.add(
                query(
                        "why",
                        "(input: {metric: {metric: {key: \"sample_revenue\"}} by: [\"account.plan\"] "
                                + "from: {timeRange: {between: {from: \"2026-01-01\", to: \"2026-03-01\"}}} "
                                + "to: {timeRange: {between: {from: \"2026-03-01\", to: \"2026-05-01\"}}} "
                                + NOW
                                + "})"));
        all.add(query("guards", "(input: {metrics: [\"sample_nps\"] every: QUARTER " + NOW + "})"));
        all.add(
                query(
                        "renewalForecast",
                        "(input: {score: \"sample_health\" alarm: 50 from: \"2026-07-02\" until: \"2026-10-01\" days: [30] "
                                + "contracts: {rows: \"sample_subscription during\" due: \"ends_on\" decidedOn: null decided: \"ends_on is not none\" renewed: \"mrr > 50\" value: \"mrr\"} "
                                + NOW
                                + "})"));
        all.add(
                query(
                                "calibration",
                                "(input: {score: \"sample_health\" alarm: 50 outcomes: {within: {outcome: \"sum(sample_invoice.amount) > 0\" dates: [\"2026-05-01\"] days: 30}} "
                                        + NOW
                                        + "})")
                        .with("CalibratedScore.misses", "(first: 20)")
                        .with("CalibratedScore.falseAlarms", "(first: 20)"));
        all.add(
                query(
                        "separation",
                        "(input: {metric: {key: \"sample_active_users\"} success: \"pays\" segment: \"account.plan\" leadWeeks: [4] slices: 1 "
                                + NOW
                                + "})"));
        all.add(query("metricAudit", "(input: {success: \"pays\" days: 60 " + NOW + "})"));
        all.add(
                query(
                        "predictedValue",
                        "(input: {transactions: \"sample_invoice\" calibratedUntil: \"2026-06-15\" horizon: {count: 6 grain: MONTH} "
                                + NOW
                                + "})"));
        all.add(
                query(
                        "impact",
                        "(input: {metrics: [{metric: {key: \"sample_revenue\"}}, {metric: {key: \"sample_nps\"}}] changedOn: \"2026-04-01\" windowDays: 70 "
                                + "treated: {rule: \"account.plan = 'pro'\"} comparison: {rule: \"account.plan != 'pro'\"} "
                                + NOW
                                + "})"));
        all.add(
                query(
                                "impact",
                                "(input: {metrics: [{metric: {key: \"sample_nps\"}}] changedOn: \"2026-04-01\" windowDays: 70 unit: ROW "
                                        + NOW
                                        + "})")
                        .as("impact on rows"));
        return all;
    }

    private static Probe overview(String key) {
        return query("accountOverview", "(input: {key: \"" + key + "\", " + NOW + "})")
                .as("overview of " + key);
    }

    private static List<Probe> ofQuestions() {
        return List.of(
                query("analyze", "(" + QUESTION + ")"),
                query("ask", "(question: \"by_plan\")"),
                // A target or baseline of the company stands beside no value of some accounts.
                query("analyze", "(" + QUESTION.replace("totals: true", "targets: true") + ")")
                        .otherwise()
                        .as("values and targets"),
                query("analyze", "(" + QUESTION.replace("totals: true", "baselines: true") + ")")
                        .otherwise()
                        .as("values and baselines"),
                query("analyze", "(" + QUESTION.replace("totals: true", "first: 1") + ")")
                        .with("Cell.members", "(first: 3)")
                        .as("members of cells"),
                analysis(
                        "by every account",
                        "count(account)",
                        "groupBy: [\"account\", \"account.name\", \"account.region\"]"),
                // Who sees some accounts only reads through a link of accounts none but the row's
                // own.
                analysis(
                                "by parents",
                                "count(account)",
                                "groupBy: [\"account.parent\", \"account.parent.name\"]")
                        .otherwise(),
                analysis(
                        "by users",
                        "count(sample_event)",
                        "groupBy: [\"sample_event.user_key\", \"sample_event.name\"]"),
                analysis(
                        "facts of no account",
                        "count(sample_event)",
                        "groupBy: [\"account.plan\"] totals: true"),
                analysis("all rows", "count(sample_event)", "grain: DAY"),
                analysis(
                        "greatest groups",
                        "sum(sample_invoice.amount)",
                        "groupBy: [\"account.plan\"] top: {groups: 1}"),
                analysis(
                        "a cohort that lists accounts",
                        "count(account)",
                        "groupBy: [\"account\"] cohort: {key: \"listed\"}"),
                analysis(
                        "by a cohort",
                        "count(account)",
                        "groupBy: [\"listed\", \"sample_large_plans\"]"),
                analysis("quantiles", "median(sample_survey.score)", "grain: MONTH"),
                analysis(
                        "shares of all",
                        "sum(sample_invoice.amount) / sum(account : sum(sample_invoice.amount))",
                        "groupBy: [\"account.plan\"]"),
                analysis(
                        "a stock",
                        "sum(sample_subscription at end : mrr)",
                        "grain: MONTH compareTo: {previous: true}"),
                query("members", "(" + QUESTION + ", key: \"KEY\", column: \"sample_revenue\")")
                        .after(
                                "{ analyze(" + QUESTION + ") { rows { key } } }",
                                "/data/analyze/rows/0/key"),
                query(
                                "members",
                                "("
                                        + QUESTION
                                        + ", key: \"KEY\", column: \"sample_active_users\", by: USER)")
                        .after(
                                "{ analyze(" + QUESTION + ") { rows { key } } }",
                                "/data/analyze/rows/0/key")
                        .as("users behind a cell"),
                query(
                                "members",
                                "("
                                        + QUESTION
                                        + ", key: \"KEY\", column: \"sample_revenue\", by: ROW)")
                        .after(
                                "{ analyze(" + QUESTION + ") { rows { key } } }",
                                "/data/analyze/rows/0/key")
                        .as("rows behind a cell"),
                query("explain", "(" + QUESTION + ")"),
                query("explain", "(" + QUESTION.replace("sample_revenue", "sample_revenu") + ")")
                        .as("explain problems"));
    }

    private static Probe analysis(String name, String formula, String more) {
        return query(
                        "analyze",
                        "(input: {metrics: [{metric: {formula: \""
                                + formula
                                + "\"}, as: \"x\"}] "
                                + RANGE
                                + " "
                                + NOW
                                + " "
                                + more
                                + "})")
                .as(name);
    }

    private static List<Probe> ofShapes() {
        var all = new ArrayList<Probe>();
        shape(all, "retention", RETENTION, "cohorts", "size");
        shape(all, "funnel", FUNNEL, "paths", "reached_1");
        shape(all, "lifecycle", LIFECYCLE, "periods", "active");
        shape(all, "stickiness", LIFECYCLE, "periods", "active");
        shape(all, "bridge", BRIDGE, "periods", "end");
        shape(all, "trend", TREND, "periods", "sample_revenue");
        return all;
    }

    private static void shape(
            List<Probe> all, String field, String input, String rows, String column) {
        all.add(query(field, "(" + input + ")"));
        all.add(
                query(
                                field + "Members",
                                "(" + input + ", key: \"KEY\", column: \"" + column + "\")")
                        .after(
                                "{ %s(%s) { %s { key } } }".formatted(field, input, rows),
                                "/data/%s/%s/1/key".formatted(field, rows)));
    }

    /** What is named is not there for who may not see it: as if it had never been. */
    private static List<Probe> ofNames() {
        var other = ScopedCompany.key(2);
        return List.of(
                query("account", "(key: \"k02-zembl\")").as("an account nearly named"),
                query("accountOverview", "(input: {key: \"k02-zembl\"})")
                        .as("overview of an account nearly named"),
                query("dimension", "(key: \"account.plan\")")
                        .with("Dimension.values", "(startsWith: \"zem\")")
                        .as("values that begin as those of others"),
                analysis(
                        "a condition on an account of others",
                        "count(account)",
                        "where: \"account = '" + other + "'\""),
                analysis(
                        "a condition on a name of others",
                        "count(account)",
                        "where: \"account.name != 'Name 2 zembla'\""),
                analysis(
                        "a filter by a value of others",
                        "count(account)",
                        "filter: {where: {field: \"account.region\", op: IN, values: [\"zembl\"]}}"),
                analysis(
                        "a filter by no value of others",
                        "count(sample_event)",
                        "filter: {where: {field: \"account\", op: IS_NO_ACCOUNT, values: []}}"),
                analysis(
                        "a formula that counts everything",
                        "count(account) + count(sample_event) + distinct(sample_event.user)",
                        ""),
                analysis(
                        "a cohort of others",
                        "count(account)",
                        "cohort: {rule: \"account.region = 'zembla'\"}"));
    }

    private static List<Probe> ofMutations() {
        return List.of(
                mutation(
                        "defineMetric",
                        "(input: {key: \"mine\", label: \"Mine\", direction: NEUTRAL, of: CELL, formula: \"count(account where region = 'zembl')\", validateOnly: true})"),
                mutation(
                        "reviseMetric",
                        "(input: {key: \"sample_revenu\", formula: \"1\", expectedVersion: 1})"),
                mutation(
                        "defineSource",
                        "(input: {yaml: \"source: sample_even\", validateOnly: true})"),
                mutation(
                        "defineSlice",
                        "(input: {key: \"mine\", label: \"Mine\", source: \"sample_event\", where: \"name = 'event of zembl'\", validateOnly: true})"),
                mutation(
                        "defineCohort",
                        "(input: {key: \"mine\", label: \"Mine\", members: {accounts: [\"k02-zembl\", \"%s\", \"%s\"]}, validateOnly: true})"
                                .formatted(ScopedCompany.key(1), ScopedCompany.key(2))),
                mutation(
                        "setTarget",
                        "(input: {key: \"mine\", label: \"Mine\", metric: \"sample_revenue\", value: \"1\", from: \"2027-01-01\", scope: [{dimension: \"account\", value: \"k02-zembl\"}], validateOnly: true})"),
                mutation(
                                "keepBaseline",
                                "(input: {metric: \"sample_revenue\", from: \"2026-01-01\", to: \"2026-02-01\", validateOnly: true})")
                        .otherwise(),
                mutation("removeBaseline", "(input: {key: \"kept_of_al\"})"));
    }

    /** Fields whose probes read what is defined, or check it, and no data: the audit log has nothing of them. All others have to be in it. */
    static final Set<String> NO_DATA =
            Set.of(
                    "metrics",
                    "commonDimensions",
                    "commonMetrics",
                    "cohort",
                    "node",
                    "explain",
                    "savedQuestions",
                    "auditLog",
                    "defineMetric",
                    "reviseMetric",
                    "defineSource",
                    "defineSlice",
                    "defineCohort",
                    "setTarget",
                    "removeBaseline");

    /** Fields that no probe can select, and why. */
    static final Map<String, String> EXEMPT = Map.of();
}
