package dev.cairn.bootstrap.command;

import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.terminal.command.UseCases;
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
import dev.cairn.application.port.in.KeysUseCase;
import dev.cairn.application.port.in.ListScopesUseCase;
import dev.cairn.application.port.in.PacksUseCase;
import dev.cairn.application.port.in.PredictUseCase;
import dev.cairn.application.port.in.SeparateUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.in.ViewsUseCase;
import dev.cairn.application.port.in.WhyUseCase;
import org.springframework.context.ApplicationContext;

/** The use cases of an application context. */
record ContextUseCases(ApplicationContext context) implements UseCases {
    @Override
    public AnalyzeUseCase analyses() {
        return context.getBean(AnalyzeUseCase.class);
    }

    @Override
    public TrustUseCase trust() {
        return context.getBean(TrustUseCase.class);
    }

    @Override
    public WhyUseCase changes() {
        return context.getBean(WhyUseCase.class);
    }

    @Override
    public SeparateUseCase separations() {
        return context.getBean(SeparateUseCase.class);
    }

    @Override
    public PredictUseCase predictions() {
        return context.getBean(PredictUseCase.class);
    }

    @Override
    public ImpactUseCase impacts() {
        return context.getBean(ImpactUseCase.class);
    }

    @Override
    public CalibrateUseCase calibrations() {
        return context.getBean(CalibrateUseCase.class);
    }

    @Override
    public GuardUseCase guards() {
        return context.getBean(GuardUseCase.class);
    }

    @Override
    public AccountOverviewUseCase overviews() {
        return context.getBean(AccountOverviewUseCase.class);
    }

    @Override
    public BrowseCatalogUseCase catalogs() {
        return context.getBean(BrowseCatalogUseCase.class);
    }

    @Override
    public DefinitionFilesUseCase definitionFiles() {
        return context.getBean(DefinitionFilesUseCase.class);
    }

    @Override
    public PacksUseCase packs() {
        return context.getBean(PacksUseCase.class);
    }

    @Override
    public CompareUseCase comparisons() {
        return context.getBean(CompareUseCase.class);
    }

    @Override
    public ImportUseCase imports() {
        return context.getBean(ImportUseCase.class);
    }

    @Override
    public DeleteUseCase deletions() {
        return context.getBean(DeleteUseCase.class);
    }

    @Override
    public BaselineUseCase baselines() {
        return context.getBean(BaselineUseCase.class);
    }

    @Override
    public BackupUseCase backups() {
        return context.getBean(BackupUseCase.class);
    }

    @Override
    public ListScopesUseCase scopes() {
        return context.getBean(ListScopesUseCase.class);
    }

    @Override
    public ViewsUseCase views() {
        return context.getBean(ViewsUseCase.class);
    }

    @Override
    public AlertsUseCase alerts() {
        return context.getBean(AlertsUseCase.class);
    }

    @Override
    public AuditUseCase audit() {
        return context.getBean(AuditUseCase.class);
    }

    @Override
    public KeysUseCase keys() {
        return context.getBean(KeysUseCase.class);
    }

    /** A command may take as long as a request. */
    @Override
    public Deadline deadline() {
        return Deadline.in(context.getBean(Limits.class).time(), System::nanoTime);
    }
}
