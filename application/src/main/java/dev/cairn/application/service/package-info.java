/** Use case implementations; only bootstrap creates them. */
@NullMarked
package dev.cairn.application.service;

import org.jspecify.annotations.NullMarked;
