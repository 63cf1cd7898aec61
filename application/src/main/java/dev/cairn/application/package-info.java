/** What Cairn does for a caller, and what it needs from outside; plain Java, no framework. */
@NullMarked
package dev.cairn.application;

import org.jspecify.annotations.NullMarked;
