/** Questions as people write them, on a command line and in files; pure. */
@NullMarked
package dev.cairn.domain.question;

import org.jspecify.annotations.NullMarked;
