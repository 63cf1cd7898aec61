package dev.cairn.adapters.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.testkit.generator.RandomQuestion;
import dev.cairn.testkit.generator.RandomWorld;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A statement that is kept is the one that would be made anew, with the values that it would have. */
class LastingStatementTest {
    private static final int WORLDS = 3;
    private static final int MANY_WORLDS = 30;
    private static final int QUESTIONS = 8;
    private static final Duration LENGTH = Duration.ofMinutes(15);

    private static final String SAID_TWICE = "cast\\(cast\\(\\? as ([a-z\\[\\] ]+)\\) as \\1\\)";

    private static SentStatement compiled(AnalysisPlan plan) {
        return SentStatement.of(DSL.using(SQLDialect.POSTGRES), StatementCompiler.compile(plan));
    }

    @Test
    void statements_of_generated_questions_are_those_that_are_made_anew() {
        compare(WORLDS);
    }

    @Tag("long")
    @Test
    void statements_of_many_generated_questions_are_those_that_are_made_anew() {
        compare(MANY_WORLDS);
    }

    private static void compare(int worlds) {
        int kept = 0;
        int ofNow = 0;
        int planned = 0;
        for (long seed = 0; seed < worlds; seed++) {
            var metrics = new ResolvedMetrics(RandomWorld.of(seed).catalog());
            for (long number = 0; number < QUESTIONS; number++) {
                var random = new Random(seed * QUESTIONS + number);
                var question = RandomQuestion.of(seed * QUESTIONS + number, metrics.catalog());
                long start =
                        Math.floorDiv(question.now().getEpochSecond(), LENGTH.toSeconds())
                                * LENGTH.toSeconds();
                var end = Instant.ofEpochSecond(start).plus(LENGTH);
                var from =
                        Instant.ofEpochSecond(start).plus(random.nextInt(1_000), ChronoUnit.MICROS);
                if (!(plan(question, metrics, from) instanceof Planned.Ready first)
                        || !(plan(question, metrics, end.minus(1, ChronoUnit.MICROS))
                                instanceof Planned.Ready last)) {
                    continue;
                }
                planned++;
                if (!first.asOf(last.plan().time().asOf()).equals(last)) {
                    continue;
                }
                var lasting =
                        LastingStatement.between(
                                compiled(first.plan()),
                                first.plan().time().asOf(),
                                compiled(last.plan()),
                                last.plan().time().asOf());
                if (lasting.isEmpty()) {
                    continue;
                }
                kept++;
                for (int moment = 0; moment < 3; moment++) {
                    var now =
                            from.plus(
                                    random.nextLong(LENGTH.toNanos() / 1_000 - 2_000),
                                    ChronoUnit.MICROS);
                    var anew = (Planned.Ready) plan(question, metrics, now);
                    var asOf = anew.plan().time().asOf();
                    ofNow += asOf.equals(now) ? 1 : 0;
                    var expected = compiled(anew.plan());
                    var statement = lasting.get().asOf(asOf);

                    assertThat(first.asOf(asOf)).isEqualTo(anew);
                    assertThat(statement.sql()).isEqualTo(expected.sql());
                    assertThat(statement.bound()).isEqualTo(expected.bound());
                }
            }
        }
        assertThat(kept).isGreaterThan(planned / 2);
        assertThat(ofNow).isGreaterThan(kept / 2);
    }

    @Test
    void a_statement_is_sent_as_it_was_made() {
        var postgres = DSL.using(SQLDialect.POSTGRES);
        for (long seed = 0; seed < WORLDS; seed++) {
            var metrics = new ResolvedMetrics(RandomWorld.of(seed).catalog());
            for (long number = 0; number < QUESTIONS; number++) {
                var question = RandomQuestion.of(seed * QUESTIONS + number, metrics.catalog());
                if (plan(question, metrics, question.now()) instanceof Planned.Ready ready) {
                    var made = StatementCompiler.compile(ready.plan());
                    var sent = SentStatement.of(postgres, made).query();

                    // Of a value that is an array the type is said twice.
                    assertThat(postgres.render(sent).replaceAll(SAID_TWICE, "cast(? as $1)"))
                            .isEqualTo(postgres.render(made));
                    assertThat(plain(postgres.extractBindValues(sent)))
                            .isEqualTo(plain(postgres.extractBindValues(made)));
                    assertThat(sent.fields()).isEqualTo(made.fields());
                }
            }
        }
    }

    private static List<Object> plain(List<Object> values) {
        var plain = new ArrayList<Object>();
        values.forEach(
                value -> plain.add(value instanceof Object[] array ? List.of(array) : value));
        return plain;
    }

    private static Planned plan(RandomQuestion question, ResolvedMetrics metrics, Instant now) {
        return Planner.plan(question.query(), metrics, question.caller(), now, Cancellation.NEVER);
    }
}
