/** Cohorts. */
@NullMarked
package dev.cairn.adapters.graphql.cohort;

import org.jspecify.annotations.NullMarked;
