package dev.cairn.domain.plan;

/**
 * One aggregation.
 *
 * @param scan index of the scan it reads
 * @param where which rows of the scan it takes; true keeps a row
 * @param zeroOverNothing over no rows, within the coverage of all sources it reads, the value is 0 or false; otherwise there is none
 */
public record Leaf(int scan, Expr where, Aggregation aggregation, boolean zeroOverNothing, Type type) {}
