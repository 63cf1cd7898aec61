/** Measures how fast Cairn is, against what PostgreSQL alone can do. */
@NullMarked
package dev.cairn.benchmarks;

import org.jspecify.annotations.NullMarked;
