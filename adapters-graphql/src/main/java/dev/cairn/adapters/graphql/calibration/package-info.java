/** Scores held against what happened afterwards. */
@NullMarked
package dev.cairn.adapters.graphql.calibration;

import org.jspecify.annotations.NullMarked;
