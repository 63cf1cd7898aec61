/** Accounts. */
@NullMarked
package dev.cairn.adapters.graphql.account;

import org.jspecify.annotations.NullMarked;
