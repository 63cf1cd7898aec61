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
import dev.cairn.application.port.in.KeysUseCase;
import dev.cairn.application.port.in.ListScopesUseCase;
import dev.cairn.application.port.in.PacksUseCase;
import dev.cairn.application.port.in.PredictUseCase;
import dev.cairn.application.port.in.SeparateUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.in.ViewsUseCase;
import dev.cairn.application.port.in.WhyUseCase;

/** What commands call, each made when it is first asked for. */
public interface UseCases {
    AnalyzeUseCase analyses();

    SeparateUseCase separations();

    PredictUseCase predictions();

    ImpactUseCase impacts();

    TrustUseCase trust();

    WhyUseCase changes();

    CalibrateUseCase calibrations();

    GuardUseCase guards();

    AccountOverviewUseCase overviews();

    BrowseCatalogUseCase catalogs();

    DefinitionFilesUseCase definitionFiles();

    PacksUseCase packs();

    CompareUseCase comparisons();

    ImportUseCase imports();

    DeleteUseCase deletions();

    BaselineUseCase baselines();

    BackupUseCase backups();

    AlertsUseCase alerts();

    ListScopesUseCase scopes();

    ViewsUseCase views();

    AuditUseCase audit();

    KeysUseCase keys();

    /** Until when a question that is asked now has to be answered. */
    Deadline deadline();
}
