package dev.cairn.application.port;

import dev.cairn.domain.analysis.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done, as it is kept: nothing of what was answered, and nothing that lets anybody in.
 *
 * <p>Its texts come from elsewhere too; what no database holds as text is replaced in them, as an entry that cannot be written would hold up all others.
 *
 * @param at to the microsecond
 * @param caller name of who did it; empty: it is not known who
 * @param role null: it is not known who
 * @param by the command, field of the schema or use case
 * @param subject what it was done to: kind and name of a definition; of reading, a digest of what was asked; name of a key; reason of a refusal
 * @param version of a definition, in force afterwards; null for others
 * @param rows that were given to who reads; null for others
 */
public record AuditEntry(
        Instant at,
        String caller,
        @Nullable Role role,
        Kind kind,
        String by,
        String subject,
        @Nullable Integer version,
        @Nullable Long rows) {
    private static final char REPLACEMENT = '\uFFFD';

    public AuditEntry {
        caller = writable(caller);
        by = writable(by);
        subject = writable(subject);
    }

    private static String writable(String text) {
        return text.codePoints()
                .map(character -> isWritable(character) ? character : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isWritable(int character) {
        return character != 0 && Character.getType(character) != Character.SURROGATE;
    }

    /** What was done. */
    public enum Kind {
        /** A definition was added, revised, described anew or retired. */
        DEFINITION_CHANGED,
        /** Data was given to somebody. */
        DATA_READ,
        /** Somebody presented something that proves nothing, or may see nothing. */
        SIGN_IN_REFUSED,
        /** A key was made. */
        KEY_CREATED,
        /** A key was revoked. */
        KEY_REVOKED
    }

    /** @param number of entries in the order in which they were added, with gaps */
    public record Kept(long number, AuditEntry entry) {}
}
