package dev.cairn.bootstrap.command;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.terminal.command.CairnCommandLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What is wrong with a definition, as {@code cairn check} tells it of a file: line and column, the words, the code, and what could be written instead. Each
 * definition stands beside sound ones, in place of the one of its name.
 */
class WrongDefinitionsTest {
    private static final String SOUND =
            """
            entity: account
            attributes:
              plan: text
              seats: integer
              signed: {type: date, marks: start}
            ---
            entity: user
            attributes: {role: text}
            ---
            source: event
            time: {field: happened, type: timestamp}
            account: {field: customer}
            user: {field: person}
            key: [event_no]
            fields: {event_no: text, customer: text, person: text, name: text, seconds: decimal, beta: boolean}
            ---
            source: ticket
            time: {field: opened, type: timestamp}
            account: {field: customer}
            key: [ticket_no]
            fields: {ticket_no: integer, customer: text, due: date, priority: text}
            ---
            source: weather
            time: day_of
            fields: {day_of: date, city: text, degrees: decimal}
            ---
            source: fx
            time: rated_on
            rates: {currency: coin, to: USD, rate: in_dollars}
            fields: {rated_on: date, coin: text, in_dollars: decimal}
            ---
            source: days
            time: ds
            key: [ds]
            fields: {ds: date, fiscal_year: integer, fiscal_quarter: integer}
            ---
            entity: listing
            key: listing_id
            attributes: {country: text}
            ---
            cohort: pilots
            accounts: [a-1]
            ---
            metric: events
            of: cell
            formula: count(event)
            ---
            metric: beds
            of: listing
            formula: least(1, 2)
            ---
            source: ticket_note
            time: noted
            links: {ticket: ticket_no}
            fields: {noted: date, ticket_no: integer}
            ---
            question: how_busy
            metrics: [events]
            range: last 1 month
            having: events > 3
            """;

    private static final String NAMES =
            """
            {metric: No, of: cell, formula: count(event)}
              1:10: 'No' cannot be a name: a lower-case letter, then at most 49 lower-case letters, digits and underscores. Did you mean 'no'? [BAD_VALUE]
            {metric: m, of: cell, formula: evnts + 1}
              1:32: No metric 'evnts'. Did you mean 'events'? [UNKNOWN_METRIC]
            {metric: m, of: cell, formula: none}
              1:32: The formula never has a value. [TYPE_MISMATCH]
            {metric: m, of: cell, formula: let a = 1 in count(event)}
              1:36: 'a' is given a value by 'let' and is never named after it; name it, or leave it out. [MISSING]
            {metric: m, of: cell, unit: duration, formula: count(event)}
              1:29: The unit is declared as duration, the formula gives number (count). [UNIT_MISMATCH]
            {metric: m, of: listng, formula: count(event)}
              1:17: A metric is of cell, account, user or a declared entity; 'listng' is none of them. Did you mean 'listing'? [BAD_VALUE]
            {metric: m, of: account, rollup: share, formula: count(event)}
              1:34: 'm' cannot be rolled up by share: it is number (count). [TYPE_MISMATCH]
            {metric: m, of: cell, minSample: 30, formula: count(event) + count(ticket)}
              1:34: 'm' asks for 30 observations (minSample), but it is made of several relations, or of none, and has no one number of them. [INCOMPATIBLE]
            {metric: m, of: cell, counter: evnts, formula: count(event)}
              1:32: No metric 'evnts'. Did you mean 'events'? [UNKNOWN_METRIC]
            {metric: m, of: cell, formula: count(event where seconds > goal), params: {goal: {type: money, default: 1}}}
              1:89: A parameter is of type text, integer, decimal, boolean, date, timestamp: a plain number takes the unit of what it is compared with. [BAD_VALUE]
            {metric: m, of: cell, formula: count(event where happened > since), params: {since: {type: date, default: 2026-02-30}}}
              1:107: '2026-02-30' is not of type date. [TYPE_MISMATCH]
            {slice: s, of: evnt, where: beta}
              1:16: 's' is a slice of 'evnt', which is no source or slice. Did you mean 'event'? [UNKNOWN_SOURCE]
            {slice: s, of: event, where: seconds}
              1:30: A condition is needed here, this is number; compare it with something. [TYPE_MISMATCH]
            {slice: s, of: s, where: beta}
              1:16: 's' refers to itself: s -> s. [CYCLE]
            {metric: m, of: cell, formula: m + 1}
              1:32: 'm' refers to itself: m -> m. [CYCLE]
            {cohort: c, rule: count(event) > 3}
              1:25: A rule is read at one instant: say how far back from there 'event' is read. [MISSING]
                  Instead: over ever
                       or: over last 30 days
            {cohort: c, rule: account in c}
              1:19: 'c' refers to itself: c -> c. [CYCLE]
            {metric: m, of: cell, formula: beds + 1}
              1:32: 'beds' is a value of one listing and declares no roll-up; say how values become one of a cell. [LEVEL_MISMATCH]
                  Instead: avg(listing : beds)
                       or: sum(listing : beds)
            {metric: m, of: account, formula: beds}
              1:35: 'beds' is a value of one listing and declares no roll-up; say how values become one of one account. [LEVEL_MISMATCH]
                  Instead: avg(listing : beds)
                       or: sum(listing : beds)
            {slice: s, of: event, where: count(ticket) > 1}
              1:30: An aggregate is not a value of a row of event; say whose it is. [LEVEL_MISMATCH]
                  Instead: per(account : ...)
            """;

    private static final String ALERTS =
            """
            {alert: a, owner: ann}
              1:1: An alert says what it watches: one of question, cohort, metric, guard, trust. [MISSING]
            {alert: a, cohort: pilots, question: how_busy}
              1:12: An alert watches one thing, and 'question' is said already. Make another alert of it. [CONFLICT]
            {alert: a, question: how_busy, when: soon}
              1:38: 'soon' is none of: there, missed. [BAD_VALUE]
            {alert: a, question: how_bsy}
              1:22: There is no saved question 'how_bsy'. Did you mean 'how_busy'? [BAD_VALUE]
            {alert: a, question: how_busy, when: missed}
              1:38: No metric of 'how_busy' has a target, so that none can be missed: events. Define one (target: ...). [MISSING]
            {alert: a, cohort: pilots, when: missed}
              1:28: An alert has no 'when'; it has: alert, label, description, owner, cohort, provisional. [UNKNOWN_KEY]
            {alert: a, cohort: plots}
              1:20: There is no cohort 'plots'. Did you mean 'pilots'? [UNKNOWN_COHORT]
            {alert: a, metric: events, band: red}
              1:20: 'events' has no bands that an account could leave: say some in its definition (bands). [INCOMPATIBLE]
            {alert: a, guard: events}
              1:19: 'events' names no counter-metric: say one in its definition (counter). [MISSING]
            {alert: a, guard: events, every: year}
              1:34: 'year' is none of: week, month, quarter. [BAD_VALUE]
            {alert: a, guard: evnts}
              1:19: There is no metric 'evnts'. Did you mean 'events'? [UNKNOWN_METRIC]
            {alert: a, trust: event, at_least: B}
              1:19: Nothing is expected of 'event', so that it has no grade: say in its definition what is (expect). [MISSING]
            {alert: a, trust: event, at_least: F, provisional: true}
              1:36: 'F' is no grade that data can fall below: write A, B, C or D. [BAD_VALUE]
              1:39: An alert has no 'provisional'; it has: alert, label, description, owner, trust, at_least. [UNKNOWN_KEY]
            """;

    private static final String CALENDARS =
            """
            {calendar: c, year_begins: 13-01}
              1:28: There is no month and day 13-01; a year that begins in February has 02-01. [BAD_VALUE]
            {calendar: c, year_begins: 01-31}
              1:28: A year begins on a day that each month has, from 1 to 28: its months begin on it too, and not each has a 31. [BAD_VALUE]
            {calendar: c, rows: dayz, day: ds, grains: {year: fiscal_year}}
              1:21: No source 'dayz', whose rows would be the days. Did you mean 'days'? [UNKNOWN_SOURCE]
            {calendar: c, rows: days, day: fiscal_year, grains: {year: fiscal_year}}
              1:32: 'days.fiscal_year' is no date; each row of a calendar is of a day. [TYPE_MISMATCH]
            {calendar: c, rows: days, day: dd, grains: {year: fiscal_yeer}}
              1:32: The source 'days' has no field 'dd'. Did you mean 'ds'? [UNKNOWN_FIELD]
              1:51: The source 'days' has no field 'fiscal_yeer'. Did you mean 'fiscal_year'? [UNKNOWN_FIELD]
            {calendar: c, rows: days, day: ds, grains: {}}
              1:44: A calendar is cut into something: grains: {quarter: [fiscal_year, fiscal_quarter]}. [MISSING]
            {calendar: c, rows: days, day: ds, grains: {Year: fiscal_year, quarter: []}}
              1:51: 'Year' is no name: small letters, digits and _, a letter first. [BAD_VALUE]
              1:73: The fields that tell one 'quarter' from another. [MISSING]
            """;

    private static final String DIMENSIONS =
            """
            {dimension: d, fields: [event.nam, tickets.priority, name, event.name + 1]}
              1:25: No dimension 'event.nam'. Did you mean 'event.name'? [UNKNOWN_DIMENSION]
              1:36: No source, slice or entity 'tickets'. Did you mean 'ticket'? [UNKNOWN_SOURCE]
              1:54: 'name' is no field in full: a source and its field (signup.channel), a path over links, or an attribute (account.channel). [SYNTAX]
              1:60: 'event.name + 1' is no field in full: a source and its field (signup.channel), a path over links, or an attribute (account.channel). [SYNTAX]
            {dimension: d, fields: []}
              1:24: A dimension says which fields it is: fields: [signup.channel, deal.source_channel]. [MISSING]
            {dimension: d, fields: [event.name, event.seconds]}
              1:37: 'event.name' and 'event.seconds' would both be the dimension of the same rows; name one of them. [CONFLICT]
            """;

    private static final String SOURCES =
            """
            {source: s, time: held, fields: {held: {type: date, optional: true}}}
              1:63: 'held' is of the key, the time, the validity, the account or the user of 's', which each file has a column for: leave out 'optional'. [BAD_VALUE]
            {source: s, time: held, fields: {held: date, late: {type: boolean, compute: held is none, optional: true}}}
              1:77: 'late' is computed: how columns are read is no matter of it. [BAD_VALUE]
            {entity: account, attributes: {plan: {type: text, optional: true}}}
              1:61: A file of accounts needs no column for an attribute, and leaves one that it has none for as it was: leave out 'optional'. [BAD_VALUE]
            {source: s, time: d, fields: {d: text, No: text, x: {type: money}, y: {type: integer, min: 3, max: 1}}}
              1:19: A time is a date or a timestamp; 'd' is text. [TYPE_MISMATCH]
              1:40: 'No' cannot be a name: a lower-case letter, then at most 49 lower-case letters, digits and underscores. Did you mean 'no'? [BAD_VALUE]
              1:50: 'x' is money and has no currency: write x: {type: money, currency: EUR}. [MISSING]
              1:87: min is greater than max. [BAD_RANGE]
            {source: s, fields: {a: date}}
              1:1: A source says when its facts happened, time: {field: a date or timestamp}; or from when until when they hold, validity: {from: a date or timestamp, until: another}; or that they are of no time, time: none. [MISSING]
            {source: s, time: d, key: [no], account: {field: whom}, user: {field: no}, fields: {d: date, who: text}}
              1:28: 'no' is not among the fields of s. [UNKNOWN_FIELD]
              1:50: 'whom' is not among the fields of s. Did you mean 'who'? [UNKNOWN_FIELD]
              1:71: 'no' is not among the fields of s. [UNKNOWN_FIELD]
            {source: s, validity: {from: a, until: a}, fields: {a: date}}
              1:33: A validity begins and ends by two fields; both are 'a'. [CONFLICT]
            {source: s, validity: {from: a, until: b}, fields: {a: date, b: timestamp}}
              1:23: A validity begins and ends by fields of one type; 'a' is a date and 'b' a timestamp. [TYPE_MISMATCH]
            {source: s, validity: {from: a, until: b}, fields: {a: date, b: text}}
              1:40: A time is a date or a timestamp; 'b' is text. [TYPE_MISMATCH]
            {source: s, time: d, coverage: {from: 2026-02-01, until: 2026-01-01}, fields: {d: date}}
              1:32: The coverage from 2026-02-01 ends before it begins; 'until' is the first day that is not complete. [BAD_RANGE]
            {source: s, time: d, fields: {d: date, account: text}}
              1:49: 'account' is the word for the link to the account; only the link's own field may be called so. Make it the link, or give the field another name. [CONFLICT]
                  Instead: account: {field: account}
            {source: s, time: d, fields: {d: date, user: text}}
              1:46: 'user' is the word for the link to the user; only the link's own field may be called so. Make it the link, or give the field another name. [CONFLICT]
                  Instead: user: {field: user}
            {source: s, time: d, fields: {d: date, x: {type: text, compute: d + 1 day}}}
              1:65: Field 'x' is declared as text, its formula gives date. [TYPE_MISMATCH]
            {source: s, time: d, fields: {d: date, x: {type: integer, compute: count(event)}}}
              1:68: A row is read alone: no other rows are known then, and nothing is aggregated. Write it as a metric. [LEVEL_MISMATCH]
            {source: s, time: d, fields: {d: date, x: {type: integer, compute: account.seats}}}
              1:68: Facts of 's' are of no account: the source declares no account field. [INCOMPATIBLE]
            {source: s, time: d, fields: {d: date, x: {type: integer, compute: prior(3)}}}
              1:68: 'prior' says what time an aggregate reads, and there is none in a row of s. [LEVEL_MISMATCH]
            {source: s, time: d, account: {field: a}, where: account in pilots, fields: {d: date, a: text}}
              1:50: A row is read alone: no cohorts are known then. Ask for 'account in pilots' where rows are aggregated. [LEVEL_MISMATCH]
            {source: s, time: d, fields: {d: {type: date, format: QQ}}}
              1:55: Not a format: the letter 'Q' is none of yuMLdEHhmsSaXxZV; other letters stand in quotes, as 'UTC' does. [BAD_VALUE]
            {source: s, time: d, account: {field: a}, fields: {d: date, a: text, x: {type: integer, compute: "per(account : count(event))"}}}
              1:99: Nothing of an account is known while its rows are read. [LEVEL_MISMATCH]
            {source: s, time: d, fields: {d: date, c: text, m: {type: money, currency: {field: c}}, x: {type: money, currency: USD, compute: "convert(m, 'USD')"}}}
              1:131: No rates are known while rows are read; convert where they are aggregated. [LEVEL_MISMATCH]
            {source: s, time: d, fields: {d: date, x: {type: date, compute: bucket.start}}}
              1:65: Field 'x' is declared as date, its formula gives instant. [TYPE_MISMATCH]
              1:65: A computed field reads the row alone: no account, user, attribute, bucket or as-of. [LEVEL_MISMATCH]
            """;

    private static final String MONEY =
            """
            {source: s, time: d, rates: {currency: a, to: euro, rate: c, carry: 0}, fields: {d: timestamp, a: integer, c: text}}
              1:47: 'euro' is no currency: write its three letters, for example EUR. [BAD_VALUE]
              1:69: A rate holds for so many days at most, one at least: write carry: 7 days. [BAD_VALUE]
            {source: s, time: d, rates: {currency: a, to: USD, rate: c}, fields: {d: date, a: text, c: decimal}}
              1:47: 'fx' has rates to USD already; which of them would hold? [CONFLICT]
              sound.yaml:29:29: 's' has rates to USD already; which of them would hold? [CONFLICT]
            {source: s, time: d, fields: {d: date, c: integer, x: {type: money, currency: {field: c}}}}
              1:79: The currency of 'x' is a text such as EUR; 'c' is integer. [TYPE_MISMATCH]
            {source: s, time: d, fields: {d: date, x: {type: money, currency: {field: nope}}}}
              1:30: 's' declares no field 'nope'. [UNKNOWN_FIELD]
            {source: s, time: d, fields: {d: date, x: {type: money, currency: euro}}}
              1:67: 'euro' is no currency: write its three letters, for example EUR. [BAD_VALUE]
            {source: s, time: {field: d, type: timestamp}, rates: {currency: a, to: CHF, rate: c}, fields: {a: text, c: decimal}}
              1:55: Rates are of days: the time of 's' is to be a date, without a validity. [TYPE_MISMATCH]
            {source: s, time: d, rates: {currency: a, to: CHF, rate: c}, fields: {d: date, a: integer, c: text}}
              1:40: The currency of rates is a text; 'a' is integer. [TYPE_MISMATCH]
              1:58: The rate of rates is a number; 'c' is text. [TYPE_MISMATCH]
            {source: s, time: d, rates: {currency: a, to: CHF, rate: nope, carry: 40000 days}, fields: {d: date, a: text}}
              1:58: 'nope' is not among the fields of s. [UNKNOWN_FIELD]
            {source: s, time: d, fields: {d: date, c: text, x: {type: money, currency: {field: c}}, y: {type: money, currency: USD, compute: x}}}
              1:130: Field 'y' is declared as money in USD, its formula gives money in each row's 'c'. [UNIT_MISMATCH]
            """;

    private static final String LINKS =
            """
            {source: s, time: d, links: {x: {source: pilots, fields: [a]}}, fields: {d: date, a: text}}
              1:33: No source or entity 'pilots'. It is a cohort. [UNKNOWN_SOURCE]
            {source: s, time: d, account: {via: ticket}, user: {field: u}, links: {ticket: a}, fields: {d: date, a: integer, u: text}}
              1:52: Users are told apart within their account, and which account a fact of 's' is of may change with the row that its link leads to: then it would be another user. Leave 'user' out, and count the field: distinct(s.u). [INCOMPATIBLE]
                  Instead: distinct(s.u)
            {source: s, time: d, account: {field: a, via: ticket}, links: {ticket: b}, fields: {d: date, a: text, b: integer}}
              1:32: The account of a row is said by 'field' or by 'via', not by both. [INCOMPATIBLE]
            {source: s, time: d, links: {ticket: a}, where: ticket.priority = 'x', fields: {d: date, a: integer}}
              1:49: 'where' of a source says which rows are taken in, each as it comes, and 'ticket.priority' is what a link leads to, which may come later or change: declare a slice with the condition (slice: of_interest, of: s, where: ...), which is read as each question is asked. [LEVEL_MISMATCH]
            {source: s, time: d, key: [k], links: {ticket: a}, fields: {d: date, a: integer, k: {type: text, compute: ticket.priority}}}
              1:27: 'k' is computed from what a link leads to, which is looked up when a question is asked; the key of a row is stored with the row. [INCOMPATIBLE]
            {source: s, time: d, links: {ticket: a}, fields: {d: date, a: integer, k: {type: integer, compute: ticket.priority}}}
              1:100: Field 'k' is declared as integer, its formula gives text. [TYPE_MISMATCH]
            {source: s, time: d, links: {ticket: a}, fields: {d: date, a: integer, k: {type: text, compute: ticket.account.plan}}}
              1:97: A computed field reads the row alone: no account, user, attribute, bucket or as-of. [LEVEL_MISMATCH]
            {source: s, time: d, links: {x: {source: ticked, fields: [a]}}, fields: {d: date, a: integer}}
              1:33: No source or entity 'ticked'. Did you mean 'ticket'? [UNKNOWN_SOURCE]
            {source: s, time: d, links: {weather: a}, fields: {d: date, a: text}}
              1:39: 'weather' has no key, so no row of it can be linked to: say there which fields tell its rows apart, key: [...]. [INCOMPATIBLE]
            {source: s, time: d, links: {ticket: a}, fields: {d: date, a: text}}
              1:38: 'a' is text and says the key field 'ticket_no' of 'ticket', which is integer. [TYPE_MISMATCH]
            {source: s, time: d, links: {ticket: {source: ticket, fields: [a, d]}}, fields: {d: date, a: integer}}
              1:38: The key of 'ticket' is [ticket_no]; the link 'ticket' has 2 fields for it and needs 1. [INCOMPATIBLE]
            {source: s, time: d, links: {ticket: b}, fields: {d: date, a: integer}}
              1:38: 'b' is not among the fields of s. [UNKNOWN_FIELD]
            {source: s, time: d, links: {a: {source: ticket, fields: [a]}}, fields: {d: date, a: integer}}
              1:33: A link cannot be called 'a': it is a field of 's'. Give the link another name. [CONFLICT]
            {source: s, time: d, links: {event: {source: ticket, fields: [a]}}, fields: {d: date, a: integer}}
              1:37: A link cannot be called 'event': it is the name of a source, and leads to 'ticket'. Give the link another name. [CONFLICT]
            {source: s, time: d, links: {x: {entity: ticket, fields: [a]}}, fields: {d: date, a: integer}}
              1:33: 'ticket' is a source and no entity. [INCOMPATIBLE]
                  Instead: {source: ticket, fields: [a]}
            {source: s, time: d, links: {x: {entity: acount, field: a}}, fields: {d: date, a: text}}
              1:33: No source or entity 'acount'. Did you mean 'account'? [UNKNOWN_SOURCE]
            {source: s, time: d, links: {x: {entity: account, field: a}}, fields: {d: date, a: integer}}
              1:33: 'a' is integer and says the key of an account, which is text. [TYPE_MISMATCH]
            {source: s, time: d, links: {x: {entity: account, fields: [a, b]}}, fields: {d: date, a: text, b: text}}
              1:33: The key of an account is one column, 'account_key', and 'x' says it by 2 fields. An account by several is declared so: entity: account, key: [a, b]. [INCOMPATIBLE]
            {source: s, time: d, account: {fields: [a, b]}, fields: {d: date, a: text, b: decimal}}
              1:31: The key of an account is one column, 'account_key', and 'account' says it by 2 fields. An account by several is declared so: entity: account, key: [a, b]. [INCOMPATIBLE]
              1:31: 'b' is decimal, and cannot be a part of the key of an account: a text, an integer, a date or a boolean can. [TYPE_MISMATCH]
            {source: s, time: d, user: {fields: [a, b]}, account: {field: a}, fields: {d: date, a: text, b: text}}
              1:28: The key of a user is one text. Make it of several in a field: user_no: {type: text, compute: "key(a, b)"}. [INCOMPATIBLE]
                  Instead: user: {field: user_no}
            {source: s, time: d, account: {via: tikcet}, links: {ticket: a}, fields: {d: date, a: integer}}
              1:31: 's' declares no link 'tikcet'. Did you mean 'ticket'? [UNKNOWN_FIELD]
            {source: s, time: d, account: {via: host}, links: {host: {entity: account, field: a}}, fields: {d: date, a: text}}
              1:31: 'host' leads to an account itself: name the field with its key, account: {field: a}. [INCOMPATIBLE]
            {source: s, time: d, account: {via: days}, links: {days: d}, fields: {d: date}}
              1:31: 'days' is of no accounts, so no fact has one by it. [INCOMPATIBLE]
            {source: s, time: d, key: [a], account: {via: up}, links: {up: {source: s, fields: [b]}}, fields: {d: date, a: text, b: text}}
              1:41: The account of 's' is had by links that lead in a circle. [CYCLE]
            {source: s, time: d, key: [a], links: {up: {source: s, fields: [b]}}, fields: {d: date, a: text, b: text, root: {type: text, compute: up.root}}}
              1:135: 'root' is computed from itself, by what its links lead to. [CYCLE]
            {source: s, time: d, links: {ticket: a}, fields: {d: {type: date, compute: ticket.due}, a: integer}}
              1:19: 'd' is computed from what a link leads to, which is looked up when a question is asked; the time of a row is stored with the row. [INCOMPATIBLE]
            """;

    private static final String ENTITIES =
            """
            {entity: account, attributes: {plan: text, account: text}}
              1:53: 'account' is the word for the account itself; give the attribute another name. [CONFLICT]
            {entity: account, attributes: {plan: {type: text, marks: start}}}
              1:51: 'start' is marked by a date or a timestamp. [TYPE_MISMATCH]
            {entity: house, attributes: {plan: {type: text, marks: start}}}
              1:49: 'start' is marked by a date. [TYPE_MISMATCH]
            {entity: user, attributes: {role: {type: boolean, marks: test}}}
              1:28: 'role' cannot be marked as test: accounts are left out as test accounts, with all that is theirs; a user is left out by a condition. [BAD_VALUE]
            {entity: user, key: [a, b]}
              1:21: The key of a user is one column, and not 2: users are told apart within their account. Name the column that has it (key: user_key); facts make it of several fields: user_no: {type: text, compute: "key(a, b)"}. [INCOMPATIBLE]
            {entity: account, attributes: {plan: text, price: {type: money, currency: {field: plan}}}}
              1:75: 'price' is money of one currency: an attribute says nothing of the day that its amount is of, whose rate it would be converted at. Declare one currency (currency: EUR), or let a source with a validity have the amounts, each beside its currency ({type: money, currency: {field: currency}}), and ask sum(contract at end : convert(amount, 'EUR')). [INCOMPATIBLE]
            {entity: account, attributes: {a: text, b: {type: text, compute: b}, c: {type: integer, compute: count(event)}}}
              1:66: No attribute or metric 'b'. [UNKNOWN_FIELD]
              1:98: A computed attribute reads the key and earlier attributes of its account alone: no aggregate, no bucket and no as-of. A metric of account may read them. [LEVEL_MISMATCH]
            {entity: account, attributes: {plan: text, tier: {type: text, compute: plan}}, links: {parent: {entity: account, field: tier}}}
              1:96: 'tier' is computed; what says the key of another is read from the file of accounts. [INCOMPATIBLE]
            {entity: account, attributes: {plan: text, top: {type: text, compute: parent.plan}}, links: {parent: {entity: account, field: parent_key}}}
              1:71: A computed attribute reads the key and earlier attributes of its account alone, and not what links lead to ('parent.plan'), which might be computed from it in turn. Write it where it is asked for, as a key or in a metric of account. [INCOMPATIBLE]
            {entity: account, attributes: {plan: text}, links: {event: {source: event, fields: [event_no]}}}
              1:60: 'event' is a source of facts, and an account has no time at which it would point at one. Declare an entity for what it points at; a fact of 'event' names its account itself. [INCOMPATIBLE]
            {entity: account, attributes: {plan: text}, links: {plan: {entity: listing, field: plan_no}}}
              1:59: A link cannot be called 'plan': it is a field of 'account'. Give the link another name. [CONFLICT]
            {entity: account, attributes: {plan: text}, links: {home: {entity: listng, field: home_no}}}
              1:59: No source or entity 'listng'. Did you mean 'listing'? [UNKNOWN_SOURCE]
            {entity: listing, key: listing_id, attributes: {country: text}, links: {listing: {entity: listing, field: next}}}
              1:82: A link cannot be called 'listing': it is a name of 'listing' itself. Give the link another name. [CONFLICT]
            {entity: ring, key: a, links: {ring: {entity: ring, field: b}}}
              1:38: A link cannot be called 'ring': it is a name of 'ring' itself. Give the link another name. [CONFLICT]
            """;

    private static final String TABLES =
            """
            {source: s, table: shop.s, time: d, read: {decimal: ','}, fields: {d: date, a: decimal}}
              1:43: How texts are read is for files; 's' is read from the table shop.s, whose values have types. A view can change them. (Times without an offset are read in the source's zone by 'format: local'.) [BAD_VALUE]
            {source: s, table: shop.s, time: d, fields: {d: date, a: {type: decimal, decimal: ','}}}
              1:45: How texts are read is for files; 'a' is read from the table shop.s, whose values have types. A view can change them. (Times without an offset are read in the source's zone by 'format: local'.) [BAD_VALUE]
            {entity: plan, table: shop.plans, key: a, history: as_of, attributes: {b: text}}
              1:52: 'as_of' is said by an import, and nothing is imported into the table shop.plans: name the column with the day from which a row holds, {snapshot: ...}, or {from: ..., until: ...}. [INCOMPATIBLE]
            {source: s, table: shop.s, time: d, coverage: {until: {max: nope}}, fields: {d: date}}
              1:47: 's' declares no field 'nope'. [UNKNOWN_FIELD]
            """;

    static final List<String> ALL =
            List.of(NAMES, ALERTS, CALENDARS, DIMENSIONS, SOURCES, MONEY, LINKS, ENTITIES, TABLES);

    private static final Pattern NAME = Pattern.compile("\\{?(\\w+: \\w+)");
    private static final String PROBLEM = "  ";

    @TempDir Path folder;

    @ParameterizedTest
    @FieldSource("ALL")
    void a_definition_is_refused_in_these_words(String table) {
        var told =
                table.lines()
                        .filter(line -> !line.startsWith(PROBLEM))
                        .map(line -> line + "\n" + told(line))
                        .collect(joining());

        assertThat(told).isEqualTo(table);
    }

    @Test
    void problem_of_a_formula_hides_none_of_the_same_words_where_another_refers_to_it() {
        file(
                "a.yaml",
                """
                entity: account
                ---
                source: event
                time: {field: happened, type: timestamp}
                account: {field: customer}
                where: "seconds > "
                fields: {customer: text, seconds: decimal, minutes: {type: decimal, compute: secnds / 60}}
                ---
                {slice: long, of: event, where: "seconds > "}
                ---
                {slice: longer, of: long, where: secnds > 60}
                ---
                {metric: longest, of: cell, formula: "count(longer) + sum(longer : secnds) + count(evnt)"}
                """);

        assertThat(checked().replace(folder.resolve("a.yaml") + ":", ""))
                .isEqualTo(
                        """
                        6:19: Found the end, expected a value. [SYNTAX]
                        7:78: No field 'secnds' in 'event'. Did you mean 'seconds'? [UNKNOWN_FIELD]
                        9:44: Found the end, expected a value. [SYNTAX]
                        11:34: No field 'secnds' in 'event'. Did you mean 'seconds'? [UNKNOWN_FIELD]
                        13:68: No field 'secnds' in 'event'. Did you mean 'seconds'? [UNKNOWN_FIELD]
                        13:84: No source, slice or entity 'evnt'. Did you mean 'event'? [UNKNOWN_SOURCE]
                        6 problems in 1 file.
                        """);
    }

    private String told(String definition) {
        var name = name(definition);
        var others =
                Stream.of(SOUND.split("---\n"))
                        .filter(other -> !name(other).equals(name))
                        .collect(joining("---\n"));
        file("a.yaml", definition + "\n");
        file("sound.yaml", others);
        return checked()
                .lines()
                .filter(line -> !line.endsWith(" in 2 files."))
                .map(line -> line.replace(folder.resolve("a.yaml") + ":", ""))
                .map(line -> line.replace(folder.resolve("sound.yaml") + ":", "sound.yaml:"))
                .map(line -> PROBLEM + line + "\n")
                .collect(joining());
    }

    private static String name(String definition) {
        var found = NAME.matcher(definition);
        assertThat(found.lookingAt()).isTrue();
        return found.group(1);
    }

    private void file(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What is reported where nothing is started. */
    private String checked() {
        var errors = new StringWriter();
        var commands =
                CairnCommandLine.of(
                                new CairnCommand() {
                                    @Override
                                    public int run(Work work) {
                                        throw new AssertionError("nothing is to be started");
                                    }
                                })
                        .setErr(new PrintWriter(errors));
        assertThat(commands.execute("check", folder.toString(), "--alone")).isEqualTo(1);
        return errors.toString().replace("\r\n", "\n");
    }
}
