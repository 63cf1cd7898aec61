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

    /**
     * The same for who says it beside an answer and does not depend on it: where counting takes long, what was counted last, or that it {@link
     * SourceTrust#isBeingCounted is being counted}.
     */
    default Map<String, SourceTrust> soon(Set<String> sources) {
        return of(sources);
    }

    /** How many counts of each source have ended, by its name: with another number it may stand otherwise than {@link #soon} said. */
    default Map<String, Long> ended() {
        return Map.of();
    }

    /** The same for who waits until all is counted, whatever it is for. */
    default Trusts exact() {
        return sources -> of(sources);
    }
}
