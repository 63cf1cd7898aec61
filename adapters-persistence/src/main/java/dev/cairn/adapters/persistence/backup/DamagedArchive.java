package dev.cairn.adapters.persistence.backup;

/** An archive is not as it was written; says in what. */
final class DamagedArchive extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedArchive(String message) {
        super(message);
    }

    DamagedArchive(String message, Throwable cause) {
        super(message, cause);
    }
}
