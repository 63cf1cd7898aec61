/** Use cases: what can be asked of Cairn. Each may throw {@link dev.cairn.application.port.StoreFailed}. */
@NullMarked
package dev.cairn.application.port.in;

import org.jspecify.annotations.NullMarked;
