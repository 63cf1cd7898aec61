package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AccountOverviewUseCase;
import dev.cairn.application.port.in.AlertsUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AuditUseCase;
import dev.cairn.application.port.in.BackupUseCase;
import dev.cairn.application.port.in.BaselineUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.CalibrateUseCase;
import dev.cairn.application.port.in.CompareUseCase;
import dev.cairn.application.port.in.DefinitionFilesUseCase;
import dev.cairn.application.port.in.DeleteUseCase;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.application.port.in.ImpactUseCase;
import dev.cairn.application.port.in.ImportUseCase;
import dev.cairn.application.port.in.InferUseCase;
import dev.cairn.application.port.in.KeysUseCase;
import dev.cairn.application.port.in.ListScopesUseCase;
import dev.cairn.application.port.in.PacksUseCase;
import dev.cairn.application.port.in.PredictUseCase;
import dev.cairn.application.port.in.SeparateUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.in.ViewsUseCase;
import dev.cairn.application.port.in.WhyUseCase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** Commands over use cases that a test brings; those it does not bring are not to be called. */
@Command(
        name = "cairn",
        subcommands = {
            AlertsCommand.class,
            ApplyCommand.class,
            BackupCommand.class,
            CalibrateCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            ExportCommand.class,
            ForecastCommand.class,
            ImpactCommand.class,
            ImportCommand.class,
            InferCommand.class,
            QueryCommand.class,
            RestoreCommand.class,
            ScopesCommand.class,
            SeparationCommand.class,
            TrustCommand.class
        })
final class FakeCairn implements Cairn, UseCases {
    private final Map<Class<?>, Object> useCases;
    private int starts = 0;

    private FakeCairn(Map<Class<?>, Object> useCases) {
        this.useCases = useCases;
    }

    static FakeCairn with(AnalyzeUseCase analyses) {
        return new FakeCairn(Map.of(AnalyzeUseCase.class, analyses));
    }

    static FakeCairn with(ListScopesUseCase scopes) {
        return new FakeCairn(Map.of(ListScopesUseCase.class, scopes));
    }

    static FakeCairn with(ImportUseCase imports) {
        return new FakeCairn(Map.of(ImportUseCase.class, imports));
    }

    static FakeCairn with(BackupUseCase backups) {
        return new FakeCairn(Map.of(BackupUseCase.class, backups));
    }

    static FakeCairn with(DefinitionFilesUseCase files) {
        return new FakeCairn(Map.of(DefinitionFilesUseCase.class, files));
    }

    static FakeCairn with(SeparateUseCase separations) {
        return new FakeCairn(Map.of(SeparateUseCase.class, separations));
    }

    static FakeCairn with(ImpactUseCase impacts) {
        return new FakeCairn(Map.of(ImpactUseCase.class, impacts));
    }

    static FakeCairn with(AlertsUseCase alerts) {
        return new FakeCairn(Map.of(AlertsUseCase.class, alerts));
    }

    static FakeCairn with(TrustUseCase trust) {
        return new FakeCairn(Map.of(TrustUseCase.class, trust));
    }

    static FakeCairn with(CalibrateUseCase calibrations) {
        return new FakeCairn(Map.of(CalibrateUseCase.class, calibrations));
    }

    FakeCairn and(TrustUseCase trust) {
        return and(TrustUseCase.class, trust);
    }

    FakeCairn and(BrowseCatalogUseCase catalogs, GuardUseCase guards) {
        return and(BrowseCatalogUseCase.class, catalogs).and(GuardUseCase.class, guards);
    }

    private <T> FakeCairn and(Class<T> type, T useCase) {
        var both = new HashMap<>(useCases);
        both.put(type, useCase);
        return new FakeCairn(both);
    }

    /** What a command printed, and its exit code. */
    record Said(int exit, String output, String errors) {}

    Said execute(String... words) {
        var output = new StringWriter();
        var errors = new StringWriter();
        int exit =
                CairnCommandLine.of(this)
                        .setOut(new PrintWriter(output))
                        .setErr(new PrintWriter(errors))
                        .execute(words);
        return new Said(exit, output.toString(), errors.toString());
    }

    /** How often something was started. */
    int starts() {
        return starts;
    }

    @Override
    public int run(Work work) throws Exception {
        starts++;
        return work.with(this);
    }

    private <T> T brought(Class<T> type) {
        var useCase = useCases.get(type);
        if (useCase == null) {
            throw new AssertionError(type.getSimpleName() + " is not to be called");
        }
        return type.cast(useCase);
    }

    @Override
    public AnalyzeUseCase analyses() {
        return brought(AnalyzeUseCase.class);
    }

    @Override
    public TrustUseCase trust() {
        return brought(TrustUseCase.class);
    }

    @Override
    public WhyUseCase changes() {
        return brought(WhyUseCase.class);
    }

    @Override
    public ImpactUseCase impacts() {
        return brought(ImpactUseCase.class);
    }

    @Override
    public CalibrateUseCase calibrations() {
        return brought(CalibrateUseCase.class);
    }

    @Override
    public GuardUseCase guards() {
        return brought(GuardUseCase.class);
    }

    @Override
    public SeparateUseCase separations() {
        return brought(SeparateUseCase.class);
    }

    @Override
    public PredictUseCase predictions() {
        return brought(PredictUseCase.class);
    }

    @Override
    public AccountOverviewUseCase overviews() {
        return brought(AccountOverviewUseCase.class);
    }

    @Override
    public BrowseCatalogUseCase catalogs() {
        return brought(BrowseCatalogUseCase.class);
    }

    @Override
    public PacksUseCase packs() {
        return brought(PacksUseCase.class);
    }

    @Override
    public CompareUseCase comparisons() {
        return brought(CompareUseCase.class);
    }

    @Override
    public DefinitionFilesUseCase definitionFiles() {
        return brought(DefinitionFilesUseCase.class);
    }

    @Override
    public ImportUseCase imports() {
        return brought(ImportUseCase.class);
    }

    @Override
    public DeleteUseCase deletions() {
        return brought(DeleteUseCase.class);
    }

    @Override
    public BaselineUseCase baselines() {
        return brought(BaselineUseCase.class);
    }

    @Override
    public BackupUseCase backups() {
        return brought(BackupUseCase.class);
    }

    @Override
    public ListScopesUseCase scopes() {
        return brought(ListScopesUseCase.class);
    }

    @Override
    public ViewsUseCase views() {
        return brought(ViewsUseCase.class);
    }

    @Override
    public AlertsUseCase alerts() {
        return brought(AlertsUseCase.class);
    }

    @Override
    public AuditUseCase audit() {
        return brought(AuditUseCase.class);
    }

    @Override
    public KeysUseCase keys() {
        return brought(KeysUseCase.class);
    }

    @Override
    public Deadline deadline() {
        return Deadline.NEVER;
    }

    @Override
    public InferUseCase inference() {
        return brought(InferUseCase.class);
    }

    @Override
    public DefinitionFilesUseCase definitionsAlone() {
        return brought(DefinitionFilesUseCase.class);
    }
}
