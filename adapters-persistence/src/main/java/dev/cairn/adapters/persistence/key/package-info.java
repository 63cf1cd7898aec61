/** Keys that people and programs ask with. */
@NullMarked
package dev.cairn.adapters.persistence.key;

import org.jspecify.annotations.NullMarked;
