package dev.cairn.testkit.fault;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The contracts over the double; run by {@link PlantedFaultsTest} alone, so its name is not that of a test. It has a test of its own, as JUnit looks through all that are
 * inherited, for each of them, to see whether there is one: seconds for each fault.
 */
@TestMethodOrder(FaultyExecutor.LikelyFirst.class)
class FaultyExecutor extends ContractsOverDouble {
    static void plant(@Nullable Fault fault) {
        PLANTED.set(fault);
    }

    @Test
    @Override
    public void fact_is_of_the_account_of_the_row_that_its_link_leads_to() {
        super.fact_is_of_the_account_of_the_row_that_its_link_leads_to();
    }

    /** Tests whose names have most words in common with that of the fault come first: one of them is likely to notice it, and no other needs to run. */
    static final class LikelyFirst implements MethodOrderer {
        private static final Pattern BETWEEN_WORDS = Pattern.compile("_|(?<=[a-z])(?=[A-Z])");
        private static final int STEM = 4;

        @Override
        public void orderMethods(MethodOrdererContext tests) {
            var fault = PLANTED.get();
            if (fault != null) {
                var stems = stems(fault.name());
                tests.getMethodDescriptors()
                        .sort(
                                Comparator.<MethodDescriptor>comparingInt(
                                                test -> inCommon(stems, test.getMethod()))
                                        .reversed());
            }
        }

        private static int inCommon(Set<String> stems, Method test) {
            var others = stems(test.getName() + "_" + test.getDeclaringClass().getSimpleName());
            others.retainAll(stems);
            return others.size();
        }

        private static Set<String> stems(String name) {
            return BETWEEN_WORDS
                    .splitAsStream(name)
                    .filter(word -> word.length() >= STEM)
                    .map(word -> word.substring(0, STEM).toLowerCase(Locale.ROOT))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }
}
