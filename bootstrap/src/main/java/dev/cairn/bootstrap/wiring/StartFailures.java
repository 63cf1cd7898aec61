package dev.cairn.bootstrap.wiring;

import dev.cairn.bootstrap.PortUse;
import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import dev.cairn.bootstrap.settings.BadValue;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reports in plain words why Cairn does not start, where the cause is known; any other failure is a bug, which Spring reports with its stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class StartFailures implements SpringBootExceptionReporter {
    private static final String OTHER_FILE =
            "Correct the file, or start Cairn in another folder: it reads config/application.yaml and application.yaml there.";

    private static final String SIGN_IN =
            "Check spring.datasource.username and spring.datasource.password (in the environment: SPRING_DATASOURCE_USERNAME, SPRING_DATASOURCE_PASSWORD).";

    @Override
    public boolean reportException(Throwable failure) {
        if (causes(failure).anyMatch(StartFailures::isInterruption)) {
            System.err.println("Stopped while it was starting.");
            return true;
        }
        var refused = explain(failure);
        refused.ifPresent(reason -> {
            System.err.printf("%s [%s]%n", reason.getMessage(), reason.problem());
            System.err.println(reason.remedy());
        });
        return refused.isPresent();
    }

    /** The reason, in words. */
    public static Optional<StartRefused> explain(Throwable failure) {
        return causes(failure).map(StartFailures::reason).flatMap(Optional::stream).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(
                        failure,
                        Objects::nonNull,
                        cause -> Objects.requireNonNull(cause).getCause())
                .map(Objects::requireNonNull);
    }

    /** Spring interrupts a start when the process is told to end. */
    private static boolean isInterruption(Throwable cause) {
        return cause instanceof InterruptedException || cause instanceof InterruptedIOException;
    }

    private static Optional<StartRefused> reason(Throwable cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case StartRefused refused -> refused;
                    case BindException wrong ->
                            new StartRefused(
                                    StartProblem.BAD_SETTING,
                                    BadValue.text(wrong),
                                    "Correct it or leave it out.",
                                    wrong);
                    case PortInUseException taken ->
                            new StartRefused(
                                    StartProblem.PORT_TAKEN,
                                    PortUse.taken(taken.getPort()),
                                    "Stop that one, or set server.port to another port: --set server.port=0 takes any that is free.",
                                    taken);
                    case java.net.BindException refused ->
                            new StartRefused(
                                    StartProblem.BAD_SETTING,
                                    "Cairn may not listen on server.address and server.port: "
                                            + refused.getMessage(),
                                    "Set server.port to a port above 1023, and server.address to 127.0.0.1.",
                                    refused);
                    case YAMLException wrong -> settingsFile(wrong);
                    case ConfigDataNotFoundException missing ->
                            new StartRefused(
                                    StartProblem.BAD_SETTINGS_FILE,
                                    String.valueOf(missing.getMessage()),
                                    "Correct spring.config.location or spring.config.import.",
                                    missing);
                    case PSQLException wrong -> database(wrong);
                    default -> null;
                });
    }

    private static StartRefused settingsFile(YAMLException wrong) {
        var candidates =
                Stream.of("config/application.yaml", "config/application.yml")
                        .flatMap(file -> Stream.of(file, Path.of(file).getFileName().toString()))
                        .filter(file -> Files.exists(Path.of(file)))
                        .collect(Collectors.joining(", "));
        var where = candidates.isEmpty() ? "A file of settings" : candidates;
        var mark = wrong instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
        var what =
                wrong instanceof MarkedYAMLException marked
                        ? marked.getProblem()
                        : wrong.getMessage();
        return new StartRefused(
                StartProblem.BAD_SETTINGS_FILE,
                mark == null
                        ? "%s is not YAML: %s.".formatted(where, what)
                        : "%s is not YAML: line %d, column %d: %s."
                                .formatted(where, mark.getLine() + 1, mark.getColumn() + 1, what),
                OTHER_FILE,
                wrong);
    }

    private static @Nullable StartRefused database(PSQLException failure) {
        var state = Objects.requireNonNullElse(failure.getSQLState(), "");
        return switch (state) {
            case "3D000" ->
                    outOfReach(
                            failure,
                            "Create it (create database ...), or correct the name at the end of spring.datasource.url.");
            case "42501" ->
                    new StartRefused(
                            StartProblem.DATABASE_NOT_ALLOWED,
                            "The database does not let Cairn make its tables: " + said(failure),
                            "Let its user make them: grant create on schema public to ...; or give it a database of its own.",
                            failure);
            // A password is required and none was given.
            case "08004" -> outOfReach(failure, SIGN_IN);
            default -> {
                if (state.startsWith("28")) {
                    yield outOfReach(failure, SIGN_IN);
                }
                yield state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")
                        ? outOfReach(
                                failure,
                                "Check that it runs and that spring.datasource.url has its host and port.")
                        : null;
            }
        };
    }

    private static StartRefused outOfReach(PSQLException failure, String remedy) {
        return new StartRefused(
                StartProblem.DATABASE_OUT_OF_REACH,
                "The database cannot be reached: " + said(failure),
                remedy,
                failure);
    }

    private static String said(PSQLException failure) {
        if (failure.getCause() instanceof UnknownHostException unknown) {
            return "there is no host " + unknown.getMessage();
        }
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
