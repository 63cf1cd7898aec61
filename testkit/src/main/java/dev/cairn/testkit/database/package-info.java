/** PostgreSQL servers for tests: whatever this machine offers, a fresh database for each call. */
@NullMarked
package dev.cairn.testkit.database;

import org.jspecify.annotations.NullMarked;
