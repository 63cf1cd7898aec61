--liquibase formatted sql

-- What attributes were, for entities that declare a history. Beside the tables of what they are, which all else reads.

--changeset cairn:history
create table history_account (
    account_id  bigint  not null references account,
    holds_from  date    not null,
    holds_until date    not null,
    is_first    boolean not null,
    primary key (account_id, holds_from)
);
comment on table history_account is 'Attributes of accounts, one column a_<name> each, from one day until another, out; intervals of one account never overlap. Of what has no end the day is infinite.';
comment on column history_account.is_first is 'Whether nothing is known of the account before.';

create table history_user (
    account_id  bigint  not null,
    user_id     bigint  not null,
    holds_from  date    not null,
    holds_until date    not null,
    is_first    boolean not null,
    primary key (account_id, user_id, holds_from),
    foreign key (account_id, user_id) references account_user
);
comment on table history_user is 'The same of users.';
