package dev.cairn.bootstrap.command;

/** How a command says what it did. */
enum Format {
    TEXT,
    JSON
}
