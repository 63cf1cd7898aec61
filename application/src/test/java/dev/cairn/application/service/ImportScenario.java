package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Account;
import dev.cairn.application.port.Closing;
import dev.cairn.application.port.ClosingRefused;
import dev.cairn.application.port.KeyRange;
import dev.cairn.application.port.Records;
import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.in.ImportUseCase.Complete;
import dev.cairn.application.port.in.ImportUseCase.Outcome;
import dev.cairn.application.port.in.ImportUseCase.Progress;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.in.ImportUseCase.Request;
import dev.cairn.application.port.in.ImportUseCase.Summary;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.application.port.out.AccountDirectory.ContradictoryHistory;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.application.port.out.FactStore.Alike;
import dev.cairn.application.port.out.FactStore.DeclaredAnew;
import dev.cairn.application.port.out.FactStore.Ending;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.overview.AttributeOfAccount;
import dev.cairn.domain.problem.Problem;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Imports records, and holds what was handed to the ports and to who asked. */
abstract class ImportScenario {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final Source EVENT =
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
    static final List<String> HEADER = List.of("day", "number", "customer", "person", "score");

    final List<Fact> facts = new ArrayList<>();
    final List<Member> members = new ArrayList<>();
    final List<Reject> rejects = new ArrayList<>();
    final List<Progress> progress = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    List<Alike> alike = List.of();
    long stored = 0;
    boolean declaredAnew = false;
    @Nullable ContradictoryHistory contradiction;
    @Nullable ClosingRefused refused;
    @Nullable LocalDate asOf;
    @Nullable Complete complete;
    boolean isTrial = false;
    long maxRejects = Long.MAX_VALUE;

    private final class FakeFacts implements FactStore {
        @Override
        public Load begin(Source source, InstantSource clock) {
            calls.add("begin " + source.name() + " " + clock.instant());
            return new Load() {
                @Override
                public void add(Fact fact) {
                    facts.add(fact);
                }

                @Override
                public void withdraw(String key) {
                    calls.add("withdraw " + key);
                }

                @Override
                public long stored() {
                    return stored;
                }

                @Override
                public Loaded commit(
                        @Nullable LocalDate completeUntil,
                        @Nullable Ending ending,
                        boolean isTrial) {
                    if (ending != null) {
                        calls.add("%s%s".formatted(isTrial ? "try " : "", ending.closing()));
                    }
                    if (refused != null) {
                        throw refused;
                    }
                    if (declaredAnew) {
                        throw new DeclaredAnew(source.name());
                    }
                    calls.add("commit " + completeUntil);
                    return new Loaded(
                            facts.stream().distinct().count(),
                            0,
                            facts.size() - facts.stream().distinct().count(),
                            0,
                            alike);
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
        public Load begin(Entity entity, List<Attribute> attributes, Instant recordedAt) {
            calls.add(
                    "begin "
                            + attributes.stream()
                                    .map(attribute -> attribute.field().name())
                                    .collect(Collectors.joining(" ")));
            return new Load() {
                @Override
                public void add(Member member) {
                    members.add(member);
                }

                @Override
                public Loaded commit(@Nullable Closing closing, boolean isTrial) {
                    if (closing != null) {
                        calls.add("%s%s".formatted(isTrial ? "try " : "", closing));
                    }
                    if (refused != null) {
                        throw refused;
                    }
                    if (contradiction != null) {
                        throw contradiction;
                    }
                    calls.add("commit");
                    return new Loaded(members.size(), 0, 0, 0, alike);
                }

                @Override
                public void close() {
                    calls.add("close");
                }
            };
        }

        @Override
        public List<Account> page(Expr where, KeyRange range) {
            return List.of();
        }

        @Override
        public Optional<Account> find(String key, Expr where) {
            return Optional.empty();
        }

        @Override
        public List<AttributeOfAccount.Interval> history(String key) {
            return List.of();
        }
    }

    Map<String, String> columns = Map.of();

    record Rows(List<String> header, Iterator<Raw> rows) implements Records {
        static Rows of(List<String> header, String... lines) {
            var rows = new ArrayList<Raw>();
            for (var line : lines) {
                var cells = new ArrayList<@Nullable String>();
                for (var cell : line.split(",", -1)) {
                    cells.add(cell.isEmpty() ? null : cell);
                }
                rows.add(new Raw.Read(rows.size() + 2, cells));
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

    Outcome bring(
            String target,
            Records records,
            @Nullable LocalDate completeUntil,
            Definition... definitions) {
        var entries = Arrays.stream(definitions).map(each -> new Entry(each, 1, Map.of())).toList();
        var service =
                new ImportService(
                        () -> Catalog.of(1, entries, List.of()),
                        _ -> {
                            throw new AssertionError("no file is opened");
                        },
                        new FakeFacts(),
                        new FakeAccounts(),
                        Clock.fixed(NOW, ZoneOffset.UTC));
        return service.importRecords(
                new Request(
                        target,
                        records,
                        columns,
                        completeUntil,
                        asOf,
                        complete,
                        isTrial,
                        maxRejects,
                        rejects::add,
                        progress::add));
    }

    Summary imported(String target, Records records, Definition... definitions) {
        var outcome = bring(target, records, null, definitions);
        assertThat(outcome).isInstanceOf(Outcome.Imported.class);
        return ((Outcome.Imported) outcome).summary();
    }

    static List<Problem> problems(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected) outcome).problems();
    }
}
