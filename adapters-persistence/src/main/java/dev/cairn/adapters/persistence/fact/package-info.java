/** Takes in facts: streams them in, merges them by their keys, keeps what they replace. */
@NullMarked
package dev.cairn.adapters.persistence.fact;

import org.jspecify.annotations.NullMarked;
