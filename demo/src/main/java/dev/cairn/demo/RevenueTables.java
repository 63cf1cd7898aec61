package dev.cairn.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What customers pay: subscriptions, contracts, invoices, rates of exchange, and what it costs. */
final class RevenueTables {
    private static final Map<String, Double> SHARES_OF_COST =
            new TreeMap<>(
                    Map.of(
                            "sales", 0.16,
                            "marketing", 0.11,
                            "support", 0.08,
                            "hosting", 0.07,
                            "customer_success", 0.06));

    private static final String PRODUCT = "Insights";

    private RevenueTables() {}

    static List<Table> of(Options options, List<Life> lives) {
        return List.of(
                rates(options),
                subscriptions(lives),
                contracts(lives),
                invoices(options, lives),
                costs(options, lives),
                quotas(options, lives));
    }

    private static Table rates(Options options) {
        var rows = new ArrayList<List<@Nullable String>>();
        var dice = Dice.of(options.seed(), "rates");
        var rates = new TreeMap<>(Map.of("EUR", 1.08, "GBP", 1.27));
        for (LocalDate day = options.founded().minusDays(5);
                day.isBefore(options.until());
                day = day.plusDays(1)) {
            boolean isWeekend =
                    day.getDayOfWeek() == DayOfWeek.SATURDAY
                            || day.getDayOfWeek() == DayOfWeek.SUNDAY;
            for (var currency : List.of("EUR", "GBP")) {
                rates.merge(currency, 1 + dice.normal(0, 0.003), (rate, move) -> rate * move);
                if (!isWeekend) {
                    rows.add(
                            List.of(
                                    day.toString(),
                                    currency,
                                    BigDecimal.valueOf(Objects.requireNonNull(rates.get(currency)))
                                            .setScale(6, RoundingMode.HALF_UP)
                                            .toPlainString()));
                }
            }
        }
        return Table.of("fx_rate", List.of("rate_date", "currency", "rate"), rows);
    }

    private static Table subscriptions(List<Life> lives) {
        var rows = new ArrayList<List<@Nullable String>>();
        for (var life : lives) {
            for (var version : life.versions()) {
                rows.add(
                        Arrays.asList(
                                version.subscription(),
                                version.from().toString(),
                                text(version.until()),
                                life.customer().key(),
                                PRODUCT,
                                version.plan().key,
                                version.isTrial() ? "trial" : "active",
                                Integer.toString(version.seats()),
                                life.customer().currency(),
                                life.customer().isYearly() ? "year" : "month",
                                version.price().toPlainString()));
            }
        }
        return Table.of(
                "subscription",
                List.of(
                        "subscription_id",
                        "starts_on",
                        "ends_on",
                        "account",
                        "product",
                        "plan",
                        "status",
                        "seats",
                        "currency",
                        "billing_period",
                        "price"),
                rows);
    }

    private static Table contracts(List<Life> lives) {
        var rows = new ArrayList<List<@Nullable String>>();
        for (var life : lives) {
            for (var term : life.terms()) {
                rows.add(
                        Arrays.asList(
                                term.contract(),
                                life.customer().key(),
                                term.from().toString(),
                                term.due().toString(),
                                life.customer().manager(),
                                life.customer().currency(),
                                term.annual().toPlainString(),
                                term.decision(),
                                text(term.decidedOn()),
                                text(term.renewed()),
                                term.discount().toPlainString()));
            }
        }
        return Table.of(
                "contract",
                List.of(
                        "contract_id",
                        "account",
                        "starts_on",
                        "due_on",
                        "owner",
                        "currency",
                        "annual_value",
                        "decision",
                        "decided_on",
                        "renewed_value",
                        "discount"),
                rows);
    }

    /** What is in force on the first of a month is billed then, or for a year on the day a term begins; now and then a line is credited. */
    private static Table invoices(Options options, List<Life> lives) {
        var rows = new ArrayList<List<@Nullable String>>();
        for (LocalDate month = options.begin();
                month.isBefore(options.until());
                month = month.plusMonths(1)) {
            for (var life : lives) {
                var version = life.on(month);
                if (!life.customer().isYearly() && version != null && !version.isTrial()) {
                    line(rows, life, month, version.price());
                }
            }
        }
        for (var life : lives) {
            for (var term : life.terms()) {
                boolean isKnown =
                        !term.from().isBefore(options.begin())
                                && term.from().isBefore(options.until());
                if (life.customer().isYearly() && isKnown) {
                    line(
                            rows,
                            life,
                            term.from(),
                            Objects.requireNonNull(life.on(term.from())).price());
                }
            }
        }
        credit(options, rows);
        return Table.of(
                "invoice_line",
                List.of(
                        "line_id",
                        "issued_on",
                        "account",
                        "invoice_no",
                        "credit_of",
                        "product",
                        "kind",
                        "quantity",
                        "currency",
                        "amount"),
                rows);
    }

    private static void line(
            List<List<@Nullable String>> rows, Life life, LocalDate day, BigDecimal amount) {
        int number = rows.size() + 1;
        rows.add(
                Arrays.asList(
                        "L%06d".formatted(number),
                        day.toString(),
                        life.customer().key(),
                        "F%06d".formatted(number),
                        null,
                        PRODUCT,
                        "recurring",
                        "1",
                        life.customer().currency(),
                        amount.toPlainString()));
    }

    private static void credit(Options options, List<List<@Nullable String>> rows) {
        var dice = Dice.of(options.seed(), "credits");
        for (var line : List.copyOf(rows)) {
            var day = LocalDate.parse(Objects.requireNonNull(line.get(1))).plusDays(9);
            if (dice.happens(0.01) && day.isBefore(options.until())) {
                var back = new BigDecimal(Objects.requireNonNull(line.get(9))).negate();
                rows.add(
                        Arrays.asList(
                                "L%06d".formatted(rows.size() + 1),
                                day.toString(),
                                line.get(2),
                                "F%06d".formatted(rows.size() + 1),
                                line.get(0),
                                PRODUCT,
                                "credit",
                                "1",
                                line.get(8),
                                back.toPlainString()));
            }
        }
    }

    private static Table costs(Options options, List<Life> lives) {
        var rows = new ArrayList<List<@Nullable String>>();
        var dice = Dice.of(options.seed(), "costs");
        for (LocalDate month = options.founded();
                month.isBefore(options.until());
                month = month.plusMonths(1)) {
            double revenue = 4_000;
            for (var life : lives) {
                var version = life.on(month);
                revenue += version == null ? 0 : life.monthly(version).doubleValue();
            }
            for (var cost : SHARES_OF_COST.entrySet()) {
                double amount = revenue * cost.getValue() * dice.normal(1, 0.08);
                rows.add(
                        Arrays.asList(
                                "K-%s-%s".formatted(month, cost.getKey()),
                                month.plusDays(14).toString(),
                                null,
                                cost.getKey(),
                                "USD",
                                BigDecimal.valueOf(amount)
                                        .setScale(2, RoundingMode.HALF_UP)
                                        .toPlainString()));
            }
        }
        return Table.of(
                "cost",
                List.of("cost_id", "booked_on", "account", "category", "currency", "amount"),
                rows);
    }

    /** What each manager is to renew in a quarter: nine tenths of what is due, in dollars as if all currencies were. */
    private static Table quotas(Options options, List<Life> lives) {
        var due =
                new TreeMap<List<String>, BigDecimal>(
                        (a, b) -> String.join("/", a).compareTo(String.join("/", b)));
        for (var life : lives) {
            for (var term : life.terms()) {
                var day = term.due();
                if (!day.isBefore(options.begin())) {
                    var quarter =
                            day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
                    due.merge(
                            List.of(quarter.toString(), life.customer().manager()),
                            term.annual(),
                            BigDecimal::add);
                }
            }
        }
        var rows = new ArrayList<List<@Nullable String>>();
        due.forEach((key, value) ->
                rows.add(
                        Arrays.asList(
                                "renewed_arr",
                                key.get(1),
                                key.get(0),
                                null,
                                "USD",
                                value.multiply(new BigDecimal("0.9"))
                                        .setScale(0, RoundingMode.HALF_UP)
                                        .toPlainString())));
        for (LocalDate quarter = firstQuarter(options);
                quarter.isBefore(options.until());
                quarter = quarter.plusMonths(3)) {
            rows.add(
                    Arrays.asList(
                            "won_value", "sales", quarter.toString(), null, "USD", "1000000"));
        }
        return Table.of(
                "target",
                List.of("metric", "owner", "starts_on", "value", "currency", "amount"),
                rows);
    }

    private static LocalDate firstQuarter(Options options) {
        var begin = options.begin();
        return begin.plusMonths((12 - (begin.getMonthValue() - 1)) % 3);
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }
}
