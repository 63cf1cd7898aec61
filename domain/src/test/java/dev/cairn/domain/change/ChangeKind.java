package dev.cairn.domain.change;

/** What a changed property comes to. */
enum ChangeKind {
    SAME,
    AGAIN,
    REFUSED;

    static ChangeKind of(DeclarationChange change) {
        if (!change.obstacles().isEmpty()) {
            return REFUSED;
        }
        return change.again() ? AGAIN : SAME;
    }
}
