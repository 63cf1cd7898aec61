package dev.cairn.bootstrap;

/** Why a start is refused; a program may branch on it. */
public enum StartProblem {
    BAD_SETTING("A setting that there is not, or a value it cannot have."),
    BAD_SETTINGS_FILE("A file of settings that cannot be read."),
    BAD_DOCUMENTS("Registered documents that cannot be read, or do not fit the schema."),
    OPEN_TO_OTHERS(
            "Cairn is to listen where others could reach it, and nobody has to sign in, or what they sign in with could be read on the way."),
    PORT_TAKEN("Another program listens on a port that Cairn is to listen on."),
    SERVICE_RUNS_ALREADY("There is a service on the same data directory."),
    DATA_DIR_UNUSABLE("The data directory cannot be read or written, or is of another user."),
    NOT_A_DATA_DIR("The folder holds something else than Cairn's data."),
    DATA_OF_OTHER_POSTGRES("The data was written by another major version of PostgreSQL."),
    NO_POSTGRES("Cairn brings no PostgreSQL that runs on this machine."),
    POSTGRES_FAILED("The embedded PostgreSQL does not start."),
    POSTGRES_NOT_OURS("The PostgreSQL that is found is not the one of the data directory."),
    DATABASE_OUT_OF_REACH("The configured database does not answer, or does not let Cairn in."),
    DATABASE_NOT_ALLOWED("The configured database does not let Cairn make its tables."),
    DATABASE_TOO_OLD("The configured database is older than Cairn can use."),
    DATABASE_TOO_NEW("A newer Cairn has changed the tables.");

    private final String meaning;

    StartProblem(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence. */
    public String meaning() {
        return meaning;
    }
}
