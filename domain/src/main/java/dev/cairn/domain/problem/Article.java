package dev.cairn.domain.problem;

/** Words of messages, with the article that English has for them. */
public final class Article {
    private Article() {}

    /** {@code an entity}, {@code a source}, {@code an hour}, {@code a user}. */
    public static String a(String noun) {
        boolean beginsAsVowel = noun.equals("hour") || "aeio".indexOf(noun.charAt(0)) >= 0;
        return (beginsAsVowel ? "an " : "a ") + noun;
    }

    /** The same at the beginning of a sentence. */
    public static String capitalized(String noun) {
        return "A" + a(noun).substring(1);
    }
}
