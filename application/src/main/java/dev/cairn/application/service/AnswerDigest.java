package dev.cairn.application.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.trust.SourceTrust;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * What tells one answer from another in value, so that an answer need not be kept to be compared with. What only says as of when it was asked is not in it: keys of rows and
 * cursors, which are of that moment; nor are figures of checks, which change with every fact.
 */
record AnswerDigest(String hash) {
    /** @param trust of what it reads, where that is told with it */
    static AnswerDigest of(AnalysisResult answer, Collection<SourceTrust> trust) {
        var digest = sha256();
        answer.columns().forEach(column -> add(digest, column));
        answer.rows()
                .forEach(row -> {
                    add(digest, row.kind());
                    add(digest, row.cells());
                    add(digest, row.group());
                });
        add(digest, answer.hasNextPage());
        add(digest, answer.notices());
        for (var source : trust) {
            add(digest, source.source() + " " + source.grade() + " " + source.isBeingCounted());
            source.failing().forEach(check -> add(digest, check.name() + " " + check.status()));
            add(digest, source.broken());
        }
        return new AnswerDigest(HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, Object part) {
        digest.update((part + "\n").getBytes(UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
