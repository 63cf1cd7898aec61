package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.display.Table;
import dev.cairn.application.port.in.ListScopesUseCase.Listed;
import dev.cairn.domain.analysis.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists access scopes. */
@Command(
        name = "scopes",
        description =
                "Lists the access scopes: who may see which accounts, and how many these are today.",
        sortOptions = false,
        footer = {
            "",
            "An access scope is a definition in a file, which 'cairn apply' saves; keys and tokens name it:",
            "  scope: emea",
            "  where: account.region = 'EMEA'",
            "",
            "Examples:",
            "  cairn scopes",
            "  cairn scopes --format json"
        })
public final class ScopesCommand extends DataCommand {
    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    int run(UseCases cairn) {
        var scopes = cairn.scopes().scopes(Caller.LOCAL, cairn.deadline());
        switch (format) {
            case JSON ->
                    Report.json(
                            Map.of("scopes", scopes.stream().map(ScopesCommand::json).toList()),
                            out());
            case TEXT -> table(scopes);
        }
        return 0;
    }

    private void table(List<Listed> scopes) {
        if (scopes.isEmpty()) {
            out().println("There are no access scopes.");
            return;
        }
        var rows = scopes.stream().map(ScopesCommand::row).toList();
        new Table(
                        List.of(
                                Table.Column.key("scope"),
                                Table.Column.text("where"),
                                Table.Column.text("claims"),
                                Table.Column.number("accounts"),
                                Table.Column.text("role of views")),
                        rows)
                .lines(Screen.current())
                .forEach(out()::println);
        for (var listed : scopes) {
            if (listed.problem() != null) {
                out().println(
                                "Whoever has '%s' is refused: %s"
                                        .formatted(
                                                DisplayText.plain(listed.scope().name()),
                                                DisplayText.plain(listed.problem())));
            }
        }
    }

    private static Table.Row row(Listed listed) {
        return Table.Row.of(
                DisplayText.plain(listed.scope().name()),
                DisplayText.plain(listed.scope().where()),
                DisplayText.plain(String.join(", ", listed.claims())),
                listed.accounts() == null ? "" : Report.number(listed.accounts()),
                DisplayText.plain(listed.role() == null ? "" : listed.role()));
    }

    private static Map<String, @Nullable Object> json(Listed listed) {
        var scope = listed.scope();
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("key", scope.name());
        shown.put("label", scope.label());
        shown.put("description", scope.description());
        shown.put("owner", scope.owner());
        shown.put("formula", scope.where());
        shown.put("claims", listed.claims());
        shown.put("accounts", listed.accounts());
        shown.put("sqlRole", listed.role());
        shown.put("problem", listed.problem());
        return shown;
    }
}
