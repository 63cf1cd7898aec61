package dev.cairn.domain.formula;

import static dev.cairn.domain.formula.Texts.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.problem.ProblemCode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FormulaRefusalsTest {

    static Stream<String> refused() {
        return """
        (   )   ()   let   let a   let a =   let a = 1   let a = 1 in   a or   a and   not
        a =   a is   a is not   a not   a in   a in (   a in ()   a in (1   a in (1,)
        a in (-'x')   a in x as   a in x as of   a in x as of fact   a +   -   - -a
        a over   a over last   a over month   a over month to   a over all after
        a over 3 days from   a over ever over ever   a.   a as   a as of   case
        case when   case when a   case when a then   case when a then b   case else a end
        sum   sum(   sum()   sum(a   sum(a :   sum(a :)   sum(a.)   sum(a.b, c)
        sum(a via)   sum(a on)   sum(a at)   sum(a at now)   sum(a where)   sum(a weight)
        sum(every)   sum(every day)   count(steps)   count(steps(a))
        count(steps(a -> b))   count(steps(a -> b within 1 day))
        count(steps(a -> b within 1 day per x first any))
        count(steps(a -> b within 1 day per x without))   count(touch(a))
        count(touch(a after b))   count(touch(a after b within 1 day))
        count(changes(a per b))   count(changes(a.b))   count(changes(a.b gap per c))
        prior   prior(x,)   prior(x, start)   prior(x, 3)   prior(x, start of day, 1)
        total(x by)   total(x, y)   per(x)   per(x :)   per(: y)   weighted()
        weighted(a : x)   weighted(a 1 x)   weighted(a 1 : x; missing)
        weighted(a 1 : x; spread)   weighted(a 1 : x; missing neutral)   scale(x)
        scale(x, 1)   scale(x, 1 to)   scale(x, a to b)   survival(x)   survival(x : a)
        survival(x : a -> b)   survival(x : a -> b, c)   conversion()   conversion(a)   f(
        f(a   f(a,)   f(a: b)   f(a: -'x')   bucket   bucket.   bucket.middle   1 2
        'a' 'b'   1.   a..b   a.1   @2026-01-31 @2026-01-31   end   now   :   ;   ,   ->
        last 3 days   month to date   asof(1   true.x   none()
        case when a then b end end
        """
                .lines()
                .flatMap(line -> Stream.of(line.split(" {3,}")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_the_grammar_does_not_have_is_refused(String text) {
        assertThat(problems(text))
                .isNotEmpty()
                .allSatisfy(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.SYNTAX);
                    assertThat(problem.place().line()).isPositive();
                    assertThat(problem.place().column()).isPositive();
                });
    }
}
