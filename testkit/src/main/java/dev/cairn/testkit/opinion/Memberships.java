package dev.cairn.testkit.opinion;

import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.testkit.opinion.Definitions.Level;
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
        String account = row.owner().account();
        return account == null
                ? null
                : switch (definitions.cohort(name).members()) {
                    case Cohort.Members.Accounts(var keys) -> (Boolean) keys.contains(account);
                    case Cohort.Members.Rule(var rule) -> {
                        var read = SentenceReader.read(rule);
                        if (!definitions.aggregates(read, Level.ACCOUNT).isEmpty()) {
                            throw new Unsupported("a rule over facts as of another time");
                        }
                        yield meaning.holds(
                                read, ofAccount(row, row.when(), moments.seen(moment, row.when())));
                    }
                };
    }

    private static Context.OfMember ofAccount(Context.Row row, When when, Seen seen) {
        return new Context.OfMember(
                EntityRef.ACCOUNT, new Owner(row.owner().account(), null), when, seen);
    }

    /** A scope asks for attributes as of now. */
    boolean holdsNow(Sentence scope, Context.Row row) {
        return row.owner().account() != null
                && meaning.holds(
                        scope, ofAccount(row, row.when(), moments.seen(Moments.NOW, row.when())));
    }

    /** Whether there is an account and a rule is true of it, at the end of the bucket. */
    boolean fulfils(Sentence rule, Context.Row row) {
        String account = row.owner().account();
        return account != null
                && meaning.holds(
                        rule,
                        ofAccount(
                                row,
                                windows.instantOf(row.when()),
                                row.seen() instanceof Seen.Before
                                        ? row.seen()
                                        : moments.seen(Moments.END, row.when().over(null))));
    }
}
