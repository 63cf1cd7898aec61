package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.KeyText;
import dev.cairn.application.port.Seal;
import dev.cairn.application.port.in.AccountOverviewUseCase;
import dev.cairn.application.port.in.AlertsUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AuditUseCase;
import dev.cairn.application.port.in.BackupUseCase;
import dev.cairn.application.port.in.BaselineUseCase;
import dev.cairn.application.port.in.BrowseAccountsUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.CalibrateUseCase;
import dev.cairn.application.port.in.CompareUseCase;
import dev.cairn.application.port.in.DefineSourceUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefinitionFilesUseCase;
import dev.cairn.application.port.in.DeleteUseCase;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.application.port.in.ImpactUseCase;
import dev.cairn.application.port.in.ImportUseCase;
import dev.cairn.application.port.in.KeysUseCase;
import dev.cairn.application.port.in.ListScopesUseCase;
import dev.cairn.application.port.in.PacksUseCase;
import dev.cairn.application.port.in.PredictUseCase;
import dev.cairn.application.port.in.ReviseMetricUseCase;
import dev.cairn.application.port.in.ScopesUseCase;
import dev.cairn.application.port.in.SeparateUseCase;
import dev.cairn.application.port.in.SignInUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.in.ViewsUseCase;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.AuditLog;
import dev.cairn.application.port.out.BackupStore;
import dev.cairn.application.port.out.CalendarRows;
import dev.cairn.application.port.out.DefinitionFiles;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.port.out.DefinitionText;
import dev.cairn.application.port.out.DeletionStore;
import dev.cairn.application.port.out.DimensionValues;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.application.port.out.KeyStore;
import dev.cairn.application.port.out.Packs;
import dev.cairn.application.port.out.QuestionLog;
import dev.cairn.application.port.out.RecordFiles;
import dev.cairn.application.port.out.SealKeys;
import dev.cairn.application.port.out.SourceCounts;
import dev.cairn.application.port.out.SqlFace;
import dev.cairn.application.port.out.TableMappings;
import dev.cairn.application.port.out.Versions;
import dev.cairn.application.service.AccountEvidence;
import dev.cairn.application.service.AccountOverviewService;
import dev.cairn.application.service.AccountSample;
import dev.cairn.application.service.AlertsService;
import dev.cairn.application.service.AnalyzeService;
import dev.cairn.application.service.Audit;
import dev.cairn.application.service.AuditService;
import dev.cairn.application.service.AuditedAccounts;
import dev.cairn.application.service.AuditedAlerts;
import dev.cairn.application.service.AuditedAnalyses;
import dev.cairn.application.service.AuditedBaselines;
import dev.cairn.application.service.AuditedCalibrations;
import dev.cairn.application.service.AuditedCatalog;
import dev.cairn.application.service.AuditedDefinitions;
import dev.cairn.application.service.AuditedExports;
import dev.cairn.application.service.AuditedKeys;
import dev.cairn.application.service.AuditedOverviews;
import dev.cairn.application.service.AuditedPredictions;
import dev.cairn.application.service.AuditedScopes;
import dev.cairn.application.service.AuditedSeparations;
import dev.cairn.application.service.AuditedTrust;
import dev.cairn.application.service.AuditedWhy;
import dev.cairn.application.service.BackupService;
import dev.cairn.application.service.BaselineService;
import dev.cairn.application.service.BrowseAccountsService;
import dev.cairn.application.service.BrowseCatalogService;
import dev.cairn.application.service.CalibrateService;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.CompareService;
import dev.cairn.application.service.DefineService;
import dev.cairn.application.service.DefineSourceService;
import dev.cairn.application.service.DefinitionFilesService;
import dev.cairn.application.service.DeleteService;
import dev.cairn.application.service.ExportService;
import dev.cairn.application.service.GuardWatch;
import dev.cairn.application.service.GuardedAnalyses;
import dev.cairn.application.service.ImpactService;
import dev.cairn.application.service.ImportService;
import dev.cairn.application.service.KeptAnswers;
import dev.cairn.application.service.KeysService;
import dev.cairn.application.service.ListScopesService;
import dev.cairn.application.service.PacksService;
import dev.cairn.application.service.PredictService;
import dev.cairn.application.service.ReviseMetricService;
import dev.cairn.application.service.ScopesService;
import dev.cairn.application.service.SealedAnalyses;
import dev.cairn.application.service.SealedExports;
import dev.cairn.application.service.SealedPredictions;
import dev.cairn.application.service.SeparateService;
import dev.cairn.application.service.SignInService;
import dev.cairn.application.service.TrustService;
import dev.cairn.application.service.Turns;
import dev.cairn.application.service.WhyService;
import dev.cairn.application.service.Workers;
import dev.cairn.bootstrap.CairnApplication;
import dev.cairn.bootstrap.demo.Demo;
import dev.cairn.bootstrap.settings.LimitSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** The use cases. */
@Configuration(proxyBeanMethods = false)
class UseCaseConfiguration {
    /** How long what is expected of a source may be counted, whoever waits for it. */
    private static final Duration OF_COUNTS = Duration.ofMinutes(10);

    /** How long an answer waits for what is counted of its sources, where it does not depend on it. */
    private static final Duration OF_TRUST = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Limits limits(CairnSettings settings) {
        return LimitSettings.read(settings.limits());
    }

    @Bean
    Catalogs catalogs(DefinitionStore store, CalendarRows rows, TrustService trust) {
        return new Catalogs(store, rows, trust);
    }

    /** What waits to be written is written when it is closed: while there is a database. */
    @Bean
    Audit audit(AuditLog log, Clock clock, CairnSettings settings) {
        return new Audit(log, clock, settings.audit().kept(), LOG::warn);
    }

    @Bean
    AlertsUseCase alertsUseCase(Catalogs catalogs, AlertStore store, Audit audit) {
        return new AuditedAlerts(new AlertsService(catalogs, store), audit);
    }

    @Bean
    AuditUseCase auditUseCase(AuditLog log, Audit audit) {
        return new AuditService(log, audit);
    }

    @Bean
    AnalyzeUseCase analyzeUseCase(
            Audit audit,
            Catalogs catalogs,
            AnalysisExecutor executor,
            Clock clock,
            Workers workers,
            CairnSettings settings,
            ObjectProvider<QuestionLog> log,
            KeptAnswers answers,
            Seal seal,
            GuardWatch guards) {
        return new AuditedAnalyses(
                new GuardedAnalyses(
                        new SealedAnalyses(
                                new AnalyzeService(
                                        catalogs,
                                        executor,
                                        clock,
                                        workers,
                                        settings.weekStarts(),
                                        log.getIfAvailable(() -> QuestionLog.NONE),
                                        settings.cache().bytesOfPlans(),
                                        answers),
                                seal),
                        guards),
                audit);
    }

    /** Of what callers are given and send back. */
    @Bean
    Seal seal(SealKeys keys) {
        return new Seal(keys.key());
    }

    @Bean
    KeptAnswers keptAnswers(CairnSettings settings) {
        return new KeptAnswers(settings.cache().bytesOfAnswers());
    }

    @Bean
    MeterBinder answerMeters(KeptAnswers answers) {
        Map<String, ToDoubleFunction<KeptAnswers>> ways =
                Map.of(
                        "found", kept -> kept.counts().found(),
                        "shared", kept -> kept.counts().shared(),
                        "computed", kept -> kept.counts().computed(),
                        "together", kept -> kept.counts().together());
        return registry -> {
            ways.forEach((way, count) ->
                    FunctionCounter.builder("cairn.answers", answers, count)
                            .tag("way", way)
                            .description(
                                    "Statements whose answers may be kept: found among those that are, shared with one being computed, computed, or computed together with others of their request")
                            .register(registry));
            Gauge.builder("cairn.answers.kept", answers, kept -> kept.counts().bytes())
                    .baseUnit("bytes")
                    .description("Memory that kept answers take, about")
                    .register(registry);
        };
    }

    @Bean
    ExportUseCase exportUseCase(
            Audit audit,
            Catalogs catalogs,
            AnalysisExecutor executor,
            Clock clock,
            Workers workers,
            CairnSettings settings,
            Environment environment,
            Seal seal) {
        var exports = settings.exports();
        return new AuditedExports(
                new SealedExports(
                        new ExportService(
                                catalogs,
                                executor,
                                clock,
                                workers,
                                turns(
                                        "export",
                                        Math.min(
                                                exports.atOnce(),
                                                Math.max(1, connections(environment) - 1)),
                                        most(settings)),
                                settings.weekStarts(),
                                exports.rows()),
                        seal),
                audit);
    }

    @Bean
    AccountSample accountSample(ExportUseCase exports, CairnSettings settings) {
        return new AccountSample(exports, settings.statistics().accounts());
    }

    @Bean
    WhyUseCase whyUseCase(
            Audit audit, Catalogs catalogs, AnalyzeUseCase analyses, ExportUseCase exports) {
        return new AuditedWhy(new WhyService(catalogs, analyses, exports), audit);
    }

    @Bean
    ImpactUseCase impactUseCase(
            Catalogs catalogs, AnalyzeUseCase analyses, AccountSample samples, Clock clock) {
        return new ImpactService(catalogs, analyses, samples, clock);
    }

    @Bean
    SeparateUseCase separateUseCase(
            Audit audit,
            Catalogs catalogs,
            BrowseCatalogUseCase browse,
            AnalyzeUseCase analyses,
            AccountSample samples,
            Clock clock,
            Workers workers) {
        return new AuditedSeparations(
                new SeparateService(catalogs, browse, analyses, samples, clock, workers), audit);
    }

    @Bean
    PredictUseCase predictUseCase(
            Audit audit,
            Catalogs catalogs,
            AnalyzeUseCase analyses,
            Clock clock,
            Workers workers,
            Seal seal) {
        return new AuditedPredictions(
                new SealedPredictions(new PredictService(catalogs, analyses, clock, workers), seal),
                audit);
    }

    /** Counted on threads of its own, by a catalogue that holds no floor: questions wait for it. */
    @Bean
    TrustService trustService(
            DefinitionStore store,
            CalendarRows calendars,
            AnalysisExecutor executor,
            Versions versions,
            SourceCounts counts,
            Clock clock,
            CairnSettings settings) {
        var most = most(settings);
        var catalogs = new Catalogs(store, calendars);
        return new TrustService(
                catalogs,
                new AnalyzeService(
                        catalogs,
                        executor,
                        clock,
                        new Workers(
                                turns("trust-planning", 1, most),
                                turns("trust-small", 1, most),
                                turns("trust-large", 1, most),
                                settings.questions().largeFrom())),
                versions,
                new TrustService.Stored(counts, CairnApplication.version()),
                clock,
                () -> Deadline.in(OF_COUNTS, System::nanoTime),
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("cairn-trust").factory()),
                () -> Deadline.in(OF_TRUST, System::nanoTime));
    }

    @Bean
    @Primary
    TrustUseCase trustUseCase(TrustService trust, Audit audit) {
        return new AuditedTrust(trust, audit);
    }

    @Bean
    CalibrateUseCase calibrateUseCase(
            Audit audit,
            Catalogs catalogs,
            AnalyzeUseCase analyses,
            AccountSample samples,
            Clock clock) {
        return new AuditedCalibrations(
                new CalibrateService(catalogs, analyses, samples, clock), audit);
    }

    /** As many threads for small statements as there are connections: more would wait for one. */
    @Bean
    Workers workers(CairnSettings settings, Environment environment) {
        int connections = connections(environment);
        var questions = settings.questions();
        var most = most(settings);
        return new Workers(
                turns("planning", Math.max(2, Runtime.getRuntime().availableProcessors()), most),
                turns("small", connections, most),
                turns(
                        "large",
                        Math.min(questions.largeAtOnce(), Math.max(1, connections - 1)),
                        most),
                questions.largeFrom());
    }

    private static int connections(Environment environment) {
        return environment.getProperty(
                "spring.datasource.hikari.maximum-pool-size", Integer.class, 10);
    }

    private static Turns.Most most(CairnSettings settings) {
        return new Turns.Most(settings.callers().waiting(), settings.questions().waiting());
    }

    private static Turns turns(String name, int atOnce, Turns.Most most) {
        var threads =
                Executors.newFixedThreadPool(
                        atOnce,
                        Thread.ofPlatform().daemon().name("cairn-" + name + "-", 1).factory());
        return new Turns(threads, atOnce, most);
    }

    @Bean
    BrowseCatalogUseCase browseCatalogUseCase(
            Audit audit, Catalogs catalogs, DimensionValues values, Workers workers) {
        return new AuditedCatalog(new BrowseCatalogService(catalogs, values, workers), audit);
    }

    @Bean
    ScopesUseCase scopesUseCase(Catalogs catalogs) {
        return new ScopesService(catalogs);
    }

    @Bean
    ListScopesUseCase listScopesUseCase(
            Audit audit,
            Catalogs catalogs,
            ScopesUseCase scopes,
            AnalyzeUseCase analyses,
            CairnSettings settings,
            Clock clock) {
        var roles = settings.sqlFace().ofScopes();
        return new AuditedScopes(
                new ListScopesService(catalogs, scopes, analyses, roles, clock), audit);
    }

    @Bean
    ViewsUseCase viewsUseCase(SqlFace face) {
        return face::listed;
    }

    @Bean
    BrowseAccountsUseCase browseAccountsUseCase(
            Audit audit, Catalogs catalogs, AccountDirectory accounts) {
        return new AuditedAccounts(new BrowseAccountsService(catalogs, accounts), audit);
    }

    @Bean
    AccountOverviewUseCase accountOverviewUseCase(
            Audit audit,
            Catalogs catalogs,
            BrowseCatalogUseCase browse,
            AccountDirectory accounts,
            AnalyzeUseCase analyses,
            CalibrateUseCase calibrations,
            AlertsUseCase alerts,
            TrustUseCase trust,
            Clock clock,
            CairnSettings settings) {
        return new AuditedOverviews(
                new AccountOverviewService(
                        catalogs,
                        browse,
                        accounts,
                        analyses,
                        new AccountEvidence(catalogs, analyses, calibrations, alerts, trust),
                        clock,
                        settings.weekStarts()),
                audit);
    }

    @Bean
    DefineUseCase defineUseCase(
            Audit audit,
            Catalogs catalogs,
            DefinitionStore store,
            TableMappings tables,
            Clock clock,
            CairnSettings settings) {
        return new AuditedDefinitions(
                new DefineService(catalogs, store, settings.weekStarts(), tables, clock), audit);
    }

    @Bean
    BaselineUseCase baselineUseCase(
            Audit audit,
            Catalogs catalogs,
            AnalyzeUseCase analyses,
            BrowseAccountsUseCase accounts,
            DefineUseCase definitions,
            Clock clock) {
        return new AuditedBaselines(
                new BaselineService(catalogs, analyses, accounts, definitions, clock), audit);
    }

    @Bean
    ImportUseCase importUseCase(
            Catalogs catalogs,
            RecordFiles files,
            FactStore facts,
            AccountDirectory accounts,
            Clock clock) {
        return new ImportService(catalogs::latest, files, facts, accounts, clock);
    }

    @Bean
    DeleteUseCase deleteUseCase(
            Catalogs catalogs, RecordFiles files, DeletionStore deletions, Clock clock) {
        return new DeleteService(catalogs::latest, files, deletions, clock);
    }

    @Bean
    BackupUseCase backupUseCase(BackupStore store) {
        return new BackupService(store);
    }

    @Bean
    KeysUseCase keysUseCase(Audit audit, KeyStore keys, ScopesUseCase scopes, Clock clock) {
        return new AuditedKeys(
                new KeysService(keys, scopes, UseCaseConfiguration::chance, clock), audit);
    }

    private static byte[] chance() {
        var bytes = new byte[KeyText.RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    @Bean
    SignInUseCase signInUseCase(KeyStore keys, ScopesUseCase scopes, Clock clock) {
        return new SignInService(keys, scopes, clock);
    }

    @Bean
    DefinitionFilesUseCase definitionFilesUseCase(
            DefinitionFiles files, Catalogs catalogs, DefineUseCase definitions) {
        return new DefinitionFilesService(files, catalogs, definitions);
    }

    @Bean
    PacksUseCase packsUseCase(
            Packs packs, Catalogs catalogs, DefineUseCase definitions, DefinitionText texts) {
        return new PacksService(packs, catalogs, definitions, texts);
    }

    @Bean
    CompareUseCase compareUseCase(
            DefinitionFiles files,
            DefinitionFilesUseCase definitions,
            Catalogs catalogs,
            DefinitionText texts) {
        return new CompareService(files, definitions, catalogs, texts);
    }

    @Bean
    DefineSourceUseCase defineSourceUseCase(DefinitionText texts, DefineUseCase definitions) {
        return new DefineSourceService(texts, definitions);
    }

    @Bean
    ReviseMetricUseCase reviseMetricUseCase(
            BrowseCatalogUseCase catalogs, DefineUseCase definitions) {
        return new ReviseMetricService(catalogs, definitions);
    }

    @Bean
    Demo demo(
            CairnSettings settings,
            BrowseCatalogUseCase catalogs,
            PacksUseCase packs,
            DefineUseCase definitions,
            ImportUseCase imports) {
        return new Demo(settings.dataDir(), catalogs, packs, definitions, imports);
    }
}
