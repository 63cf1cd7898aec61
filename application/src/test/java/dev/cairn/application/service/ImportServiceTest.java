package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.in.ImportUseCase.Outcome;
import dev.cairn.application.port.in.ImportUseCase.Phase;
import dev.cairn.application.port.in.ImportUseCase.Progress;
import dev.cairn.application.port.in.ImportUseCase.Raw;
import dev.cairn.application.port.in.ImportUseCase.Records;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.in.ImportUseCase.Request;
import dev.cairn.application.port.in.ImportUseCase.Summary;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Expr;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImportServiceTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Source EVENT =
            new Source(
                    "event",
                    "Event",
                    "",
                    "at",
                    ZoneId.of("America/New_York"),
                    LocalDate.of(2020, 1, 1),
                    null,
                    "customer",
                    "person",
                    List.of("day", "number"),
                    List.of(
                            Field.of("day", DataType.DATE),
                            Field.of("number", DataType.INTEGER),
                            Field.of("customer", DataType.TEXT),
                            Field.of("person", DataType.INTEGER),
                            new Field(
                                    "score",
                                    "Score",
                                    DataType.INTEGER,
                                    null,
                                    null,
                                    List.of("11"),
                                    BigDecimal.ZERO,
                                    BigDecimal.TEN),
                            new Field(
                                    "doubled",
                                    "Doubled",
                                    DataType.INTEGER,
                                    null,
                                    "score * 2",
                                    List.of(),
                                    null,
                                    new BigDecimal(15)),
                            new Field(
                                    "at",
                                    "At",
                                    DataType.DATE,
                                    null,
                                    "coalesce(\"day\", date(2021, 1, number))",
                                    List.of(),
                                    null,
                                    null)));
    private static final List<String> HEADER =
            List.of("day", "number", "customer", "person", "score");

    private final List<Fact> facts = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();
    private final List<Progress> progress = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private long stored = 0;
    private long maxRejects = Long.MAX_VALUE;

    private final class FakeFacts implements FactStore {
        @Override
        public Load begin(Source source, Instant recordedAt) {
            calls.add("begin " + source.name() + " " + recordedAt);
            return new Load() {
                @Override
                public void add(Fact fact) {
                    facts.add(fact);
                }

                @Override
                public long stored() {
                    return stored;
                }

                @Override
                public Loaded commit(@Nullable LocalDate completeUntil) {
                    calls.add("commit " + completeUntil);
                    return new Loaded(
                            facts.stream().distinct().count(),
                            0,
                            facts.size() - facts.stream().distinct().count());
                }

                @Override
                public void close() {
                    calls.add("close");
                }
            };
        }

        @Override
        public long dataVersion(String source) {
            return 0;
        }
    }

    private final class FakeAccounts implements AccountDirectory {
        @Override
        public Load begin(Entity entity, Instant recordedAt) {
            return new Load() {
                @Override
                public void add(Member member) {
                    members.add(member);
                }

                @Override
                public Loaded commit() {
                    calls.add("commit");
                    return new Loaded(members.size(), 0, 0);
                }

                @Override
                public void close() {
                    calls.add("close");
                }
            };
        }

        @Override
        public List<Account> page(Expr where, @Nullable String afterKey, int first) {
            return List.of();
        }

        @Override
        public Optional<Account> find(String key, Expr where) {
            return Optional.empty();
        }
    }

    private Map<String, String> columns = Map.of();

    private record Rows(List<String> header, Iterator<Raw> rows) implements Records {
        static Rows of(List<String> header, String... lines) {
            var rows = new ArrayList<Raw>();
            for (var line : lines) {
                rows.add(new Raw.Read(rows.size() + 2, Arrays.asList(line.split(",", -1))));
            }
            return new Rows(header, rows.iterator());
        }

        @Override
        public @Nullable Raw next() {
            return rows.hasNext() ? rows.next() : null;
        }

        @Override
        public void close() {}
    }

    private Outcome bring(
            String target,
            Records records,
            @Nullable LocalDate completeUntil,
            Definition... definitions) {
        var entries = Arrays.stream(definitions).map(each -> new Entry(each, 1, Map.of())).toList();
        var service =
                new ImportService(
                        () -> Catalog.of(1, entries, List.of()),
                        new FakeFacts(),
                        new FakeAccounts(),
                        Clock.fixed(NOW, ZoneOffset.UTC));
        return service.importRecords(
                new Request(
                        target,
                        records,
                        columns,
                        completeUntil,
                        maxRejects,
                        rejects::add,
                        progress::add));
    }

    private Summary imported(String target, Records records, Definition... definitions) {
        var outcome = bring(target, records, null, definitions);
        assertThat(outcome).isInstanceOf(Outcome.Imported.class);
        return ((Outcome.Imported) outcome).summary();
    }

    private static List<Problem> problems(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected) outcome).problems();
    }

    @Test
    void a_row_becomes_a_fact_with_computed_fields_in_declared_order() {
        imported("event", Rows.of(HEADER, "2021-07-04,1,acme,7,3"), EVENT);

        assertThat(facts)
                .containsExactly(
                        new Fact(
                                Instant.parse("2021-07-04T04:00:00Z"),
                                "10:2021-07-041:1",
                                "acme",
                                "7",
                                List.of(
                                        LocalDate.of(2021, 7, 4),
                                        1L,
                                        "acme",
                                        7L,
                                        3L,
                                        6L,
                                        LocalDate.of(2021, 7, 4))));
        assertThat(calls)
                .containsExactly("begin event 2026-11-21T10:00:00Z", "commit null", "close");
    }

    @Test
    void columns_are_found_by_name_and_others_are_reported_and_not_loaded() {
        var summary =
                imported(
                        "event",
                        Rows.of(
                                List.of("score", "note", "person", "customer", "number", "day"),
                                "3,hello,7,acme,1,2021-07-04"),
                        EVENT);

        assertThat(summary.ignored()).containsExactly("note");
        assertThat(facts.getFirst().account()).isEqualTo("acme");
    }

    @Test
    void a_fact_without_account_or_user_belongs_to_none() {
        imported("event", Rows.of(HEADER, "2021-07-04,1,,,3"), EVENT);

        assertThat(facts.getFirst().account()).isNull();
        assertThat(facts.getFirst().user()).isNull();
    }

    @Test
    void a_source_without_key_gives_facts_without_key() {
        var event =
                new Source(
                        "log",
                        "",
                        "",
                        "at",
                        ZoneOffset.UTC,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(Field.of("at", DataType.TIMESTAMP)));

        imported("log", Rows.of(List.of("at"), "2021-07-04 10:00"), event);

        assertThat(facts)
                .containsExactly(
                        new Fact(
                                Instant.parse("2021-07-04T10:00:00Z"),
                                null,
                                null,
                                null,
                                List.of(Instant.parse("2021-07-04T10:00:00Z"))));
    }

    @Test
    void a_value_out_of_range_and_a_missing_code_are_empty_and_only_the_first_is_counted() {
        var summary =
                imported(
                        "event",
                        Rows.of(
                                HEADER,
                                "2021-07-04,1,a,,11",
                                "2021-07-04,2,a,,12",
                                "2021-07-04,3,a,,-1",
                                "2021-07-04,4,a,,9"),
                        EVENT);

        assertThat(summary.emptied()).isEqualTo(Map.of("score", 2L, "doubled", 1L));
        assertThat(facts).hasSize(4).allSatisfy(fact -> assertThat(fact.values().get(5)).isNull());
    }

    @Test
    void a_wrongly_typed_value_rejects_its_row_with_line_column_value_and_reason() {
        var summary =
                imported(
                        "event",
                        Rows.of(
                                HEADER,
                                "2021-07-04,1,a,,3",
                                "2021-02-30,2,a,,3",
                                "2021-07-04,x,a,,3"),
                        EVENT);

        assertThat(rejects)
                .containsExactly(
                        new Reject(3, "day", "2021-02-30", "there is no such day"),
                        new Reject(4, "number", "x", "not a number"));
        assertThat(summary.rejected()).isEqualTo(2);
        assertThat(facts).hasSize(1);
    }

    @Test
    void a_row_with_an_empty_field_of_the_key_or_without_time_is_rejected() {
        imported("event", Rows.of(HEADER, ",1,a,,3", ",32,a,,3", "2021-07-04,,a,,3"), EVENT);

        assertThat(rejects).extracting(Reject::column).containsExactly("day", "at", "number");
    }

    @Test
    void a_computed_value_that_its_type_cannot_hold_rejects_the_row() {
        var source =
                new Source(
                        "s",
                        "",
                        "",
                        "d",
                        ZoneOffset.UTC,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(
                                Field.of("d", DataType.DATE),
                                Field.of("a", DataType.INTEGER),
                                new Field(
                                        "b",
                                        "b",
                                        DataType.INTEGER,
                                        null,
                                        "a * a",
                                        List.of(),
                                        null,
                                        null),
                                new Field(
                                        "c",
                                        "c",
                                        DataType.DECIMAL,
                                        null,
                                        "power(a, 200)",
                                        List.of(),
                                        null,
                                        null)));

        imported(
                "s",
                Rows.of(
                        List.of("d", "a"),
                        "2021-01-01,9000000000",
                        "2021-01-01,3",
                        "2021-01-01,1000000"),
                source);

        assertThat(rejects).extracting(Reject::column).contains("b");
        assertThat(facts).isNotEmpty();
    }

    @Test
    void malformed_records_are_rejected_and_the_totals_add_up() {
        var rows =
                List.<Raw>of(
                        new Raw.Read(2, List.of("2021-07-04", "1", "a", "", "3")),
                        new Raw.Malformed(3, 6, "6 columns, more than the 5 of the header"),
                        new Raw.Read(4, List.of("2021-07-04", "1", "a", "", "3")));

        var summary = imported("event", new Rows(HEADER, rows.iterator()), EVENT);

        assertThat(summary.read())
                .isEqualTo(3)
                .isEqualTo(summary.loaded() + summary.duplicates() + summary.rejected());
        assertThat(summary.duplicates()).isEqualTo(1);
        assertThat(rejects)
                .containsExactly(
                        new Reject(3, "6", "", "6 columns, more than the 5 of the header"));
    }

    @Test
    void a_broken_file_is_refused_whole() {
        var rows =
                List.<Raw>of(
                        new Raw.Read(2, List.of("2021-07-04", "1", "a", "", "3")),
                        new Raw.Broken(3, 5, "Bad byte."));

        var problems = problems(bring("event", new Rows(HEADER, rows.iterator()), null, EVENT));

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).startsWith("Bad byte.");
                    assertThat(problem.place().line()).isEqualTo(3);
                    assertThat(problem.place().column()).isEqualTo(5);
                });
        assertThat(calls).contains("close").doesNotContain("commit null");
    }

    @Test
    void a_declared_column_that_is_missing_is_told_with_the_nearest_in_the_file() {
        var problems =
                problems(
                        bring(
                                "event",
                                Rows.of(List.of("day", "numbr", "Customer", "score")),
                                null,
                                EVENT));

        assertThat(problems).extracting(Problem::code).containsOnly(ProblemCode.MISSING);
        assertThat(problems)
                .extracting(Problem::suggestions)
                .containsExactly(List.of("numbr"), List.of("Customer"), List.of());
        assertThat(calls).isEmpty();
    }

    @Test
    void columns_without_name_or_of_one_name_are_told_and_so_is_another_separator() {
        assertThat(
                        problems(
                                bring(
                                        "event",
                                        Rows.of(
                                                List.of(
                                                        "day",
                                                        "number",
                                                        "customer",
                                                        "person",
                                                        "score",
                                                        "",
                                                        "day")),
                                        null,
                                        EVENT)))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.BAD_VALUE, ProblemCode.CONFLICT);
        assertThat(
                        problems(
                                        bring(
                                                "event",
                                                Rows.of(List.of("day;number;customer")),
                                                null,
                                                EVENT))
                                .getFirst()
                                .message())
                .contains("';'");
    }

    @Test
    void an_empty_file_is_told() {
        assertThat(problems(bring("event", Rows.of(List.of()), null, EVENT)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("empty"));
        var broken =
                new Rows(List.of(), List.<Raw>of(new Raw.Broken(1, 3, "Bad byte.")).iterator());
        assertThat(problems(bring("event", broken, null, EVENT)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("Bad byte"));
    }

    @Test
    void a_file_with_a_header_alone_is_an_import_of_nothing() {
        assertThat(imported("event", Rows.of(HEADER), EVENT))
                .isEqualTo(new Summary(0, 0, 0, 0, 0, 0, Map.of(), List.of()));
    }

    @Test
    void an_unknown_source_is_told_with_the_nearest_and_a_slice_with_its_source() {
        var slice = new Slice("paid", "", "", "event", "true");

        assertThat(problems(bring("evnt", Rows.of(HEADER), null, EVENT)).getFirst().suggestions())
                .containsExactly("event");
        assertThat(
                        problems(bring("paid", Rows.of(HEADER), null, EVENT, slice))
                                .getFirst()
                                .message())
                .contains("event");
    }

    @Test
    void complete_until_is_handed_on_and_lies_behind_the_beginning() {
        bring("event", Rows.of(HEADER), LocalDate.of(2021, 8, 1), EVENT);

        assertThat(calls).contains("commit 2021-08-01");
        assertThat(problems(bring("event", Rows.of(HEADER), LocalDate.of(2020, 1, 1), EVENT)))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.BAD_RANGE);
        assertThat(
                        problems(
                                bring(
                                        "account",
                                        Rows.of(List.of("account_key")),
                                        LocalDate.of(2020, 1, 1))))
                .hasSize(1);
    }

    @Test
    void progress_is_told_now_and_then() {
        var lines = new String[25_000];
        Arrays.fill(lines, "2021-07-04,1,a,,3");

        imported("event", Rows.of(HEADER, lines), EVENT);

        assertThat(progress)
                .containsExactly(
                        new Progress(Phase.READING, 10_000),
                        new Progress(Phase.READING, 20_000),
                        new Progress(Phase.MERGING, 25_000));
    }

    @Test
    void rows_that_an_interrupted_import_stored_are_told_as_skipped() {
        stored = 10_000;
        var lines = new String[20_000];
        Arrays.fill(lines, "2021-07-04,1,a,,3");
        lines[0] = "x,1,a,,3";

        imported("event", Rows.of(HEADER, lines), EVENT);

        assertThat(progress)
                .containsExactly(
                        new Progress(Phase.SKIPPING, 10_000),
                        new Progress(Phase.READING, 20_000),
                        new Progress(Phase.MERGING, 20_000));
    }

    @Test
    void as_many_rejects_as_allowed_are_taken() {
        maxRejects = 2;

        var summary =
                imported(
                        "event",
                        Rows.of(HEADER, "x,1,a,,3", "x,2,a,,3", "2021-07-04,3,a,,3"),
                        EVENT);

        assertThat(summary.rejected()).isEqualTo(2);
        assertThat(facts).hasSize(1);
    }

    @Test
    void one_reject_more_than_allowed_stops_the_import_at_its_line() {
        maxRejects = 1;

        var outcome =
                bring("event", Rows.of(HEADER, "x,1,a,,3", "x,2,a,,3", "x,3,a,,3"), null, EVENT);

        assertThat(problems(outcome))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.LIMIT);
                    assertThat(problem.place().line()).isEqualTo(3);
                });
        assertThat(rejects).hasSize(2);
        assertThat(calls).containsExactly("begin event 2026-11-21T10:00:00Z", "close");
    }

    @Test
    void accounts_come_with_attributes_and_marks() {
        var account =
                new Entity(
                        EntityKind.ACCOUNT,
                        "Account",
                        "",
                        "id",
                        List.of(
                                new Attribute(Field.of("plan", DataType.TEXT), Mark.NONE),
                                new Attribute(Field.of("since", DataType.DATE), Mark.START),
                                new Attribute(Field.of("gone", DataType.TIMESTAMP), Mark.REMOVED)));

        imported(
                "account",
                Rows.of(
                        List.of("id", "plan", "since", "gone"),
                        "a-1,pro,2020-01-01,2021-01-01 10:00",
                        "a-2,,,",
                        ",pro,,",
                        "a-3,,2020-01-02,2020-01-01 10:00"),
                account);

        assertThat(members)
                .containsExactly(
                        new Member(
                                "a-1",
                                null,
                                Instant.parse("2020-01-01T00:00:00Z"),
                                Instant.parse("2021-01-01T10:00:00Z"),
                                List.of(
                                        "pro",
                                        LocalDate.of(2020, 1, 1),
                                        Instant.parse("2021-01-01T10:00:00Z"))),
                        new Member("a-2", null, null, null, Arrays.asList(null, null, null)));
        assertThat(rejects).extracting(Reject::column).containsExactly("id", "gone");
        assertThat(calls).containsExactly("commit", "close");
    }

    @Test
    void users_name_their_account_in_a_column_account() {
        var user =
                new Entity(
                        EntityKind.USER,
                        "User",
                        "",
                        "id",
                        List.of(new Attribute(Field.of("role", DataType.TEXT), Mark.NONE)));

        assertThat(
                        problems(bring("user", Rows.of(List.of("id", "role")), null, user))
                                .getFirst()
                                .message())
                .contains("'account'");
        imported("user", Rows.of(List.of("id", "role", "account"), "u,admin,a-1", "v,,"), user);

        assertThat(members).extracting(Member::account).containsExactly("a-1", null);
    }

    @Test
    void a_key_too_long_for_an_index_rejects_its_row() {
        var longest = "x".repeat(501);

        imported("event", Rows.of(HEADER, "2021-07-04,1," + longest + ",,3"), EVENT);
        imported("account", Rows.of(List.of("account_key"), longest, "a\0b"));

        assertThat(rejects)
                .extracting(Reject::column)
                .containsExactly("customer", "account_key", "account_key");
        assertThat(rejects.getFirst().value()).hasSizeLessThan(250);
    }

    @Test
    void a_file_that_fails_to_be_read_leaves_the_load_closed_without_commit() {
        var rows =
                new Iterator<Raw>() {
                    @Override
                    public boolean hasNext() {
                        throw new IllegalStateException("disk gone");
                    }

                    @Override
                    public Raw next() {
                        throw new IllegalStateException("disk gone");
                    }
                };

        assertThatThrownBy(() -> bring("event", new Rows(HEADER, rows), null, EVENT))
                .hasMessage("disk gone");
        assertThat(calls).containsExactly("begin event 2026-11-21T10:00:00Z", "close");
    }
}
