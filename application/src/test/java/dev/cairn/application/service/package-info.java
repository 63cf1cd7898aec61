/** Tests of the use cases. */
@NullMarked
package dev.cairn.application.service;

import org.jspecify.annotations.NullMarked;
