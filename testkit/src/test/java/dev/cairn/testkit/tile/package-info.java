/** Questions of one request that are answered together. */
@NullMarked
package dev.cairn.testkit.tile;

import org.jspecify.annotations.NullMarked;
