@NullMarked
package dev.cairn.adapters.notification.mail;

import org.jspecify.annotations.NullMarked;
