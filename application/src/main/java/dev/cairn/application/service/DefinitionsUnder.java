package dev.cairn.application.service;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Question;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The definitions that an answer can depend on: those that the question names, and those that these name. Rather too many than too few: a word of a label counts too. */
final class DefinitionsUnder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private DefinitionsUnder() {}

    /** Those that a saved question is made of. */
    static Set<String> names(Question question, Catalog catalog) {
        return of(question.asked().toString(), catalog).stream()
                .map(Entry::name)
                .filter(name -> !name.equals(question.name()))
                .collect(Collectors.toSet());
    }

    static Set<Entry> of(AnalysisQuery query, Catalog catalog) {
        return of(query.toString(), catalog);
    }

    private static Set<Entry> of(String asked, Catalog catalog) {
        var found = new HashSet<Entry>();
        var texts = new ArrayDeque<String>(Set.of(asked));
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
