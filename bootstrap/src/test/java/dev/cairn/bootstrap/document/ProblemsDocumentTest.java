package dev.cairn.bootstrap.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.files.definition.DefinitionFile;
import dev.cairn.adapters.files.definition.DefinitionReader;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.KeysUseCase;
import dev.cairn.application.port.in.KeysUseCase.NewKey;
import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.problem.ProblemCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Makes {@code docs/problems.md}: every code, with an example that is run. */
@ExtendWith(OutputCaptureExtension.class)
class ProblemsDocumentTest {
    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String DOCUMENT =
            """
            # Problems

            What Cairn says when something cannot be done, and the way out. The examples are run on the built-in sample, and the messages are what it answered.

            A program may branch on a code; the messages get better. Everything that is wrong is told at once, each problem with its place (`path`, and `line` and `column` in a text) and, where there are any, near names or rewrites (`suggestions`).

            ## Problems of questions and definitions

            In `extensions.problems` of an error, in `problems` of `explain` and of what a mutation gives, and at the end of a line a command says: `file.yaml:3:7: message [CODE]`. The examples are part of the input of `explain` or `analyze`, unless they are whole requests.

            %s
            ## Errors of requests

            In `extensions.code` of an error.

            %s
            ## Starts that are refused

            At the end of what is wrong, before what to do. Nothing of the data was changed. `cairn doctor` looks for all of them at once.

            %s
            ## Commands

            | exit code | meaning |
            |---|---|
            | 0 | done |
            | 1 | problems in what was given; each is told |
            | 2 | the command line is not understood |
            | 3 | Cairn could not start, or a bug |

            ```
            $ cairn query np --range 2026
            %s
            ```
            ```
            $ cairn sevre
            %s
            ```

            A bug is told by an id, under which the log has its cause:
            ```
            $ cairn query billed --range 2026
            %s
            ```
            """;

    /** What depends on the database being in the way, or on signing in. */
    private static final Set<ErrorCode> OF_OTHER_SERVICES =
            EnumSet.of(
                    ErrorCode.UNAUTHENTICATED,
                    ErrorCode.TOO_MANY_REQUESTS,
                    ErrorCode.TIMEOUT,
                    ErrorCode.DATABASE_OUT_OF_REACH,
                    ErrorCode.ISSUER_OUT_OF_REACH,
                    ErrorCode.INTERNAL_ERROR);

    /** No example of this service has it. */
    private static final ProblemCode OF_OTHER_ENGINES = ProblemCode.UNSUPPORTED;

    @TempDir private Path folder;

    @Test
    void the_document_has_every_code_with_an_example(CapturedOutput log) throws Exception {
        var problems = new EnumMap<ProblemCode, String>(ProblemCode.class);
        var errors = new EnumMap<ErrorCode, String>(ErrorCode.class);
        String unknown;
        String notUnderstood;
        String bug;
        try (var cairn = filled(List.of())) {
            assertThat(cairn.ask(ProblemExamples.METRIC_LIKE_A_FIELD, Map.of()).toString())
                    .contains("\"problems\":[]");
            define(cairn, ProblemExamples.SUCCESS);
            ProblemExamples.PROBLEMS.forEach(
                    (code, example) -> problems.put(code, problem(cairn, code, example)));
            ProblemExamples.ERRORS.forEach((code, example) -> {
                if (!OF_OTHER_SERVICES.contains(code)) {
                    errors.put(code, error(cairn, code));
                }
            });
            unknown = said(cairn, 1, "query", "np", "--range", "2026");
            notUnderstood = said(cairn, 2, "sevre");
            var failed = bug(cairn);
            assertExplained(failed, log);
            errors.put(ErrorCode.INTERNAL_ERROR, withoutId(failed));
            bug = said(cairn, 3, "query", "billed", "--range", "2026");
            assertExplained(bug, log);
        }
        try (var hasty =
                filled(
                        List.of(
                                "cairn.limits.seconds=1",
                                "cairn.cache.megabytes=0",
                                "cairn.callers.at-once=1",
                                "cairn.auth.keys=true",
                                "cairn.auth.oidc.issuer=http://127.0.0.1:1",
                                "cairn.auth.oidc.audience=cairn"))) {
            errors.put(ErrorCode.UNAUTHENTICATED, error(hasty, ErrorCode.UNAUTHENTICATED));
            hasty.signIn("a.b.c");
            errors.put(ErrorCode.ISSUER_OUT_OF_REACH, error(hasty, ErrorCode.ISSUER_OUT_OF_REACH));
            hasty.signIn(key(hasty));
            errors.put(ErrorCode.TOO_MANY_REQUESTS, tooMany(hasty));
            errors.put(ErrorCode.TIMEOUT, timeout(hasty));
            errors.put(ErrorCode.DATABASE_OUT_OF_REACH, outOfReach(hasty));
        }

        var starts = StartExamples.run(folder);

        assertThat(starts).containsOnlyKeys(StartProblem.values());
        assertThat(problems).containsOnlyKeys(EnumSet.complementOf(EnumSet.of(OF_OTHER_ENGINES)));
        assertThat(errors).containsOnlyKeys(ErrorCode.values());
        GeneratedDocument.check(
                "problems.md",
                DOCUMENT.formatted(
                        problems(problems),
                        errors(errors),
                        starts(starts),
                        unknown,
                        notUnderstood,
                        withoutId(bug)),
                getClass());
    }

    private static void define(RunningCairn cairn, String definition) {
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", definition)));
        assertThat(
                        cairn.bean(DefineUseCase.class)
                                .define(new DefineUseCase.Request(read.drafts(), false, false)))
                .isNotInstanceOf(DefineUseCase.Outcome.Rejected.class);
    }

    private static RunningCairn filled(List<String> settings) {
        var cairn = new RunningCairn(settings);
        cairn.fillSample();
        return cairn;
    }

    private static String key(RunningCairn cairn) {
        var made =
                cairn.bean(KeysUseCase.class)
                        .create(new NewKey("test", Role.ADMIN, true, List.of(), Map.of(), null));
        return ((KeysUseCase.Outcome.Created) made).text().secret();
    }

    private static String problem(RunningCairn cairn, ProblemCode code, String example) {
        var document = isPart(example) ? ProblemExamples.question(example) : example;
        if (code == ProblemCode.UNTRUSTED) {
            define(cairn, ProblemExamples.UNCHECKED);
            cairn.ask(ProblemExamples.FLOOR, Map.of());
        }
        var answer = cairn.ask(document, Map.of());
        return answer.findValues("problems").stream()
                .flatMap(JsonNode::valueStream)
                .filter(problem -> problem.path("code").asString().equals(code.name()))
                .map(ProblemsDocumentTest::text)
                .findFirst()
                .orElseThrow(() -> new AssertionError(code + " expected, but: " + answer));
    }

    /** The message, and what is offered besides. */
    private static String text(JsonNode problem) {
        var message = problem.path("message").asString();
        return problem.path("suggestions")
                .valueStream()
                .map(JsonNode::asString)
                .filter(suggestion -> !message.contains("'" + suggestion + "'"))
                .map(suggestion -> "\n> - `" + suggestion + "`")
                .collect(Collectors.joining("", message, ""));
    }

    private static String error(RunningCairn cairn, ErrorCode code) {
        var document = ProblemExamples.ERRORS.get(code);
        var answer =
                switch (code) {
                    case FORBIDDEN -> cairn.askFrom("https://elsewhere.example", document);
                    // The example is the whole body.
                    case PERSISTED_QUERY_NOT_FOUND, DOCUMENT_NOT_REGISTERED -> cairn.post(document);
                    default -> cairn.ask(document, Map.of());
                };
        return message(answer, code);
    }

    private static String message(JsonNode answer, ErrorCode code) {
        assertThat(answer.at("/errors/0/extensions/code").asString())
                .as(answer.toString())
                .isEqualTo(code.name());
        return answer.at("/errors/0/message").asString();
    }

    /** A question that waits for a table is given up, in the database too; a count of what can be trusted outlives whoever asked. */
    private static String timeout(RunningCairn cairn) throws Exception {
        try (var connection = cairn.database().connect();
                var lock = connection.createStatement();
                var onlooker = cairn.database().connect()) {
            connection.setAutoCommit(false);
            lock.execute("lock table fact_survey in access exclusive mode");
            var message = error(cairn, ErrorCode.TIMEOUT);
            RunningCairn.await(() -> {
                try (var statement = onlooker.createStatement();
                        var waiting =
                                statement.executeQuery(
                                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")) {
                    return waiting.next() && waiting.getLong(1) <= 1;
                }
            });
            return message;
        }
    }

    /** Of two questions that wait for a table one is too many. */
    private static String tooMany(RunningCairn cairn) throws Exception {
        var document = ProblemExamples.ERRORS.get(ErrorCode.TOO_MANY_REQUESTS);
        try (var connection = cairn.database().connect();
                var lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("lock table fact_survey in access exclusive mode");
            var refused = new ArrayList<JsonNode>();
            RunningCairn.await(() -> {
                var other = CompletableFuture.supplyAsync(() -> cairn.ask(document, Map.of()));
                var answers = List.of(cairn.ask(document, Map.of()), other.join());
                answers.stream()
                        .filter(answer ->
                                ErrorCode.TOO_MANY_REQUESTS
                                        .name()
                                        .equals(
                                                answer.at("/errors/0/extensions/code")
                                                        .asString("")))
                        .forEach(refused::add);
                return !refused.isEmpty();
            });
            return message(refused.getFirst(), ErrorCode.TOO_MANY_REQUESTS);
        }
    }

    private static String outOfReach(RunningCairn cairn) throws Exception {
        cairn.database().close();
        // Until that is noticed, a question may wait for a connection as long as it may take.
        var answers = new ArrayList<JsonNode>();
        RunningCairn.await(() -> {
            answers.add(
                    cairn.ask(
                            ProblemExamples.ERRORS.get(ErrorCode.DATABASE_OUT_OF_REACH), Map.of()));
            return !ErrorCode.TIMEOUT
                    .name()
                    .equals(answers.getLast().at("/errors/0/extensions/code").asString());
        });
        return message(answers.getLast(), ErrorCode.DATABASE_OUT_OF_REACH);
    }

    private static String bug(RunningCairn cairn) throws SQLException {
        try (var connection = cairn.database().connect();
                var statement = connection.createStatement()) {
            statement.execute("alter table fact_invoice_line rename to elsewhere");
        }
        return error(cairn, ErrorCode.INTERNAL_ERROR);
    }

    private static void assertExplained(String message, CapturedOutput log) {
        var id = message.replaceFirst(".*?(" + ID + ").*", "$1");
        assertThat(log.getAll())
                .containsSubsequence(id, "failed", "relation \"fact_invoice_line\" does not exist");
    }

    private static String withoutId(String message) {
        return message.replaceFirst(ID, "...").strip();
    }

    private static String said(RunningCairn cairn, int exit, String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.toString()).isEqualTo(exit);
        return said.errors().strip();
    }

    private static boolean isPart(String example) {
        return !example.startsWith("{") && !example.startsWith("mutation");
    }

    private static String problems(Map<ProblemCode, String> messages) {
        return Arrays.stream(ProblemCode.values())
                .filter(code -> code != OF_OTHER_ENGINES)
                .map(code ->
                        entry(
                                code.name(),
                                code.meaning(),
                                code.remedy(),
                                ProblemExamples.PROBLEMS.get(code),
                                messages.get(code)))
                .collect(
                        Collectors.joining(
                                "",
                                "",
                                "### %s\n%s\n\n**Way out:** %s\n\n"
                                        .formatted(
                                                OF_OTHER_ENGINES.name(),
                                                OF_OTHER_ENGINES.meaning(),
                                                OF_OTHER_ENGINES.remedy())));
    }

    private static String errors(Map<ErrorCode, String> messages) {
        return Arrays.stream(ErrorCode.values())
                .map(code ->
                        entry(
                                code.name(),
                                code.meaning(),
                                code.remedy(),
                                ProblemExamples.ERRORS.get(code),
                                messages.get(code)))
                .collect(Collectors.joining());
    }

    private static String starts(Map<StartProblem, StartExamples.Said> said) {
        return said.entrySet().stream()
                .map(start ->
                        """
                        ### %s
                        %s
                        ```
                        $ cairn %s
                        %s
                        ```

                        """
                                .formatted(
                                        start.getKey(),
                                        start.getKey().meaning(),
                                        start.getValue().command(),
                                        start.getValue().message()))
                .collect(Collectors.joining());
    }

    private static String entry(
            String code, String meaning, String remedy, String example, String message) {
        return """
        ### %s
        %s

        **Way out:** %s

        ```graphql
        %s
        ```
        > %s

        """
                .formatted(code, meaning, remedy, example, message);
    }
}
