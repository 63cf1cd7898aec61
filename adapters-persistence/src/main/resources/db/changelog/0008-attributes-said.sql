--liquibase formatted sql

-- Which attributes a file said on the day on which a row of the history begins: a file that comes late changes what goes on from an earlier day.

--changeset cairn:attributes-said
alter table history_account add column said text[];
comment on column history_account.said is 'Columns of the attributes that a file said anything of on the day on which the row begins; the others go on as they were the day before. Null: all, in rows of releases that did not keep it.';

alter table history_user add column said text[];
comment on column history_user.said is 'The same of users.';
