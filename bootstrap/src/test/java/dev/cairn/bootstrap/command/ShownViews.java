package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.terminal.display.AnswerData;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.service.Catalogs;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.question.QuestionText;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Saved questions of a service, as views show them to roles and as the API answers them. */
record ShownViews(RunningCairn cairn) {
    interface Work {
        void with(Statement statement) throws SQLException;
    }

    void apply(Path folder, String definitions) throws Exception {
        var file = folder.resolve("definitions.yaml");
        Files.writeString(file, definitions);
        var said = cairn.inside("apply", file.toString());
        assertThat(said.exit()).as(said.errors() + said.output()).isZero();
    }

    Connection as(String role) throws SQLException {
        return DriverManager.getConnection(cairn.database().url(), role, ReaderRoles.PASSWORD);
    }

    void asCairn(Work work) throws SQLException {
        try (var connection = cairn.database().connect();
                var statement = connection.createStatement()) {
            work.with(statement);
        }
    }

    /** How many views there are; looked at 20 times a second at most, so that waiting costs little. */
    int published() throws SQLException {
        var count = new int[1];
        asCairn(statement -> {
            try (var found =
                    statement.executeQuery(
                            "select count(*), pg_sleep(0.05)::text from cairn_sql.published")) {
                found.next();
                count[0] = found.getInt(1);
            }
        });
        return count[0];
    }

    /** Header and rows, without as-of; empty where the view is not there or has none. */
    List<List<@Nullable String>> rows(String role, String view) throws SQLException {
        try (var connection = as(role);
                var statement = connection.createStatement()) {
            return read(statement, view);
        } catch (SQLException failed) {
            if (failed.getSQLState().startsWith("42")) {
                return List.of();
            }
            throw failed;
        }
    }

    static List<List<@Nullable String>> read(Statement statement, String view) throws SQLException {
        var rows = new ArrayList<List<@Nullable String>>();
        try (var found =
                statement.executeQuery("select * from cairn_sql." + ReaderRoles.quoted(view))) {
            int columns = found.getMetaData().getColumnCount() - 1;
            assertThat(found.getMetaData().getColumnName(columns + 1)).isEqualTo("as_of");
            while (found.next()) {
                var row = new ArrayList<@Nullable String>();
                for (int at = 1; at <= columns; at++) {
                    row.add(text(found.getObject(at)));
                }
                rows.add(row);
            }
            if (!rows.isEmpty()) {
                var header = new ArrayList<@Nullable String>();
                for (int at = 1; at <= columns; at++) {
                    header.add(found.getMetaData().getColumnName(at));
                }
                rows.addFirst(header);
            }
        }
        return rows;
    }

    /** That a view which has rows has none once something under it is another. */
    void emptyAfter(String change, String view) throws SQLException {
        try (var connection = cairn.database().connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(read(statement, view)).as("before").isNotEmpty();
            statement.execute(change);
            assertThat(read(statement, view)).as(change).isEmpty();
            connection.rollback();
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case Double number -> BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            case Timestamp instant -> instant.toInstant().toString();
            default -> value.toString();
        };
    }

    /** What the API answers a caller of a scope; null: of none. */
    List<List<@Nullable String>> answered(String question, @Nullable String scope) {
        var saved =
                cairn.bean(Catalogs.class).current().find(question, Question.class).orElseThrow();
        var caller = new Caller("api", Role.VIEWER, scope == null ? null : new AccessScope(scope));
        var result =
                ((Outcome.Answered)
                                cairn.bean(AnalyzeUseCase.class)
                                        .analyze(
                                                QuestionText.read(saved.asked()).query(),
                                                caller,
                                                Deadline.NEVER))
                        .result();
        var csv = new AnswerData(result, new AnswerData.Shown(false, true, false, false)).csv();
        return Csv.rows(csv);
    }

    String where(String scope) {
        return cairn.bean(Catalogs.class).current().find(scope, Scope.class).orElseThrow().where();
    }

    List<String> views() throws SQLException {
        var views = new ArrayList<String>();
        asCairn(statement -> {
            try (var found =
                    statement.executeQuery(
                            "select viewname from pg_views where schemaname = 'cairn_sql'")) {
                while (found.next()) {
                    views.add(found.getString(1));
                }
            }
        });
        return views;
    }
}
