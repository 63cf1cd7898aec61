/** What came of a change: values of accounts before and after it, beside those of accounts that it did not concern. */
@NullMarked
package dev.cairn.domain.impact;

import org.jspecify.annotations.NullMarked;
