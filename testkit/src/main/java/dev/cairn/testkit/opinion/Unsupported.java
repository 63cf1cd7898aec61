package dev.cairn.testkit.opinion;

/** This package has no opinion on something. */
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsupported(String what) {
        super(what);
    }
}
