package dev.cairn.application.service;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The definitions that an answer can depend on: those that the question names, and those that these name. Rather too many than too few: a word of a label counts too. */
final class DefinitionsUnder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private DefinitionsUnder() {}

    static Set<Entry> of(AnalysisQuery query, Catalog catalog) {
        var found = new HashSet<Entry>();
        var texts = new ArrayDeque<String>(Set.of(query.toString()));
        var seen = new HashSet<String>();
        // Whatever is read is of accounts.
        texts.add("account");
        while (!texts.isEmpty()) {
            NAME.matcher(texts.pop())
                    .results()
                    .map(word -> word.group())
                    .filter(seen::add)
                    .flatMap(name -> catalog.entry(name).stream())
                    .forEach(entry -> {
                        found.add(entry);
                        texts.push(entry.definition() + " " + entry.bindings());
                    });
        }
        return Set.copyOf(found);
    }
}
