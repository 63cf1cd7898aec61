package dev.cairn.bootstrap.command;

import dev.cairn.application.port.Records;
import dev.cairn.application.port.Records.Raw;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes up half a year of thirty accounts, the same each time. */
public final class SmallCompanyFacts {
    private static final long SEED = 20_260_101;
    private static final int ACCOUNTS = 30;
    private static final LocalDate START = LocalDate.of(2026, 1, 1);
    private static final LocalDate END = LocalDate.of(2026, 7, 1);
    private static final List<String> PLANS = List.of("free", "pro", "enterprise");
    private static final List<String> REGIONS = List.of("Europe", "Americas", "Asia");
    private static final List<String> EVENTS =
            List.of("login", "login", "project_created", "report_opened", "report_shared");

    /** One table of text, ready to be imported. */
    public record Table(String target, List<String> header, List<List<@Nullable String>> rows) {
        public Records records() {
            Iterator<List<@Nullable String>> left = rows.iterator();
            return new Records() {
                private long line = 1;

                @Override
                public List<String> header() {
                    return header;
                }

                @Override
                public @Nullable Raw next() {
                    line++;
                    return left.hasNext() ? new Raw.Read(line, left.next()) : null;
                }

                @Override
                public void close() {}
            };
        }
    }

    private record Customer(String key, int plan, int users, LocalDate started) {}

    private final Random random = new Random(SEED);
    private final List<Customer> customers = new ArrayList<>();

    private SmallCompanyFacts() {
        for (int number = 1; number <= ACCOUNTS; number++) {
            int plan = random.nextInt(PLANS.size());
            var started =
                    number <= ACCOUNTS / 2
                            ? START.minusDays(200)
                            : START.plusDays(random.nextInt(150));
            customers.add(
                    new Customer(
                            "acme-%02d".formatted(number),
                            plan,
                            1 + random.nextInt(3 + 4 * plan),
                            started));
        }
    }

    public static List<Table> tables() {
        var facts = new SmallCompanyFacts();
        return List.of(
                facts.accounts(),
                facts.events(),
                facts.answers(),
                facts.invoices(),
                facts.subscriptions());
    }

    private Table accounts() {
        var rows = new ArrayList<List<@Nullable String>>();
        for (var customer : customers) {
            rows.add(
                    List.of(
                            customer.key(),
                            "Acme " + customer.key().substring(5),
                            PLANS.get(customer.plan()),
                            REGIONS.get(random.nextInt(REGIONS.size())),
                            customer.started().toString(),
                            Boolean.toString(customer.key().endsWith("30"))));
        }
        return new Table(
                "account",
                List.of("account_key", "name", "plan", "region", "started_on", "is_test"),
                rows);
    }

    private Table events() {
        var rows = new ArrayList<List<@Nullable String>>();
        for (var day = START; day.isBefore(END); day = day.plusDays(1)) {
            for (var customer : customers) {
                int events =
                        day.isBefore(customer.started())
                                ? 0
                                : random.nextInt(2 + customer.users() / 2);
                for (int event = 0; event < events; event++) {
                    rows.add(
                            List.of(
                                    Integer.toString(rows.size() + 1),
                                    "%sT%02d:%02d:00Z"
                                            .formatted(
                                                    day,
                                                    7 + random.nextInt(12),
                                                    random.nextInt(60)),
                                    customer.key(),
                                    "u" + random.nextInt(customer.users()),
                                    EVENTS.get(random.nextInt(EVENTS.size()))));
                }
            }
        }
        return new Table(
                "sample_event",
                List.of("event_id", "occurred_at", "account", "user_key", "name"),
                rows);
    }

    private Table answers() {
        var rows = new ArrayList<List<@Nullable String>>();
        for (var customer : customers) {
            for (int user = 0; user < customer.users(); user++) {
                var day = START.plusDays(random.nextInt(181));
                int score =
                        random.nextInt(10) == 0
                                ? 11
                                : Math.min(10, 4 + random.nextInt(6) + customer.plan());
                if (!day.isBefore(customer.started())) {
                    rows.add(
                            List.of(
                                    Integer.toString(rows.size() + 1),
                                    day.toString(),
                                    customer.key(),
                                    "u" + user,
                                    Integer.toString(score)));
                }
            }
        }
        return new Table(
                "sample_survey",
                List.of("answer_id", "answered_on", "account", "respondent", "score"),
                rows);
    }

    private Table invoices() {
        var rows = new ArrayList<List<@Nullable String>>();
        for (var month = START; month.isBefore(END); month = month.plusMonths(1)) {
            for (var customer : customers) {
                if (customer.plan() > 0 && customer.started().isBefore(month)) {
                    int cents = (customer.plan() == 1 ? 4_900 : 19_900) * customer.users();
                    rows.add(
                            List.of(
                                    "F%05d".formatted(rows.size() + 1),
                                    month.toString(),
                                    customer.key(),
                                    "%d.%02d".formatted(cents / 100, cents % 100)));
                }
            }
        }
        return new Table(
                "sample_invoice", List.of("invoice_no", "issued_on", "account", "amount"), rows);
    }

    /** What is paid each month goes up and down by users; some customers leave, and some of them come back. */
    private Table subscriptions() {
        var rows = new ArrayList<List<@Nullable String>>();
        for (var customer : customers) {
            int price = customer.plan() == 1 ? 49 : 199;
            int users = customer.plan() == 0 ? 0 : customer.users();
            var from = customer.started();
            while (users > 0 && from.isBefore(END)) {
                var until = from.plusDays(40L + random.nextInt(120));
                boolean isOpen = !until.isBefore(END);
                rows.add(
                        Arrays.asList(
                                "S%05d".formatted(rows.size() + 1),
                                from.toString(),
                                isOpen ? null : until.toString(),
                                customer.key(),
                                Integer.toString(price * users)));
                boolean leaves = random.nextInt(5) == 0;
                from = leaves ? until.plusDays(30L + random.nextInt(200)) : until;
                users = Math.max(1, users + random.nextInt(-2, 4));
            }
        }
        return new Table(
                "sample_subscription",
                List.of("subscription_no", "starts_on", "ends_on", "account", "mrr"),
                rows);
    }
}
