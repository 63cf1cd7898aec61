package dev.cairn.adapters.graphql.rest;

import java.time.Duration;

/**
 * How long exports may take.
 *
 * @param time of one, from its arrival to its last row
 * @param patience how long rows that are read wait for a client to take those before them
 */
public record ExportLimits(Duration time, Duration patience) {}
