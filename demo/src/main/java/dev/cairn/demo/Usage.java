package dev.cairn.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users do in the product, day by day. Rows are made as they are read: a million of them are never in memory at once. */
final class Usage {
    /** Something that users do: how often among all they do, and of which part of the product it is. */
    private record Act(String name, @Nullable String feature, double weight) {}

    private static final List<Act> ACTS =
            List.of(
                    new Act("page_view", null, 25),
                    new Act("dashboard_viewed", "dashboards", 28),
                    new Act("report_built", "reports", 15),
                    new Act("data_imported", "imports", 9),
                    new Act("project_created", "projects", 8),
                    new Act("alert_set", "alerts", 5),
                    new Act("api_call", "api", 10));
    private static final double SHARED = 8;
    private static final double LOGINS = 0.3;

    private final Options options;
    private final Story story;
    private final List<Life> lives;
    private final double activityOfWeight;
    private final double loginsOfWeight;

    Usage(Options options, Story story, List<Life> lives) {
        this.options = options;
        this.story = story;
        this.lives = lives;
        double activity = 0;
        double logins = 0;
        for (LocalDate day = options.begin();
                day.isBefore(options.until());
                day = day.plusDays(1)) {
            for (var life : lives) {
                activity += activity(life, day);
                logins += logins(life, day);
            }
        }
        activityOfWeight = options.events() * (1 - LOGINS) / activity;
        loginsOfWeight = options.events() * LOGINS / logins;
    }

    Table table() {
        return new Table(
                "event",
                List.of(
                        "event_id",
                        "occurred_at",
                        "account",
                        "user",
                        "name",
                        "feature",
                        "quantity",
                        "is_automated"),
                Days::new);
    }

    /** How many rows were lost in the week in which the feed was broken. */
    long lost() {
        long lost = 0;
        for (int number = 0; number < Story.BROKEN_DAYS; number++) {
            var day = story.broken().plusDays(number);
            for (var life : lives) {
                lost += all(life, day) - rows(life, day).size();
            }
        }
        return lost;
    }

    private long all(Life life, LocalDate day) {
        var all = new ArrayList<List<@Nullable String>>();
        make(life, day, all);
        return all.size();
    }

    /** How much is done: more of those who are engaged, on working days, less in August and at the end of December. */
    private double activity(Life life, LocalDate day) {
        return life.usersOn(day) * life.engagementOn(day) * season(day);
    }

    /** Logins go by seats and by how people log in, and by nothing else: the popular metric that says nothing. */
    private double logins(Life life, LocalDate day) {
        var version = life.on(day);
        return version == null
                ? 0
                : version.seats() * (life.customer().usesSingleSignOn() ? 1 : 0.3) * season(day);
    }

    private static double season(LocalDate day) {
        double week =
                day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY
                        ? 0.15
                        : 1;
        boolean isQuiet =
                day.getMonthValue() == 8 || (day.getMonthValue() == 12 && day.getDayOfMonth() > 20);
        return isQuiet ? week * 0.6 : week;
    }

    private List<List<@Nullable String>> rows(Life life, LocalDate day) {
        var rows = new ArrayList<List<@Nullable String>>();
        make(life, day, rows);
        if (story.isBroken(life.customer(), day)) {
            var dice =
                    Dice.of(options.seed(), "broken", life.customer().number(), day.toEpochDay());
            rows.removeIf(_ -> dice.happens(Story.LOST_SHARE));
        }
        return rows;
    }

    private void make(Life life, LocalDate day, List<List<@Nullable String>> rows) {
        double activity = activity(life, day) * activityOfWeight;
        if (life.on(day) == null) {
            return;
        }
        var dice = Dice.of(options.seed(), "usage", life.customer().number(), day.toEpochDay());
        double shared = SHARED * story.sharing(life.customer(), day);
        double acts = ACTS.stream().mapToDouble(Act::weight).sum() + SHARED;
        for (int times = dice.times(activity * shared / acts); times > 0; times--) {
            rows.add(row(life, day, "report_shared", "reports", dice, rows.size()));
        }
        for (var act : ACTS) {
            for (int times = dice.times(activity * act.weight() / acts); times > 0; times--) {
                rows.add(row(life, day, act.name(), act.feature(), dice, rows.size()));
            }
        }
        for (int times = dice.times(logins(life, day) * loginsOfWeight); times > 0; times--) {
            rows.add(row(life, day, "login", null, dice, rows.size()));
        }
    }

    private static List<@Nullable String> row(
            Life life,
            LocalDate day,
            String name,
            @Nullable String feature,
            Dice dice,
            int number) {
        // Some users do far more than others.
        int users = life.usersOn(day);
        int user = 1 + (int) (users * Math.pow(dice.fraction(), 1.6));
        boolean isAutomated = name.equals("api_call") && dice.happens(0.7);
        var at = day.atTime(dice.between(7, 19), dice.between(0, 59), dice.between(0, 59));
        var row = new ArrayList<@Nullable String>();
        row.add("%s-%s-%d".formatted(life.customer().key(), day, number));
        row.add(at.toInstant(ZoneOffset.UTC).toString());
        row.add(life.customer().key());
        row.add("u" + Math.min(user, users));
        row.add(name);
        row.add(feature);
        row.add(name.equals("data_imported") ? Integer.toString(dice.between(1, 500)) : null);
        row.add(Boolean.toString(isAutomated));
        return row;
    }

    /** All rows, a day and an account at a time. */
    private final class Days implements Iterator<List<@Nullable String>> {
        private LocalDate day = options.begin();
        private int life;
        private Iterator<List<@Nullable String>> rows =
                List.<List<@Nullable String>>of().iterator();

        @Override
        public boolean hasNext() {
            while (!rows.hasNext() && day.isBefore(options.until())) {
                rows = Usage.this.rows(lives.get(life), day).iterator();
                life++;
                if (life == lives.size()) {
                    life = 0;
                    day = day.plusDays(1);
                }
            }
            return rows.hasNext();
        }

        @Override
        public List<@Nullable String> next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException();
            }
            return rows.next();
        }
    }
}
