/** Alerts: for what they stand, and what they have told. */
@NullMarked
package dev.cairn.adapters.graphql.alert;

import org.jspecify.annotations.NullMarked;
