/** Alerts that are told. */
@NullMarked
package dev.cairn.testkit.alert;

import org.jspecify.annotations.NullMarked;
