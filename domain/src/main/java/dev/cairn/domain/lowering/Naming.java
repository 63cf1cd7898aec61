package dev.cairn.domain.lowering;

/**
 * A name of a definition in a formula.
 *
 * @param isRolledUp whether it is a metric of members that stands where one value of all of them is meant
 */
public record Naming(String definition, boolean isRolledUp) {}
