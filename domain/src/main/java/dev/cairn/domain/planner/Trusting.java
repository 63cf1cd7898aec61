package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.trust.Standing;
import dev.cairn.domain.trust.Trusts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far what a question reads can be trusted, as it was when the question was planned.
 *
 * @param standings of sources that are read, or lie under a floor
 * @param untrusted columns without a value, as their data is trusted less than an owner asks for: by their key, why
 * @param isFloored whether a metric with a floor is read, near or far: what is asked may lose its value with time, and is not to be kept as it was planned
 * @param isScoped whether who asks sees only some accounts
 */
public record Trusting(
        Map<String, Standing> standings,
        Map<String, String> untrusted,
        boolean isFloored,
        boolean isScoped) {
    /** Nothing is looked at. */
    static final Trusting NONE = new Trusting(Map.of(), Map.of(), false, false);

    static final String LOW_TRUST = "LOW_TRUST";
    static final String UNTRUSTED = "UNTRUSTED";

    /** The code of a notice that broken days are not marked yet. */
    public static final String TRUST_PENDING = "TRUST_PENDING";

    static final String BROKEN_DATA = "BROKEN_DATA";

    public Trusting {
        standings = Map.copyOf(standings);
        untrusted = Map.copyOf(untrusted);
    }

    /** How sources of a catalogue stand now; of those that expect nothing nobody is asked. */
    static Map<String, Standing> of(
            Collection<String> sources, Catalog catalog, Trusts trusts, Caller caller) {
        return of(sources, catalog, trusts, caller.isScoped());
    }

    /** The same for what is said beside the answer. */
    static Map<String, Standing> soon(
            Collection<String> sources, Catalog catalog, Trusts trusts, Caller caller) {
        return of(sources, catalog, trusts::soon, caller.isScoped());
    }

    private static Map<String, Standing> of(
            Collection<String> sources, Catalog catalog, Trusts trusts, boolean isScoped) {
        var expecting = new TreeSet<String>();
        var found = new TreeMap<String, Standing>();
        for (var name : sources) {
            catalog.source(name)
                    .ifPresent(source -> {
                        if (source.expectations().isNone()) {
                            found.put(
                                    name,
                                    new Standing(null, List.of(), List.of(), source.zone(), false));
                        } else {
                            expecting.add(name);
                        }
                    });
        }
        if (!expecting.isEmpty()) {
            trusts.of(expecting)
                    .forEach((name, trust) ->
                            found.put(
                                    name,
                                    Standing.of(
                                            trust,
                                            catalog.source(name)
                                                    .map(Source::zone)
                                                    .orElse(java.time.ZoneOffset.UTC),
                                            isScoped)));
        }
        return found;
    }

    /** Whether all stands as it did: what was planned by it still holds. */
    public boolean isCurrent(Catalog catalog, Trusts trusts) {
        return standings.isEmpty()
                || of(standings.keySet(), catalog, isFloored ? trusts : trusts::soon, isScoped)
                        .equals(standings);
    }

    boolean isUntrusted(String column) {
        return untrusted.containsKey(column);
    }

    /** What is said beside the answer, whatever it is. */
    List<Notice> notices() {
        var notices = new ArrayList<Notice>();
        new TreeMap<>(untrusted)
                .forEach((column, why) ->
                        notices.add(
                                new Notice(
                                        UNTRUSTED,
                                        "'%s' has no value: %s. See sourceTrust or 'cairn trust'."
                                                .formatted(column, why),
                                        column)));
        new TreeMap<>(standings)
                .forEach((source, standing) -> {
                    if (standing.isBeingCounted()) {
                        notices.add(
                                new Notice(
                                        TRUST_PENDING,
                                        "How far '%s' can be trusted is being counted: its broken days are not marked here. Ask again in a while; 'cairn trust' waits for it."
                                                .formatted(source),
                                        null));
                    } else {
                        standing.warning(source)
                                .ifPresent(message ->
                                        notices.add(new Notice(LOW_TRUST, message, null)));
                    }
                });
        return notices;
    }
}
