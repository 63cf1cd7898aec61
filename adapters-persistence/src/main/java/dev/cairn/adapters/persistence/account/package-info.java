/** Accounts and users: who is there, since when, and their attributes. */
@NullMarked
package dev.cairn.adapters.persistence.account;

import org.jspecify.annotations.NullMarked;
