package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.CatalogBuilder.sourceOf;
import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is refused: with which code, at which place, in which words, and what is offered instead. Each table is told anew and must read as it stands
 * here; a new refusal is a new line.
 */
class RefusalTablesTest {
    private static final String SYNTAX =
            """
            a < b < c
              SYNTAX 1:7: Found '<', expected '.', 'as' or an operator. Comparisons do not chain: write 'a < b and b < c', or put one in parentheses.
            a = b in (1)
              SYNTAX 1:7: Found 'in', expected '.', 'as' or an operator. Comparisons do not chain: write 'a < b and b < c', or put one in parentheses.
            a is b not in c
              SYNTAX 1:8: Found 'not', expected '.', 'as' or an operator. Comparisons do not chain: write 'a < b and b < c', or put one in parentheses.
            let a = b > 1 in a
              SYNTAX 1:11: Found '>', expected '.', 'as', an operator or ','. A condition stands in parentheses here.
            not not a
              SYNTAX 1:5: Found 'not', expected a value. A condition with 'not' stands in parentheses here.
            a = not b
              SYNTAX 1:5: Found 'not', expected a value. A condition with 'not' stands in parentheses here.
            1 + let a = 2 in a
              SYNTAX 1:5: Found 'let', expected a value. A 'let' inside a formula stands in parentheses.
            plan in (pro)
              SYNTAX 1:10: Found 'pro', expected a literal (a number, a text in single quotes, @date, true, false, none). A text stands in single quotes: 'pro'.
            plan in ()
              SYNTAX 1:10: Found ')', expected a literal (a number, a text in single quotes, @date, true, false, none).
            x over 7 days
              SYNTAX 1:14: Found the end, expected 'from' or 'before'. A window that ends with the bucket is written 'last 7 days'.
            avg(days : x)
              SYNTAX 1:5: Found 'days', expected a relation. Each day of the window is written 'day'.
            count(x where a on b)
              SYNTAX 1:17: Found 'on', expected '.', 'as', an operator or 'weight'. Each clause stands once, in this order: on, at or during; where; weight.
            count(x where a where b)
              SYNTAX 1:17: Found 'where', expected '.', 'as', an operator or 'weight'. Each clause stands once, in this order: on, at or during; where; weight.
            sum(a * b)
              SYNTAX 1:7: Found '*', expected '.', 'via', 'by', 'on', 'at', 'during', 'where', 'weight' or ':'. An aggregate reads a relation and, after ':', a value: sum(invoice : quantity * price).
            sum()
              SYNTAX 1:5: Found ')', expected a relation. An aggregate reads a relation and, after ':', a value: sum(invoice : quantity * price).
            count(*)
              SYNTAX 1:7: Found '*', expected a relation. An aggregate reads a relation and, after ':', a value: sum(invoice : quantity * price).
            share(a.b = 1)
              SYNTAX 1:11: Found '=', expected '.', 'via', 'by', 'on', 'at', 'during', 'where', 'weight' or ':'. An aggregate reads a relation and, after ':', a value: sum(invoice : quantity * price).
            a in x as of fact
              SYNTAX 1:14: Found 'fact', expected 'start', 'end', 'now' or an instant. A cohort is read at one instant, not at each fact.
            p0(x.y)
              SYNTAX 1:1: 'p0' is no percentile: they go from p1 to p99 (p99_9 for 99.9 per cent, p90_disc for a value that is there); the ends are 'min' and 'max'.
            p100(x.y)
              SYNTAX 1:1: 'p100' is no percentile: they go from p1 to p99 (p99_9 for 99.9 per cent, p90_disc for a value that is there); the ends are 'min' and 'max'.
            cuont(event at end)
              SYNTAX 1:1: 'cuont' is not an aggregate, and only an aggregate reads a relation. Did you mean 'count'?
                > count
            p90(event where a : b
              SYNTAX 1:22: Found the end, expected '.', 'as', an operator or ')' for the '(' at line 1, column 4.
            (a + b))
              SYNTAX 1:8: Found ')', expected an operator or the end.
            x over last 28
              SYNTAX 1:15: Found the end, expected a unit such as 'days'.
            a as of yesterday
              SYNTAX 1:9: Found 'yesterday', expected 'fact', 'start', 'end', 'now' or an instant such as @2026-01-31.
            case a then b end
              SYNTAX 1:6: Found 'a', expected 'when'.
            count(x where a wher b)
              SYNTAX 1:17: Found 'wher', expected '.', 'as', an operator, 'weight', ':' or ')' for the '(' at line 1, column 6.
            SUM(x : y)
              SYNTAX 1:1: Keywords are written in lower case: 'sum'; if 'SUM' is a name, put it in double quotes: "SUM".
            a == b && c
              SYNTAX 1:3: '==' is written '=' here.
              SYNTAX 1:8: '&&' is written 'and' here.
            @2026-02-30 > a
              SYNTAX 1:1: There is no '2026-02-30' in the calendar.
            x over last 28days
              SYNTAX 1:13: A space is missing: '28 days'.
            1 + 2 3
              SYNTAX 1:7: Found '3', expected an operator or the end.
            """;

    private static final String AGGREGATES =
            """
            count(event : name)
              TYPE_MISMATCH 1:15: 'count' counts rows and takes no value; put a condition into 'where', or count values with 'distinct'.
                > count(... where x is not none)
                > distinct(... : x)
            sum(invoice)
              MISSING 1:1: Say of what: a relation, ':' and a value.
                > sum(invoice : ...)
            sum(event : none)
              TYPE_MISMATCH 1:13: This never has a value.
            min(event : beta)
              TYPE_MISMATCH 1:1: True and false have no order; use 'share'.
                > share(event : beta)
            count(event where name)
              TYPE_MISMATCH 1:19: A condition is needed here, this is text; compare it with something.
            exists(invoice weight quantity)
              INCOMPATIBLE 1:1: 'exists' is the same whatever a row weighs; leave the weight out, or ask for rows by it in 'where'.
            count(invoice weight none)
              TYPE_MISMATCH 1:22: A weight is a number, this is none.
            avg(bill weight amount : currency = 'EUR')
              UNIT_MISMATCH 1:17: Amounts in several currencies are no weights of each other; convert them, or keep rows of one currency.
            first(account by event.name : event.name)
              INCOMPATIBLE 1:1: 'first' is of rows in the order of time, and an account has no time of its own.
                > min(account : ...)
                > max(account : ...)
            count(event where count(ticket) > 3)
              LEVEL_MISMATCH 1:19: An aggregate is not a value of a row of event; say whose it is.
                > per(account : ...)
            only(count(event) where count(event) > 1)
              LEVEL_MISMATCH 1:25: A filter is of a row and cannot hold an aggregate; say whose it is. Conditions on computed values go into 'having'.
                > per(account : ...)
            count(event) | where count(event) > 3
              LEVEL_MISMATCH where 1:1: A filter is of a row and cannot hold an aggregate; say whose it is. Conditions on computed values go into 'having'.
                > per(account : ...)
            """;

    private static final String TYPES =
            """
            max(event : power(2))
              UNKNOWN_FUNCTION 1:13: 'power' takes 2 arguments, not 1.
            sum(event : abs(value: 3))
              UNKNOWN_FUNCTION 1:13: 'abs' has no named arguments; only metrics have parameters.
            sum(event : rond(seconds))
              UNKNOWN_FUNCTION 1:13: No function 'rond'. Did you mean 'round'?
                > round
            count(event where name = 3)
              TYPE_MISMATCH 1:19: '=' cannot compare text with number.
            count(event where beta < true)
              TYPE_MISMATCH 1:19: True and false have no order; use '=' or '!='.
                > beta = true
                > beta != true
            count(event where name in ('a', 3))
              TYPE_MISMATCH 1:33: A list holds values of the same type as what is looked for: text, not number.
            count(event where name in pilots)
              TYPE_MISMATCH 1:19: Only 'account' can be in a cohort: account in pilots.
            sum(event : seconds + 3 days)
              TYPE_MISMATCH 1:13: '+' cannot be used so: a length of time is added to a date or an instant.
            max(event : happened + 2000 years)
              LIMIT 1:24: A length of time is at most a thousand years.
            sum(event : weekday(name))
              TYPE_MISMATCH 1:13: 'weekday' cannot be used so: it takes a date or an instant.
            avg(ticket : days(opened, issued))
              UNKNOWN_FIELD 1:27: No field 'issued' in 'ticket'.
            avg(ticket : days(opened, number))
              TYPE_MISMATCH 1:14: 'days' cannot be used so: it takes two instants or two dates.
            max(event : 3 days)
              TYPE_MISMATCH 1:13: A length of time is added to a date or an instant, or taken from it: t + 3 days.
            max(event : abs(month))
              TYPE_MISMATCH 1:17: A grain is the second argument of 'trunc': trunc(t, month).
            sum(event : -name)
              TYPE_MISMATCH 1:13: '-' needs a number, not text.
            survival(account : signed -> none, 0.5)
              TYPE_MISMATCH 1:20: 'survival' takes two dates or two instants; here are date and none.
                > survival(account : signed_on -> left_on, 0.5)
            convert(1, 'USD')
              TYPE_MISMATCH 1:1: 'convert' takes an amount of money, this is number.
            sum(seat during : convert(price, 'USD'))
              MISSING 1:19: Rows of 'seat' that are valid during a time have no one day; say at whose rate they are converted.
                > as of start
                > as of end
                > as of fact
            scale(count(event), 5 to 5)
              TYPE_MISMATCH 1:1: 'scale' cannot be used so: its ends are equal.
            weighted(a 1 : count(event), a 1 : usage)
              CONFLICT 1:36: Two parts are called 'a'.
            weighted(1 : count(event), 0 : usage)
              BAD_VALUE 1:32: A weight is greater than 0.
            weighted(1 : count(event); coverage 1.5)
              BAD_VALUE 1:1: The coverage is a part of the weights, from 0 to 1: 1.5.
            weighted(1 : max(event : name))
              TYPE_MISMATCH 1:14: A part needs a number, not text.
            rank()
              UNKNOWN_FUNCTION 1:1: 'rank' takes one value: rank(f).
            avg(account : rank(events))
              LEVEL_MISMATCH 1:15: 'rank' compares the groups of an answer, and here are none: this is a value of one account.
            total(rank(count(event)))
              LEVEL_MISMATCH 1:7: 'total' takes the groups together that 'rank' compares; rank the total instead.
                > rank(total(... by ...))
            rank(rank(count(event)))
              TYPE_MISMATCH 1:1: A rank is not ranked again; for 1 for the least, rank the negative.
                > rank(-f)
            rank(none)
              TYPE_MISMATCH 1:1: 'rank' cannot be used so: it takes a number, a date or an instant, not none.
            none
              TYPE_MISMATCH metrics/0/metric/formula: The formula never has a value.
            count(event) | by (none) as x
              TYPE_MISMATCH groupBy/0 1:2: The formula never has a value.
            convert(billed, 3)
              SYNTAX 1:17: Found '3', expected a currency such as 'USD'.
            convert(count(event) + 1, 'USD')
              TYPE_MISMATCH 1:1: 'convert' takes an amount of money, this is number (count).
            convert(avg(day : fee), 'USD')
              LEVEL_MISMATCH 1:19: 'fee' is a field of a row of 'invoice', not a value of a cell; put it inside an aggregate.
                > sum(invoice : fee)
            convert(rank(billed), 'USD')
              TYPE_MISMATCH 1:1: 'convert' takes an amount of money, this is number.
            convert(case when count(event) > 1 then 3 end, 'USD')
              TYPE_MISMATCH 1:1: 'convert' takes an amount of money, this is number.
            sum(event : hours(name, happened))
              TYPE_MISMATCH 1:13: 'hours' cannot be used so: it takes two instants.
            sum(event : date(seconds))
              TYPE_MISMATCH 1:13: 'date' cannot be used so: it takes an instant, or year, month and day.
            sum(event : trunc(name, month))
              TYPE_MISMATCH 1:13: 'trunc' cannot be used so: it takes a date or an instant.
            sum(event : trunc(happened, 'month'))
              TYPE_MISMATCH 1:13: 'trunc' cannot be used so: it takes a date or an instant, and day, week, month, quarter or year.
            max(event : date(1, 2, 'x'))
              TYPE_MISMATCH 1:13: 'date' cannot be used so: it takes numbers.
            sum(event : hours(1 + 2))
              UNKNOWN_FUNCTION 1:13: 'hours' takes 2 arguments, not 1.
            count(event where least(beta, true))
              TYPE_MISMATCH 1:19: 'least' cannot be used so: true and false have no order.
            count(event where round(seconds, 11) > 1)
              TYPE_MISMATCH 1:19: 'round' cannot be used so: the number of places is a whole number from 0 to 10.
            count(event where key(seconds, name) = 'a')
              TYPE_MISMATCH 1:19: 'key' cannot be used so: its parts are texts, whole numbers, dates or conditions.
            count(event where key_part(name, 0) = 'a')
              TYPE_MISMATCH 1:19: 'key_part' cannot be used so: it takes a text and the number of a part, from 1 to 20.
            count(event where matches(name, name))
              TYPE_MISMATCH 1:19: 'matches' cannot be used so: the pattern must stand there as a text.
            count(event where matches(name, '('))
              TYPE_MISMATCH 1:19: 'matches' cannot be used so: the pattern cannot be used: '(' is not closed.
            convert(convert(revenue, 'USD'), 'EUR')
              LEVEL_MISMATCH 1:1: 'convert' over aggregates converts each amount that is aggregated, by a field or attribute of its own; none is here.
                > convert(sum(invoice : amount), 'EUR')
            """;

    private static final String NAMES =
            """
            nps
              LEVEL_MISMATCH 1:1: 'nps' is a slice, not a value; aggregate it.
                > count(nps)
            account.seats
              LEVEL_MISMATCH 1:1: 'account.seats' is a value of a row, not of a cell; put it inside an aggregate.
                > sum(account : seats)
            count(event) + event.name
              LEVEL_MISMATCH 1:16: 'event.name' is a value of a row, not of a cell; put it inside an aggregate.
                > distinct(event : name)
            contract.mrr
              LEVEL_MISMATCH 1:1: 'contract.mrr' is a value of a row, not of a cell; put it inside an aggregate.
                > sum(contract at end : mrr)
            account.plan = 'pro'
              LEVEL_MISMATCH 1:1: 'account.plan' is a value of a row, not of a cell; put it inside an aggregate.
                > distinct(account : plan)
            evnts + 1
              UNKNOWN_METRIC 1:1: No metric 'evnts'. Did you mean 'events'?
                > events
            count(event where pilots)
              LEVEL_MISMATCH 1:19: 'pilots' is a cohort; ask whether the account is in it.
                > account in pilots
            count(event where account in pilot)
              UNKNOWN_COHORT 1:19: No cohort 'pilot'. Did you mean 'pilots'?
                > pilots
            count(event where user.rol = 'x')
              UNKNOWN_FIELD 1:19: No attribute 'rol' of user. Did you mean 'role'?
                > role
            max(ticket : user)
              INCOMPATIBLE 1:14: Facts of 'ticket' are of no user: the source declares no user field.
            count(ticket on first_repl)
              UNKNOWN_FIELD 1:14: No date or timestamp field 'first_repl' in 'ticket'. Did you mean 'first_reply'?
                > first_reply
            count(event) over last 2 fiscl.quarter
              UNKNOWN_CALENDAR 1:24: No calendar 'fiscl'. A field of that name is written fiscl."quarter". Did you mean 'fiscal'?
                > fiscal
            count(event) | where kind = 2
              UNKNOWN_DIMENSION where 1:1: No dimension 'kind'. Did you mean 'survey.kind'?
                > survey.kind
                > contract.kind
            count(event) | by events
              UNKNOWN_DIMENSION groupBy/0 1:1: No dimension 'events': it is a metric, not a value of a row of event; conditions on computed values go into 'having'.
                > per(account : events)
                > (events) as events
            count(event) | by pilot
              UNKNOWN_DIMENSION groupBy/0 1:1: No dimension 'pilot'. Did you mean 'pilots'?
                > pilots
            count(weather) | by pilots
              INCOMPATIBLE groupBy/0 1:1: The cohort 'pilots' does not apply to 'x': 'weather' is of no account.
            subject
              LEVEL_MISMATCH 1:1: 'subject' is a dimension, not a value of a cell: it is event.name, ticket.priority, account.plan of each row. Group or filter by it.
                > only(... where subject = ...)
            count(weather where subject = 'x')
              INCOMPATIBLE 1:21: The dimension 'subject' is nothing of a row of weather: it is event.name, ticket.priority, account.plan.
            count(trip where payer.pln = 'x')
              UNKNOWN_FIELD 1:18: No attribute 'pln' of the account that 'payer' leads to. Did you mean 'plan'?
                > plan
            sum(account : ticket.number)
              LEVEL_MISMATCH 1:15: 'ticket.number' is a value of a row, not of one account; put it inside an aggregate.
                > sum(ticket : number)
            count(event where account.plan as of 'x' = 'pro')
              SYNTAX 1:38: Found ''x'', expected 'fact', 'start', 'end', 'now' or an instant such as @2026-01-31.
            sum(account : number)
              LEVEL_MISMATCH 1:15: 'number' is a field of a row of 'ticket', not a value of one account; put it inside an aggregate.
                > sum(ticket : number)
            count(event) + survey.kind
              LEVEL_MISMATCH 1:16: 'survey.kind' is a value of a row, not of a cell; put it inside an aggregate.
                > distinct(survey : kind)
            count(account at end)
              INCOMPATIBLE 1:7: 'on', 'at' and 'during' say which time of rows is meant, and accounts have one: those are read that exist at some time of what is read. Say of what they have when it holds.
                > count(account where exists(... at end))
            """;

    private static final String LINKS =
            """
            count(place where exists(trip))
              AMBIGUOUS_NAME 1:26: Several links lead from 'trip' to 'place'; say which.
                > trip via origin
                > trip via destination
            count(place where exists(trip via orign))
              UNKNOWN_FIELD 1:35: 'trip' has no link 'orign' to 'place'. Did you mean 'origin'?
                > origin
            count(trip.origin via destination)
              INCOMPATIBLE 1:12: Rows of 'place', which 'trip.origin' leads to, have a time of their own, and are read in it: say which of them are meant.
                > sum(place where exists(trip via origin) : ...)
            count(trip.origin by event.name)
              INCOMPATIBLE 1:12: Rows of 'place', which 'trip.origin' leads to, have a time of their own, and are read in it: say which of them are meant.
                > sum(place where exists(trip via origin) : ...)
            count(trip.origin.around)
              TYPE_MISMATCH 1:12: 'count' counts rows and takes no value; put a condition into 'where', or count values with 'distinct'.
                > count(... where x is not none)
                > distinct(... : x)
            sum(trip.orign : 1)
              UNKNOWN_SOURCE 1:10: 'trip.orign' is no link: 'trip' has none of that name. Did you mean 'origin'?
                > origin
            sum(trip.origin : 1)
              INCOMPATIBLE 1:10: Rows of 'place', which 'trip.origin' leads to, have a time of their own, and are read in it: say which of them are meant.
                > sum(place where exists(trip via origin) : ...)
            count(trip where origin.around.around.around.around.around.region = 'x')
              LIMIT 1:18: 'origin.around.around.around.around.around.region' follows more than 5 links.
            distinct(trip : trip.origin)
              LEVEL_MISMATCH 1:17: 'origin' is a link to a row of 'place', not a value; name one of its fields.
                > origin.code
            count(trip where origin.account is none)
              UNKNOWN_FIELD 1:18: Rows of 'place', which 'origin.account' leads to, are of no account.
            count(trip where origin.regin = 'x')
              UNKNOWN_FIELD 1:18: No field 'regin' in 'place', which 'origin.regin' leads to. Did you mean 'region'?
                > region
            count(trip) | by place.region
              AMBIGUOUS_NAME groupBy/0 1:1: Several links lead from 'trip' to 'place'; say which.
                > trip.origin.region
                > trip.destination.region
            count(trip via origin)
              INCOMPATIBLE 1:7: 'via' says by which link rows point at the row at hand, and here no row is at hand: 'trip' is read as a whole.
                > trip
            count(trip.stop by event.name)
              INCOMPATIBLE 1:12: 'trip.stop' is each once, and split by no value.
                > account by event.name
            sum(trip.stop.around : 1)
              INCOMPATIBLE 1:10: 'trip.stop.around' follows several links: as a relation stand the members that one link leads to. Begin with the source that has the last of them.
            sum(trip.payer : 1)
              INCOMPATIBLE 1:10: 'trip.payer' is an account in another role: as a relation stand accounts, users, and members of declared entities. Group by it, or count them.
                > distinct(trip.payer)
            count(trip.stop via origin)
              INCOMPATIBLE 1:21: 'trip.stop' is what the link 'stop' leads to; beside it 'via' cannot name another.
                > trip.stop
                > trip.origin
            per(stop : count(trip))
              LEVEL_MISMATCH 1:1: 'per(stop : ...)' is a value of the stop of a row; a cell has none. Aggregate over its members instead.
                > avg(stop : ...)
            distinct(trip : trip.parcel.account)
              TYPE_MISMATCH 1:17: 'parcel' says by 'owner' of which account a row is, and that is no text, as keys of accounts are: declare it as one, and 'parcel.account' has a value.
                > owner: text
            distinct(trip : trip.parcel.user)
              INCOMPATIBLE 1:17: Users are told apart within their account, and 'parcel.user' is of an account of its own: no link leads to its user. Name the field that says the user, or ask for those that rows of 'parcel' are of.
                > parcel.person
                > distinct(parcel.user)
            """;

    private static final String MEMBERS =
            """
            1 + open_tickets
              LEVEL_MISMATCH 1:5: 'open_tickets' is a value of one account and declares no roll-up; say how values become one of a cell.
                > avg(account : open_tickets)
                > sum(account : open_tickets)
            max(user : usage)
              LEVEL_MISMATCH 1:12: 'usage' is of an account; there is no one value of it for a user.
            per(user : count(event))
              LEVEL_MISMATCH 1:1: 'per(user : ...)' is a value of the user of a row; a cell has none. Aggregate over users instead.
                > avg(user : ...)
            count(invoice where per(user : count(event)) > 1)
              INCOMPATIBLE 1:21: 'per(user : ...)' does not apply to 'invoice': its facts are of no user.
            count(event where per(plan : count(event)) > 1)
              UNKNOWN_SOURCE 1:23: 'plan' is no entity; 'per' gives a value of the account or user of a row, or of the member of a declared entity that a link of it leads to.
                > per(account : ...)
            sum(account : per(user : count(event)))
              LEVEL_MISMATCH 1:15: An account has several users, and no one value of them; aggregate over users.
                > sum(user : ...)
            sum(user : count(user))
              LEVEL_MISMATCH 1:18: 'user' cannot be a relation beneath one user; only users beneath an account.
            count(ticket where per(account : exists(event where per(account : count(nps)) > 3)) over 14 days from opened)
              INCOMPATIBLE 1:53: In a window relative to a row this is the same for all that is read in it: it is a value of that row, and stands beside what is read. Another window of the account may be read here, such as 'over last 7 days'.
                > per(account : exists(a) and count(b) > 3)
            count(event) | scope count(event) > 3
              LEVEL_MISMATCH scope 1:1: A scope is of attributes and lists of accounts alone; it has no aggregates and no metrics.
            count(trip where per(origin : count(event)) > 1)
              LEVEL_MISMATCH 1:22: 'origin' is a link to a row of 'place', not a value; name one of its fields.
                > origin.code
            count(trip where per(stop : count(event)) > 1)
              LEVEL_MISMATCH 1:29: For a row of stop rows are aggregated that point at it, and these do not: no link of theirs leads to 'stop'.
                > count(trip)
            sum(stop : count(week where exists(trip)))
              LEVEL_MISMATCH 1:12: Units of time are read for a cell, an account or a user, and not for a row of stop: count the dates of what points at it.
                > distinct(trip : "day")
            count(trip where per(nowhere : count(event)) > 1)
              UNKNOWN_SOURCE 1:22: 'nowhere' is no entity; 'per' gives a value of the account or user of a row, or of the member of a declared entity that a link of it leads to.
                > per(account : ...)
            per(trip.stop : count(trip))
              LEVEL_MISMATCH 1:1: 'per(trip.stop : ...)' is a value of the trip.stop of a row; a cell has none. Aggregate over its members instead.
                > avg(stop : ...)
            per(trip.origin : count(trip))
              LEVEL_MISMATCH 1:1: 'per(trip.origin : ...)' is a value of the trip.origin of a row; a cell has none. Aggregate over its members instead.
                > avg(place : ...)
            sum(trip : per(stop : count(trip)) over 3 days from "day")
              INCOMPATIBLE 1:12: This window is relative to one row, and a value of what it leads to is the same for all rows that lead there: read it in a window of the bucket, or say the window within.
                > per(stop : count(...) over last 30 days)
            count(user where per(account : exists(event)) over 7 days from joined)
              INCOMPATIBLE 1:18: This window is relative to one user, and a value of the account is the same for all of its users: read it in a window of the account, or of the bucket.
                > per(account : exists(event)) over 14 days from account.signed_on
            count(trip where per(payer : count(event)) > 1)
              LEVEL_MISMATCH 1:18: 'payer' leads to no member of a declared entity; 'per' gives a value of one, or of the account or user of a row.
                > per(account : ...)
            """;

    private static final String PAIRS =
            """
            count(user by invoice.paid)
              INCOMPATIBLE 1:7: There are no pairs of user and 'invoice.paid': facts of 'invoice' are of no user.
            count(account by event.user)
              INCOMPATIBLE 1:18: 'event.user' is the user of a row, and no value to split by.
                > user
            avg(account by event.name : count(event) over 3 days from signed)
              INCOMPATIBLE 1:35: A window relative to one account is not read beneath 'account by event.name', whose rows are of the window that the pairs are of; ask for it of the account as a whole.
                > per(account : ...)
            avg(account by event.name : count(user))
              INCOMPATIBLE 1:35: Beneath 'account by event.name' only rows of its value are read, and 'user' has no one 'event.name'; ask for it of the account as a whole.
                > per(account : ...)
            count(event by event.name)
              INCOMPATIBLE 1:7: 'event by event.name': rows of 'event' are one by one already; what is split by a value are accounts and users.
                > account by event.name
                > distinct(event : name)
            count(account by name)
              AMBIGUOUS_NAME 1:18: 'account by name': say of which source or slice the value is.
                > event.name
                > lesson.name
            count(account by account.plan)
              INCOMPATIBLE 1:18: 'account.plan' is one value of each account, and splits none: group by it, or name a field of facts.
            count(account by event.name, survey.kind)
              INCOMPATIBLE 1:30: 'event.name' and 'survey.kind' are of rows of two relations, and no row has both: name values of one source or slice, or what its links lead to.
            count(account by contract.kind)
              MISSING 1:7: 'contract' has a validity and no time of its own: say which of its rows are meant.
                > contract at start
                > contract at end
                > contract during
            count(account by bill.amount)
              INCOMPATIBLE 1:18: 'bill.amount' is an amount in the currency of its row: amounts of two currencies are no one value.
            max(account : count(account by event.name) over 3 days from signed)
              INCOMPATIBLE 1:21: Pairs of account and value are made of the facts of a bucket, and not of a window relative to one member. Count the values that its facts have in it.
                > distinct(event.name) over 14 days from signed_on
            count(account by large.currency)
              INCOMPATIBLE 1:18: The slice 'large' reads more than its rows; pairs are made of rows by what they say themselves.
            sum(account by event.name : count(ticket))
              INCOMPATIBLE 1:35: Beneath 'account by event.name' only rows of its value are read, and 'ticket' has no one 'event.name'; ask for it of the account as a whole.
                > per(account : ...)
            sum(account by event.name : count(steps(event -> event within 3 days per account)))
              INCOMPATIBLE 1:35: Beneath 'account by event.name' only rows of its value are read, and 'event' has no one 'event.name' (steps, touches and changes are made of several rows); ask for it of the account as a whole.
                > per(account : ...)
            """;

    private static final String WINDOWS =
            """
            count(account where exists(event) over 2000 years from signed)
              LIMIT 1:40: A length of time is at most a thousand years.
            count(account where (exists(event) and plan as of end = 'pro') over 14 days from signed)
              INCOMPATIBLE 1:40: Beside what is read in a window relative to a member or row attributes are those of the bucket; the edges of that window are said within, at what is read there.
                > exists(event where account.plan as of start = 'pro')
            count(account where count(user) over 14 days from signed > 3)
              INCOMPATIBLE 1:27: The users of an account are those that it has in the bucket, and a window of its own is one in which facts are read. Read it for each user, or count those that facts name.
                > count(user where exists(event) over 14 days from account.signed_on)
                > distinct(event.user) over 14 days from signed_on
            count(event) over 14 days from signed
              LEVEL_MISMATCH 1:1: '14 days from signed' is of one member; a cell has no 'signed'. Aggregate over members, with this window inside.
                > share(account : exists(...) over 14 days from signed)
            count(account where exists(event) over 14 days from plan)
              TYPE_MISMATCH 1:53: A window begins or ends at a date or an instant; 'plan' is text.
            count(account where exists(event) over 14 hours from signed)
              TYPE_MISMATCH 1:21: 'signed' is a date and has no time of day: hours and minutes are counted from an instant.
            count(account where prior(exists(event) over 14 days from signed))
              INCOMPATIBLE 1:27: '14 days from signed' is where it is whatever the bucket: neither 'prior' nor 'next' moves it.
            count(account where count(week where exists(event)) over 14 days from signed > 3)
              INCOMPATIBLE 1:27: A window relative to a member or row may begin or end inside a week, and a unit of time is read whole. Ask by the day, or for tiles of whole days, which are counted back from its end.
                > day
                > every 7 days
                > every 1 month
            count(ticket where per(account : count(day where exists(event)) > 3) over 14 days from opened)
              INCOMPATIBLE 1:40: A window relative to an instant begins and ends inside a day, and a unit of time ('day') is read whole. Ask for a window from a date: a field that is computed as 'date(...)' of the instant.
                > day
                > every 7 days
            count(account where count(every 1 day where exists(event)) over 900 days from signed > 1)
              LIMIT 1:27: 'every 1 day' cuts a window into as many as 900 tiles; at most 400 are answered. Ask for longer tiles.
            count(nps during)
              INCOMPATIBLE 1:11: 'survey' has no validity, so that 'during' has no meaning for its rows; declare from when until when they hold ('validity' in its definition), or read it by a time.
            count(contract at start) over all
              INCOMPATIBLE 1:16: The window here ('all') begins with the data of each source; it has no start that rows could be valid at.
                > at end
                > during
            count(contract at @2026-01-15T10:00Z)
              INCOMPATIBLE 1:19: 'contract.since' is a date; say at which date its rows are to be valid, without a time of day.
            prior(5)
              LEVEL_MISMATCH 1:1: Nothing beneath this 'prior' is an aggregate, so it changes nothing.
            count(event where happened > window.start) over all
              INCOMPATIBLE 1:30: This window begins with the data of each source; it has no one start.
            count(event) | where event.happened > bucket.start
              LEVEL_MISMATCH where 1:18: A filter or key is of rows, whatever bucket they are read in; compare with a bucket in the formula of the metric.
                > count(... where happened >= bucket.start)
            count(day) over ever | by account.plan
              INCOMPATIBLE 1:1: 'over ever' begins with the data, and no facts are read here; say how far back.
                > over last 12 months
                > over range
            avg(day on happened : count(event)) | by account.plan
              INCOMPATIBLE 1:5: 'on', 'at' and 'during' are of facts; 'day' has the time that is read.
            total(avg(day : count(event))) | by account.plan
              INCOMPATIBLE 1:11: Units of time ('day :') are of each group, and have no total of all groups. Read the members in the unit, which do: their shares add up to that of the group. A total of the units themselves is their value in a question without these keys.
                > avg(day : sum(account : x / total(x)))
            avg(day : total(count(event))) | by account.plan
              INCOMPATIBLE metrics: Units of time ('day :') are of each group, and have no total of all groups in them. Read the members in the unit, which do: their shares add up to that of the group. A total of the units themselves is their value in a question without these keys.
                > avg(day : sum(account : x / total(x)))
            avg(every 1 minute : count(event)) | in 2026-01-01 2026-07-01
              LIMIT metrics: 'every 1 minute' would be read about 260641 times, over all buckets; at most 200000 times is answered. Ask for a coarser unit, a coarser grain, or a shorter range or window.
            count(event) | each hour | in 2020-01-01 2026-01-01
              LIMIT grain: The range has about 52608 buckets of an hour; at most 10000 can be asked for. Ask for a coarser grain, or a shorter range.
            count(account where plan as of fact = 'pro')
              INCOMPATIBLE 1:21: 'as of fact' is as of when a row happened, and one account happened at no one time: say an edge of the time that is read.
                > as of start
                > as of end
            avg(week : count(event)) | each month
              INCOMPATIBLE metrics: The bucket from 2026-01-01 to 2026-02-01 begins or ends inside a week, so 'week :' cannot be read for it. Ask for buckets and a range of whole weeks, or for 'every 1 week', which is counted back from the end.
            sum(account : count(day) over 14 days from signed)
              INCOMPATIBLE 1:15: Units of time in '14 days from signed' are looked for in the data, and no facts are read here; the length of the window is 'days(window.start, window.end)'.
                > days(window.start, window.end)
            avg(day : count(event) over last 3000 days) | in 2018-01-01:2026-01-01
              LIMIT metrics: A window of this question is so long that the same time would be read for 2922 units of time; at most 2000 are computed. Ask for a coarser grain, a shorter range or a shorter window.
            count(event) over last 3000 days | in 2018-01-01:2026-01-01 | each day
              LIMIT metrics: A window of this question is so long that the same time would be read for 2922 buckets; at most 2000 are computed. Ask for a coarser grain, a shorter range or a shorter window.
            count(contract at end) | in 2020-01-01:2026-01-01 | each day
              LIMIT grain: Rows that hold for a time would be read for 2192 buckets; at most 2000 are computed. Ask for a coarser grain or a shorter range.
            avg(day : count(contract at end)) | in 2020-01-01:2026-01-01
              LIMIT metrics: Rows that hold for a time would be read for 2192 units of time; at most 2000 are computed. Ask for a coarser grain or a shorter range.
            """;

    private static final String TOTALS =
            """
            count(event) | by heavy
              INCOMPATIBLE groupBy/0 1:1: A total is of all accounts in the scope and filter of a question, and who is in a cohort does not depend on what is asked: write the number to compare with, or compare in the formula of a metric.
                > count(account where x >= 0.1 * total(x))
            count(event) | where total(count(event)) > 1
              INCOMPATIBLE where 1:1: A total is of the rows that the question's filter keeps, and this is that filter: write the condition into the formula of a metric. A condition on the total of a column goes into 'having'.
                > only(... where per(account : x / total(x)) > 0.1)
            count(event) | by (count(event) / total(count(event) by event.name)) as s | by event.name
              INCOMPATIBLE groupBy/0 1:17: A key says which groups there are, so there are none yet whose total it could read: leave 'by' out, for the total of all accounts.
                > total(...)
            sum(account : sum(user : total(count(event) by account.plan)))
              INCOMPATIBLE 1:26: A total by keys is read where the members of the cell are, which are in groups; what is read for each of them is in none of its own. Say it there.
                > sum(account : sum(user : x) / total(x by k))
            sum(account : avg(day : total(count(event))))
              INCOMPATIBLE 1:25: A total is of all members together, and these units of time are of one of them. Read the members in the unit, or the total outside of it.
                > avg(day : sum(account : x / total(x)))
            count(account where (exists(event) and usage > total(usage)) over 14 days from signed)
              INCOMPATIBLE 1:48: A total is of all members together, and this window is of one; say how far back it is read for all.
            total(5)
              LEVEL_MISMATCH 1:1: Nothing beneath this 'total' is an aggregate, so it changes nothing.
            sum(week : only(count(day where exists(event)) where per(account : exists(ticket))))
              INCOMPATIBLE 1:54: 'only' stands here between units of time, and what its condition reads for an account is of the bucket of the question around all units, or of the innermost within them. Put it around them all, or the condition where rows are read.
                > only(sum(week : count(day where exists(event))) where per(account : ...))
            sum(account : usage / total(usage by age month from account.signed)) | by age month from account.signed
              INCOMPATIBLE metrics: A total by keys beneath members is by what each of them has one value of: an age of members, an amount that is converted and what is read in windows of their own are none. Say the other keys in 'by', or the total outside of the members.
            """;

    private static final String RULES =
            """
            total(count(event) by pilots as of fact)
              INCOMPATIBLE 1:23: The cohort 'pilots' is read once for an account and cell, not as of each fact.
                > pilots as of start
                > pilots as of end
            count(account where exists(event where account in busy as of end) over 9 days from signed)
              INCOMPATIBLE 1:40: A cohort over facts is read at one instant for all rows, and this window ends at one of its own for each member or row. Leave 'as of' out for the end of the bucket, or say a date.
            count(account where account in busy as of start) over all
              INCOMPATIBLE 1:21: This window begins with the data of each source; it has no one start.
            count(event) | cohort account.plan as of start = 'pro' and exists(event) over ever
              INCOMPATIBLE cohort/rule 1:1: A rule is read at one instant, which has no start: say as of when where the cohort is asked for, or a date.
                > account in c as of start
                > as of @2026-01-31
            count(event) | cohort account in busy as of start
              INCOMPATIBLE cohort/rule 1:1: A rule is read at one instant, which has no start: say as of when where the cohort is asked for, or a date.
                > account in c as of start
                > as of @2026-01-31
            count(event) | cohort count(event) over range > 1
              INCOMPATIBLE cohort/rule 1:1: 'over range' does not end at the instant that a rule is read at; say how far back from there.
                > over ever
                > over last 30 days
            count(event) | cohort count(event) > 1
              MISSING cohort/rule 1:7: A rule is read at one instant: say how far back from there 'event' is read.
                > over ever
                > over last 30 days
            count(event) | cohort count(contract) > 1
              MISSING cohort/rule 1:7: 'contract' has a validity and no time of its own: say which of its rows are meant.
                > contract at end
            count(event) | cohort count(day where usage over ever > 1) over last 28 days >= 5
              INCOMPATIBLE cohort/rule 1:17: 'over ever' ends at the instant that a rule is read at, and what is read in a unit of time of it ends no later than the unit.
                > over all
            count(event) | cohort count(day where exists(event where hours(happened, asof) > 3)) over last 7 days > 2
              INCOMPATIBLE cohort/rule 1:52: What is read in a unit of time is the same at whatever instant a rule is read, which 'asof' is: a unit that is over then ends with 'bucket.end'.
                > bucket.end
            count(event) | cohort count(day where exists(steps(event -> ticket within 7 days per account))) over last 7 days > 2
              INCOMPATIBLE cohort/rule 1:24: In a rule attempts are of the whole window and not of each unit of time, at the end of which most are not over; leave the unit out.
                > exists(steps(...) where completed) over last 28 days
            count(event) | cohort exists(steps(event -> ticket within 7 days per account any) where completed) over last 30 days
              INCOMPATIBLE cohort/rule 1:8: A rule is read at an instant, and which of several attempts gets furthest may be known later only; ask for the first, or, of two steps, whether the one has followed the other.
                > first
                > exists(touch(b after a within 7 days per account) on later_at)
            count(event) | cohort exists(touch(ticket after event within 7 days per account)) over last 30 days
              INCOMPATIBLE cohort/rule 1:8: A rule is read at an instant, and a touch that stands at its earlier row may have a later one after it; have it stand at the later.
                > touch(...) on later_at
            sum(event where account in busy : seconds) + 0 * (count(account) over all before)
              INCOMPATIBLE metrics: 'x' reads who is in a cohort in parts that would read it at different times; say as of when.
                > as of start
                > as of end
                > as of now
            sum(event : per(account : usage)) | where event.name = 'a'
              INCOMPATIBLE where: The filter asks for 'event.name', and rows of 'event' are read for each account too ('per' or a key): of all of them, or of those alone? Say it in the formulas.
                > only(... where ...)
            count(event) | cohort count(event where happened > bucket.start) over ever > 1
              LEVEL_MISMATCH cohort/rule 1:30: A rule is read at one instant and in no bucket; the instant is 'asof'.
                > asof
            count(event) | scope per(user : count(event)) > 1
              LEVEL_MISMATCH scope 1:1: A scope is of attributes and lists of accounts alone; it has no aggregates and no metrics.
            count(event) | scope per(stop : count(trip)) > 1
              LEVEL_MISMATCH scope 1:1: A scope is of attributes and lists of accounts alone; it has no aggregates and no metrics.
            count(event) | scope events > 1
              LEVEL_MISMATCH scope 1:1: A scope is of attributes and lists of accounts alone; it has no aggregates and no metrics.
            count(event) | scope (account.plan = 'pro') over 7 days from account.signed
              LEVEL_MISMATCH scope 1:1: 'over' says what time an aggregate reads, and there is none in an account's attributes.
            count(event) | cohort exists(steps(event -> ticket within 7 days per account first without event where beta) where completed) over last 28 days
              INCOMPATIBLE cohort/rule 1:8: A rule is read at an instant, and of an attempt that is not over by then it may be known later only that something lies in it that must not; leave 'without' out.
            count(event) | cohort exists(steps(event -> ticket within 7 days per account first with pending) where completed) over last 28 days
              INCOMPATIBLE cohort/rule 1:8: A rule is read at an instant, and how far an attempt had got by then that is not over is not told apart from what came later; leave 'with pending' out.
            count(event) | cohort sum(contract at @2026-01-01 : mrr) > 1
              INCOMPATIBLE cohort/rule 1:5: A rule is read at one instant: what of 'contract' holds then is read at the end.
                > contract at end
            """;

    private static final String KEYS =
            """
            count(account) | by age week | by age month
              INCOMPATIBLE groupBy: Ages in week and month of what is at no one time: it has each of them in each of its periods, and none of these is within one of the others.
                > age day from ...
            count(event) | by age month from account.signed | each month
              INCOMPATIBLE groupBy: Beside a time axis, an age stands with what it is counted from as another key, by the same grain or by day, or with the account: those of any other group reach it at different times, so that none of its buckets could be told to be whole. Ask for it without the axis, or group by what it is counted from too.
                > groupBy: account.signed_on by month, age month from account.signed_on
            count(event) | by age hour
              INCOMPATIBLE groupBy/0 1:1: An age is in days, weeks, months, quarters or years.
            count(weather) | by age month
              INCOMPATIBLE groupBy/0 1:1: An age is since the account's start unless it says since when, and 'weather' is of no account.
                > age month from ...
            count(contract at end) | by weekday
              INCOMPATIBLE groupBy/0 1:1: 'weekday' does not apply to 'x', which reads rows of 'contract' that hold for a time; say of which field.
                > weekday of contract.since
            rank(sum(bill.amount)) | by bill.currency
              UNIT_MISMATCH metrics/0: 'x' is grouped by 'bill.currency'; groups of several currencies are not compared ('rank', 'top') and not one group of others. Keep to one of them.
                > where currency = 'EUR'
            avg(day : count(bill)) | by (convert(bill.amount, 'USD') > 10) as large
              INCOMPATIBLE metrics/0: Of a row without a rate it is not known of which group it is where a key is computed from converted amounts: beside other keys neither which groups are the greatest ('top') is known then, nor in a unit of time ('day :') what is of which group. Ask without 'top', ordered by the column, or write the condition into the formula.
                > sum(... where convert(x, 'USD') > 100 : ...)
            count(event) | by weekday of event.name
              TYPE_MISMATCH groupBy/0 1:1: 'weekday' is a part of a date or an instant, not of text.
            count(event) | by event.name by month
              TYPE_MISMATCH groupBy/0 1:1: 'by month' does not go with text.
            count(event) | by hour_of_day of event.beta
              TYPE_MISMATCH groupBy/0 1:1: 'hour_of_day' is a part of an instant, not of true or false.
            count(invoice) | by hour_of_day of invoice.issued
              TYPE_MISMATCH groupBy/0 1:1: 'hour_of_day' is a part of an instant, not of date.
            count(event) | by age month from event.name
              TYPE_MISMATCH groupBy/0 1:1: An age is since a date or an instant, this is text.
            count(invoice) | by invoice.issued by hour
              TYPE_MISMATCH groupBy/0 1:1: 'by hour' does not go with date.
            count(account) | by weekday
              INCOMPATIBLE groupBy/0 1:1: 'weekday' does not apply to 'x', which reads 'account': an account has no time of its own; say of which attribute.
                > weekday of ...
            """;

    private static final String SEQUENCES =
            """
            count(steps(event))
              SYNTAX 1:18: Found ')', expected '.', 'via', 'by', 'on', 'at', 'during', 'where', 'weight' or '->'. A sequence has two steps or more: a -> b within 14 days per account.
            count(steps(event -> event per account))
              SYNTAX 1:28: Found 'per', expected '.', 'via', 'by', 'on', 'at', 'during', 'where', 'weight', '->' or 'within'. A sequence says within what time, and of what: a -> b within 14 days per account.
            count(touch(ticket after event within 3 days))
              SYNTAX 1:45: Found ')', expected 'per'. A touch says which rows come after which, and of what: touch(invoice after click per account).
            count(changes(contract per account))
              SYNTAX 1:24: Found 'per', expected '.'. Changes are of a field, and of what: changes(subscription.mrr per account).
            survival(contract : 0.5)
              SYNTAX 1:24: Found ')', expected an operator or '->'. It is the time by which a share has ended: survival(account : started_on -> ended_on, 0.5).
            steps(event -> event within 3 days per account) > 3
              SYNTAX 1:1: 'steps(...)' is a relation and no value: count its rows, or aggregate a field of them. Did you mean 'count(steps(...))'?
                > count(steps(...))
                > share(steps(...) : completed)
            sum(account : touch(ticket after event per account))
              SYNTAX 1:15: 'touch(...)' is a relation and no value: count its rows, or aggregate a field of them. Did you mean 'count(touch(...))'?
                > count(touch(...))
                > exists(touch(...))
            changes(contract.mrr per account)
              SYNTAX 1:1: 'changes(...)' is a relation and no value: count its rows, or aggregate a field of them. Did you mean 'sum(changes(...) : delta)'?
                > sum(changes(...) : delta)
                > count(changes(...))
            share(steps(event -> event within 3 days per account))
              MISSING 1:1: Say of what: a relation, ':' and a value.
                > share(steps(...) : completed)
            avg(touch(ticket after event per account))
              MISSING 1:1: Say of what: a relation, ':' and a value.
                > avg(touch(...) : hours(earlier_at, later_at))
            sum(changes(contract.mrr per account))
              MISSING 1:1: Say of what: a relation, ':' and a value.
                > sum(changes(...) : delta)
            avg(steps(event -> event within 3 days per account) : step_2_at - step_1_at)
              TYPE_MISMATCH 1:55: How long it is from one time to another is said in a unit, the earlier first.
                > days(step_1_at, step_2_at)
                > hours(step_1_at, step_2_at)
            count(steps(event -> ticket within 3 days per ticket))
              INCOMPATIBLE 1:7: The unit of 'steps(...)' is 'account' or 'user', and not 'ticket', whose rows may be of several accounts; to keep to rows of one, say what they have in common.
                > per account
            count(touch(ticket after ticket per ticket))
              INCOMPATIBLE 1:7: The unit of 'touch(...)' is 'account' or 'user', and not 'ticket', whose rows may be of several accounts; to keep to rows of one, say what they have in common.
                > per account same ticket.number
            count(steps(trip -> trip within 3 days per place))
              INCOMPATIBLE 1:7: The unit of 'steps(...)' is 'account' or 'user', and not 'place', whose rows may be of several accounts; to keep to rows of one, say what they have in common.
                > per account same origin.code
            count(touch(trip after ticket per stop))
              INCOMPATIBLE 1:7: The unit of 'touch(...)' is 'account' or 'user', and not 'stop', whose rows may be of several accounts; to keep to rows of one, say what they have in common.
                > per account same stop.code
            count(changes(contract.mrr per ticket))
              INCOMPATIBLE 1:7: The unit of 'changes(...)' is 'account' or 'user', not 'ticket'.
                > per account
                > per user
            count(steps(event -> invoice within 3 hours per account))
              TYPE_MISMATCH 1:7: A sequence is of dates or of instants, and not of both: 'event.happened' (instant), 'invoice.issued' (date).
            sum(account : count(steps(event -> ticket within 3 days per account)) over 14 days from signed)
              INCOMPATIBLE 1:21: Attempts are read by bucket, and not in a window of each member or row; say by a condition when they began.
                > count(steps(...) where started >= account.signed_at and started < account.signed_at + 30 days) over ever
            sum(account : count(touch(ticket after event within 3 days per account)) over 14 days from signed)
              INCOMPATIBLE 1:21: Touches are read by bucket, and not in a window of each member or row; say by a condition when they were.
                > count(touch(...) where earlier_at >= account.signed_at and earlier_at < account.signed_at + 30 days) over ever
            sum(account : count(changes(contract.mrr per account)) over 14 days from signed)
              INCOMPATIBLE 1:21: Changes are read by bucket, and not in a window of each member or row; say by a condition when they were.
                > count(changes(...) where changed_at >= account.signed_on and changed_at < account.signed_on + 30 days) over ever
            count(steps(event -> ticket within 3 days per account same name))
              UNKNOWN_FIELD 1:60: No field 'name' in 'ticket'.
            count(steps(event -> survey within 3 days per account same score))
              TYPE_MISMATCH 1:7: A sequence is of dates or of instants, and not of both: 'event.happened' (instant), 'survey.answered' (date).
            count(steps(event -> weather within 3 days per account))
              INCOMPATIBLE 1:22: 'weather' cannot be a step per account: its facts are of no account.
            count(steps(event -> invoice within 3 days per user))
              INCOMPATIBLE 1:22: 'invoice' cannot be a step per user: its facts are of no user.
                > per account
            count(steps(lesson -> lesson within 7 days per account) where completed)
              AMBIGUOUS_NAME 1:63: 'completed' is said of an attempt, and is a field of 'lesson', whose row begins it; say 'step_1' for that of the row. Rename the field to ask for the other.
                > step_1.completed
            sum(changes(contract.mrr per account) : dleta)
              UNKNOWN_FIELD 1:41: No field 'dleta' of a change. Did you mean 'delta'?
                > delta
            count(changes(contract.mrr per account)) | where account.plan = 'pro' and kind = 'new'
              AMBIGUOUS_NAME where 1:26: 'kind' has more than one reading: change.kind of a change, contract.kind.
                > change.kind
                > contract.kind
            sum(changes(contract.mrr per account) : mrr)
              INCOMPATIBLE 1:41: 'mrr' is of one row, and a change is of all rows of its unit together; to keep to some of them, ask for changes of a slice of 'contract'.
            count(changes(contract.kind per account))
              TYPE_MISMATCH 1:15: 'contract.kind' is text; what changes is a sum, of exact numbers or of money.
            count(changes(contract.mrr gap 3 hours per account))
              TYPE_MISMATCH 1:32: 'contract.since' is a date and has no time of day: hours and minutes are counted from an instant.
            count(changes(contract.mrr per user))
              INCOMPATIBLE 1:15: 'contract' has no changes per user: its facts are of no user.
            count(changes(contract.mrr per account) at end)
              INCOMPATIBLE 1:7: 'on', 'at' and 'during' are of facts; a change is at the time at which the sum is another than before.
            count(touch(call after call per account) where later_at is not none)
              AMBIGUOUS_NAME 1:48: 'later_at' is a time of a touch, and a field of 'call', at whose row it stands; say 'earlier' for that of the row. Rename the field to ask for the other.
                > earlier.later_at
            count(steps(event -> ticket within 3 days per account) at end)
              INCOMPATIBLE 1:7: 'on', 'at' and 'during' are of facts; an attempt is at the time of its first step. Say 'on' of a step.
            count(steps(event -> ticket -> event -> ticket -> event -> ticket -> event -> ticket -> event within 3 days per account unordered))
              LIMIT 1:7: A sequence that is 'unordered' has at most 5 steps; this has 9.
            count(steps(event -> ticket within 3 days per account without nps between 1 and 5))
              INCOMPATIBLE 1:63: 'between 1 and 5' names two of the steps, which are numbered from 1 to 2, the earlier first.
            count(steps(bill where convert(amount, 'USD') > 1 -> bill within 7 days per account))
              INCOMPATIBLE 1:13: A converted amount in the condition of a step may lack its rate, and then the row would be neither there nor not: compare amounts of one currency, or ask it of all that is made of them.
                > steps(...) where convert(amount, 'USD') > 100
            count(steps(event -> lesson within 3 days per account same name))
              TYPE_MISMATCH 1:60: 'name' is not of one type in all rows.
            count(steps(event -> ticket within 1 day per account without nps between 0 and 1))
              SYNTAX 1:74: Steps are counted from 1, in whole numbers.
            count(steps(parcel where exists(trip) -> parcel within 1 day per account))
              INCOMPATIBLE 1:13: An aggregate in the condition of a step is of one bucket, and which rows there are is not: ask it of all that is made of them.
                > steps(...) where per(account : ...)
            count(touch(parcel where exists(trip) after parcel per account))
              INCOMPATIBLE 1:13: An aggregate in the condition of a side of a touch is of one bucket, and which rows there are is not: ask it of all that is made of them.
                > touch(...) where per(account : ...)
            count(touch(bill where convert(amount, 'USD') > 1 after bill per account))
              INCOMPATIBLE 1:13: A converted amount in the condition of a side of a touch may lack its rate, and then the row would be neither there nor not: compare amounts of one currency, or ask it of all that is made of them.
                > touch(...) where convert(amount, 'USD') > 100
            count(touch(event where happened > bucket.start after event per account))
              INCOMPATIBLE 1:13: An edge of the bucket, or an attribute as of one, in the condition of a side of a touch is of one bucket, and which rows there are is not: ask it of all that is made of them.
                > touch(...) where ...
            count(steps(event weight seconds -> event within 1 day per account))
              INCOMPATIBLE 1:26: A step is there or it is not, whatever a row weighs.
            count(steps(contract at end -> event within 1 day per account))
              INCOMPATIBLE 1:13: A step is at one time: 'contract' is read as what holds for a time, or as members.
            """;

    static final List<String> TABLES =
            List.of(
                    SYNTAX,
                    AGGREGATES,
                    TYPES,
                    NAMES,
                    LINKS,
                    MEMBERS,
                    PAIRS,
                    WINDOWS,
                    TOTALS,
                    RULES,
                    KEYS,
                    SEQUENCES);

    /** Questions that are written as an offer says. */
    private static final String ANSWERED =
            """
            count(event where name is not none)
            distinct(event : name)
            count(event where per(account : count(ticket)) > 3)
            survival(account : signed -> signed, 0.5)
            sum(seat during : convert(price, 'USD') as of start)
            rank(total(count(event) by account.plan)) | by account.plan
            rank(-count(event)) | by account.plan
            count(event) | by (events) as events
            count(event) | where per(account : events) > 3
            only(count(event) where subject = 'x')
            count(place where exists(trip via origin))
            sum(place where exists(trip via origin) : 1)
            count(trip.stop)
            avg(user : count(event))
            count(ticket where per(account : exists(event) and count(nps) > 3) over 14 days from opened)
            avg(account by event.name : per(account : count(user)))
            avg(account by event.name : per(account : count(event) over 3 days from signed))
            max(account : distinct(event.name) over 14 days from signed)
            max(account : distinct(event.user) over 14 days from signed)
            count(account where count(user where exists(event) over 14 days from account.signed) > 3)
            count(account where exists(event where account.plan as of start = 'pro') over 14 days from signed)
            share(account : exists(event) over 14 days from signed)
            count(user where per(account : exists(event)) over 14 days from account.signed)
            count(account where count(day where exists(event)) over 14 days from signed > 3)
            count(account where count(every 7 days where exists(event)) over 14 days from signed > 3)
            count(account where count(every 1 month where exists(event)) over 14 days from signed > 3)
            avg(day : sum(account : events / total(events))) | by account.plan
            count(account where events >= 0.1 * total(events))
            only(count(event) where per(account : events / total(events)) > 0.1)
            count(event) | by (count(event) / total(count(event))) as s | by event.name
            sum(account : sum(user : count(event)) / total(count(event) by account.plan)) | by account.plan
            total(count(event) by pilots as of start)
            count(event) | cohort count(event) over ever > 1
            count(event) | cohort count(contract at end) > 1
            count(event) | cohort count(day where usage over all > 1) over last 28 days >= 5
            count(event) | cohort count(day where exists(event where hours(happened, bucket.end) > 3)) over last 7 days > 2
            count(event) | cohort exists(steps(event -> ticket within 7 days per account) where completed) over last 28 days
            count(event) | cohort exists(steps(event -> ticket within 7 days per account first) where completed) over last 30 days
            count(event) | cohort exists(touch(ticket after event within 7 days per account) on later_at) over last 30 days
            count(event) | cohort count(event where happened > asof - 3 days) over ever > 1
            sum(event : per(account : only(usage where plan = 'a')))
            count(account) | by age day from account.signed | by age month from account.signed
            count(event) | by account.signed by month | by age month from account.signed | each month
            count(weather) | by age month from weather.day_of
            count(contract at end) | by weekday of contract.since
            rank(sum(bill where currency = 'EUR' : amount)) | by bill.currency
            avg(day : count(bill where convert(amount, 'USD') > 10))
            sum(account : count(changes(contract.mrr per account) where changed_at >= account.signed and changed_at < account.signed + 30 days) over ever)
            count(event where happened >= bucket.start)
            count(contract at end) over all
            count(contract during) over all
            """;

    /** The shop, and beside it what some refusals are about: links, money of each row, entities, names that are said of more than one thing. */
    private static CatalogBuilder wide() {
        return shop().define(
                        sourceOf("place", "since date, code text key, region text, within text")
                                .with(List.of(new Link("around", "place", List.of("within")))))
                .define(
                        sourceOf(
                                        "trip",
                                        "day date, customer text -> account, a text, b text, c text, d text, e text, km decimal")
                                .with(
                                        List.of(
                                                new Link("origin", "place", List.of("a")),
                                                new Link("destination", "place", List.of("b")),
                                                new Link("stop", "stop", List.of("c")),
                                                new Link("payer", EntityRef.ACCOUNT, "d"),
                                                new Link("parcel", "parcel", List.of("e")))))
                .user("role text, age integer, joined date")
                .source(
                        "parcel",
                        "sent date, no text key, owner integer -> account, person text -> user")
                .define(
                        Source.entity(
                                "stop",
                                "",
                                "",
                                List.of("code"),
                                List.of(Field.of("code", DataType.TEXT)),
                                Notation.STANDARD,
                                List.of()))
                .source(
                        "bill",
                        "issued date, customer text -> account, currency text, amount money of currency")
                .sourceValid(
                        "seat",
                        "since timestamp, until timestamp, customer text -> account, currency text, price money of currency",
                        "since",
                        "until")
                .metric("billed", "sum(bill.amount)")
                .slice("large", "bill", "convert(amount, 'USD') > 100")
                .source(
                        "lesson",
                        "begun timestamp, customer text -> account, completed boolean, name integer")
                .source("call", "later_at timestamp, customer text -> account")
                .define(
                        new ConformedDimension(
                                "subject",
                                "subject",
                                "",
                                List.of("event.name", "ticket.priority", "account.plan")))
                .rule("busy", "count(event) over ever > 3")
                .rule("heavy", "count(event) over ever >= 0.25 * total(count(event) over ever)");
    }

    @ParameterizedTest
    @FieldSource("TABLES")
    void a_question_is_refused_in_these_words(String table) {
        assertThat(Refusals.told(RefusalTablesTest::wide, table)).isEqualTo(table);
    }

    static Stream<String> offered() {
        return TABLES.stream().flatMap(table -> Refusals.offered(table).stream()).distinct();
    }

    @ParameterizedTest
    @MethodSource("offered")
    void what_is_offered_can_be_written(String offer) {
        assertThat(Offers.canBeWritten(offer)).isTrue();
    }

    @Test
    void what_is_offered_is_answered() {
        var catalog = wide().build();
        assertThat(ANSWERED.lines().map(Refusals::question))
                .allSatisfy(question ->
                        assertThat(question.plan(catalog)).isInstanceOf(Planned.Ready.class));
    }
}
