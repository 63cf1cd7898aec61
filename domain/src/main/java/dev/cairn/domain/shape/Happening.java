package dev.cairn.domain.shape;

/** Whether something is so of a member in a period. */
public sealed interface Happening {
    /** It has a fact of a relation: {@code event where name = 'login'}. */
    record Facts(String relation) implements Happening {}

    /** A formula holds for it: {@code mrr_end > 0}. */
    record Condition(String formula) implements Happening {}

    /** A date or an instant that it has once, such as its start, is in the period. */
    record Date(String formula) implements Happening {}
}
