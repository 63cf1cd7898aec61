package dev.cairn.application.port;

/** Where records come from: a file that is still to be opened, or records at hand. */
public sealed interface RecordInput permits RecordFile, Records {}
