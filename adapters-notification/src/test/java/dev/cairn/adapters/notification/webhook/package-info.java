@NullMarked
package dev.cairn.adapters.notification.webhook;

import org.jspecify.annotations.NullMarked;
