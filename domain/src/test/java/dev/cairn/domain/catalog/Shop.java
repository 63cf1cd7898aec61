package dev.cairn.domain.catalog;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.model.Parameter;

/** The catalogue that most tests ask: a shop with accounts, users, events, surveys, tickets, invoices and contracts, and the weather, which is of nobody. */
public final class Shop {
    private Shop() {}

    public static CatalogBuilder shop() {
        return CatalogBuilder.catalog()
                .account(
                        "plan text, region text, seats integer, signed date start, internal boolean test")
                .user("role text, age integer")
                .source(
                        "event",
                        "happened timestamp, customer text -> account, person text -> user, name text, seconds decimal, beta boolean")
                .source(
                        "survey",
                        "answered date, customer text -> account, person text -> user, kind text, score integer, rating integer, comment text")
                .source(
                        "ticket",
                        "opened timestamp, number integer key, customer text -> account, first_reply timestamp, solved timestamp, due date, priority text")
                .source(
                        "invoice",
                        "issued date, customer text -> account, paid_on date, amount money EUR, fee money USD, quantity integer, unit_price decimal, paid boolean")
                .sourceValid(
                        "contract",
                        "since date, until date, customer text -> account, mrr decimal, kind text",
                        "since",
                        "until")
                .source("weather", "day_of date, city text, degrees decimal")
                .rates("fx", "rated_on date, coin text, in_dollars decimal", "USD")
                .slice("nps", "survey", "kind = 'nps' and score is not none")
                .slice("promoter", "nps", "score >= 9")
                .slice("csat", "survey", "kind = 'csat'")
                .calendar("fiscal", 2, 1)
                .metric("events", "count(event)")
                .metric("revenue", "sum(invoice : amount)")
                .metric("nps_score", "100 * (share(nps : score >= 9) - share(nps : score <= 6))")
                .metric(
                        "frequent",
                        "count(event where seconds > goal and happened + wait days < @2027-01-01)",
                        new Parameter("goal", DataType.INTEGER, "4"),
                        new Parameter("wait", DataType.INTEGER, "7"))
                .metric("warmth", "avg(weather : degrees)")
                .metric("usage", Level.ACCOUNT, RollUp.AVG, "count(event)")
                .metric("open_tickets", Level.ACCOUNT, null, "count(ticket where solved is none)")
                .metric("actions", Level.USER, RollUp.MEDIAN, "count(event)")
                .cohort("pilots", "a-1", "a-2")
                .rule("big", "seats >= 100");
    }
}
