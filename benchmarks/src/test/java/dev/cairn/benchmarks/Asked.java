package dev.cairn.benchmarks;

import static dev.cairn.testkit.contract.Question.ask;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.contract.Question;
import java.util.List;

/**
 * A question, and the statement that an analyst who knows the tables would write for it.
 *
 * @param page which page of the answer is asked for, from 1
 * @param sql columns: first day of the bucket where there is a grain, keys, values
 */
record Asked(String name, Question question, int page, String sql) {
    private static final String YEAR = "2025-01-01";
    private static final String NEXT_YEAR = "2026-01-01";
    private static final String LAST_QUARTER = "2025-10-01";
    private static final int TOP = 50;

    Asked(String name, Question question, String sql) {
        this(name, question.asOf("2026-02-01T00:00:00Z"), 1, sql);
    }

    private static Question month(String... formulas) {
        return ask(formulas).between(YEAR, NEXT_YEAR).grain(Grain.MONTH);
    }

    /** In the order of the table in README.md. */
    static List<Asked> all() {
        return List.of(
                npsByMonthAndSegment(),
                weeklyActives(),
                monthlyActivesByPlan(),
                eventsByMonthAndFeature(),
                logoChurn(),
                retainedCreditsBySignupQuarter(),
                retainedCreditsOfAccounts(),
                firstReplyByPlan(),
                topAccounts(1),
                topAccounts(2),
                eventsPerEnterpriseAccount(),
                healthByAccount(),
                usersOfFourWeeksByDay(),
                monthToDateAndTheMonthBefore(),
                halfAYearBefore(),
                retentionBySignupMonthAndAge(),
                recurringRevenueByPlan(),
                retainedRevenueBySignupQuarter(),
                stickiness(),
                shareOfFeatures(),
                eventsOfHeavyAccounts(),
                sharedWithinTwoWeeks(),
                ticketsAfterLogins());
    }

    private static Asked sharedWithinTwoWeeks() {
        return new Asked(
                "two steps within 14 days, by segment",
                ask("""
                conversion(event where feature = 'report' -> event where feature = 'share' within 14 days per account)
                """)
                        .by("account.segment")
                        .between(YEAR, NEXT_YEAR),
                """
                with first as (
                  select distinct on (account_id) account_id, f_at, f_id
                  from fact_event
                  where superseded = 'infinity' and account_id <> 0 and f_feature = 'report'
                  and f_at >= '2025-01-01Z' and f_at < '2026-01-01Z'
                  order by account_id, f_at, f_id),
                shared as (
                  select distinct first.account_id
                  from first join fact_event later using (account_id)
                  where later.superseded = 'infinity' and later.f_feature = 'share'
                  and (later.f_at, later.f_id) > (first.f_at, first.f_id) and later.f_at < first.f_at + interval '14 days')
                select a_segment, count(shared.account_id)::float8 / count(*)
                from first left join shared using (account_id) left join attribute_account using (account_id)
                where first.f_at <= '2025-12-18Z'
                group by 1
                order by 1
                """);
    }

    private static Asked ticketsAfterLogins() {
        return new Asked(
                "tickets within 14 days of the login before, by plan",
                ask(
                                "count(touch(ticket after event where feature = 'login' within 14 days per account))",
                                "avg(touch(ticket after event where feature = 'login' within 14 days per account) : hours(earlier_at, later_at))")
                        .by("account.plan")
                        .between(YEAR, NEXT_YEAR),
                """
                with both_sides as (
                  select account_id, f_at as happened, false as is_ticket
                  from fact_event
                  where superseded = 'infinity' and account_id <> 0 and f_feature = 'login'
                  and f_at >= '2025-01-01Z' and f_at < '2026-01-15Z'
                  union all
                  select account_id, f_opened, true
                  from fact_ticket
                  where superseded = 'infinity' and account_id <> 0
                  and f_opened >= '2025-01-01Z' and f_opened < '2026-01-15Z'),
                followed as (
                  select account_id, happened, is_ticket,
                         max(happened) filter (where not is_ticket) over (partition by account_id order by happened, is_ticket) as login
                  from both_sides)
                select a_plan, count(*), avg(extract(epoch from happened - login)::float8 / 3600)
                from followed left join attribute_account using (account_id)
                where is_ticket and login < '2026-01-01Z' and happened < login + interval '14 days'
                group by 1
                order by 1
                """);
    }

    private static Asked npsByMonthAndSegment() {
        return new Asked(
                "NPS by month and segment",
                month(
                                "100 * (share(nps where score is not none : score >= 9) - share(nps where score is not none : score <= 6))")
                        .by("account.segment"),
                """
                select date_trunc('month', f_answered, 'UTC')::date, a_segment,
                       100 * (count(*) filter (where f_score >= 9) - count(*) filter (where f_score <= 6))::float8 / count(*)
                from fact_nps left join attribute_account using (account_id)
                where superseded = 'infinity' and f_answered >= '2025-01-01Z' and f_answered < '2026-01-01Z'
                and f_score is not null
                group by 1, 2
                order by 1, 2
                """);
    }

    private static Asked weeklyActives() {
        return new Asked(
                "weekly actives, half a year",
                ask("distinct(event.user)").between("2025-06-30", "2025-12-29").grain(Grain.WEEK),
                """
                select date_trunc('week', f_at, 'UTC')::date, count(distinct user_id)
                from fact_event
                where superseded = 'infinity' and f_at >= '2025-06-30Z' and f_at < '2025-12-29Z'
                group by 1
                order by 1
                """);
    }

    private static Asked monthlyActivesByPlan() {
        return new Asked(
                "monthly actives by plan",
                month("distinct(event.user)").by("account.plan"),
                """
                select date_trunc('month', f_at, 'UTC')::date, a_plan, count(distinct user_id)
                from fact_event left join attribute_account using (account_id)
                where superseded = 'infinity' and f_at >= '2025-01-01Z' and f_at < '2026-01-01Z'
                group by 1, 2
                order by 1, 2
                """);
    }

    private static Asked eventsByMonthAndFeature() {
        return new Asked(
                "events by month and feature",
                month("count(event)", "sum(event : credits)").by("event.feature"),
                """
                select date_trunc('month', f_at, 'UTC')::date, f_feature, count(*), sum(f_credits)
                from fact_event
                where superseded = 'infinity' and f_at >= '2025-01-01Z' and f_at < '2026-01-01Z'
                group by 1, 2
                order by 1, 2
                """);
    }

    private static Asked logoChurn() {
        return new Asked(
                "monthly logo churn",
                month(
                        """
                        count(account where signed_on < bucket.start and churned_on >= bucket.start and churned_on < bucket.end)
                        / count(account where signed_on < bucket.start and (churned_on is none or churned_on >= bucket.start))
                        """),
                """
                select month, count(*) filter (where a_churned_on < (month + interval '1 month')::date)::float8 / count(*)
                from (select (date '2025-01-01' + make_interval(months => i))::date from generate_series(0, 11) i) months (month)
                join attribute_account on a_signed_on < month and (a_churned_on is null or a_churned_on >= month)
                join account using (account_id)
                where deletion_id is null
                group by 1
                order by 1
                """);
    }

    private static Asked retainedCreditsBySignupQuarter() {
        return new Asked(
                "NRR (credits) by signup quarter",
                ask("""
                sum(event where "at" >= @2025-10-01 : credits) / sum(event where "at" < @2025-04-01 : credits)
                """)
                        .by("account.signed_on by quarter")
                        .where("account.signed_on < @2025-01-01")
                        .between(YEAR, NEXT_YEAR),
                """
                select date_trunc('quarter', a_signed_on)::date,
                       sum(credits) filter (where is_after)::float8 / sum(credits) filter (where not is_after)
                from (select account_id, f_at >= '2025-10-01Z' as is_after, sum(f_credits) as credits
                      from fact_event
                      where superseded = 'infinity'
                      and (f_at >= '2025-01-01Z' and f_at < '2025-04-01Z' or f_at >= '2025-10-01Z' and f_at < '2026-01-01Z')
                      group by 1, 2) used
                join attribute_account using (account_id)
                where a_signed_on < '2025-01-01'
                group by 1
                order by 1
                """);
    }

    private static Asked retainedCreditsOfAccounts() {
        return new Asked(
                "NRR (credits) of accounts that began with some",
                ask("""
                sum(account where sum(event where "at" < @2025-04-01 : credits) > 0 : sum(event where "at" >= @2025-10-01 : credits))
                / sum(account : sum(event where "at" < @2025-04-01 : credits))
                """)
                        .by("account.signed_on by quarter")
                        .between(YEAR, NEXT_YEAR),
                """
                select date_trunc('quarter', a_signed_on)::date,
                       sum(coalesce(after, 0)) filter (where before > 0)::float8 / nullif(sum(coalesce(before, 0)), 0)
                from account join attribute_account using (account_id)
                left join (select account_id,
                                  sum(f_credits) filter (where f_at < '2025-04-01Z') as before,
                                  sum(f_credits) filter (where f_at >= '2025-10-01Z') as after
                           from fact_event
                           where superseded = 'infinity'
                           and (f_at >= '2025-01-01Z' and f_at < '2025-04-01Z' or f_at >= '2025-10-01Z' and f_at < '2026-01-01Z')
                           group by 1) used using (account_id)
                where deletion_id is null and a_signed_on < '2026-01-01'
                group by 1
                order by 1
                """);
    }

    private static Asked firstReplyByPlan() {
        return new Asked(
                "median and p90 first reply by plan",
                ask(
                                "median(ticket where replied is not none : hours(opened, replied))",
                                "p90(ticket where replied is not none : hours(opened, replied))")
                        .by("account.plan")
                        .between(YEAR, NEXT_YEAR),
                """
                select a_plan,
                       percentile_cont(0.5) within group (order by extract(epoch from f_replied - f_opened)::float8 / 3600),
                       percentile_cont(0.9) within group (order by extract(epoch from f_replied - f_opened)::float8 / 3600)
                from fact_ticket left join attribute_account using (account_id)
                where superseded = 'infinity' and f_opened >= '2025-01-01Z' and f_opened < '2026-01-01Z'
                and f_replied is not null
                group by 1
                order by 1
                """);
    }

    private static Asked topAccounts(int page) {
        return new Asked(
                page == 1 ? "top accounts of a quarter" : "the same, page " + page,
                ask("count(event)", "sum(event : credits)")
                        .by("account", "account.plan")
                        .between(LAST_QUARTER, NEXT_YEAR)
                        .orderBy("-m1")
                        .first(TOP)
                        .asOf("2026-02-01T00:00:00Z"),
                page,
                """
                select account_key, a_plan, events, credits
                from (select account_id, count(*) as events, sum(f_credits) as credits
                      from fact_event
                      where superseded = 'infinity' and f_at >= '2025-10-01Z' and f_at < '2026-01-01Z'
                      group by 1) used
                left join (select account_id, account_key, a_plan from account left join attribute_account using (account_id)
                           where account_id <> 0) members using (account_id)
                order by events desc, account_key, a_plan
                limit %d offset %d
                """
                        .formatted(TOP, (page - 1) * TOP));
    }

    private static Asked eventsPerEnterpriseAccount() {
        return new Asked(
                "events per account, 4 % of the accounts",
                month("avg(account : count(event))")
                        .filter("account.plan", Operator.IN, "enterprise"),
                """
                select month, avg(coalesce(events, 0))::float8
                from (select (date '2025-01-01' + make_interval(months => i))::date from generate_series(0, 11) i) months (month)
                join attribute_account on a_signed_on < (month + interval '1 month')::date
                join account using (account_id)
                left join (select account_id, date_trunc('month', f_at, 'UTC')::date as month, count(*) as events
                           from fact_event join attribute_account using (account_id)
                           where superseded = 'infinity' and f_at >= '2025-01-01Z' and f_at < '2026-01-01Z'
                           and a_plan = 'enterprise'
                           group by 1, 2) used using (account_id, month)
                where deletion_id is null and a_plan = 'enterprise'
                group by 1
                order by 1
                """);
    }

    private static Asked healthByAccount() {
        return new Asked(
                "health by account",
                ask("""
                avg(account : 50 * least(distinct(event.user) / 10, 1)
                + 5 * coalesce(avg(nps where score is not none : score), 5) - least(count(ticket), 20))
                """)
                        .by("account")
                        .between(LAST_QUARTER, NEXT_YEAR)
                        .first(10_000),
                """
                select account_key,
                       50 * least(coalesce(users, 0)::float8 / 10, 1) + 5 * coalesce(score, 5) - least(coalesce(tickets, 0), 20)
                from account
                left join (select account_id, count(distinct user_id) as users
                           from fact_event
                           where superseded = 'infinity' and f_at >= '2025-10-01Z' and f_at < '2026-01-01Z'
                           group by 1) used using (account_id)
                left join (select account_id, avg(f_score)::float8 as score
                           from fact_nps
                           where superseded = 'infinity' and f_answered >= '2025-10-01Z' and f_answered < '2026-01-01Z'
                           group by 1) answered using (account_id)
                left join (select account_id, count(*) as tickets
                           from fact_ticket
                           where superseded = 'infinity' and f_opened >= '2025-10-01Z' and f_opened < '2026-01-01Z'
                           group by 1) wrote using (account_id)
                where account_id <> 0 and deletion_id is null and declared_start_on < '2026-01-01'
                order by 1
                """);
    }

    private static Asked usersOfFourWeeksByDay() {
        return new Asked(
                "users of 28 days, by day of two months",
                ask("distinct(event.user) over last 28 days")
                        .between("2025-11-01", NEXT_YEAR)
                        .grain(Grain.DAY),
                """
                select day, count(distinct user_id)
                from (select distinct date_trunc('day', f_at, 'UTC')::date as used_on, user_id
                      from fact_event
                      where superseded = 'infinity' and f_at >= '2025-10-05Z' and f_at < '2026-01-01Z'
                      and user_id is not null) used
                join (select date '2025-11-01' + i from generate_series(0, 60) i) days (day)
                on used_on between day - 27 and day
                group by 1
                order by 1
                """);
    }

    private static Asked monthToDateAndTheMonthBefore() {
        return new Asked(
                "month to date and the month before, by day",
                ask(
                                "sum(event : credits) over month to date",
                                "prior(sum(event : credits) over month to date, 1 month)")
                        .between("2025-12-01", NEXT_YEAR)
                        .grain(Grain.DAY),
                """
                with used as (
                    select day, sum(credits) over (partition by date_trunc('month', day) order by day) as credits
                    from (select date_trunc('day', f_at, 'UTC')::date as day, sum(f_credits) as credits
                          from fact_event
                          where superseded = 'infinity' and f_at >= '2025-11-01Z' and f_at < '2026-01-01Z'
                          group by 1) daily)
                select now.day, now.credits, before.credits
                from used now left join used before on before.day = (now.day - interval '1 month')::date
                where now.day >= '2025-12-01'
                order by 1
                """);
    }

    private static Asked halfAYearBefore() {
        return new Asked(
                "by month and half a year before",
                ask("sum(event : credits)", "prior(sum(event : credits), 6 months)")
                        .between("2025-07-01", NEXT_YEAR)
                        .grain(Grain.MONTH),
                """
                with used as (
                    select date_trunc('month', f_at, 'UTC')::date as month, sum(f_credits) as credits
                    from fact_event
                    where superseded = 'infinity' and f_at >= '2025-01-01Z' and f_at < '2026-01-01Z'
                    group by 1)
                select now.month, now.credits, before.credits
                from used now left join used before on before.month = (now.month - interval '6 months')::date
                where now.month >= '2025-07-01'
                order by 1
                """);
    }

    private static Asked retentionBySignupMonthAndAge() {
        return new Asked(
                "retention by signup month and age",
                ask("distinct(event.account)")
                        .by("account.signed_on by month", "age month from account.signed_on")
                        .where("account.signed_on >= @2025-01-01")
                        .between(YEAR, NEXT_YEAR),
                """
                select signed, case when age >= 0 then age end, count(distinct account_id)
                from (select account_id, date_trunc('month', a_signed_on)::date as signed,
                             12 * (extract(year from f_at at time zone 'UTC') - extract(year from a_signed_on))
                             + extract(month from f_at at time zone 'UTC') - extract(month from a_signed_on) as age
                      from fact_event join attribute_account using (account_id)
                      where superseded = 'infinity' and f_at >= '2025-01-01Z' and f_at < '2026-01-01Z'
                      and a_signed_on >= '2025-01-01') aged
                group by 1, 2
                order by 1, 2
                """);
    }

    private static Asked recurringRevenueByPlan() {
        return new Asked(
                "MRR at the end of the month by plan",
                month("sum(subscription at end : mrr)").by("account.plan"),
                """
                select month, a_plan, sum(f_mrr)
                from (select (date '2025-01-01' + make_interval(months => i))::date from generate_series(0, 11) i) months (month)
                join fact_subscription on f_begins < (month + interval '1 month')::date
                     and (f_ends is null or f_ends >= (month + interval '1 month')::date)
                left join attribute_account using (account_id)
                where superseded = 'infinity'
                group by 1, 2
                order by 1, 2
                """);
    }

    private static Asked retainedRevenueBySignupQuarter() {
        return new Asked(
                "NRR (MRR) by month and signup quarter",
                month(
                                """
                                sum(account where sum(subscription at start : mrr) > 0 : sum(subscription at end : mrr))
                                / sum(account : sum(subscription at start : mrr))
                                """)
                        .by("account.signed_on by quarter")
                        .where("account.signed_on < @2025-01-01"),
                """
                select month, date_trunc('quarter', a_signed_on)::date,
                       sum(coalesce(closing, 0)) filter (where opening > 0)::float8 / nullif(sum(coalesce(opening, 0)), 0)
                from (select (date '2025-01-01' + make_interval(months => i))::date from generate_series(0, 11) i) months (month)
                join (select * from account join attribute_account using (account_id)
                      where account_id <> 0 and deletion_id is null) members
                     on a_signed_on < '2025-01-01'
                left join (select month, account_id,
                                  sum(f_mrr) filter (where f_begins < month and (f_ends is null or f_ends >= month)) as opening,
                                  sum(f_mrr) filter (where f_begins < (month + interval '1 month')::date
                                                     and (f_ends is null or f_ends >= (month + interval '1 month')::date)) as closing
                           from (select (date '2025-01-01' + make_interval(months => i))::date from generate_series(0, 11) i) months (month)
                           join fact_subscription on f_begins < (month + interval '1 month')::date
                                and (f_ends is null or f_ends >= month)
                           where superseded = 'infinity'
                           group by 1, 2) paid using (month, account_id)
                group by 1, 2
                order by 1, 2
                """);
    }

    private static Asked stickiness() {
        return new Asked(
                "daily by monthly users, by month and plan",
                month("avg(day : distinct(event.user)) / distinct(event.user)").by("account.plan"),
                """
                with used as (
                    select distinct date_trunc('day', f_at, 'UTC')::date as day, a_plan, user_id
                    from fact_event left join attribute_account using (account_id)
                    where superseded = 'infinity' and f_at >= '2025-01-01Z' and f_at < '2026-01-01Z'),
                daily as (
                    select day, a_plan, count(user_id) as users from used group by 1, 2)
                select monthly.month, monthly.a_plan, averages.users::float8 / nullif(monthly.users, 0)
                from (select date_trunc('month', day)::date as month, a_plan, count(distinct user_id) as users
                      from used group by 1, 2) monthly
                join (select date_trunc('month', day)::date as month, a_plan,
                             sum(users)::float8 / extract(day from date_trunc('month', day) + interval '1 month' - interval '1 day') as users
                      from daily group by 1, 2, date_trunc('month', day)) averages
                     on averages.month = monthly.month and averages.a_plan is not distinct from monthly.a_plan
                order by 1, 2
                """);
    }

    private static Asked shareOfFeatures() {
        return new Asked(
                "share of each feature, by month",
                month("count(event) / total(count(event))").by("event.feature"),
                """
                select month, f_feature, events::float8 / sum(events) over (partition by month)
                from (select date_trunc('month', f_at, 'UTC')::date as month, f_feature, count(*) as events
                      from fact_event
                      where superseded = 'infinity' and f_at >= '2025-01-01Z' and f_at < '2026-01-01Z'
                      group by 1, 2) used
                order by 1, 2
                """);
    }

    private static Asked eventsOfHeavyAccounts() {
        return new Asked(
                "events of heavy accounts and others, by month",
                month("count(event)")
                        .by("(count(event) >= 20) as heavy")
                        .where("account is not none"),
                """
                select month, events >= 20, sum(events)
                from (select date_trunc('month', f_at, 'UTC')::date as month, account_id, count(*) as events
                      from fact_event
                      where superseded = 'infinity' and f_at >= '2025-01-01Z' and f_at < '2026-01-01Z'
                      and account_id <> 0
                      group by 1, 2) used
                group by 1, 2
                order by 1, 2
                """);
    }
}
