package dev.cairn.application.port;

/** What a request spends its time on, in the order of a question's way. */
public enum Stage {
    /** Its text is read and compared with the schema. */
    PARSE,
    /** Questions are planned and made into statements. */
    PLAN,
    /** It waits for its turn. */
    QUEUE,
    /** The database works on it, and what it answers is read; waiting for a connection is part of it. */
    DATABASE,
    /** Its answer is written. */
    ENCODE
}
