package dev.cairn.adapters.terminal.display;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The screen that output is shown on.
 *
 * @param width columns a line may take; {@link #UNLIMITED} for a file or another program
 * @param glyphs what plots are drawn with
 */
public record Screen(int width, Glyphs glyphs) {
    public static final int UNLIMITED = Integer.MAX_VALUE;
    private static final int NARROWEST = 20;
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

    /** The screen of standard output. */
    public static Screen current() {
        return new Screen(
                widthOfOutput(),
                isUnicode(System.getenv()) ? Glyphs.of(System.out.charset()) : Glyphs.ASCII);
    }

    /** Whether the locale lets a terminal show more than ASCII; the first of these that is set decides. */
    static boolean isUnicode(Map<String, String> environment) {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(locale -> locale.toUpperCase(Locale.ROOT).contains("UTF"))
                .orElse(true);
    }

    public boolean isInteractive() {
        return width != UNLIMITED;
    }

    /**
     * Java knows whether input and output are a terminal, but not how wide it is; {@code stty} asks the terminal of the output. Where there
     * is no shell, the width is unlimited.
     */
    private static int widthOfOutput() {
        try {
            var asked =
                    new ProcessBuilder("sh", "-c", "[ -t 1 ] && stty size <&1 >&2")
                            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                            .start();
            asked.getOutputStream().close();
            var said = new String(asked.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII);
            var size = SIZE.matcher(said);
            return size.matches()
                    ? Math.max(NARROWEST, Integer.parseInt(size.group(1)))
                    : UNLIMITED;
        } catch (IOException noShell) {
            return UNLIMITED;
        }
    }
}
