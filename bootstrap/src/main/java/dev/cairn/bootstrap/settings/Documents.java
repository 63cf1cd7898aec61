package dev.cairn.bootstrap.settings;

/** Which documents are executed. */
public enum Documents {
    /** Whatever is sent, and registered ones by their name or hash. */
    ANY,
    /** Registered ones, and nothing else. */
    REGISTERED
}
