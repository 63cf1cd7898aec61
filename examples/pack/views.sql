-- What the examples of this folder read: the files of the made-up company with types, without its test accounts. Written by hand; it knows nothing of Cairn.

create view customer as
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

create view subscription as
select
  subscription_id, starts_on::date as starts_on, nullif(ends_on, '')::date as ends_on, account, plan, seats::integer as seats, currency,
  price::numeric / case billing_period when 'year' then 12 else 1 end as monthly
from raw_subscription
where status = 'active' and account in (select account from customer);

create view rate as
select rate_date::date as day, currency, rate::numeric as rate
from raw_fx_rate;

-- The rate of a day: the latest one of the week until then; dollars are dollars.
create function dollars(amount numeric, of_currency text, on_day date) returns numeric language sql stable as $$
  select case when of_currency = 'USD' then amount else amount * (
    select rate from rate where currency = of_currency and day <= on_day and day > on_day - 7 order by day desc limit 1) end
$$;

create view month as
select month::date as starts, (month + interval '1 month')::date as ends, to_char(month, 'YYYY-MM-DD') as "time"
from generate_series(timestamp '2024-07-01', timestamp '2026-06-01', interval '1 month') as month;
