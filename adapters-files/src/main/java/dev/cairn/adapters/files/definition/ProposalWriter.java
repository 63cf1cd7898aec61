package dev.cairn.adapters.files.definition;

import dev.cairn.domain.inference.SourceProposal;
import java.util.stream.Collectors;

/** Writes a proposed source as YAML to edit: what is known of each column stands above it as a comment. */
final class ProposalWriter {
    private static final String FIELDS = "fields:";

    private ProposalWriter() {}

    /** One document. */
    static String text(SourceProposal proposal) {
        var text = new StringBuilder();
        proposal.remarks().forEach(remark -> text.append("# ").append(remark).append('\n'));
        int field = -1;
        for (var line : DefinitionWriter.text(proposal.source()).lines().toList()) {
            if (field >= 0) {
                text.append(
                        proposal.fieldRemarks().get(field).stream()
                                .map(remark -> "  # " + remark + "\n")
                                .collect(Collectors.joining()));
                field++;
            }
            text.append(line).append('\n');
            field = line.equals(FIELDS) ? 0 : field;
        }
        return text.toString();
    }
}
