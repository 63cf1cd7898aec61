/** Values of many accounts, as numbers that are compared. */
@NullMarked
package dev.cairn.domain.sample;

import org.jspecify.annotations.NullMarked;
