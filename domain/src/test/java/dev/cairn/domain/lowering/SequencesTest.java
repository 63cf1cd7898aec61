package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.ProblemCode;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequencesTest {
    private static Attempts attempts(Question question) {
        var scan = question.planned(shop()).scans().getFirst();
        return Objects.requireNonNull(((Relation.Facts) scan.relation()).attempts());
    }

    @Test
    void an_attempt_is_the_fact_of_its_first_step() {
        var plan =
                formula(
                                "count(steps(event where name = 'a' -> ticket on solved within 7 days per account any))")
                        .planned(shop());
        var scan = plan.scans().getFirst();
        assertThat(scan.relation())
                .isInstanceOfSatisfying(
                        Relation.Facts.class,
                        facts -> assertThat(facts.source()).isEqualTo("event"));
        var leaf = counted(plan);
        assertThat(leaf.reads())
                .extracting(Read::source)
                .containsExactlyInAnyOrder("event", "ticket");
        assertThat(PlanWords.text(leaf.where())).isEqualTo("not (is_pending)");
    }

    /** The one that leaves out what is pending. */
    private static Leaf counted(AnalysisPlan plan) {
        return plan.leaves().stream()
                .filter(leaf -> leaf.apart() != null)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_question_asks_its_conditions_of_every_source_that_is_read() {
        var attempts =
                attempts(
                        formula(
                                        "count(steps(event where name = 'a' -> ticket -> event within 7 days per account))")
                                .where("account.plan = 'pro'"));
        assertThat(attempts.inputs())
                .extracting(input -> PlanWords.text(input.where()))
                .containsExactly("account.plan = 'pro'", "account.plan = 'pro'");
        assertThat(attempts.steps())
                .extracting(Attempts.Step::input, step -> PlanWords.text(step.where()))
                .containsExactly(tuple(0, "name = 'a'"), tuple(1, "true"), tuple(0, "true"));
    }

    @Test
    void what_is_read_of_an_account_in_the_bucket_is_asked_of_the_attempt() {
        var plan =
                formula(
                                "only(count(steps(event -> ticket within 7 days per account)) where per(account : count(ticket)) > 3)")
                        .where("per(account : count(event)) > 2")
                        .planned(shop());
        var scan = plan.scans().getFirst();
        assertThat(((Relation.Facts) scan.relation()).attempts().inputs())
                .extracting(Attempts.Input::where)
                .containsOnly(Expr.TRUE);
        assertThat(PlanWords.text(scan.where())).contains("per(account");
        assertThat(PlanWords.text(counted(plan).where())).contains("per(account");
    }

    @Test
    void beneath_users_the_unit_is_the_user() {
        var plan =
                formula(
                                "share(user : exists(steps(event -> event within 7 days per account) where completed))")
                        .planned(shop());
        var own = plan.scans().getFirst().relation().own().scans().getFirst();
        assertThat(((Relation.Facts) own.relation()).attempts().per()).isEqualTo(EntityRef.USER);
    }

    @Test
    void with_pending_nothing_is_counted_apart() {
        var plan =
                formula("count(steps(event -> event within 7 days per account with pending))")
                        .planned(shop());
        assertThat(plan.leaves()).extracting(Leaf::apart).containsOnlyNulls();
    }

    @Test
    void an_inclusive_span_of_dates_ends_a_day_later() {
        var dates =
                attempts(
                        formula(
                                "count(steps(survey -> survey within 7 days inclusive per account))"));
        assertThat(dates.inclusive()).isFalse();
        assertThat(PlanWords.text(dates.end().at()))
                .isEqualTo("moved(moved(answered, 7, 'DAY', 'Z'), 1, 'DAY', 'Z')");
        var instants =
                attempts(
                        formula(
                                "count(steps(event -> event within 7 days inclusive per account))"));
        assertThat(instants.inclusive()).isTrue();
        assertThat(PlanWords.text(instants.end().at())).isEqualTo("moved(happened, 7, 'DAY', 'Z')");
    }

    @Test
    void what_an_attempt_in_a_rule_is_may_not_depend_on_what_comes_after_its_instant() {
        var rule = "count(steps(event -> event within 7 days per account%s)) over ever > 0";
        assertThat(List.of(" any", " without ticket", " with pending"))
                .allSatisfy(written -> {
                    var catalog = shop().rule("ruled", rule.formatted(written));
                    var problem = formula("count(account where account in ruled)").problem(catalog);
                    assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
                    assertThat(problem.message()).startsWith("A rule is read at an instant");
                });
        // Of two steps it is known by what it says instead.
        var instead =
                shop().rule(
                                "ruled",
                                "exists(touch(event after event within 7 days per account) on later_at) over ever");
        assertThat(formula("count(account where account in ruled)").planned(instead)).isNotNull();
        var ofDays =
                shop().rule(
                                "ruled",
                                "count(day where %s) over last 28 days > 0"
                                        .formatted(
                                                "exists(steps(event -> event within 7 days per account))"));
        assertThat(formula("count(account where account in ruled)").problem(ofDays).message())
                .startsWith("In a rule attempts are of the whole window");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "count(steps(event -> weather within 7 days per account)) | INCOMPATIBLE | 'weather' cannot be a step per account: its facts are of no account.",
                "count(steps(event -> invoice within 7 days per user)) | INCOMPATIBLE | 'invoice' cannot be a step per user: its facts are of no user.",
                "count(steps(event -> event within 7 days per ticket)) | INCOMPATIBLE | The unit of 'steps(...)' is 'account' or 'user', and not 'ticket', whose rows may be of several accounts; to keep to rows of one, say what they have in common.",
                "count(steps(event -> event within 7 days per team)) | INCOMPATIBLE | The unit of 'steps(...)' is 'account' or 'user', not 'team'.",
                "count(steps(event -> contract during within 7 days per account)) | INCOMPATIBLE | A step is at one time: 'contract' is read as what holds for a time, or as members.",
                "count(steps(event -> account within 7 days per account)) | INCOMPATIBLE | A step is at one time: 'account' is read as what holds for a time, or as members.",
                "count(steps(event -> day within 7 days per account)) | INCOMPATIBLE | A step is a row of a source or slice.",
                "count(steps(event -> survey within 7 days per account)) | TYPE_MISMATCH | A sequence is of dates or of instants, and not of both: 'event.happened' (instant), 'survey.answered' (date).",
                "count(steps(survey -> survey within 7 hours per account)) | TYPE_MISMATCH | 'survey.answered' is a date and has no time of day: hours and minutes are counted from an instant.",
                "count(steps(ticket -> ticket on solved within 7 days per account)) | INCOMPATIBLE | A row stands at one time in a sequence, and one source is read by several here: 'ticket.opened', 'ticket.solved'. Between two times of one row there are 'hours(a, b)' and conditions, as in 'where solved_at is not none'.",
                "count(steps(event where per(account : count(event)) > 1 -> event within 7 days per account)) | INCOMPATIBLE | An aggregate in the condition of a step is of one bucket, and which rows there are is not: ask it of all that is made of them.",
                "count(steps(event where happened < bucket.end -> event within 7 days per account)) | INCOMPATIBLE | An edge of the bucket, or an attribute as of one, in the condition of a step is of one bucket, and which rows there are is not: ask it of all that is made of them.",
                "count(steps(event -> event within 7 days per account) on happened) | INCOMPATIBLE | 'on', 'at' and 'during' are of facts; an attempt is at the time of its first step. Say 'on' of a step.",
                "count(steps(event weight seconds -> event within 7 days per account)) | INCOMPATIBLE | A step is there or it is not, whatever a row weighs.",
                "count(steps(event -> event within 7 days per account without ticket between 2 and 1)) | INCOMPATIBLE | 'between 2 and 1' names two of the steps, which are numbered from 1 to 2, the earlier first.",
                "count(steps(event -> event within 7 days per account without ticket between 1 and 3)) | INCOMPATIBLE | 'between 1 and 3' names two of the steps, which are numbered from 1 to 2, the earlier first.",
                "count(steps(event -> ticket within 7 days per account unordered)) | INCOMPATIBLE | An attempt has the fields of the row that begins it, and one that is 'unordered' may begin at any step, here in rows of several sources. Say each order, and add them.",
                "count(steps(event -> event -> event -> event -> event -> event within 7 days per account unordered)) | LIMIT | A sequence that is 'unordered' has at most 5 steps; this has 6.",
                "count(steps(event -> ticket within 0 days per account)) | BAD_RANGE | A window is at least 1 day long."
            })
    void what_is_no_sequence_is_refused(String formula, ProblemCode code, String message) {
        var problem = formula(formula).problem(shop());
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.code()).isEqualTo(code);
    }

    @Test
    void a_sequence_is_no_longer_than_can_be_read() {
        assertLimit(
                "count(steps(%s within 7 days per account))",
                "event", " -> ", 50, "A sequence has at most 50 steps; here begins one more.");
        assertLimit(
                "count(steps(event -> event within 7 days per account same %s))",
                "name", ", ", 20, "'same' has at most 20 fields; here begins one more.");
        assertLimit(
                "count(touch(event after event per account same %s))",
                "name", ", ", 20, "'same' has at most 20 fields; here begins one more.");
        assertLimit(
                "count(steps(event -> event within 7 days per account %s))",
                "without ticket",
                " ",
                20,
                "A sequence has at most 20 times 'without'; here begins one more.");
    }

    private static void assertLimit(
            String formula, String part, String between, int most, String message) {
        var fits = formula.formatted(String.join(between, Collections.nCopies(most, part)));
        var longer = formula.formatted(String.join(between, Collections.nCopies(most + 1, part)));
        assertThat(FormulaParser.parse(fits, Place.NOWHERE)).isInstanceOf(Parsed.Ok.class);
        var problem = formula(longer).problem(shop());
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.code()).isEqualTo(ProblemCode.LIMIT);
    }

    @Test
    void a_name_of_an_attempt_that_is_a_field_too_is_asked_for() {
        var shop =
                shop().source(
                                "lesson",
                                "begun timestamp, customer text -> account, completed boolean");
        var formula = "count(steps(lesson -> lesson within 7 days per account) where %s)";
        var problem = formula(formula.formatted("completed")).problem(shop);
        assertThat(problem.code()).isEqualTo(ProblemCode.AMBIGUOUS_NAME);
        assertThat(problem.suggestions()).containsExactly("step_1.completed");
        assertThat(formula(formula.formatted("step_1.completed")).planned(shop).outputs())
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "count(steps(event within 7 days per account)) | SYNTAX | 1:19 | ",
                "count(steps(event -> evnt within 7 days per account)) | UNKNOWN_SOURCE | 1:22 | event",
                "count(steps(event -> weather within 7 days per account)) | INCOMPATIBLE | 1:22 | ",
                "count(steps(event -> survey within 7 days per account)) | TYPE_MISMATCH | 1:7 | ",
                "count(steps(event -> event within 7 days per account without ticket between 2 and 1)) | INCOMPATIBLE | 1:62 | ",
                "count(steps(event -> ticket within 0 days per account)) | BAD_RANGE | 1:36 | ",
                "count(steps(event -> ticket within 7 days per acount)) | INCOMPATIBLE | 1:7 | per account",
                "count(steps(event -> event within 7 days per account) where step_3.name = 'a') | UNKNOWN_FIELD | 1:61 | step_2.name",
                "count(steps(event -> event within 7 days per account) where completed and step_2.nme = 'a') | UNKNOWN_FIELD | 1:75 | name"
            })
    void bad_input_is_told_where_it_stands_with_what_to_write_instead(
            String formula, ProblemCode code, String place, @Nullable String suggestion) {
        var problem = formula(formula).problem(shop());
        assertThat(problem.code()).isEqualTo(code);
        assertThat(Question.brief(problem)).endsWith(" " + place);
        if (suggestion != null) {
            assertThat(problem.suggestions()).contains(suggestion);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sum(%s : step_3.number) | UNKNOWN_FIELD | 'step_3.number' is of no step: there are 2, from 'step_1' to 'step_2'. | step_2.number",
                "sum(%s : step_2.numbr) | UNKNOWN_FIELD | No field 'numbr' in 'ticket'. Did you mean 'number'? | number",
                "count(%s where step_2 is none) | LEVEL_MISMATCH | 'step_2' is a link to the row of a step, not a value; name one of its fields. | ",
                "max(%s : step_1.number) | UNKNOWN_FIELD | No field 'number' in 'event'. | ",
                "count(steps(event -> event within 7 days per account) where step_2.user = 'ann') | INCOMPATIBLE | 'step_2.user' may be of another user than the attempt, which is of an account; name the field, or count attempts per user. | step_2.person",
            })
    void fields_of_steps_are_of_their_rows(
            String formula, ProblemCode code, String message, @Nullable String suggestion) {
        var problem =
                formula(formula.formatted("steps(event -> ticket within 7 days per account)"))
                        .problem(shop());
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.code()).isEqualTo(code);
        if (suggestion != null) {
            assertThat(problem.suggestions()).contains(suggestion);
        }
    }

    @Test
    void fields_of_steps_are_keys_of_attempts_alone() {
        var question = formula("count(steps(event -> ticket within 7 days per account))");
        assertThat(question.by("step_2.priority").planned(shop()).outputs()).isNotEmpty();
        assertThat(formula("count(event)").by("step_2.priority").problem(shop()).message())
                .isEqualTo(
                        "'step_2.priority' does not apply to 'x', which reads 'event'; leave one of them out.");
    }

    @Test
    void near_names_are_those_of_attempts_too() {
        assertThat(
                        formula(
                                        "count(steps(event -> event within 7 days per account) where completd)")
                                .problem(shop())
                                .suggestions())
                .contains("completed");
    }
}
