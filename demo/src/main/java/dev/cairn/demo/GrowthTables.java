package dev.cairn.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leads and deals, what customers do for the company, what they want to reach, and what the company changed. */
final class GrowthTables {
    private record Stage(String name, String probability) {}

    private static final List<Stage> STAGES =
            List.of(
                    new Stage("discovery", "0.10"),
                    new Stage("evaluation", "0.35"),
                    new Stage("negotiation", "0.70"));
    private static final List<String> CHANNELS =
            List.of("search", "events", "referral", "outbound");
    private static final List<String> SELLERS = List.of("rosa", "sam", "tom");

    private final Options options;
    private final List<List<@Nullable String>> leads = new ArrayList<>();
    private final List<List<@Nullable String>> deals = new ArrayList<>();
    private final List<List<@Nullable String>> stages = new ArrayList<>();
    private final List<List<@Nullable String>> acts = new ArrayList<>();
    private final List<List<@Nullable String>> goals = new ArrayList<>();
    private final List<List<@Nullable String>> measurements = new ArrayList<>();

    private GrowthTables(Options options) {
        this.options = options;
    }

    static List<Table> of(Options options, Story story, List<Life> lives) {
        var tables = new GrowthTables(options);
        for (var life : lives) {
            tables.won(life);
            tables.expansions(life);
            tables.goal(life);
        }
        tables.others();
        lives.forEach(tables::acts);
        return List.of(
                Table.of(
                        "lead",
                        List.of(
                                "lead_id",
                                "created_on",
                                "account",
                                "person",
                                "kind",
                                "channel",
                                "is_qualified"),
                        tables.leads),
                Table.of(
                        "deal",
                        List.of(
                                "deal_id",
                                "created_on",
                                "closed_on",
                                "expected_on",
                                "account",
                                "lead_id",
                                "owner",
                                "kind",
                                "outcome",
                                "currency",
                                "amount"),
                        tables.deals),
                Table.of(
                        "deal_stage",
                        List.of(
                                "deal_id",
                                "entered_on",
                                "left_on",
                                "stage",
                                "probability",
                                "expected_on",
                                "currency",
                                "amount"),
                        tables.stages),
                Table.of(
                        "advocacy_act",
                        List.of("act_id", "acted_on", "account", "user", "kind", "deal_id"),
                        tables.acts),
                Table.of(
                        "outcome_goal",
                        List.of(
                                "goal_id",
                                "account",
                                "name",
                                "set_on",
                                "due_on",
                                "baseline_value",
                                "target_value"),
                        tables.goals),
                Table.of(
                        "outcome_measurement",
                        List.of("goal_id", "measured_on", "actual", "evidence"),
                        tables.measurements),
                Table.of(
                        "change_marker",
                        List.of("change_id", "changed_on", "kind", "name", "concerns"),
                        List.of(
                                List.of(
                                        "M1",
                                        story.helped().toString(),
                                        "release",
                                        "Guided setup",
                                        "account.region = 'Europe'"),
                                List.of(
                                        "M2",
                                        story.idle().toString(),
                                        "release",
                                        "New dashboard",
                                        ""),
                                List.of(
                                        "M3",
                                        story.hurry().toString(),
                                        "policy",
                                        "Reply within the hour",
                                        ""))));
    }

    /** The deal that made an account a customer closes on the day it starts. */
    private void won(Life life) {
        var customer = life.customer();
        var dice = Dice.of(options.seed(), "won", customer.number());
        int days = dice.between(20, 110);
        String lead = lead(customer.startedOn().minusDays(days + 10L), customer.key(), dice, true);
        var annual = life.terms().isEmpty() ? BigDecimal.TEN : life.terms().getFirst().annual();
        deal(
                customer.startedOn().minusDays(days),
                customer.startedOn(),
                customer.key(),
                lead,
                "new",
                "won",
                customer.currency(),
                annual,
                dice);
    }

    /** More seats are a deal too, which closes as they begin. */
    private void expansions(Life life) {
        var customer = life.customer();
        var dice = Dice.of(options.seed(), "expansions", customer.number());
        Life.@Nullable Version before = null;
        for (var version : life.versions()) {
            if (before != null && version.seats() > before.seats()) {
                var more = version.price().subtract(before.price()).max(BigDecimal.ONE);
                deal(
                        version.from().minusDays(dice.between(7, 50)),
                        version.from(),
                        customer.key(),
                        null,
                        "expansion",
                        "won",
                        customer.currency(),
                        customer.isYearly() ? more : more.multiply(BigDecimal.valueOf(12)),
                        dice);
            }
            before = version;
        }
    }

    /** What came to nothing, or is not decided yet: of no account. */
    private void others() {
        var dice = Dice.of(options.seed(), "others");
        for (int number = 0; number < options.accounts() * 2; number++) {
            long all = options.founded().until(options.until(), java.time.temporal.ChronoUnit.DAYS);
            var created = options.founded().plusDays((long) (dice.fraction() * all));
            boolean isQualified = dice.happens(0.6);
            String lead = lead(created.minusDays(5), null, dice, isQualified);
            var closed = created.plusDays(dice.between(15, 120));
            boolean isOpen = !closed.isBefore(options.until());
            if (isQualified) {
                deal(
                        created,
                        isOpen ? null : closed,
                        null,
                        lead,
                        "new",
                        isOpen ? null : dice.happens(0.2) ? "disqualified" : "lost",
                        "USD",
                        BigDecimal.valueOf(dice.between(1, 60) * 500L),
                        dice);
            }
        }
    }

    private String lead(LocalDate day, @Nullable String account, Dice dice, boolean isQualified) {
        String id = "Q%05d".formatted(leads.size() + 1);
        leads.add(
                Arrays.asList(
                        id,
                        day.toString(),
                        account,
                        "p%05d".formatted(leads.size() + 1),
                        dice.oneOf(
                                List.of("marketing", "customer_success", "sales"), 0.6, 0.15, 0.25),
                        dice.oneOf(CHANNELS),
                        Boolean.toString(isQualified)));
        return id;
    }

    private void deal(
            LocalDate created,
            @Nullable LocalDate closed,
            @Nullable String account,
            @Nullable String lead,
            String kind,
            @Nullable String outcome,
            String currency,
            BigDecimal annual,
            Dice dice) {
        String id = "D%05d".formatted(deals.size() + 1);
        var amount = annual.setScale(2, RoundingMode.HALF_UP);
        var expected = closed == null ? options.until().plusDays(dice.between(1, 80)) : closed;
        deals.add(
                Arrays.asList(
                        id,
                        created.toString(),
                        closed == null ? null : closed.toString(),
                        expected.toString(),
                        account,
                        lead,
                        dice.oneOf(SELLERS),
                        kind,
                        outcome,
                        currency,
                        amount.toPlainString()));
        var end = closed == null ? options.until() : closed;
        long days = created.until(end, java.time.temporal.ChronoUnit.DAYS);
        var entered = created;
        for (int stage = 0; stage < STAGES.size() && entered.isBefore(end); stage++) {
            boolean isLast = stage == STAGES.size() - 1;
            var left = isLast ? end : created.plusDays(days * (stage + 1) / STAGES.size());
            boolean isThere = isLast && closed == null;
            if (left.isAfter(entered)) {
                stages.add(
                        Arrays.asList(
                                id,
                                entered.toString(),
                                isThere ? null : left.toString(),
                                STAGES.get(stage).name(),
                                STAGES.get(stage).probability(),
                                expected.minusDays(7L * (STAGES.size() - 1 - stage)).toString(),
                                currency,
                                amount.toPlainString()));
                entered = left;
            }
        }
    }

    private void acts(Life life) {
        var customer = life.customer();
        var dice = Dice.of(options.seed(), "acts", customer.number());
        for (LocalDate month = options.begin();
                month.isBefore(options.until());
                month = month.plusMonths(1)) {
            double engagement = life.engagementOn(month);
            if (life.on(month) != null && dice.happens(0.25 * Math.max(0, engagement - 0.45))) {
                String kind =
                        dice.oneOf(
                                List.of("referral", "reference", "review", "case_study"),
                                0.4,
                                0.25,
                                0.25,
                                0.1);
                String deal =
                        kind.equals("referral") && dice.happens(0.6)
                                ? "D%05d".formatted(dice.between(1, deals.size()))
                                : null;
                acts.add(
                        Arrays.asList(
                                "V%05d".formatted(acts.size() + 1),
                                month.plusDays(dice.between(0, 27)).toString(),
                                customer.key(),
                                "u1",
                                kind,
                                deal));
            }
        }
    }

    /** Each customer agrees on a goal in its first weeks: fewer hours for a report, or more reports. */
    private void goal(Life life) {
        var customer = life.customer();
        var dice = Dice.of(options.seed(), "goal", customer.number());
        var set = customer.startedOn().plusDays(dice.between(10, 40));
        var due = set.plusDays(180);
        if (set.isBefore(options.begin()) || !set.isBefore(options.until())) {
            return;
        }
        String goal = "G-" + customer.key();
        boolean isFewer = dice.happens(0.5);
        double baseline = isFewer ? dice.between(20, 60) : dice.between(2, 10);
        double target = isFewer ? Math.round(baseline * 0.6) : baseline * 3;
        goals.add(
                Arrays.asList(
                        goal,
                        customer.key(),
                        isFewer ? "Hours for a report" : "Reports a week",
                        set.toString(),
                        due.toString(),
                        number(baseline),
                        number(target)));
        double reached = 0;
        for (var day = set.plusDays(30); day.isBefore(due.plusDays(1)); day = day.plusDays(30)) {
            if (!day.isBefore(options.until()) || life.on(day) == null) {
                return;
            }
            reached += (0.08 + 0.22 * life.engagementOn(day)) * dice.normal(1, 0.2);
            measurements.add(
                    List.of(
                            goal,
                            day.toString(),
                            number(baseline + reached * (target - baseline)),
                            dice.oneOf(List.of("customer", "telemetry", "manager"))));
        }
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }
}
