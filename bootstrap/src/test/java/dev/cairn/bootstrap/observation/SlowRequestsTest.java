package dev.cairn.bootstrap.observation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cairn.application.port.Stage;
import dev.cairn.application.port.out.AnalysisExecutor.Prepared;
import dev.cairn.application.port.out.QuestionLog.End;
import dev.cairn.application.port.out.QuestionLog.Passed;
import dev.cairn.application.port.out.QuestionLog.Question;
import dev.cairn.domain.plan.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SlowRequestsTest {
    private static final long MS = 1_000_000;

    private final AtomicLong now = new AtomicLong();
    private final List<String> explained = new ArrayList<>();
    private final SlowRequests slow =
            new SlowRequests(Duration.ofMillis(100), true, Runnable::run, now::get);

    private final Logger logger = (Logger) LoggerFactory.getLogger(SlowRequests.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private final class Statement implements Prepared {
        private final String name;

        Statement(String name) {
            this.name = name;
        }

        @Override
        public long cost() {
            return 0;
        }

        @Override
        public String fingerprint() {
            return name;
        }

        @Override
        public List<String> databasePlan() {
            explained.add(name);
            if (name.equals("broken")) {
                throw new IllegalStateException("near 'a secret value'");
            }
            return List.of("Aggregate", "  Seq Scan on " + name);
        }

        @Override
        public Answer execute(Duration limit) {
            throw new AssertionError("nothing is executed");
        }
    }

    private Question question(String statement, long planned, long inDatabase) {
        return new Question(
                End.ANSWERED,
                List.of(
                        new Passed(Stage.PLAN, 0, planned * MS),
                        new Passed(Stage.DATABASE, planned * MS, (planned + inDatabase) * MS)),
                new Statement(statement),
                24);
    }

    private static ObservedRequest request(String id, long millis, Question... questions) {
        return new ObservedRequest(
                id,
                "graphql",
                "OK",
                Instant.EPOCH,
                null,
                0,
                millis * MS,
                List.of(new Passed(Stage.PARSE, 0, 3 * MS)),
                List.of(questions));
    }

    @Test
    void a_slow_request_is_a_line_with_its_stages_and_statements() {
        slow.accept(request("id-1", 150, question("aa", 10, 100), question("bb", 5, 20)));

        assertThat(lines())
                .contains(
                        "id-1: a request took 150 ms (OK): parse 3, plan 15, queue 0, database 120, encode 0. Statements: aa (100 ms, 24 rows), bb (20 ms, 24 rows).");
    }

    @Test
    void a_quick_one_is_not_told() {
        slow.accept(request("id-1", 99, question("aa", 10, 80)));

        assertThat(lines()).isEmpty();
        assertThat(explained).isEmpty();
    }

    @Test
    void one_without_statements_is_told_too() {
        slow.accept(request("id-1", 100));

        assertThat(lines()).singleElement().asString().endsWith("database 0, encode 0.");
        assertThat(explained).isEmpty();
    }

    @Test
    void the_slowest_statement_is_explained_once_an_hour() {
        slow.accept(request("id-1", 150, question("aa", 10, 20), question("bb", 5, 100)));
        now.addAndGet(Duration.ofMinutes(59).toNanos());
        slow.accept(request("id-2", 150, question("bb", 5, 100)));
        slow.accept(request("id-3", 150, question("cc", 5, 100)));
        assertThat(explained).containsExactly("bb", "cc");

        now.addAndGet(Duration.ofMinutes(1).toNanos());
        slow.accept(request("id-4", 150, question("bb", 5, 100)));
        assertThat(explained).containsExactly("bb", "cc", "bb");
        assertThat(lines())
                .contains(
                        "id-1: how the database goes about statement bb:\nAggregate\n  Seq Scan on bb");
    }

    @Test
    void an_explanation_that_fails_tells_no_value() {
        slow.accept(request("id-1", 150, question("broken", 5, 100)));

        assertThat(lines())
                .last()
                .isEqualTo("id-1: the database does not explain statement broken.");
        assertThat(log.list).allMatch(event -> event.getThrowableProxy() == null);
    }
}
