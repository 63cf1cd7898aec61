package dev.cairn.application.port.out;

import dev.cairn.application.port.ListedViews;
import dev.cairn.application.port.TableChanged;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.planner.Planned;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Publishes answers as views of a database, each readable by one role of it. For one thread. */
public interface SqlFace {
    /** The name that the state of the definitions has in {@link #state}. */
    String DEFINITIONS = "";

    /** Why views cannot be given to these roles: a sentence for each that is not there, or can read more than views. */
    List<String> refusals(Collection<String> roles);

    /** What views rest on, as it is now: of the definitions, and of the facts and members of each name. Another text says that something has changed. */
    Map<String, String> state();

    /**
     * What the rows of calendars say now, in short, in the same order: where it is something else, a view that was made by it has no rows.
     *
     * @throws TableChanged where a table is not as declared
     */
    List<String> said(List<CalendarTable> calendars);

    /**
     * A calendar whose rows stay in a table of their own.
     *
     * @param source as which they are read
     */
    record CalendarTable(Source source, Calendar.Rows rows) {}

    /**
     * Publishes a view, in place of one of the same name. It has rows as long as nothing that it rests on has changed and its time is not over, whether or not
     * anybody publishes it again.
     *
     * @return why it cannot be published; one that was published before stays as it was then. Empty where it is
     */
    Optional<String> publish(View view);

    /** Keeps for whoever looks after the service which views there are not, and why, in place of what was kept before. */
    void refuse(Map<String, String> refusals);

    /** What is published and what is not, as was found last; empty where none ever published any. */
    Optional<ListedViews> listed();

    /** Withdraws all views but these. */
    void keep(Set<String> names);

    /**
     * A view.
     *
     * @param role of the database, which alone may read it
     * @param plan its rows are the cells
     * @param zone that the question cut days in
     * @param rows at most; null: all
     * @param state of what the plan was made by and reads, before it was made; empty: there was none yet
     * @param calendars that the plan was made by, and what their rows said before
     * @param until from when on it has no rows; null: time does not change it
     */
    record View(
            String name,
            String role,
            Planned.Ready plan,
            ZoneId zone,
            @Nullable Integer rows,
            Map<String, String> state,
            Map<CalendarTable, String> calendars,
            @Nullable Instant until) {
        public View {
            calendars = Map.copyOf(calendars);
            state = Map.copyOf(state);
        }

        /** The same, resting on a state. */
        public View under(Map<String, String> state, @Nullable Instant until) {
            return new View(name, role, plan, zone, rows, state, calendars, until);
        }
    }
}
