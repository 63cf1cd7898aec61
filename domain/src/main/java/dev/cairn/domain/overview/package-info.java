/** What is known of one account: questions of the language about it, and what their answers come to. */
@NullMarked
package dev.cairn.domain.overview;

import org.jspecify.annotations.NullMarked;
