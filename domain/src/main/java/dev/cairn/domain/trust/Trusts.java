package dev.cairn.domain.trust;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Says how far sources can be trusted at this moment, of all accounts and with all figures. Never throws for want of an answer: such a source is an F. */
@FunctionalInterface
public interface Trusts {
    /** Nothing is looked at. */
    Trusts NONE =
            sources -> {
                var unchecked = new TreeMap<String, SourceTrust>();
                sources.forEach(source -> unchecked.put(source, SourceTrust.unchecked(source)));
                return unchecked;
            };

    /** One for each name of a source. */
    Map<String, SourceTrust> of(Set<String> sources);
}
