package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.opinion.PlainCoverage.Standing;
import dev.cairn.testkit.opinion.PlainMembers.Seen;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that rows have in a question. */
final class GroupKeys {
    private final AnalysisQuery query;
    private final World world;
    private final Meaning meaning;
    private final OwnWindows own;
    private final Definitions definitions;

    /** The keys of the groups that are not one with all others; null: of all. */
    private final @Nullable Set<List<GroupValue>> shown;

    GroupKeys(
            AnalysisQuery query,
            World world,
            Meaning meaning,
            OwnWindows own,
            Definitions definitions,
            @Nullable Set<List<GroupValue>> shown) {
        this.query = query;
        this.world = world;
        this.meaning = meaning;
        this.own = own;
        this.definitions = definitions;
        this.shown = shown;
    }

    /**
     * The keys of a row.
     *
     * @param known null: it is read in a window of the row that is not over, or before the data
     * @param said the same, but null only where the window is not over
     * @param standings how the windows stand that they read
     */
    record Keys(
            List<@Nullable GroupValue> known,
            List<@Nullable GroupValue> said,
            Set<Standing> standings) {
        /** What has no key yet may be of any group that is alike in the other keys. */
        boolean mayBeOf(List<GroupValue> group) {
            for (int at = 0; at < group.size(); at++) {
                var key = known.get(at);
                if (!group.get(at).equals(GroupValue.TOTAL)
                        && key != null
                        && !group.get(at).equals(key)) {
                    return false;
                }
            }
            return true;
        }

        /** The group that the row makes; who is pending makes none. */
        Optional<List<GroupValue>> group() {
            var group = new ArrayList<GroupValue>();
            for (var key : said) {
                if (key == null) {
                    return Optional.empty();
                }
                group.add(key);
            }
            return Optional.of(group);
        }

        /** Whether a key that is not known tells about a group. */
        boolean decideAbout(List<GroupValue> group) {
            for (int at = 0; at < group.size(); at++) {
                if (known.get(at) == null && !group.get(at).equals(GroupValue.TOTAL)) {
                    return true;
                }
            }
            return false;
        }
    }

    boolean tellUsersApart() {
        return !query.groupBy().contains("account")
                && query.groupBy().stream()
                        .anyMatch(key ->
                                !definitions.isCohort(key)
                                        && meaning.naming()
                                                .mayBeMadeOfUser(SentenceReader.dimension(key)));
    }

    /** Those of a row. */
    Keys of(Context.Row row) {
        var known = new ArrayList<@Nullable GroupValue>();
        var said = new ArrayList<@Nullable GroupValue>();
        var standings = EnumSet.noneOf(Standing.class);
        @Nullable String account = null;
        for (String dimension : query.groupBy()) {
            if (definitions.isCohort(dimension)) {
                var isIn = meaning.memberships().isIn(dimension, row);
                add(isIn == null ? GroupValue.NO_ACCOUNT : GroupValue.of(isIn), known, said);
                continue;
            }
            var sentence = SentenceReader.dimension(dimension);
            var read = standings(sentence, asKey(row));
            standings.addAll(read);
            boolean isPending = read.contains(Standing.PENDING);
            var value =
                    isPending
                            ? null
                            : PlainValues.settled(meaning.of(sentence, asKey(row)).value());
            var key = isPending ? null : key(value, sentence, row);
            known.add(read.contains(Standing.BEFORE_DATA) ? null : key);
            said.add(key);
            account =
                    account != null || value == null
                            ? account
                            : meaning.naming().accountOfUser(sentence, row);
        }
        if (tellUsersApart()) {
            add(GroupValue.of(account), known, said);
        }
        return new Keys(shownAs(known), shownAs(said), standings);
    }

    private static void add(
            GroupValue key, List<@Nullable GroupValue> known, List<@Nullable GroupValue> said) {
        known.add(key);
        said.add(key);
    }

    private GroupValue key(@Nullable Object value, Sentence sentence, Context.Row row) {
        boolean hasNone =
                value == null
                        && row.owner().account() == null
                        && readsAccount(definitions.asReadOf(sentence, row));
        return hasNone
                ? GroupValue.NO_ACCOUNT
                : GroupValue.of(value instanceof BigDecimal number ? plain(number) : value);
    }

    private List<@Nullable GroupValue> shownAs(List<@Nullable GroupValue> keys) {
        return shown == null || shown.contains(keys)
                ? keys
                : Collections.nCopies(keys.size(), GroupValue.OTHER);
    }

    /** How the windows stand that a key reads. */
    private Set<Standing> standings(Sentence key, Context.Row row) {
        return own.reads(key, Definitions.levelOf(row))
                ? own.standings(key, row, meaning)
                : Set.of();
    }

    /** Beside the account its attributes are labels, as of today. */
    private Context.Row asKey(Context.Row row) {
        return query.groupBy().contains("account") ? row.seen(new Seen.AsLabels(row.seen())) : row;
    }

    static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    private boolean readsAccount(Sentence sentence) {
        return switch (sentence) {
            case Sentence.Name(var parts) ->
                    parts.contains("account") && !isField(parts) && !definitions.leadsAway(parts);
            case Sentence.InCohort _, Sentence.Aggregate _, Sentence.Per _ -> true;
            case Sentence.Age(_, var from) -> from == null || readsAccount(from);
            default -> Definitions.parts(sentence).stream().anyMatch(this::readsAccount);
        };
    }

    /** Whether the name in full of a field that is called like the link beside it. */
    private boolean isField(List<String> parts) {
        String owner = parts.getFirst();
        if (parts.size() != 2 || owner.equals("account") || owner.equals("user")) {
            return false;
        }
        var source = world.source(Objects.requireNonNull(definitions.relation(owner).source()));
        return source.field(parts.getLast()).isPresent()
                && !parts.getLast().equals(source.accountField());
    }
}
