package dev.cairn.bootstrap.separation;

import dev.cairn.demo.Company;
import dev.cairn.demo.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Customers of a made-up company whose contracts come due in a time, counted from its files without a database: what they did in the 90 days before, and whether they stayed.
 *
 * @param from first day of the time in which contracts come due
 * @param until the day after the last
 */
public record CountedAccounts(LocalDate from, LocalDate until, List<Counted> accounts) {
    /** Metrics are read of so many days before. */
    public static final int DAYS = 90;

    public CountedAccounts {
        accounts = List.copyOf(accounts);
    }

    /**
     * A customer.
     *
     * @param started since when it is one
     * @param seats just before the time begins
     * @param activities what its users did, without logins, page views and what bots did
     * @param reports that they shared
     */
    public record Counted(
            String account,
            LocalDate started,
            int seats,
            int activities,
            int reports,
            int logins,
            boolean stayed) {}

    /**
     * Customers of whom a contract comes due that was not decided before.
     *
     * @param months that contracts come due in, the last of the company
     */
    public static CountedAccounts of(Company company, int months) {
        var until = company.options().until();
        var from = until.minusMonths(months);
        var due = new HashSet<String>();
        var lost = new HashSet<String>();
        var tables = company.tables();
        var contracts = Rows.of(tables, "contract");
        for (var row : contracts.all()) {
            var dueOn = contracts.day(row, "due_on");
            var decidedOn = contracts.text(row, "decided_on");
            boolean isOpen = decidedOn.isEmpty() || !LocalDate.parse(decidedOn).isBefore(from);
            if (!dueOn.isBefore(from)
                    && dueOn.isBefore(until)
                    && isOpen
                    && contracts.day(row, "starts_on").isBefore(from)) {
                due.add(contracts.text(row, "account"));
            }
            if (contracts.text(row, "decision").equals("lost")
                    && isOpen
                    && LocalDate.parse(decidedOn).isBefore(until)) {
                lost.add(contracts.text(row, "account"));
            }
        }
        return counted(tables, from, until, due, account -> !lost.contains(account));
    }

    /**
     * Customers that pay when the time begins, of whom those stayed that pay for as many seats in the end or more.
     *
     * @param months that the time has, the last of the company
     */
    public static CountedAccounts ofSeats(Company company, int months) {
        var until = company.options().until();
        var from = until.minusMonths(months);
        var before = seats(company.tables(), from);
        var after = seats(company.tables(), until);
        return counted(
                company.tables(),
                from,
                until,
                new HashSet<>(before.keySet()),
                account -> after.getOrDefault(account, 0) >= before.get(account));
    }

    private static CountedAccounts counted(
            List<Table> tables,
            LocalDate from,
            LocalDate until,
            Set<String> asked,
            Predicate<String> stayed) {
        var started = new HashMap<String, LocalDate>();
        var accounts = Rows.of(tables, "account");
        for (var row : accounts.all()) {
            if (accounts.text(row, "is_test").equals("true")) {
                asked.remove(accounts.text(row, "account_key"));
            }
            started.put(accounts.text(row, "account_key"), accounts.day(row, "started_on"));
        }
        var seats = seats(tables, from);
        var done = done(tables, from, asked);
        var counted = new ArrayList<Counted>();
        for (var account : asked.stream().sorted().toList()) {
            var counts = done.getOrDefault(account, new int[3]);
            counted.add(
                    new Counted(
                            account,
                            started.get(account),
                            seats.getOrDefault(account, 0),
                            counts[0],
                            counts[1],
                            counts[2],
                            stayed.test(account)));
        }
        return new CountedAccounts(from, until, counted);
    }

    /** Of each account that pays just before a day, for how many seats. */
    private static Map<String, Integer> seats(List<Table> tables, LocalDate day) {
        var seats = new HashMap<String, Integer>();
        var subscriptions = Rows.of(tables, "subscription");
        for (var row : subscriptions.all()) {
            var ends = subscriptions.text(row, "ends_on");
            if (subscriptions.text(row, "status").equals("active")
                    && subscriptions.day(row, "starts_on").isBefore(day)
                    && (ends.isEmpty() || !LocalDate.parse(ends).isBefore(day))) {
                seats.merge(
                        subscriptions.text(row, "account"),
                        Integer.parseInt(subscriptions.text(row, "seats")),
                        Integer::sum);
            }
        }
        return seats;
    }

    /** Of each account, activities, reports shared, and logins. */
    private static HashMap<String, int[]> done(
            List<Table> tables, LocalDate from, Set<String> due) {
        var begin = from.minusDays(DAYS).toString();
        var end = from.toString();
        var done = new HashMap<String, int[]>();
        var events = Rows.of(tables, "event");
        for (var row : events.all()) {
            var at = events.text(row, "occurred_at");
            var account = events.text(row, "account");
            if (at.compareTo(begin) >= 0 && at.compareTo(end) < 0 && due.contains(account)) {
                var counts = done.computeIfAbsent(account, _ -> new int[3]);
                var name = events.text(row, "name");
                boolean isBot = events.text(row, "is_automated").equals("true");
                counts[0] += isBot || Set.of("login", "page_view").contains(name) ? 0 : 1;
                counts[1] += name.equals("report_shared") ? 1 : 0;
                counts[2] += name.equals("login") ? 1 : 0;
            }
        }
        return done;
    }

    /** A table of the company, by the names of its columns. */
    private record Rows(Table table) {
        static Rows of(List<Table> tables, String target) {
            return new Rows(
                    tables.stream()
                            .filter(table -> table.target().equals(target))
                            .findFirst()
                            .orElseThrow());
        }

        Iterable<List<String>> all() {
            return () -> table.rows().get();
        }

        String text(List<String> row, String column) {
            var value = row.get(table.header().indexOf(column));
            return value == null ? "" : value;
        }

        LocalDate day(List<String> row, String column) {
            return LocalDate.parse(text(row, column));
        }
    }
}
