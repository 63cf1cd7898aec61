package dev.cairn.testkit.face;

import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.ListedViews;
import dev.cairn.application.port.out.CalendarRows;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.port.out.SqlFace;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.SqlFaceService;
import dev.cairn.application.service.SqlFaceService.Readers;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.WrittenQuestion;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.BrokenStretch;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Trusts;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is broken comes to be known after the facts are there: by a count that may take long. */
class MarkedViewsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final World WORLD =
            World.world()
                    .entity(accounts())
                    .define(
                            source("event")
                                    .timestamp("at")
                                    .account("customer")
                                    .build()
                                    .with(
                                            new Expectations(
                                                    Grain.DAY, null, List.of(), List.of(), null,
                                                    true, List.of(), List.of())))
                    .define(question("events", "count(event)"))
                    .define(question("accounts", "count(account)"))
                    .member(account("acme"))
                    .fact("event", "2026-01-06T10:00:00Z", "acme")
                    .build();

    private final Counted trusts = new Counted();
    private final Published face = new Published();
    private final SqlFaceService views =
            new SqlFaceService(
                    new Catalogs(definitions(WORLD.catalog()), CalendarRows.NONE, trusts),
                    new ReferenceExecutor(WORLD),
                    face,
                    Clock.fixed(NOW, ZoneOffset.UTC),
                    DayOfWeek.MONDAY,
                    new Readers(Map.of(), "bi_all"));

    private static Question question(String name, String formula) {
        return new Question(
                name,
                name,
                "",
                null,
                new WrittenQuestion(
                        List.of("n = " + formula),
                        List.of(),
                        "month",
                        "2026-01-01 to 2026-03-01",
                        "UTC",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        false,
                        true,
                        false,
                        null,
                        null,
                        null,
                        true,
                        false,
                        false));
    }

    @Test
    void a_view_is_made_again_when_it_is_known_which_days_of_its_source_are_broken() {
        assertThat(views.look()).isEmpty();
        assertThat(views.look()).isEmpty();
        assertThat(face.names).containsExactly("accounts", "events");
        assertThat(face.marked).isEqualTo(0);

        trusts.broken =
                List.of(
                        new BrokenStretch(
                                "event",
                                LocalDate.of(2026, 1, 5),
                                LocalDate.of(2026, 1, 8),
                                "lost",
                                false));

        views.look();
        views.look();
        assertThat(face.names).containsExactly("accounts", "events", "events");
        assertThat(face.marked).isEqualTo(1);
    }

    @Test
    void sources_of_all_views_are_looked_at_once() {
        views.look();
        trusts.looks = 0;

        views.look();

        assertThat(trusts.looks).isEqualTo(1);
    }

    private static final class Counted implements Trusts {
        private List<BrokenStretch> broken = List.of();
        private int looks;

        @Override
        public Map<String, SourceTrust> of(Set<String> sources) {
            looks++;
            var found = new TreeMap<String, SourceTrust>();
            sources.forEach(source ->
                    found.put(source, new SourceTrust(source, null, List.of(), broken, NOW)));
            return found;
        }
    }

    private static final class Published implements SqlFace {
        private final List<String> names = new ArrayList<>();
        private int marked;

        @Override
        public List<String> refusals(Collection<String> roles) {
            return List.of();
        }

        @Override
        public Map<String, String> state() {
            return Map.of();
        }

        @Override
        public List<String> said(List<CalendarTable> calendars) {
            return List.of();
        }

        @Override
        public Optional<String> publish(View view) {
            names.add(view.name());
            marked +=
                    view.plan().trusting().standings().values().stream()
                                    .allMatch(standing -> standing.broken().isEmpty())
                            ? 0
                            : 1;
            return Optional.empty();
        }

        @Override
        public void refuse(Map<String, String> refusals) {
            // Nobody looks after these.
        }

        @Override
        public Optional<ListedViews> listed() {
            return Optional.empty();
        }

        @Override
        public void keep(Set<String> views) {
            // None is withdrawn here.
        }
    }

    private static DefinitionStore definitions(Catalog catalog) {
        return new DefinitionStore() {
            @Override
            public Catalog load() {
                return catalog;
            }

            @Override
            public long version() {
                return catalog.version();
            }

            @Override
            public Saved save(long expected, Collection<Entry> changed, Set<String> retired) {
                throw new AssertionError("nothing is defined here");
            }

            @Override
            public Saved rehearse(long expected, Collection<Entry> changed, Set<String> retired) {
                throw new AssertionError("nothing is defined here");
            }
        };
    }
}
