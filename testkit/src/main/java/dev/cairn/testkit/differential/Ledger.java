package dev.cairn.testkit.differential;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.Moment;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.Window;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.time.Grain;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts which kinds of records and constants were generated, however deep they stand, so that a kind that never was is noticed.
 */
public final class Ledger {
    /**
     * Compared by runs of their own, see {@link WindowRun}, {@link UnitRun}, {@link StepRun}, {@link dev.cairn.testkit.contract.MemberWindowRun} and
     * {@link dev.cairn.testkit.contract.CalendarRun}.
     */
    private static final Set<Class<?>> OF_WINDOW_RUN =
            Set.of(
                    Formula.Conversion.class,
                    RelationClause.Head.StepsHead.class,
                    RelationClause.Head.Touch.class,
                    RelationClause.Head.Changes.class,
                    Expr.InPeriods.class,
                    RelationClause.Head.EachGrain.class,
                    RelationClause.Head.Every.class,
                    Relation.Ticks.class,
                    Aggregation.OfWindow.class);

    /** Said by contracts: the time axis is a key only where a total keeps it, and lifetimes are made of plans only. */
    private static final Set<Class<?>> OF_CONTRACTS =
            Set.of(
                    DimensionText.ByGrain.class,
                    Formula.Survival.class,
                    // Of metrics that say how rows vary together, which contracts have.
                    Aggregation.ClusteredError.class,
                    Aggregation.Survival.class,
                    // Beside a time of survival.
                    Aggregation.LifeTable.class);

    private static final Set<Enum<?>> NOT_YET_SAID = Set.of(Absence.UNTRUSTED, Type.Kind.BROKEN);

    private static final Set<Class<?>> FAMILIES =
            Set.of(
                    Formula.class,
                    RelationClause.Head.class,
                    RelationClause.Timing.class,
                    Moment.class,
                    Window.class,
                    DimensionText.class,
                    Comparison.class,
                    AggregateFunction.class,
                    Expr.class,
                    Aggregation.class,
                    Relation.class,
                    Placing.class,
                    Expr.To.class,
                    Ordering.By.class,
                    AnalysisQuery.MetricReference.class,
                    AnalysisQuery.AskedRange.class,
                    AnalysisQuery.CohortReference.class,
                    AnalysisQuery.Filter.class,
                    Cohort.Members.class,
                    Timeline.Ages.class);

    private static final Set<Class<? extends Enum<?>>> CONSTANTS =
            Set.of(
                    Declared.class,
                    RowKind.class,
                    GroupValue.Kind.class,
                    Absence.class,
                    Grain.class,
                    Function.class,
                    Type.Kind.class,
                    Formula.Comparator.class,
                    Formula.Operator.class,
                    AggregateFunction.Named.class,
                    AnalysisQuery.Operator.class,
                    DataType.class,
                    Metric.Level.class,
                    Metric.RollUp.class);

    private final SortedMap<String, Integer> seen = new TreeMap<>();

    /** Notes a value and everything in it. */
    public void note(@Nullable Object value) {
        switch (value) {
            case null -> {}
            case Enum<?> constant -> count(name(constant));
            case EntityRef entity -> count(name(entity));
            case Collection<?> many -> many.forEach(this::note);
            case Map<?, ?> many -> many.values().forEach(this::note);
            case Expr.Common common -> {
                count(name(Expr.Common.class));
                note(common.value());
            }
            case Record whole -> {
                count(name(whole.getClass()));
                for (RecordComponent part : whole.getClass().getRecordComponents()) {
                    note(read(whole, part));
                }
            }
            default -> count("value " + value.getClass().getSimpleName());
        }
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }

    private static @Nullable Object read(Record whole, RecordComponent part) {
        try {
            var accessor = part.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(whole);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** What could have been generated and never was. */
    public Set<String> missing() {
        var missing = new TreeSet<String>();
        FAMILIES.stream().flatMap(Ledger::members).map(Ledger::name).forEach(missing::add);
        CONSTANTS.stream()
                .flatMap(family -> Arrays.stream(family.getEnumConstants()))
                .filter(constant -> !NOT_YET_SAID.contains(constant))
                .map(Ledger::name)
                .forEach(missing::add);
        EntityRef.BUILT_IN.stream().map(Ledger::name).forEach(missing::add);
        missing.removeAll(seen.keySet());
        return missing;
    }

    /** What of these families, sealed or of constants, could have been generated and never was. */
    Set<String> missing(Set<Class<?>> families) {
        var missing = new TreeSet<String>();
        for (Class<?> family : families) {
            members(family).map(Ledger::name).forEach(missing::add);
            if (family.isEnum()) {
                Arrays.stream(family.getEnumConstants())
                        .map(Enum.class::cast)
                        .map(constant -> name((Enum<?>) constant))
                        .forEach(missing::add);
            }
        }
        missing.removeAll(seen.keySet());
        return missing;
    }

    private static Stream<Class<?>> members(Class<?> family) {
        if (!family.isSealed()) {
            return family.isEnum()
                            || OF_WINDOW_RUN.contains(family)
                            || OF_CONTRACTS.contains(family)
                    ? Stream.empty()
                    : Stream.of(family);
        }
        return Arrays.stream(family.getPermittedSubclasses()).flatMap(Ledger::members);
    }

    private static String name(Enum<?> constant) {
        return name(constant.getDeclaringClass()) + "." + constant.name();
    }

    private static String name(EntityRef entity) {
        return name(EntityRef.class) + "." + entity.name();
    }

    private static String name(Class<?> kind) {
        var outer = kind.getEnclosingClass();
        return outer == null ? kind.getSimpleName() : name(outer) + "." + kind.getSimpleName();
    }
}
