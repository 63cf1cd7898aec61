package dev.cairn.bootstrap.terminal;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Where the output goes.
 *
 * @param width columns a line may take; {@link #UNLIMITED} for a file or another program
 * @param glyphs what plots are drawn with
 */
public record Screen(int width, Glyphs glyphs) {
    public static final int UNLIMITED = Integer.MAX_VALUE;
    private static final int NARROWEST = 20;
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

    /** A file, or another program. */
    public static Screen none(Glyphs glyphs) {
        return new Screen(UNLIMITED, glyphs);
    }

    /** That of standard output. */
    public static Screen current(Charset output) {
        return new Screen(widthOfOutput(), Glyphs.of(output));
    }

    public boolean isInteractive() {
        return width != UNLIMITED;
    }

    /**
     * Java says whether input and output both are a terminal, and not how wide it is; {@code stty} asks the terminal that the output is. Where there
     * is no shell, output has no limit.
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
