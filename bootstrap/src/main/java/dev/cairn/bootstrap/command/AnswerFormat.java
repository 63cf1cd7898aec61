package dev.cairn.bootstrap.command;

/** How an answer is written. */
enum AnswerFormat {
    TEXT,
    CSV,
    JSON,
    NDJSON
}
