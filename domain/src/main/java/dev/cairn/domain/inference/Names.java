package dev.cairn.domain.inference;

import java.util.regex.Pattern;

/** What the name of a field lets expect of it. */
final class Names {
    private static final String IDENTITY = "(_?(id|key|no|nr|number|code|ref|uuid))?";
    private static final Pattern ACCOUNT =
            Pattern.compile(
                    "(account|customer|client|company|tenant|organi[sz]ation|org)" + IDENTITY);
    private static final Pattern USER =
            Pattern.compile(
                    "(user|member|person|contact|employee|student|respondent|caller)" + IDENTITY);
    private static final Pattern IDENTIFIER =
            Pattern.compile("(.*_)?(id|key|no|nr|number|code|ref|uuid|guid)");
    private static final Pattern TIME =
            Pattern.compile(
                    "(.*_)?(at|on|date|day|time|timestamp|ts|epoch|datum|zeit|created|updated|opened|closed|issued)(_.*)?");

    private Names() {}

    static boolean isAccount(String name) {
        return ACCOUNT.matcher(name).matches();
    }

    static boolean isUser(String name) {
        return USER.matcher(name).matches();
    }

    static boolean isIdentifier(String name) {
        return IDENTIFIER.matcher(name).matches();
    }

    static boolean isTime(String name) {
        return TIME.matcher(name).matches();
    }
}
