package dev.cairn.bootstrap.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.bootstrap.command.SmallCompany;
import dev.cairn.bootstrap.command.SmallCompanyFacts;
import dev.cairn.bootstrap.command.SmallCompanyFacts.Table;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A company whose accounts are of two sorts, each of which somebody may see: every text of an account, and of what is known of it, has the word of
 * its sort. Keys of both alternate, so that every page lies across them.
 */
final class ScopedCompany {
    /** In the texts of the accounts that {@link #MINE} sees. */
    static final String MINE_WORD = "albion";

    /** In the texts of all other accounts, and of facts of no account. */
    static final String OTHER_WORD = "zembla";

    static final Caller ALL = new Caller("all", Role.ADMIN, null);
    static final Caller MINE = scoped("mine", MINE_WORD);
    static final Caller OTHERS = scoped("others", OTHER_WORD);

    /** Accounts of {@link SmallCompanyFacts} that are taken; odd numbers are mine. */
    private static final int ACCOUNTS = 16;

    private static final String DEFINITIONS =
            SmallCompany.definitions()
                            .replace(
                                    "  is_test: {type: boolean, label: Test account, marks: test}\n",
                                    "  is_test: {type: boolean, label: Test account, marks: test}\nlinks:\n  parent: {entity: account, field: parent_key}\n")
                    + """
                    ---
                    metric: open_invoices
                    label: Invoices
                    of: account
                    direction: higher
                    formula: "last(sample_invoice.amount)"
                    account_list: descending
                    ---
                    metric: spending
                    label: Spending
                    of: account
                    direction: higher
                    formula: "sum(sample_invoice.amount)"
                    bands: {little: {below: 500}, much: {}}
                    ---
                    success: pays
                    label: Pays
                    rule: sum(sample_invoice.amount) > 1000
                    from: 2026-05-01
                    until: 2026-07-01
                    size: sum(sample_invoice.amount) over ever
                    ---
                    cohort: listed
                    label: Listed
                    accounts: [%s]
                    ---
                    question: revenue_of_each
                    metrics: [sample_revenue]
                    by: [account]
                    range: 2026-01-01..2026-07-01
                    ---
                    alert: somebody_pays
                    question: revenue_of_each
                    provisional: true
                    ---
                    question: by_plan
                    label: By plan
                    owner: ann
                    metrics: [sample_nps, sample_revenue]
                    by: [account.plan]
                    range: 2026-H1
                    as_of: 2026-07-02
                    """;

    private ScopedCompany() {}

    /** One formula for both, that only what is known of the caller tells apart. */
    private static Caller scoped(String name, String region) {
        return new Caller(
                name,
                Role.ADMIN,
                new AccessScope(
                        List.of("account.region = caller.region"), Map.of("region", region)));
    }

    /** Only where the others are: a target of one of them, and a value of all that is kept. */
    private static final String OF_OTHERS =
            """
            ---
            target: goal_of_an_account
            label: Revenue of zembla
            metric: sample_revenue
            value: 77313
            each: month
            from: 2026-01-01
            until: 2027-01-01
            for: {account: k02-zembla}
            ---
            target: goal_of_a_region
            label: Revenue of the region zembla
            metric: open_invoices
            value: 77314
            from: 2026-01-01
            until: 2027-01-01
            holds: level
            for: {account.region: zembla}
            """;

    private static final String KEEP =
            """
            mutation { keepBaseline(input: {metric: "sample_nps", from: "2026-01-01", to: "2026-07-01", key: "kept_of_all", label: "Kept, zembla too"}) {
              problems { message } } }
            """;

    /** @param isWhole whether the accounts that are not mine are there too */
    static void fill(RunningCairn cairn, boolean isWhole) {
        SmallCompany.fill(
                cairn,
                DEFINITIONS.formatted(
                                isWhole
                                        ? key(1) + ", " + key(2) + ", " + key(3)
                                        : key(1) + ", " + key(3))
                        + (isWhole ? OF_OTHERS : ""),
                SmallCompanyFacts.tables().stream().map(table -> taken(table, isWhole)).toList());
        if (isWhole) {
            assertThat(cairn.ask(KEEP, Map.of()).toString())
                    .contains("{\"keepBaseline\":{\"problems\":[]}}");
        }
    }

    /** The key of an account by its number, 1 to 16. */
    static String key(int number) {
        return "k%02d-%s".formatted(number, word(number));
    }

    private static String word(int number) {
        return number % 2 == 1 ? MINE_WORD : OTHER_WORD;
    }

    private static Table taken(Table table, boolean isWhole) {
        var header = new ArrayList<>(table.header());
        var isOfAccounts = table.target().equals("account");
        int account = isOfAccounts ? 0 : header.indexOf("account");
        if (isOfAccounts) {
            header.add("parent_key");
        }
        var rows = new ArrayList<List<@Nullable String>>();
        for (var row : table.rows()) {
            int number = Integer.parseInt(String.valueOf(row.get(account)).substring(5));
            if (number <= ACCOUNTS && (isWhole || word(number).equals(MINE_WORD))) {
                rows.add(isOfAccounts ? account(row, number) : fact(table, row, account, number));
            }
        }
        if (isWhole && table.target().equals("sample_event")) {
            rows.add(
                    Arrays.asList(
                            "900001", "2026-03-04T05:06:07Z", null, "nobody-zembla", "login"));
        }
        return new Table(table.target(), header, rows);
    }

    /** An account of mine has a child that is, and one that is not. */
    private static List<@Nullable String> account(List<@Nullable String> row, int number) {
        return Arrays.asList(
                key(number),
                "Name " + number + " " + word(number),
                number % 5 == 0 ? word(number) + " plan" : row.get(2),
                word(number),
                row.get(4),
                Boolean.toString(number > ACCOUNTS - 2),
                number == 5 || number == 6 ? key(3) : null);
    }

    private static List<@Nullable String> fact(
            Table table, List<@Nullable String> row, int account, int number) {
        var fact = new ArrayList<>(row);
        fact.set(account, key(number));
        for (int column = 0; column < fact.size(); column++) {
            var value = fact.get(column);
            if (column != account && value != null && value.matches("u[0-9]+|F[0-9]+|S[0-9]+")) {
                fact.set(column, value + "-" + word(number));
            }
            if (table.header().get(column).equals("name") && number % 7 == 0) {
                fact.set(column, "event of " + word(number));
            }
        }
        return fact;
    }
}
