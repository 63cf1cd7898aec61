package dev.cairn.testkit.generator;

import static dev.cairn.testkit.data.SourceBuilder.entity;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.data.EntityBuilder;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.SourceBuilder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What some generated worlds have more: rows that hold for a time, attributes with a history, rows that point at others, at accounts in roles and at members of a
 * declared entity, amounts in currencies of their rows and rates.
 *
 * @param are whether it is one of these worlds
 * @param remembers whether the attributes of accounts have a history
 * @param isTimeless whether stays are of no time
 */
record RandomStates(boolean are, boolean remembers, boolean isTimeless) {
    static final List<String> CURRENCIES = List.of("EUR", "EUR", "EUR", "GBP", "USD");

    /** Its rows hold for a time. */
    static final String HOLDING = "contract";

    /** Says the key of an account's parent; read through the link alone. */
    static final String ABOVE = "above";

    private static final int RATES = 3;
    private static final int ONE_IN = 4;

    /** One world in four has more, every other of these a history, and of those again every other rows of no time. */
    static RandomStates of(long seed) {
        boolean are = Math.floorMod(seed, ONE_IN) == ONE_IN - 1;
        boolean remembers = are && Math.floorMod(seed, 2 * ONE_IN) >= ONE_IN;
        return new RandomStates(
                are, remembers, remembers && Math.floorMod(seed, 4 * ONE_IN) < 2 * ONE_IN);
    }

    EntityBuilder remembered(EntityBuilder accounts) {
        return remembers ? accounts.history() : accounts;
    }

    /** Accounts point at parents. */
    EntityBuilder linked(EntityBuilder accounts) {
        return are ? accounts.text(ABOVE).link("parent", ABOVE) : accounts;
    }

    /** An account before it, so that none is above itself; one that nothing else is known of, or none. */
    void setParent(MemberBuilder account, String key, List<String> all, Choice choice) {
        if (are) {
            var others = all.subList(0, all.indexOf(key));
            account.with(
                    ABOVE,
                    choice.percent(70) && !others.isEmpty()
                            ? choice.of(others)
                            : choice.percent(30) ? "ghost" : null);
        }
    }

    List<SourceBuilder> sources() {
        return are
                ? List.of(
                        source(HOLDING)
                                .text("number")
                                .date("signed_on")
                                .date("starts_on")
                                .date("ends_on")
                                .account("holder")
                                .money("monthly", "EUR")
                                .integer("places")
                                .text("tier")
                                .text("cause")
                                .key("number")
                                .time("signed_on")
                                .validity("starts_on", "ends_on")
                                .link("origin", "ticket", "cause"),
                        source("lease")
                                .timestamp("starts_at")
                                .timestamp("ends_at")
                                .account("tenant")
                                .text("coin")
                                .moneyIn("rent", "coin")
                                .flag("furnished")
                                .validity("starts_at", "ends_at"),
                        source("move")
                                .timestamp("moved_at")
                                .text("ticket_no")
                                .text("stage")
                                .integer("spent")
                                .link("ticket", "ticket", "ticket_no")
                                .accountVia("ticket"),
                        source("sale")
                                .date("sold_on")
                                .account("shopper")
                                .text("coin")
                                .moneyIn("price", "coin")
                                .integer("pieces")
                                .text("contract_no")
                                .link("deal", "contract", "contract_no"),
                        source("fx")
                                .date("quoted_on")
                                .text("coin")
                                .decimal("usd")
                                .key("quoted_on", "coin")
                                .rates("coin", "USD", "usd", 7),
                        entity("home")
                                .text("home_no")
                                .text("area")
                                .integer("beds")
                                .text("keeper")
                                .key("home_no")
                                .link("owner", EntityRef.ACCOUNT, "keeper"),
                        stay())
                : List.of();
    }

    private SourceBuilder stay() {
        var stay =
                source("stay")
                        .date("booked_on")
                        .account("guest")
                        .text("host_id")
                        .text("of_home")
                        .integer("nights")
                        .link("host", EntityRef.ACCOUNT, "host_id")
                        .link("home", "home", "of_home");
        return isTimeless ? stay.timeless() : stay;
    }

    /** How many times as many rows of it there are. */
    int weight(Source source) {
        return source.rates() == null ? 1 : RATES;
    }

    static boolean isCurrency(Field field, Source source) {
        return (source.rates() != null && field.name().equals(source.rates().currency()))
                || source.fields().stream()
                        .anyMatch(money -> field.name().equals(money.currencyField()));
    }

    /** Whether a field says the key of a row that a link leads to. */
    static boolean isOfLink(Field field, Source source) {
        return isOf(field, source, LinkTarget.OfSource.class);
    }

    /** Whether a field says the key of an account in a role. */
    static boolean isOfRole(Field field, Source source) {
        return isOf(field, source, LinkTarget.OfEntity.class);
    }

    private static boolean isOf(Field field, Source source, Class<? extends LinkTarget> target) {
        return source.pointers().stream()
                .anyMatch(link ->
                        target.isInstance(link.target()) && link.fields().contains(field.name()));
    }

    /** The times for which one account has values: from ever or a day on, one after another, with and without a gap; or seen on days. */
    static List<UnaryOperator<MemberBuilder>> times(Choice choice) {
        var days = new TreeSet<LocalDate>();
        for (int count = choice.between(1, 3); count > 0; count--) {
            days.add(RandomFacts.day(choice));
        }
        var starts = List.copyOf(days);
        boolean isSeen = choice.percent(30);
        var times = new ArrayList<UnaryOperator<MemberBuilder>>();
        for (int at = 0; at < starts.size(); at++) {
            String from = starts.get(at).toString();
            if (isSeen) {
                times.add(member -> member.seenOn(from));
            } else {
                @Nullable String begins = at == 0 && choice.percent(40) ? null : from;
                @Nullable String until = until(starts, at, choice);
                times.add(member -> member.held(begins, until));
            }
        }
        return times;
    }

    private static @Nullable String until(List<LocalDate> starts, int at, Choice choice) {
        if (at + 1 == starts.size()) {
            return choice.percent(70)
                    ? null
                    : starts.get(at).plusDays(choice.between(1, 20)).toString();
        }
        boolean hasGap = starts.get(at).plusDays(1).isBefore(starts.get(at + 1));
        return (hasGap && choice.percent(30) ? starts.get(at).plusDays(1) : starts.get(at + 1))
                .toString();
    }
}
