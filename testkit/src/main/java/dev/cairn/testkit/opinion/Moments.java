package dev.cairn.testkit.opinion;

import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import dev.cairn.testkit.opinion.PlainMembers.Seen;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The times that rows have, and at which what is known of their accounts is read. */
final class Moments {
    static final Sentence.Moment NOW = new Sentence.Moment("now", null);
    static final Sentence.Moment END = new Sentence.Moment("end", null);

    private final PlainWindows windows;
    private final Naming naming;
    private final ZoneId zone;

    Moments(PlainWindows windows, Naming naming, ZoneId zone) {
        this.windows = windows;
        this.naming = naming;
        this.zone = zone;
    }

    /** Rows that are read at an instant have no other window. */
    Stretch window(Context context) {
        if (context instanceof Context.OfFact fact && fact.time() == null) {
            throw new Unsupported("the window of rows that hold");
        }
        return windows.stretch(context.when());
    }

    Seen seen(Sentence.Moment moment, When when) {
        return new Seen.Before(windows.edge(moment, when));
    }

    /** Of rows that are read at an instant, which have no other window, both edges are that instant. */
    Context.Row at(Sentence.Moment moment, Context.Row row) {
        return moment.word().equals("fact")
                ? row.seen(onItsDay(row))
                : row.seen(new Seen.Before(edge(moment, row)));
    }

    /** An edge of a row's window, or another boundary. */
    Stretch edge(Sentence.Moment moment, Context.Row row) {
        boolean isEdge = moment.word().equals("start") || moment.word().equals("end");
        var valid = row instanceof Context.OfFact fact ? fact.valid() : null;
        return windows.edge(
                isEdge && valid != null && valid.word().equals("at") ? valid : moment, row.when());
    }

    private Seen onItsDay(Context.Row row) {
        return switch (ownTime(row)) {
            case LocalDate date -> new Seen.On(date);
            case Instant instant -> new Seen.On(PlainTimes.date(instant, zone));
            default -> throw new Unsupported("the day of " + row);
        };
    }

    static Object ownTime(Context.Row row) {
        if (row instanceof Context.OfFact fact && fact.time() != null) {
            var time = PlainFacts.field(fact.source(), fact.fact(), fact.time());
            if (time != null) {
                return time;
            }
        }
        throw new Unsupported("the time of what has none");
    }

    /** From the unit that holds the time to that of the row; below zero there is none. */
    @Nullable Object age(Sentence.Age age, Context.Row row, Meaning meaning) {
        var time = ownTime(row);
        var from =
                age.from() == null
                        ? naming.startOfAccount(row.owner())
                        : meaning.of(age.from(), row).value();
        if (from == null) {
            return null;
        }
        long units =
                PlainTimes.units(
                        PlainTimes.date(from, zone), PlainTimes.date(time, zone), age.grain());
        return units < 0 ? null : BigDecimal.valueOf(units);
    }

    /** The local date of the row's own time; where it has none, of the start of its validity. */
    LocalDate day(Context.OfFact row) {
        var validity = row.source().validity();
        var time =
                row.time() == null && row.source().timeField() == null && validity != null
                        ? PlainFacts.field(row.source(), row.fact(), validity.from())
                        : row.time() == null
                                ? PlainFacts.field(row.source(), row.fact(), row.source().placing())
                                : ownTime(row);
        return PlainTimes.date(Objects.requireNonNull(time), zone);
    }
}
