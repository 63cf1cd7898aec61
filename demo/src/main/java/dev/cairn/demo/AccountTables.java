package dev.cairn.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who the customers are and how that changed, their users, and the tasks of their first weeks. */
final class AccountTables {
    private static final List<String> TASKS =
            List.of("kick_off", "import_data", "first_report", "invite_team", "set_goals");
    private static final List<String> ROLES = List.of("analyst", "manager", "admin", "viewer");

    private AccountTables() {}

    static List<Table> of(Options options, List<Life> lives) {
        return List.of(accounts(options, lives), users(options, lives), milestones(options, lives));
    }

    /** A row for each time in which plan and judgement of an account stayed as they were. */
    private static Table accounts(Options options, List<Life> lives) {
        var rows = new ArrayList<List<@Nullable String>>();
        for (var life : lives) {
            var customer = life.customer();
            var days = new TreeSet<LocalDate>();
            life.versions().forEach(version -> days.add(version.from()));
            for (LocalDate day = options.founded();
                    day.isBefore(options.until());
                    day = day.plusMonths(3)) {
                if (day.isAfter(customer.startedOn())) {
                    days.add(day);
                }
            }
            List<@Nullable String> before = null;
            LocalDate since = customer.startedOn();
            for (var day : days) {
                var now = attributes(life, day);
                if (before != null && !before.equals(now)) {
                    rows.add(row(life, before, since, day));
                    since = day;
                }
                before = now;
            }
            if (before != null) {
                rows.add(row(life, before, since, null));
            }
        }
        return Table.of(
                "account",
                List.of(
                        "account_key",
                        "valid_from",
                        "valid_until",
                        "name",
                        "segment",
                        "region",
                        "industry",
                        "owner",
                        "started_on",
                        "removed_on",
                        "is_test",
                        "parent_key",
                        "plan",
                        "lifecycle",
                        "sentiment"),
                rows);
    }

    private static List<@Nullable String> attributes(Life life, LocalDate day) {
        var version = life.on(day);
        double engagement = life.engagementOn(day);
        return Arrays.asList(
                version == null ? null : version.plan().key,
                version == null
                        ? "churned"
                        : day.isBefore(life.customer().startedOn().plusDays(90))
                                ? "onboarding"
                                : "customer",
                engagement < 0.3 ? "red" : engagement < 0.5 ? "yellow" : "green");
    }

    private static List<@Nullable String> row(
            Life life, List<@Nullable String> changing, LocalDate from, @Nullable LocalDate until) {
        var customer = life.customer();
        var row =
                new ArrayList<@Nullable String>(
                        Arrays.asList(
                                customer.key(),
                                from.toString(),
                                until == null ? null : until.toString(),
                                customer.name(),
                                customer.segment().key,
                                customer.region(),
                                customer.industry(),
                                customer.manager(),
                                customer.startedOn().toString(),
                                null,
                                Boolean.toString(customer.isTest()),
                                customer.parent()));
        row.addAll(changing);
        return row;
    }

    private static Table users(Options options, List<Life> lives) {
        var rows = new ArrayList<List<@Nullable String>>();
        for (var life : lives) {
            int users = 0;
            for (LocalDate day = options.begin();
                    day.isBefore(options.until());
                    day = day.plusMonths(1)) {
                users = Math.max(users, life.usersOn(day));
            }
            for (int user = 1; user <= users; user++) {
                rows.add(
                        Arrays.asList(
                                "u" + user, life.customer().key(), ROLES.get(user % ROLES.size())));
            }
        }
        return Table.of("user", List.of("user_key", "account", "role"), rows);
    }

    private static Table milestones(Options options, List<Life> lives) {
        var rows = new ArrayList<List<@Nullable String>>();
        for (var life : lives) {
            var customer = life.customer();
            var dice = Dice.of(options.seed(), "milestones", customer.number());
            double engagement = life.engagementOn(customer.startedOn());
            for (int task = 0; task < TASKS.size(); task++) {
                boolean isDone = dice.happens(0.45 + 0.6 * engagement);
                var doneOn =
                        customer.startedOn()
                                .plusDays(dice.between(1, 12) + task * dice.between(2, 9));
                rows.add(
                        Arrays.asList(
                                customer.key(),
                                TASKS.get(task),
                                customer.startedOn().toString(),
                                Boolean.toString(task < 3),
                                isDone && doneOn.isBefore(options.until())
                                        ? doneOn.toString()
                                        : null));
            }
        }
        return Table.of(
                "milestone",
                List.of("account", "name", "assigned_on", "is_mandatory", "completed_on"),
                rows);
    }
}
