/** What stands of an alert, and what of it is new. */
@NullMarked
package dev.cairn.domain.alert;

import org.jspecify.annotations.NullMarked;
