package dev.cairn.application.port;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sources that the questions of a thread read: for an answer that is made of the answers to several, so that it can say what it rests on. */
public final class Reads {
    private static final ThreadLocal<@Nullable Set<String>> OF_THREAD = new ThreadLocal<>();

    private Reads() {}

    /**
     * What came of some work.
     *
     * @param sources that were read for it, by whatever was answered on its thread
     */
    public record Read<A>(A answer, Set<String> sources) {
        public Read {
            sources = Set.copyOf(sources);
        }
    }

    /** Takes note for whoever listens on this thread; told by who answers a question, on the thread that asked. */
    public static void note(Set<String> sources) {
        var known = OF_THREAD.get();
        if (known != null) {
            known.addAll(sources);
        }
    }

    /** Does work; what it reads is told to nobody else. */
    public static <A> Read<A> during(Supplier<A> work) {
        var before = OF_THREAD.get();
        var sources = new TreeSet<String>();
        OF_THREAD.set(sources);
        try {
            return new Read<>(work.get(), sources);
        } finally {
            if (before == null) {
                OF_THREAD.remove();
            } else {
                OF_THREAD.set(before);
            }
        }
    }
}
