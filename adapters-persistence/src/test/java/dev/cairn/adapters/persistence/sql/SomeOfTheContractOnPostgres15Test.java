package dev.cairn.adapters.persistence.sql;

import dev.cairn.testkit.contract.AnalysisExecutorContract;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.commons.support.ReflectionSupport;

/** One test of three of the contract on the oldest PostgreSQL that is supported, of each part some: what it would not understand is in many statements. */
class SomeOfTheContractOnPostgres15Test {
    private static final int ONE_OF = 3;

    @TestFactory
    Stream<DynamicTest> one_test_of_three_holds() {
        new JooqAnalysisExecutorOnPostgres15Test().postgres15_is_there();
        return Arrays.stream(AnalysisExecutorContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .filter(method -> !method.isAnnotationPresent(Tag.class))
                .filter(method -> Math.floorMod(method.getName().hashCode(), ONE_OF) == 0)
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> holds(method)));
    }

    private static void holds(Method method) throws SQLException {
        var contract = new JooqAnalysisExecutorOnPostgres15Test();
        try {
            ReflectionSupport.invokeMethod(method, contract);
        } finally {
            contract.forgetWorlds();
        }
    }
}
