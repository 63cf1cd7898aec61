package dev.cairn.adapters.terminal.question;

import dev.cairn.application.port.in.AccountOverviewUseCase.Asked;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.question.QuestionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads which account is looked at, and when, as it is typed. */
public final class AccountText {
    private AccountText() {}

    /** @param problems with what was typed */
    public record Read(Asked asked, List<Problem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    public static Read read(
            String account, String zone, @Nullable String asOf, @Nullable String knownAt) {
        var problems = new ArrayList<Problem>();
        var read = QuestionText.zone(zone, problems);
        var asked =
                new Asked(
                        account,
                        read,
                        null,
                        QuestionText.instant(asOf, "asOf", read, problems),
                        QuestionText.instant(knownAt, "knownAt", read, problems));
        return new Read(asked, problems);
    }

    /** The same problem, at the option that was typed. */
    public static Problem typed(Problem problem) {
        return Typed.placed(problem, AccountText::option);
    }

    private static String option(String part) {
        return switch (part) {
            case "asOf" -> "--as-of";
            case "knownAt" -> "--known-at";
            case "timeZone" -> "--zone";
            case "peersBy" -> "--peers";
            case "sources" -> "--facts";
            case "metric" -> "--health";
            default -> "--" + part.toLowerCase(Locale.ROOT);
        };
    }
}
