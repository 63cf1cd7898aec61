package dev.cairn.domain.plan;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Since when and until when a source is complete: whole local days of the source's zone, half-open. Date columns are compared by the dates,
 * others by the instants.
 */
public record Coverage(LocalDate fromDate, Instant from, LocalDate untilDate, Instant until) {}
