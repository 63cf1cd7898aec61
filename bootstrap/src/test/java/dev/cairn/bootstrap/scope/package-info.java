/** Whoever may see some accounts learns nothing of others, whatever is asked. */
@NullMarked
package dev.cairn.bootstrap.scope;

import org.jspecify.annotations.NullMarked;
