/** Questions of fixed shape: typed input becomes a question of the language, and its answer is folded into the shape; pure, nothing is looked up. */
@NullMarked
package dev.cairn.domain.shape;

import org.jspecify.annotations.NullMarked;
