package dev.cairn.testkit.opinion;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.entity;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.contract.Question;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The third opinion notices what is read at another time, through no link, or at another rate. */
class StateVerdictTest {
    /** Acme is on free until January 10 and on pro from then on; bolt is on pro until January 20 and on free from then on. */
    private static final World WORLD =
            World.world()
                    .entity(accounts().text("plan").date("signed_on").history())
                    .entity(users().text("role"))
                    .source(
                            source("contract")
                                    .text("number")
                                    .date("signed_on")
                                    .date("starts_on")
                                    .date("ends_on")
                                    .account("holder")
                                    .integer("places")
                                    .key("number")
                                    .time("signed_on")
                                    .validity("starts_on", "ends_on")
                                    .coverage("2025-12-01", "2026-06-01"))
                    .source(
                            source("bill")
                                    .date("issued_on")
                                    .account("payer")
                                    .text("coin")
                                    .moneyIn("amount", "coin")
                                    .text("contract_no")
                                    .link("deal", "contract", "contract_no")
                                    .coverage("2025-12-01", "2026-06-01"))
                    .source(
                            source("fx")
                                    .date("day")
                                    .text("coin")
                                    .decimal("usd")
                                    .key("day", "coin")
                                    .rates("coin", "USD", "usd", 7))
                    .source(
                            entity("home")
                                    .text("home_no")
                                    .integer("beds")
                                    .text("keeper")
                                    .key("home_no")
                                    .link("owner", EntityRef.ACCOUNT, "keeper"))
                    .source(
                            source("stay")
                                    .date("booked_on")
                                    .account("guest")
                                    .text("host_id")
                                    .text("home_no")
                                    .link("host", EntityRef.ACCOUNT, "host_id")
                                    .link("home", "home", "home_no")
                                    .coverage("2025-12-01", "2026-06-01"))
                    .member(free("acme").held(null, "2026-01-10"))
                    .member(pro("acme").held("2026-01-10", null))
                    .member(pro("bolt").held(null, "2026-01-20"))
                    .member(free("bolt").held("2026-01-20", null))
                    .fact("contract", "c1", "2026-01-05", "2025-12-10", "2026-01-15", "acme", 1)
                    .fact("contract", "c2", "2026-01-06", "2026-01-01", null, "bolt", 2)
                    .fact("contract", "c3", "2026-01-25", "2026-01-10", "2026-01-20", "bolt", 4)
                    .fact("contract", "c4", "2025-12-20", "2025-12-20", "2026-02-05", "acme", 8)
                    .fact("bill", "2026-01-05", "acme", "EUR", 10, "c1")
                    .fact("bill", "2026-01-15", "bolt", "EUR", 20, "c2")
                    .fact("bill", "2026-01-15", "acme", "USD", 40, null)
                    .fact("bill", "2026-01-06", "acme", "EUR", 5, null)
                    .fact("bill", "2025-12-15", "acme", "USD", 80, "c4")
                    .fact("fx", "2026-01-03", "EUR", "1.1")
                    .fact("fx", "2026-01-12", "EUR", "1.5")
                    .fact("home", "h1", 2, "bolt", "0001-01-01", null)
                    .fact("home", "h2", 4, "acme", "0001-01-01", null)
                    .fact("home", "h3", 8, "nobody", "0001-01-01", null)
                    .fact("stay", "2026-01-06", "acme", "bolt", "h1")
                    .fact("stay", "2026-01-12", "bolt", "acme", "h1")
                    .fact("stay", "2026-01-25", "acme", "nobody", "h2")
                    .fact("stay", "2026-02-03", "acme", "bolt", "h2")
                    .build();

    private static MemberBuilder free(String key) {
        return account(key)
                .since("2025-01-01")
                .with("plan", "free")
                .with("signed_on", "2025-11-20");
    }

    private static MemberBuilder pro(String key) {
        return account(key).since("2025-01-01").with("plan", "pro").with("signed_on", "2025-12-20");
    }

    private static AnalysisResult answer(Question question) {
        if (!(question.planned(WORLD.catalog()) instanceof Planned.Ready ready)) {
            throw new AssertionError("refused: " + question.planned(WORLD.catalog()));
        }
        var answer = new ReferenceExecutor(WORLD).execute(ready.plan(), Duration.ofSeconds(60));
        return ResultAssembler.assemble(ready, answer, question.query().zone());
    }

    private static Verdict verdict(AnalysisResult answer, Question asked) {
        return Verdict.on(answer, asked.query(), asked.caller(), asked.now(), WORLD);
    }

    private static Question places(String timing) {
        return ask("sum(contract %s : places)".formatted(timing));
    }

    private static Question bills(String condition) {
        return ask("count(bill where %s)".formatted(condition));
    }

    private static Question stays(String condition) {
        return ask("count(stay where %s)".formatted(condition));
    }

    private static final String BILLED_SOON = "(exists(bill) over 30 days from signed_on) as soon";

    private static Question soon(String window) {
        return ask("share(account : exists(bill) over %s signed_on)".formatted(window));
    }

    /** A question, and another that a careless planner might take it for. */
    static Stream<Arguments> misreadings() {
        var billed = ask("count(bill)");
        return Stream.of(
                // Rows that hold.
                Arguments.of(places("at start"), places("at end")),
                Arguments.of(places("at start"), places("at @2026-01-02")),
                Arguments.of(places("at @2026-01-15"), places("at @2026-01-16")),
                Arguments.of(places("during"), places("")),
                Arguments.of(places("during"), places("on starts_on")),
                Arguments.of(
                        places("at end").grain(Grain.WEEK).totals(),
                        places("at start").grain(Grain.WEEK).totals()),
                // Attributes of another time.
                Arguments.of(
                        bills("account.plan = 'pro'"), bills("account.plan as of end = 'pro'")),
                Arguments.of(
                        bills("account.plan as of start = 'pro'"),
                        bills("account.plan as of end = 'pro'")),
                Arguments.of(
                        ask("sum(contract at start : places)").by("account.plan"),
                        ask("sum(contract at start : places)").by("account.plan as of end")),
                Arguments.of(
                        ask("count(account where plan = 'pro')").asOf("2026-01-15T12:00:00Z"),
                        ask("count(account where plan as of start = 'pro')")
                                .asOf("2026-01-15T12:00:00Z")),
                Arguments.of(billed.by("account", "account.plan"), billed.by("account")),
                // Rows of another source.
                Arguments.of(bills("deal.places > 1"), bills("deal.places >= 1")),
                Arguments.of(billed.by("bill.deal.signed_on"), billed.by("bill.issued_on")),
                // Accounts in roles.
                Arguments.of(stays("host.plan = 'free'"), stays("account.plan = 'free'")),
                Arguments.of(stays("host.plan = 'pro'"), stays("host.plan as of now = 'pro'")),
                Arguments.of(stays("host is none"), stays("host = 'nobody'")),
                Arguments.of(
                        ask("count(account)"), ask("count(account where account != 'nobody')")),
                Arguments.of(ask("count(stay)").by("stay.host"), ask("count(stay)").by("account")),
                Arguments.of(stays("home.owner = 'bolt'"), stays("host = 'bolt'")),
                Arguments.of(bills("deal.account = 'acme'"), bills("account = 'acme'")),
                // Members of a declared entity.
                Arguments.of(
                        ask("count(home where exists(stay))").between("2026-02-01", "2026-03-01"),
                        ask("count(home where exists(stay) over ever)")
                                .between("2026-02-01", "2026-03-01")),
                Arguments.of(ask("sum(home : beds)"), ask("sum(stay : home.beds)")),
                Arguments.of(
                        ask("sum(home : count(stay))").by("home.owner.plan"),
                        ask("sum(home : count(stay))").by("home.owner")),
                // Rates.
                Arguments.of(
                        ask("sum(bill : convert(amount, 'USD'))"),
                        ask("sum(bill where coin = 'USD' : convert(amount, 'USD'))")),
                // Ages and parts of dates.
                Arguments.of(
                        billed.by("age month from account.signed_on"),
                        billed.by("age day from account.signed_on")),
                Arguments.of(
                        billed.by("age quarter from account.signed_on"),
                        billed.by("age month from account.signed_on")),
                Arguments.of(billed.by("weekday"), billed.by("day_of_month")),
                Arguments.of(
                        billed.by("bill.issued_on by month"), billed.by("bill.issued_on by week")),
                // Windows of members and of rows.
                Arguments.of(soon("30 days from"), soon("10 days from")),
                Arguments.of(soon("30 days from"), soon("30 days before")),
                Arguments.of(
                        soon("30 days from").asOf("2026-01-12T00:00:00Z"),
                        soon("20 days from").asOf("2026-01-12T00:00:00Z")),
                Arguments.of(
                        ask("count(account)").by(BILLED_SOON).asOf("2026-01-12T00:00:00Z"),
                        ask("count(account)").by(BILLED_SOON).asOf("2026-01-22T00:00:00Z")),
                Arguments.of(
                        ask("count(account)")
                                .where("per(account : exists(bill) over 30 days from signed_on)"),
                        ask("count(account)").where("per(account : exists(bill))")),
                Arguments.of(
                        bills(
                                "per(account : count(contract on starts_on)) over 10 days from bill.issued_on > 0"),
                        bills(
                                "per(account : count(contract on starts_on)) over 10 days before bill.issued_on > 0")),
                // Another time beside it.
                Arguments.of(billed.comparedTo(new Comparison.Previous()), billed),
                Arguments.of(
                        billed.comparedTo(new Comparison.Previous()),
                        billed.comparedTo(new Comparison.Earlier(1, Grain.YEAR))),
                Arguments.of(
                        billed.comparedTo(new Comparison.Previous()).by("account.plan"),
                        billed.comparedTo(new Comparison.Earlier(1, Grain.WEEK))
                                .by("account.plan")));
    }

    @ParameterizedTest
    @MethodSource("misreadings")
    void a_question_that_was_read_as_another_is_noticed(Question asked, Question taken) {
        assertThat(verdict(answer(asked), asked)).isEqualTo(new Verdict.Agrees());
        assertThat(verdict(answer(taken), asked)).isInstanceOf(Verdict.Differs.class);
    }
}
