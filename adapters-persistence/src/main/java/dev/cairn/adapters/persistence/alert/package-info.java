/** Alerts in PostgreSQL. */
@NullMarked
package dev.cairn.adapters.persistence.alert;

import org.jspecify.annotations.NullMarked;
