package dev.cairn.demo;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer, as it will always be.
 *
 * @param number from 1
 * @param key its key in all files
 * @param parent key of the account that it belongs to; null: it is its own
 * @param segment how large it is
 * @param currency what it pays in
 * @param isYearly whether it pays a year in advance
 * @param termMonths how long a term of its contracts is
 * @param startedOn first day of its first contract
 * @param engagement how engaged it is by nature, 0 to 1: this, and not its size, decides whether it renews
 * @param usesSingleSignOn whether its users are logged in again each morning: logins say nothing about anything else
 * @param isTest whether it is an account of the company's own
 */
record Customer(
        int number,
        String key,
        String name,
        @Nullable String parent,
        Segment segment,
        String region,
        String industry,
        String manager,
        String currency,
        boolean isYearly,
        int termMonths,
        LocalDate startedOn,
        double engagement,
        boolean usesSingleSignOn,
        boolean isTest) {

    /** How large a customer is. */
    enum Segment {
        SMB("smb", 3, 15),
        MID_MARKET("mid_market", 16, 70),
        ENTERPRISE("enterprise", 80, 300);

        final String key;
        final int leastSeats;
        final int mostSeats;

        Segment(String key, int leastSeats, int mostSeats) {
            this.key = key;
            this.leastSeats = leastSeats;
            this.mostSeats = mostSeats;
        }
    }

    private static final List<String> REGIONS = List.of("Europe", "Americas", "Asia");
    private static final List<String> INDUSTRIES =
            List.of("Software", "Retail", "Health", "Finance", "Education", "Manufacturing");
    private static final List<String> MANAGERS = List.of("ana", "boris", "chloe", "dmitri", "emma");
    private static final List<String> FIRST =
            List.of(
                    "Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Grove", "Harbor", "Iris",
                    "Juniper", "Kestrel", "Lumen", "Maple", "North", "Orchid", "Pine", "Quartz",
                    "River", "Summit", "Tidal");
    private static final List<String> LAST =
            List.of(
                    "Analytics",
                    "Labs",
                    "Foods",
                    "Clinics",
                    "Systems",
                    "Works",
                    "Schools",
                    "Capital");

    static Customer of(Options options, int number) {
        var dice = Dice.of(options.seed(), "customer", number);
        var segment = dice.oneOf(List.of(Segment.values()), 0.6, 0.3, 0.1);
        String region = dice.oneOf(REGIONS, 0.4, 0.4, 0.2);
        boolean isTest = number % 100 == 50;
        long days = options.founded().until(options.until(), java.time.temporal.ChronoUnit.DAYS);
        // More customers come in later years: the square root of an even fraction is one more often
        // large.
        long after = (long) (Math.sqrt(dice.fraction()) * (days - 60));
        return new Customer(
                number,
                "A%04d".formatted(number),
                "%s %s".formatted(FIRST.get(number % FIRST.size()), dice.oneOf(LAST)),
                number > 20 && dice.happens(0.06) ? "A%04d".formatted(dice.between(1, 20)) : null,
                segment,
                region,
                dice.oneOf(INDUSTRIES),
                dice.oneOf(MANAGERS),
                switch (region) {
                    case "Europe" -> dice.oneOf(List.of("EUR", "GBP", "USD"), 0.7, 0.2, 0.1);
                    default -> dice.oneOf(List.of("USD", "EUR"), 0.95, 0.05);
                },
                segment == Segment.ENTERPRISE || dice.happens(0.3),
                segment == Segment.SMB && dice.happens(0.5) ? 3 : 12,
                options.founded().plusDays(after),
                Math.clamp(dice.normal(0.58, 0.2), 0.08, 0.97),
                dice.happens(0.35),
                isTest);
    }
}
