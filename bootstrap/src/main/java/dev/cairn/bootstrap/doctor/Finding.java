package dev.cairn.bootstrap.doctor;

import dev.cairn.bootstrap.StartRefused;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of one check.
 *
 * @param remedy what to do about it; null where there is nothing to do
 */
public record Finding(Check check, Grade grade, String found, @Nullable String remedy) {

    /** What is checked. */
    public enum Check {
        JAVA,
        CAIRN,
        SETTINGS,
        /** Only where there is a folder of them. */
        DOCUMENTS,
        DATA_DIRECTORY,
        DISK,
        SERVICE,
        PORTS,
        DATABASE,
        TABLES,
        IMPORTS,
        /** Only where there are views, or ought to be. */
        VIEWS,
        MEMORY,
        START_CACHE,
        PAGE;

        /** As it is shown. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** How serious it is. */
    public enum Grade {
        OK,
        WARNING,
        WRONG,
        /** It could not be checked. */
        UNKNOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(Check check, String found) {
        return new Finding(check, Grade.OK, found, null);
    }

    static Finding warning(Check check, String found, String remedy) {
        return new Finding(check, Grade.WARNING, found, remedy);
    }

    static Finding wrong(Check check, String found, String remedy) {
        return new Finding(check, Grade.WRONG, found, remedy);
    }

    /** A start would be refused. */
    static Finding wrong(Check check, StartRefused refused) {
        return wrong(
                check,
                "%s [%s]".formatted(refused.getMessage(), refused.problem()),
                refused.remedy());
    }

    static Finding unknown(Check check, String why) {
        return new Finding(check, Grade.UNKNOWN, why, null);
    }
}
