package dev.cairn.bootstrap;

/** Cairn cannot start as it is set up; says what is wrong and what to do about it. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public StartRefused(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    public StartRefused(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    /** What the person who starts Cairn can do. */
    public String remedy() {
        return remedy;
    }
}
