/** Questions as they are written on a command line. */
@NullMarked
package dev.cairn.bootstrap.question;

import org.jspecify.annotations.NullMarked;
