package dev.cairn.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jooq.PlainSQL;
import org.jspecify.annotations.NullMarked;

/** What code may do, and how types look. */
final class CodeRules {
    private static final Set<Class<?>> RANDOMNESS =
            Set.of(
                    Random.class,
                    SplittableRandom.class,
                    ThreadLocalRandom.class,
                    SecureRandom.class);
    private static final Map<Class<?>, Set<String>> READING_THE_MACHINE =
            Map.of(
                    System.class, Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty"),
                    Calendar.class, Set.of("getInstance"),
                    Math.class, Set.of("random"),
                    UUID.class, Set.of("randomUUID"),
                    ZoneId.class, Set.of("systemDefault"),
                    Locale.class, Set.of("getDefault"),
                    TimeZone.class, Set.of("getDefault"));

    private CodeRules() {}

    static ArchRule sameQuestionSameAnswer(Layout layout) {
        return noClasses()
                .that()
                .resideInAnyPackage(layout.domain(), layout.application())
                .should(
                        ArchConditions.accessTargetWhere(
                                readsClock()
                                        .or(usesRandomness())
                                        .or(readsTheMachine())
                                        .or(changesCaseByTheMachinesLocale())));
    }

    static ArchRule everyPackageIsNullMarked(Layout layout) {
        return classes()
                .that()
                .resideInAPackage(layout.everything())
                .and()
                .resideOutsideOfPackage(layout.generated())
                .should(
                        Conditions.on(
                                "be in a @NullMarked package",
                                type -> type.getPackage().isAnnotatedWith(NullMarked.class)));
    }

    static ArchRule portsInAreUseCases(Layout layout) {
        return classes()
                .that()
                .resideInAPackage(layout.portsIn())
                .and()
                .areTopLevelClasses()
                .and(areNoPackageInfo())
                .should()
                .beInterfaces()
                .andShould()
                .haveSimpleNameEndingWith("UseCase");
    }

    static ArchRule portsOutAreInterfaces(Layout layout) {
        return classes()
                .that()
                .resideInAPackage(layout.portsOut())
                .and()
                .areTopLevelClasses()
                .and(areNoPackageInfo())
                .should()
                .beInterfaces();
    }

    static ArchRule domainTypesAreClosed(Layout layout) {
        return classes()
                .that()
                .resideInAPackage(layout.domain())
                .and(areNoPackageInfo())
                .should(
                        Conditions.on(
                                "be a record, an enum, a sealed or one-method interface, or a final class",
                                CodeRules::isClosed));
    }

    static ArchRule domainHasNoSetters(Layout layout) {
        return classes()
                .that()
                .resideInAPackage(layout.domain())
                .should(
                        Conditions.on(
                                "have no setters",
                                type ->
                                        type.getMethods().stream()
                                                .noneMatch(method ->
                                                        method.getName().matches("set[A-Z].*"))));
    }

    static ArchRule domainHandsOutNoMutableCollections(Layout layout) {
        return classes()
                .that()
                .resideInAPackage(layout.domain())
                .should(
                        Conditions.on(
                                "hand out no mutable collections",
                                Immutability::handsOutNoMutableCollections));
    }

    static ArchRule plainSqlOnlyIn(Layout layout, Set<String> listed) {
        return noClasses()
                .that()
                .resideInAPackage(layout.everything())
                .and()
                .resideOutsideOfPackage(layout.generated())
                .and(
                        DescribedPredicate.describe(
                                "are not listed",
                                type -> !listed.contains(outermost(type).getName())))
                .should(
                        ArchConditions.accessTargetWhere(
                                DescribedPredicate.describe(
                                        "it is plain SQL", CodeRules::isPlainSql)));
    }

    /** Those of the listed classes that use no plain SQL: they need not be listed. */
    static Set<String> listedWithoutPlainSql(JavaClasses classes, Set<String> listed) {
        Set<String> users =
                classes.stream()
                        .filter(type ->
                                type.getAccessesFromSelf().stream().anyMatch(CodeRules::isPlainSql))
                        .map(type -> outermost(type).getName())
                        .collect(Collectors.toSet());
        return listed.stream().filter(name -> !users.contains(name)).collect(Collectors.toSet());
    }

    private static boolean isPlainSql(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.resolveMember()
                        .filter(member -> member.isAnnotatedWith(PlainSQL.class))
                        .isPresent();
    }

    private static boolean isClosed(JavaClass type) {
        if (type.isRecord() || type.isEnum() || type.isAnonymousClass()) {
            return true;
        }
        if (type.isInterface()) {
            return type.reflect().isSealed() || abstractMethods(type) == 1;
        }
        return type.getModifiers().contains(JavaModifier.FINAL);
    }

    private static long abstractMethods(JavaClass type) {
        return type.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                .count();
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(CodeRules::outermost).orElse(type);
    }

    private static DescribedPredicate<JavaAccess<?>> readsClock() {
        return DescribedPredicate.describe(
                "the clock is read",
                access -> {
                    String owner = access.getTarget().getOwner().getName();
                    String name = access.getTarget().getName();
                    boolean now =
                            owner.startsWith("java.time.")
                                    && name.equals("now")
                                    && !takesAClock(access);
                    boolean system =
                            owner.equals(Clock.class.getName()) && name.startsWith("system");
                    boolean date =
                            owner.equals(Date.class.getName())
                                    && name.equals("<init>")
                                    && takesNothing(access);
                    return now || system || date;
                });
    }

    private static DescribedPredicate<JavaAccess<?>> usesRandomness() {
        return DescribedPredicate.describe(
                "chance decides",
                access -> {
                    JavaClass owner = access.getTarget().getOwner();
                    return RANDOMNESS.stream().anyMatch(owner::isEquivalentTo)
                            || owner.getPackageName().equals("java.util.random");
                });
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheMachine() {
        return DescribedPredicate.describe(
                "the machine's settings are read",
                access ->
                        READING_THE_MACHINE.entrySet().stream()
                                .anyMatch(entry ->
                                        access.getTarget().getOwner().isEquivalentTo(entry.getKey())
                                                && entry.getValue()
                                                        .contains(access.getTarget().getName())));
    }

    private static DescribedPredicate<JavaAccess<?>> changesCaseByTheMachinesLocale() {
        return DescribedPredicate.describe(
                "case is changed by the machine's locale",
                access ->
                        access.getTarget().getOwner().isEquivalentTo(String.class)
                                && Set.of("toLowerCase", "toUpperCase")
                                        .contains(access.getTarget().getName())
                                && takesNothing(access));
    }

    private static boolean takesAClock(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static boolean takesNothing(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().isEmpty();
    }

    private static DescribedPredicate<JavaClass> areNoPackageInfo() {
        return DescribedPredicate.describe(
                "are no package-info", type -> !type.getSimpleName().equals("package-info"));
    }
}
