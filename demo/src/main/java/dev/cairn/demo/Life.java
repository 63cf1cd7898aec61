package dev.cairn.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a customer: how engaged it was each month, what it paid, and how its terms ended.
 *
 * @param versions its subscriptions, a row for each time in which nothing of one changed, by their start
 * @param terms the terms of its contracts, by their start
 */
record Life(
        Customer customer,
        LocalDate founded,
        List<Double> engagement,
        List<Version> versions,
        List<Term> terms) {

    /** What a seat costs a month, in the currency of whoever pays. */
    enum Plan {
        STARTER("starter", 15),
        GROWTH("growth", 29),
        SCALE("scale", 45);

        final String key;
        final int perSeat;

        Plan(String key, int perSeat) {
            this.key = key;
            this.perSeat = perSeat;
        }

        /** The next larger one; of the largest itself. */
        Plan next() {
            return this == STARTER ? GROWTH : SCALE;
        }
    }

    /**
     * A time in which nothing of a subscription changed.
     *
     * @param until first day that it does not hold; null: it holds still
     * @param price of a period, which is a year or a month
     */
    record Version(
            String subscription,
            LocalDate from,
            @Nullable LocalDate until,
            Plan plan,
            int seats,
            boolean isTrial,
            BigDecimal price) {
        boolean holdsOn(LocalDate day) {
            return !from.isAfter(day) && (until == null || until.isAfter(day));
        }

        /** Whether it holds just before a day begins, as what opens a period does. */
        boolean holdsBefore(LocalDate day) {
            return from.isBefore(day) && (until == null || !until.isBefore(day));
        }
    }

    /**
     * A term of a contract.
     *
     * @param decision {@code renewed} or {@code lost}; null: not decided yet
     * @param renewed value of a year after it; null unless it was renewed
     */
    record Term(
            String contract,
            LocalDate from,
            LocalDate due,
            BigDecimal annual,
            @Nullable String decision,
            @Nullable LocalDate decidedOn,
            @Nullable BigDecimal renewed,
            BigDecimal discount) {}

    /** How engaged it is in the month of a day. */
    double engagementOn(LocalDate day) {
        long month = ChronoUnit.MONTHS.between(founded, day.withDayOfMonth(1));
        return engagement.get(Math.clamp(month, 0, engagement.size() - 1));
    }

    /** What it has on a day, trials among it; null: nothing. */
    @Nullable Version on(LocalDate day) {
        for (var version : versions) {
            if (version.holdsOn(day)) {
                return version;
            }
        }
        return null;
    }

    /** How many of its people use the product in the month of a day. */
    int usersOn(LocalDate day) {
        var version = on(day);
        return version == null
                ? 0
                : (int) Math.max(1, Math.round(version.seats() * (0.3 + 0.65 * engagementOn(day))));
    }

    BigDecimal monthly(Version version) {
        return customer.isYearly()
                ? version.price().divide(BigDecimal.valueOf(12), 10, RoundingMode.HALF_UP)
                : version.price();
    }

    static Life of(Options options, Customer customer) {
        return new Course(options, customer).run();
    }

    /** Lives a customer's life, term after term. */
    private static final class Course {
        private final Options options;
        private final Customer customer;
        private final Dice dice;
        private final List<Double> engagement = new ArrayList<>();
        private final List<Version> versions = new ArrayList<>();
        private final List<Term> terms = new ArrayList<>();

        private Plan plan;
        private int seats;
        private double discount;
        private int subscription = 1;

        Course(Options options, Customer customer) {
            this.options = options;
            this.customer = customer;
            this.dice = Dice.of(options.seed(), "life", customer.number());
            plan =
                    switch (customer.segment()) {
                        case SMB -> dice.oneOf(List.of(Plan.STARTER, Plan.GROWTH));
                        case MID_MARKET -> Plan.GROWTH;
                        case ENTERPRISE -> Plan.SCALE;
                    };
            seats = dice.between(customer.segment().leastSeats, customer.segment().mostSeats);
            feel();
        }

        /** How engaged it is each month: it strays from its nature and comes back to it. */
        private void feel() {
            double now = customer.engagement();
            for (int month = 0; month <= options.months() + 12; month++) {
                now =
                        customer.engagement()
                                + 0.75 * (now - customer.engagement())
                                + dice.normal(0, 0.07);
                engagement.add(Math.clamp(now, 0.02, 1));
            }
        }

        Life run() {
            var life = new Life(customer, options.founded(), engagement, versions, terms);
            LocalDate from = customer.startedOn();
            if (customer.segment() == Customer.Segment.SMB && dice.happens(0.5)) {
                add(from, from.plusDays(14), true);
                from = from.plusDays(14);
            }
            while (from != null && from.isBefore(options.until())) {
                from = term(life, from);
            }
            return new Life(
                    customer,
                    options.founded(),
                    List.copyOf(engagement),
                    List.copyOf(versions),
                    List.copyOf(terms));
        }

        /** One term; returns when the next one begins, null where there is none. */
        private @Nullable LocalDate term(Life life, LocalDate from) {
            LocalDate due = from.plusMonths(customer.termMonths());
            var annual = annual();
            LocalDate since = from;
            for (LocalDate day = from.plusMonths(1);
                    day.isBefore(due) && day.isBefore(options.until());
                    day = day.plusMonths(1)) {
                int before = seats;
                grow(life.engagementOn(day));
                if (seats != before) {
                    int after = seats;
                    seats = before;
                    add(since, day, false);
                    seats = after;
                    since = day;
                }
            }
            String contract = "C-%s-%d".formatted(customer.key(), terms.size() + 1);
            if (!due.isBefore(options.until())) {
                add(since, null, false);
                terms.add(new Term(contract, from, due, annual, null, null, null, BigDecimal.ZERO));
                return null;
            }
            return decide(life, contract, from, due, since, annual);
        }

        private @Nullable LocalDate decide(
                Life life,
                String contract,
                LocalDate from,
                LocalDate due,
                LocalDate since,
                BigDecimal annual) {
            double lately =
                    (life.engagementOn(due.minusMonths(3))
                                    + life.engagementOn(due.minusMonths(2))
                                    + life.engagementOn(due.minusMonths(1)))
                            / 3;
            boolean renews = dice.happens(1 / (1 + Math.exp(-(-2.4 + 7.5 * lately))));
            add(since, due, false);
            if (!renews) {
                var decidedOn = due.minusDays(dice.between(3, 40));
                terms.add(
                        new Term(
                                contract,
                                from,
                                due,
                                annual,
                                "lost",
                                decidedOn,
                                null,
                                BigDecimal.ZERO));
                boolean returns = dice.happens(0.15);
                LocalDate next = due.plusDays(dice.between(40, 200));
                subscription++;
                return returns ? next : null;
            }
            discount = dice.happens(1.1 - lately) ? dice.between(1, 4) * 0.05 : 0;
            if (plan != Plan.SCALE && dice.happens(0.1 * lately)) {
                plan = plan.next();
            }
            boolean isLate = dice.happens(0.12);
            var decidedOn =
                    isLate ? due.plusDays(dice.between(1, 25)) : due.minusDays(dice.between(0, 45));
            boolean isKnown = decidedOn.isBefore(options.until());
            terms.add(
                    new Term(
                            contract,
                            from,
                            due,
                            annual,
                            isKnown ? "renewed" : null,
                            isKnown ? decidedOn : null,
                            isKnown ? annual() : null,
                            BigDecimal.valueOf(discount).setScale(2, RoundingMode.HALF_UP)));
            return due;
        }

        private void grow(double engagement) {
            if (dice.happens(0.03 + 0.11 * engagement)) {
                seats += Math.max(1, (int) Math.round(seats * (0.05 + 0.2 * dice.fraction())));
            } else if (seats > 2 && dice.happens(0.05 * (1 - engagement))) {
                seats -= Math.max(1, (int) Math.round(seats * (0.05 + 0.15 * dice.fraction())));
            }
        }

        private void add(LocalDate from, @Nullable LocalDate until, boolean isTrial) {
            versions.add(
                    new Version(
                            "S-%s-%d".formatted(customer.key(), subscription),
                            from,
                            until,
                            plan,
                            seats,
                            isTrial,
                            price()));
        }

        private BigDecimal price() {
            double local =
                    switch (customer.currency()) {
                        case "EUR" -> 0.95;
                        case "GBP" -> 0.8;
                        default -> 1;
                    };
            double month = plan.perSeat * local * (1 - discount);
            return BigDecimal.valueOf(seats * (customer.isYearly() ? month * 12 * 0.9 : month))
                    .setScale(2, RoundingMode.HALF_UP);
        }

        private BigDecimal annual() {
            return customer.isYearly() ? price() : price().multiply(BigDecimal.valueOf(12));
        }
    }
}
