package dev.cairn.adapters.files.definition;

import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.out.DefinitionText.Placed;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/**
 * What was found in files.
 *
 * @param drafts definitions without a problem of their own, in the order of the files
 * @param problems all that is wrong; line and column are those of the file. With any of them nothing should be defined
 * @param positions where the parts of the drafts stand
 */
public record ReadDefinitions(List<Draft> drafts, List<Problem> problems, Positions positions) {
    public ReadDefinitions {
        drafts = List.copyOf(drafts);
        problems = List.copyOf(problems);
    }

    List<Placed> placed() {
        return drafts.stream().map(draft -> new Placed(draft.definition(), draft.place())).toList();
    }
}
