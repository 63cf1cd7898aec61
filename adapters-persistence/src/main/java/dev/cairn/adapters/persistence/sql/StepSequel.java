package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.plan.Attempts;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Select;
import org.jooq.Table;

/** What follows each row that begins an attempt: how the further steps are found, and how they are read of it. */
sealed interface StepSequel<T extends Comparable<? super T>> permits StepPasses, StepJoins {
    /**
     * By passes over all rows, unless it depends on more than the row of the step before which row is the next: where rows of a source are steps again after
     * rows of another, and where no row may lie between.
     *
     * @param areNumbered whether rows are told apart by their number, beside their time
     */
    static <T extends Comparable<? super T>> StepSequel<T> of(
            Attempts attempts, boolean areNumbered) {
        return attempts.order() == Attempts.Order.STRICT || comesBack(attempts)
                ? new StepJoins<>(attempts)
                : new StepPasses<>(attempts, areNumbered);
    }

    private static boolean comesBack(Attempts attempts) {
        return IntStream.range(2, attempts.steps().size())
                .anyMatch(step ->
                        lastOfSource(attempts, step) >= 0
                                && lastOfSource(attempts, step) < step - 1);
    }

    /** The last step before one whose rows are of the same source, from 0; none: negative. */
    static int lastOfSource(Attempts attempts, int step) {
        return IntStream.iterate(step - 1, at -> at >= 0, at -> at - 1)
                .filter(at ->
                        attempts.steps().get(at).input() == attempts.steps().get(step).input())
                .findFirst()
                .orElse(-1);
    }

    StepOrder order();

    /** Whether the rows of the steps are read more than once. */
    boolean readsOften();

    /** The rows of all steps, with what is read of them. */
    Select<?> rows(Select<?> rowsOfSteps);

    /**
     * Those that may begin an attempt, and perhaps others, each with what is read of the steps that follow it.
     *
     * @param rows {@link #rows}
     * @param table the common table of the same, where they are read often
     */
    Select<?> followed(Select<?> rows, Name table);

    /** Whether a row is one that begins an attempt. */
    Condition isBegun(Table<?> table);

    /** When the step of a number, from 0, was; its own time for the first. */
    Field<T> time(Table<?> table, int number);

    /** The number of the row which is the step of a number after the first. */
    Field<Long> row(Table<?> table, int number);

    /** The first time after a step at which there is what an attempt must not have from there on. */
    Field<T> unwanted(Table<?> table, int without);
}
