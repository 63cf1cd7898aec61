/** How far the facts of a source can be trusted: what is measured of them, and what that means; pure. */
@NullMarked
package dev.cairn.domain.trust;

import org.jspecify.annotations.NullMarked;
