package dev.cairn.testkit.opinion;

import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.testkit.opinion.PlainMembers.Owner;
import dev.cairn.testkit.opinion.PlainMembers.Seen;
import org.jspecify.annotations.Nullable;

/** Which accounts are in a cohort, and which a rule or a scope is true of. */
final class Memberships {
    private final Definitions definitions;
    private final PlainWindows windows;
    private final Moments moments;
    private final Meaning meaning;

    Memberships(Definitions definitions, PlainWindows windows, Moments moments, Meaning meaning) {
        this.definitions = definitions;
        this.windows = windows;
        this.moments = moments;
        this.meaning = meaning;
    }

    /** A set: true or false for an account, empty for what is of none. */
    @Nullable Boolean isIn(String name, Context.Row row) {
        String account = row.owner().account();
        if (account == null) {
            return null;
        }
        return switch (definitions.cohort(name).members()) {
            case Cohort.Members.Accounts(var keys) -> keys.contains(account);
            case Cohort.Members.Rule(var rule) -> fulfils(SentenceReader.read(rule), row);
        };
    }

    @Nullable Boolean isIn(String name, Context.Row row, Sentence.Moment moment) {
        return isIn(name, row.seen(moments.seen(moment, row.when())));
    }

    private static Context.OfMember ofAccount(Context.Row row, When when, Seen seen) {
        return new Context.OfMember(
                EntityRef.ACCOUNT, new Owner(row.owner().account(), null), when, seen, row.asks());
    }

    /** A scope asks for attributes as of now. */
    boolean holdsNow(Sentence scope, Context.Row row) {
        return row.owner().account() != null
                && meaning.holds(
                        scope, ofAccount(row, row.when(), moments.seen(Moments.NOW, row.when())));
    }

    /** Whether there is an account and a rule is true of it: when its attributes are read, of what happened at the end of the bucket. */
    boolean fulfils(Sentence rule, Context.Row row) {
        if (row.owner().account() == null) {
            return false;
        }
        boolean isAtEdge = row.seen() instanceof Seen.Before;
        var when =
                row.seen() instanceof Seen.Before(_, var edge)
                        ? PlainWindows.instantOf(edge, edge, row.when())
                        : windows.instantOf(row.when());
        var seen = isAtEdge ? row.seen() : moments.seen(Moments.END, row.when().over(null));
        return meaning.holds(rule, ofAccount(row, when, seen));
    }
}
