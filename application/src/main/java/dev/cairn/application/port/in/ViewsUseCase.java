package dev.cairn.application.port.in;

import dev.cairn.application.port.ListedViews;
import java.util.Optional;

/** Says which saved questions are views of the database, and which are not. */
public interface ViewsUseCase {
    /** As the service that publishes them found last; empty where none ever published any. */
    Optional<ListedViews> views();
}
