package dev.cairn.bootstrap.database;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the embedded PostgreSQL is set up.
 *
 * @param dataDir the folder everything is kept in
 * @param port the port of 127.0.0.1 it listens on; 0 takes any free one
 * @param startTimeout how long to wait for it to start or stop
 */
public record ServerSettings(Path dataDir, int port, Duration startTimeout) {}
