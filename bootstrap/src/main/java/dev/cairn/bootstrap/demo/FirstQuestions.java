package dev.cairn.bootstrap.demo;

import dev.cairn.application.port.in.BrowseCatalogUseCase;
import java.util.List;
import java.util.stream.Stream;

/** Questions to begin with, as GraphQL documents. */
public final class FirstQuestions {
    private static final List<String> OF_THE_COMPANY =
            List.of("churn-voice-health", "revenue-by-month", "own-formula", "what-is-wrong");
    private static final String OF_ANY = "catalogue";

    private final BrowseCatalogUseCase catalogs;

    public FirstQuestions(BrowseCatalogUseCase catalogs) {
        this.catalogs = catalogs;
    }

    /** About the made-up company where the metrics of its pack are defined, and about the catalogue. */
    public List<String> questions() {
        boolean isThere =
                Stream.of("logo_churn", "nps", "health", "mrr")
                        .allMatch(key -> catalogs.catalog().metric(key).isPresent());
        return Stream.concat(isThere ? OF_THE_COMPANY.stream() : Stream.empty(), Stream.of(OF_ANY))
                .map(FirstQuestions::question)
                .toList();
    }

    /** About the catalogue; the same whatever is defined. */
    public static List<String> ofAny() {
        return List.of(question(OF_ANY));
    }

    private static String question(String name) {
        return DemoFiles.resource("questions/" + name + ".graphql");
    }
}
