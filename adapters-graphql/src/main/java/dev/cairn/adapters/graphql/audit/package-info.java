/** What was done, for admins. */
@NullMarked
package dev.cairn.adapters.graphql.audit;

import org.jspecify.annotations.NullMarked;
