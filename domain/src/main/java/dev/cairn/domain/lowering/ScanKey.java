package dev.cairn.domain.lowering;

/** A relation, and what time of it is read: what has both in common is read once. */
public record ScanKey(RelationKey relation, TimeContext time) {}
