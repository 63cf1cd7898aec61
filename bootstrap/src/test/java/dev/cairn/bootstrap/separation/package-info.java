/** Metrics that are known to tell, or not to tell, who stays. */
@NullMarked
package dev.cairn.bootstrap.separation;

import org.jspecify.annotations.NullMarked;
