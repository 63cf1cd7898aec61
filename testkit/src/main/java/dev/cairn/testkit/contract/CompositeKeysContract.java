package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Accounts whose key has several parts: an enrolment is a student in a presentation of a module. */
public interface CompositeKeysContract extends ExecutorContract {
    /**
     * Parts with a slash, a percent sign and without a character are of an account each; a fact that lacks one is of none. In questions about help the mentor is another
     * enrolment; the second names one that has no facts of its own, the third lacks its presentation.
     */
    private static WorldBuilder studies() {
        return World.world()
                .entity(accounts().key("module", "presentation", "student").text("plan"))
                .member(account("A/J/1").with("plan", "pro"))
                .member(account("A/J/2").with("plan", "free"))
                .source(
                        source("study")
                                .date("day")
                                .text("module")
                                .text("presentation")
                                .integer("student")
                                .integer("clicks")
                                .accountOf("module", "presentation", "student")
                                .coverage("2026-01-01", "2026-02-01"))
                .fact("study", "2026-01-05", "A", "J", 1, 10)
                .fact("study", "2026-01-06", "A", "J", 2, 20)
                .fact("study", "2026-01-07", "B", "J", 1, 40)
                .fact("study", "2026-01-08", "A/J", "", 1, 80)
                .fact("study", "2026-01-09", "A", "J/", 1, 160)
                .fact("study", "2026-01-10", null, "J", 1, 320)
                .fact("study", "2026-01-11", "A%2FJ", "", 1, 640)
                .source(
                        source("help")
                                .date("day")
                                .text("module")
                                .text("presentation")
                                .text("student")
                                .text("of_module")
                                .text("of_presentation")
                                .text("of_student")
                                .integer("spent")
                                .accountOf("module", "presentation", "student")
                                .role("mentor", "of_module", "of_presentation", "of_student")
                                .coverage("2026-01-01", "2026-02-01"))
                .fact("help", "2026-01-12", "A", "J", "2", "A", "J", "1", 5)
                .fact("help", "2026-01-13", "B", "J", "1", "C", "J", "7", 6)
                .fact("help", "2026-01-14", "B", "J", "1", "A", null, "1", 7);
    }

    @Test
    default void no_two_lists_of_parts_are_one_account() {
        expect(
                studies(),
                ask("sum(study.clicks)").by("account"),
                "A%252FJ//1 | 640",
                "A%2FJ//1 | 80",
                "A/J%2F/1 | 160",
                "A/J/1 | 10",
                "A/J/2 | 20",
                "B/J/1 | 40",
                "no account | 320");
    }

    @Test
    default void parts_are_attributes_of_the_account() {
        // Of module A 10 + 20 + 160; of the presentation without a character 80 + 640.
        expect(
                studies(),
                ask("sum(study.clicks)").by("account.module"),
                "A | 190",
                "A%2FJ | 640",
                "A/J | 80",
                "B | 40",
                "no account | 320");
        expect(
                studies(),
                ask("sum(study.clicks)", "count(account)").by("account.presentation"),
                "'' | 720 | 2",
                "J | 70 | 4",
                "J/ | 160 | 1",
                "no account | 320 | 0");
    }

    @Test
    default void parts_are_filters_and_values() {
        // Members are the six of the facts, and C/J/7, which is a mentor; one is student 2, one 7,
        // and five are student 1.
        expect(
                studies(),
                ask(
                        "count(account where account.student = '1')",
                        "count(account where account.module = 'C')",
                        "sum(study where account.student = '2' : clicks)",
                        "min(study : account.module)",
                        "distinct(study.account)"),
                "5 | 1 | 20 | A | 6");
        expect(
                studies(),
                ask("sum(study.clicks)", "count(account)")
                        .filter("account.module", Operator.IN, "A"),
                "190 | 3");
    }

    @Test
    default void account_in_a_role_is_said_by_several_fields() {
        expect(
                studies(),
                ask("sum(help.spent)").by("mentor"),
                "A/J/1 | 5",
                "C/J/7 | 6",
                "none | 7");
        expect(
                studies(),
                ask(
                        "sum(help where mentor.plan = 'pro' : spent)",
                        "sum(help where mentor.module = 'C' : spent)",
                        "sum(help where mentor is none : spent)",
                        "sum(help where mentor.module = account.module : spent)"),
                "5 | 6 | 7 | 5");
    }

    @Test
    default void key_and_its_parts_are_functions() {
        // Of seven facts one lacks a part; a key has no fourth part.
        expect(
                studies(),
                ask(
                        "count(study where key(module, presentation, student) is not none)",
                        "count(study where account = key('A', 'J', 1))",
                        "count(study where key_part(key(module, presentation), 1) = 'A/J')",
                        "count(study where key_part(account, 4) is not none)",
                        "min(study : key(\"day\", clicks > 600, 'a%/b'))"),
                "6 | 1 | 1 | 0 | 2026-01-05/false/a%25%2Fb");
    }

    @Test
    default void empty_text_is_a_key_of_one_part() {
        // Two of seven presentations are empty texts; J/ alone has a second part, an empty one.
        expect(
                studies(),
                ask(
                        "count(study where key_part(presentation, 1) = '')",
                        "count(study where key_part(presentation, 1) is not none)",
                        "count(study where key_part(presentation, 2) = '')",
                        "count(study where key_part(presentation, 2) is not none)"),
                "2 | 7 | 1 | 1");
    }
}
