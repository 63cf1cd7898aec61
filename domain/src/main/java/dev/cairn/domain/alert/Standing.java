package dev.cairn.domain.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The groups for which an alert stands, by what tells them apart.
 *
 * @param groups those that are there, and those that went so lately that their return is no news
 * @param waiting how many more there would be if their values could change no more
 * @param of what was looked at when this was decided: the alert as it was, and of a guard the cycle too; null: it was never looked
 * @param failure why it could not be looked at when that was tried last; null: it could
 */
public record Standing(
        Map<String, Since> groups, int waiting, @Nullable String of, @Nullable String failure) {
    /** A group that was away for less than this and is there again is not new: values that go to and fro about a bound tell nothing each time. */
    public static final Duration QUIET = Duration.ofHours(24);

    public static final Standing NOTHING = new Standing(Map.of(), 0, null, null);

    public Standing {
        groups = Map.copyOf(groups);
    }

    /**
     * @param since when it came
     * @param gone when it went; null: it is there
     */
    public record Since(Instant since, @Nullable Instant gone) {
        private boolean isRecent(Instant at) {
            return gone == null || gone.plus(QUIET).isAfter(at);
        }
    }

    /** Those of these groups that are news. */
    public SortedSet<String> news(Set<String> there, Instant at) {
        var news = new TreeSet<String>();
        for (var group : there) {
            var known = groups.get(group);
            if (known == null || !known.isRecent(at)) {
                news.add(group);
            }
        }
        return news;
    }

    /** What stands once these groups are there, and so many more may come to be. */
    public Standing with(Set<String> there, int waiting, Instant at) {
        var next = new TreeMap<String, Since>();
        groups.forEach((group, since) -> {
            if (!there.contains(group) && since.isRecent(at)) {
                next.put(group, new Since(since.since(), since.gone() == null ? at : since.gone()));
            }
        });
        for (var group : there) {
            var known = groups.get(group);
            next.put(
                    group,
                    new Since(known == null || !known.isRecent(at) ? at : known.since(), null));
        }
        return new Standing(next, waiting, of, null);
    }

    /** Without some groups, as if it had never stood for them. */
    public Standing without(Predicate<String> gone) {
        var left = new TreeMap<String, Since>();
        groups.forEach((group, since) -> {
            if (!gone.test(group)) {
                left.put(group, since);
            }
        });
        return new Standing(left, waiting, of, failure);
    }

    /** The same, decided by looking at this. */
    public Standing by(String decidedOf) {
        return new Standing(groups, waiting, decidedOf, failure);
    }

    /** The same, when it could not be looked at, or null: could be again. */
    public Standing failed(@Nullable String why) {
        return new Standing(groups, waiting, of, why);
    }

    /** Those that are there, with since when. */
    public Map<String, Instant> there() {
        var there = new TreeMap<String, Instant>();
        groups.forEach((group, since) -> {
            if (since.gone() == null) {
                there.put(group, since.since());
            }
        });
        return there;
    }
}
