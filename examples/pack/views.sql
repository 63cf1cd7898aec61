-- What the examples of this folder read: the files of the made-up company with types, without its test accounts. Written by hand; it knows nothing of Cairn.

create table customer as
select distinct on (account_key) account_key as account, started_on::date as started_on, nullif(parent_key, '') as parent
from raw_account
where is_test = 'false'
order by account_key, valid_from;

-- One row for each time in which plan, stage and judgement of a customer stayed as they were.
create view customer_version as
select
  account_key as account, valid_from::date as valid_from, nullif(valid_until, '')::date as valid_until,
  segment, region, industry, owner, nullif(plan, '') as plan, lifecycle, sentiment
from raw_account
where is_test = 'false';

create table subscription as
select
  subscription_id, starts_on::date as starts_on, nullif(ends_on, '')::date as ends_on, account, plan, seats::integer as seats, currency,
  price::numeric / case billing_period when 'year' then 12 else 1 end as monthly
from raw_subscription
where status = 'active' and account in (select account from customer);

create table rate as
select rate_date::date as day, currency, rate::numeric as rate
from raw_fx_rate;
create unique index on rate (currency, day);
analyze rate;

-- The rate of a day: the latest one of the week until then; dollars are dollars.
create function dollars(amount numeric, of_currency text, on_day date) returns numeric language sql stable as $$
  select case when of_currency = 'USD' then amount else amount * (
    select rate from rate where currency = of_currency and day <= on_day and day > on_day - 7 order by day desc limit 1) end
$$;

create view month as
select month::date as starts, (month + interval '1 month')::date as ends, to_char(month, 'YYYY-MM-DD') as "time"
from generate_series(timestamp '2024-07-01', timestamp '2026-06-01', interval '1 month') as month;

-- What counts as use.
create table activity as
select account, "user", occurred_at::timestamptz at time zone 'UTC' as at, (occurred_at::timestamptz at time zone 'UTC')::date as day, name, nullif(feature, '') as feature
from raw_event
where account in (select account from customer) and is_automated <> 'true' and name not in ('login', 'page_view');

create view ticket as
select
  ticket_id, account, agent, team, priority, created_at::timestamptz at time zone 'UTC' as created_at,
  nullif(first_reply_at, '')::timestamptz at time zone 'UTC' as first_reply_at,
  nullif(first_solved_at, '')::timestamptz at time zone 'UTC' as first_solved_at, nullif(solved_at, '')::timestamptz at time zone 'UTC' as solved_at,
  nullif(business_hours_to_first_reply, '')::numeric as business_to_reply, nullif(business_hours_to_solved, '')::numeric as business_to_solved
from raw_ticket
where account in (select account from customer);

create view ticket_event as
select ticket_id, kind, happened_at::timestamptz at time zone 'UTC' as at
from raw_ticket_event
where ticket_id in (select ticket_id from ticket);

-- Answers with a score: those within their scale.
create view answer as
select
  answer_id, account, "user", kind, nullif(ticket_id, '') as ticket_id, nullif(invitation_id, '') as invitation_id,
  answered_at::timestamptz at time zone 'UTC' as at, scale_max::integer as scale_max,
  case when raw_score::numeric between scale_min::numeric and scale_max::numeric then raw_score::numeric end as score
from raw_survey
where account in (select account from customer);

-- Of each term of a contract what was known of its customer 90, 60 and 30 days before it was due, on the first of the month before that: in the 28 days before, days with activity and users with activity, and the
-- chance of renewal that its manager would have given. What was decided by then, or when there was no such customer yet, is left out. Before the first event nothing is known of activity.
create table scored_contract as
select
  contract_id, c.account, due, decided_on, decision, value, days, scored_on,
  case when scored_on > (select min(occurred_at)::date from raw_event) then active_days end as active_days,
  case when scored_on > (select min(occurred_at)::date from raw_event) then users end as users,
  case sentiment when 'green' then 0.9 when 'yellow' then 0.7 when 'red' then 0.2 end as call
from (
    select
      contract_id, account, due_on::date as due, nullif(decided_on, '')::date as decided_on, nullif(decision, '') as decision,
      dollars(annual_value::numeric, currency, starts_on::date)::double precision as value
    from raw_contract
    where starts_on::date < date '2026-07-01') c
  join customer using (account)
  cross join unnest(array[30, 60, 90]) as days
  cross join lateral (select date_trunc('month', due - days)::date as scored_on) s
  cross join lateral (
    select count(distinct day) as active_days, count(distinct "user") as users
    from activity a where a.account = c.account and day >= scored_on - 28 and day < scored_on) a
  left join customer_version v
    on v.account = c.account and valid_from < scored_on and (valid_until is null or valid_until >= scored_on)
where started_on < scored_on and (decided_on is null or decided_on >= scored_on);

-- Terms of the next quarter that are not decided on the first of July 2026, and the same of their customers on that day.
create table open_contract as
select contract_id, c.account, due, value, 3 * active_days + users as score, case sentiment when 'green' then 0.9 when 'yellow' then 0.7 when 'red' then 0.2 end as call
from (
    select contract_id, account, due_on::date as due, dollars(annual_value::numeric, currency, starts_on::date)::double precision as value
    from raw_contract
    where
      starts_on::date < date '2026-07-01' and due_on::date >= date '2026-07-01' and due_on::date < date '2026-10-01'
      and (coalesce(decision, '') not in ('renewed', 'lost') or decided_on::date >= date '2026-07-01')) c
  join customer using (account)
  cross join lateral (
    select count(distinct day) as active_days, count(distinct "user") as users
    from activity a where a.account = c.account and day >= date '2026-06-03' and day < date '2026-07-01') a
  left join customer_version v
    on v.account = c.account and valid_from < date '2026-07-01' and (valid_until is null or valid_until >= date '2026-07-01');
