package dev.cairn.application.port;

import java.io.InputStream;

/**
 * A file of records, plain or gzip.
 *
 * @param content closed by whoever opens the file
 * @param dialect how it is written
 */
public record RecordFile(InputStream content, Dialect dialect) implements RecordInput {}
