/** Who is let in, and who is not. */
@NullMarked
package dev.cairn.bootstrap.signin;

import org.jspecify.annotations.NullMarked;
