/** Whether metrics tell accounts that succeed from the others. */
@NullMarked
package dev.cairn.adapters.graphql.separation;

import org.jspecify.annotations.NullMarked;
