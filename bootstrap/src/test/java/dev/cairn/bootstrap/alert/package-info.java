/** What alerts tell, to whom and when. */
@NullMarked
package dev.cairn.bootstrap.alert;

import org.jspecify.annotations.NullMarked;
