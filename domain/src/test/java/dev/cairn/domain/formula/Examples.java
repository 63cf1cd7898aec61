package dev.cairn.domain.formula;

import java.util.List;
import java.util.stream.Stream;

/** Formulas that are promised to parse. */
final class Examples {
    private Examples() {}

    /** Those of the language's description, with their comments. */
    static final List<String> DESCRIBED =
            List.of(
                    "100 * (share(nps where score is not none : score >= 9) - share(nps where score is not none : score <= 6))   -- slice nps = survey where kind = 'nps'",
                    "distinct(event.user) over last 28 days",
                    "avg(day : distinct(event.user)) over last 28 days / (distinct(event.user) over last 28 days)   -- stickiness",
                    "sum(subscription at start : mrr)   -- metric mrr_start",
                    "sum(subscription at end : mrr)   -- metric mrr_end",
                    "sum(account : least(mrr_end, mrr_start)) / sum(account : mrr_start)   -- GRR",
                    "sum(account where mrr_start > 0 : mrr_end) / sum(account : mrr_start)   -- NRR; `nrr over last 12 months` is the trailing one",
                    "count(account where mrr_start > 0 and mrr_end = 0) / count(account where mrr_start > 0)   -- logo churn",
                    "sum(account where mrr_start = 0 and mrr_end > 0 and exists(subscription during where mrr > 0) over all before : mrr_end)   -- reactivation",
                    "share(contract on due_at where decision in ('renewed', 'lost') : decision = 'renewed')   -- renewal rate",
                    "prior(sum(cost where category in ('sales', 'marketing') : amount), 3 months) / count(account where first_paid_at >= bucket.start and first_paid_at < bucket.end)",
                    "median(ticket on first_reply_at : hours(created_at, first_reply_at))",
                    "share(ticket on first_solved_at : exists(ticket_event where kind = 'reopen') over 30 days from first_solved_at)",
                    "count(ticket at end)   -- backlog",
                    "share(steps(event where name = 'project_created' -> event where name = 'report_shared' within 14 days per account first) : completed)",
                    "let p = share(nps where score is not none : score >= 9), d = share(nps where score is not none : score <= 6) in p - d",
                    "weighted(use 0.5 : scale(count(day where exists(event)) over last 28 days, 0 to 20), nps 0.3 : scale(last(nps.score) over last 120 days, 0 to 10),\nurgent 0.2 : scale(count(ticket where priority = 'urgent') over last 90 days, 5 to 0); missing spread; coverage 0.6)",
                    "account.plan in ('pro', 'enterprise') and health < 40 and not exists(event where name = 'report_exported') over last 30 days   -- a cohort",
                    "100 * (share(nps : score >= 9) - share(nps : score <= 6))",
                    "share(survey : score is not none)",
                    "count(event where name = 'login')",
                    "last(nps.score) over last 12 months >= 9",
                    "date(survey_year, 5, 1)",
                    "case when strata = 1 then 'AM' when strata = 2 then 'MID' when strata = 3 then 'PM' end",
                    "account.plan in ('pro', 'enterprise') and health < 40",
                    "nrr over last 12 months",
                    "sum(invoice.amount where paid)",
                    "unit_price = 0",
                    "name(goal: 5)",
                    "per(account : count(event)) > 3",
                    "where_x is none");

    /** One or more for each rule of the grammar. */
    static final List<String> BY_RULE =
            List.of(
                    "let a = 1, b = a + 2 in a * b or c",
                    "a not in ('x', -1, 2.5, @2026-01-31, 7 days, true, false, none)",
                    "account in design_partners as of @2026-01-31",
                    "account not in design_partners as of now",
                    "x is none and y is not 3",
                    "x over month to date + y over range - z over range to date",
                    "x over all / y over all before * z over ever",
                    "x over n days before created_at",
                    "share(ticket where a weight b * 2 : c)",
                    "sum(subscription at @2026-01-31T10:00Z : mrr)",
                    "count(event via user.account during where x)",
                    "avg(every 7 days : distinct(event.user)) over last 4 weeks",
                    "stddev(a.b) + min(a.b) + max(a.b) + first(a.b) + p90(a.b) + p99_disc(a.b) + p99_9(a.b)",
                    "count(touch(deal after campaign_touch where kind = 'ad' within 30 days per account same campaign.id))",
                    "sum(changes(subscription.mrr gap 3 days per account) where kind = 'expansion' : delta)",
                    "share(steps(a -> b -> c within 2 weeks inclusive per user any unordered without d where x without e) : completed)",
                    "conversion(a -> b within 1 day per account first strict)",
                    "prior(x) + next(y, 3 months) + prior(z, start of year) + prior(z, n quarters)",
                    "total(x) / total(y by account.plan, region)",
                    "weighted(0.5 : a; missing neutral 50)",
                    "weighted(a 1 : x, b 2 : y; missing zero; coverage 0.5)",
                    "weighted(a 1 : x; missing none)",
                    "scale(x, -5 to 5)",
                    "survival(subscription : started_at -> ended_at, 0.5)",
                    "case when a then b when c then d else e end",
                    "coalesce(x, 0) + least(a, b) + greatest(a) + abs(x) + round(x, 2) + sqrt(x) + power(x, 2) + ln(x)",
                    "lower(a) = 'b' or contains(a, 'b') or starts(a, 'b') or matches(a, 'b')",
                    "hours(a, b) + days(a, b) + minutes(a, b) + weekday(d)",
                    "hours(created_at, asof) < 3 and created_at < bucket.end and created_at >= bucket.start",
                    "account.plan as of start = account.plan as of end or account.plan as of fact = account.plan as of now",
                    "account.plan as of @2026-01-31T10:00:30+01:00 = 'pro'",
                    "\"date\" + survey.\"weight\" + \"with \"\"quotes\"\"\"",
                    "churn(goal: -5, band: 'high', times: 3) + plain()",
                    "-x over last 3 days - -5",
                    "'it''s' = note");

    static Stream<String> all() {
        return Stream.concat(DESCRIBED.stream(), BY_RULE.stream());
    }
}
