package dev.cairn.testkit.fault;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.planner.Planned;
import dev.cairn.testkit.contract.AnalysisExecutorContract;
import dev.cairn.testkit.contract.Question;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The contract tests that take neither parameters nor long, over an executor and a planner with the planted fault. They are called as they are and not run by
 * JUnit: that takes longer to find them all than most faults take to be noticed.
 */
final class Contracts extends AnalysisExecutorContract {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("_|(?<=[a-z])(?=[A-Z])");
    private static final int STEM = 4;

    /** By the name of the method, so that those that have as much in common with a fault always come in the same order. */
    private static final List<ContractTest> ALL =
            Arrays.stream(AnalysisExecutorContract.class.getMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .filter(method -> !method.isAnnotationPresent(Tag.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .map(method ->
                            new ContractTest(
                                    method,
                                    stems(
                                            method.getName()
                                                    + "_"
                                                    + method.getDeclaringClass().getSimpleName())))
                    .toList();

    private final @Nullable Fault planted;

    /** @param planted null for an executor and a planner without a fault */
    Contracts(@Nullable Fault planted) {
        this.planted = planted;
    }

    /** @param stems beginnings of the words in its name and that of its contract */
    record ContractTest(Method method, Set<String> stems) {
        private long inCommon(Set<String> others) {
            return stems.stream().filter(others::contains).count();
        }
    }

    @Override
    public AnalysisExecutor executorOver(World world) {
        return planted == null ? new ReferenceExecutor(world) : planted.over(world);
    }

    @Override
    public Planned.Ready ready(Question question, Catalog catalog) {
        var misreading = planted == null ? Misreading.NONE : planted.asking();
        var asked = misreading.of(new Misreading.Asked(question.query(), catalog));
        return super.ready(
                new Question(asked.query(), misreading.by(question.caller()), question.now()),
                asked.catalog());
    }

    /**
     * All tests, so that one may notice and no other needs to run: first the one that has noticed before, then those whose names have most words in common with
     * that of the fault.
     *
     * @param noticed the name of the test that has noticed before; null where none has
     */
    static Stream<ContractTest> likelyToNotice(Fault fault, @Nullable String noticed) {
        var stems = stems(fault.name());
        return ALL.stream()
                .sorted(
                        Comparator.<ContractTest, Boolean>comparing(
                                        test -> test.method().getName().equals(noticed))
                                .thenComparing(test -> test.inCommon(stems))
                                .reversed());
    }

    private static Set<String> stems(String name) {
        return BETWEEN_WORDS
                .splitAsStream(name)
                .filter(word -> word.length() >= STEM)
                .map(word -> word.substring(0, STEM).toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
    }

    boolean pass(ContractTest test) {
        try {
            test.method().invoke(this);
            return true;
        } catch (InvocationTargetException _) {
            return false;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
