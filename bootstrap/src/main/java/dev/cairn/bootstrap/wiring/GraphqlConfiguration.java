package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.NodeController;
import dev.cairn.adapters.graphql.SchemaWiring;
import dev.cairn.adapters.graphql.account.AccountController;
import dev.cairn.adapters.graphql.account.AccountOverviewController;
import dev.cairn.adapters.graphql.alert.AlertController;
import dev.cairn.adapters.graphql.analysis.AnalysisController;
import dev.cairn.adapters.graphql.analysis.KeptResponses;
import dev.cairn.adapters.graphql.analysis.SavedQuestionController;
import dev.cairn.adapters.graphql.audit.AuditController;
import dev.cairn.adapters.graphql.calibration.CalibrationController;
import dev.cairn.adapters.graphql.caller.CallerArgumentResolver;
import dev.cairn.adapters.graphql.caller.CallerInterceptor;
import dev.cairn.adapters.graphql.caller.RoleCheck;
import dev.cairn.adapters.graphql.catalog.DefinitionController;
import dev.cairn.adapters.graphql.catalog.DimensionController;
import dev.cairn.adapters.graphql.catalog.MetricController;
import dev.cairn.adapters.graphql.cohort.CohortController;
import dev.cairn.adapters.graphql.document.PersistedDocuments;
import dev.cairn.adapters.graphql.graphiql.GraphiqlPage;
import dev.cairn.adapters.graphql.guard.GuardController;
import dev.cairn.adapters.graphql.http.EventStreams;
import dev.cairn.adapters.graphql.http.HttpRoutes;
import dev.cairn.adapters.graphql.http.JsonEndpoint;
import dev.cairn.adapters.graphql.http.SchemaFile;
import dev.cairn.adapters.graphql.impact.ImpactController;
import dev.cairn.adapters.graphql.limit.KeptDocuments;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.limit.RequestLimits;
import dev.cairn.adapters.graphql.limit.TimeLimit;
import dev.cairn.adapters.graphql.live.AnswersOneByOne;
import dev.cairn.adapters.graphql.prediction.PredictionController;
import dev.cairn.adapters.graphql.problem.ErrorCodes;
import dev.cairn.adapters.graphql.problem.FailureResolver;
import dev.cairn.adapters.graphql.problem.TextCheck;
import dev.cairn.adapters.graphql.rest.AnalyzeEndpoint;
import dev.cairn.adapters.graphql.rest.ExportLimits;
import dev.cairn.adapters.graphql.scope.AccessScopeController;
import dev.cairn.adapters.graphql.separation.SeparationController;
import dev.cairn.adapters.graphql.shape.ShapeController;
import dev.cairn.adapters.graphql.standing.BaselineController;
import dev.cairn.adapters.graphql.standing.HealthController;
import dev.cairn.adapters.graphql.standing.TargetController;
import dev.cairn.adapters.graphql.trust.TrustController;
import dev.cairn.adapters.graphql.why.WhyController;
import dev.cairn.application.port.Seal;
import dev.cairn.application.port.in.AccountOverviewUseCase;
import dev.cairn.application.port.in.AlertsUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AuditUseCase;
import dev.cairn.application.port.in.BaselineUseCase;
import dev.cairn.application.port.in.BrowseAccountsUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.CalibrateUseCase;
import dev.cairn.application.port.in.DefineSourceUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.application.port.in.GuardStandingsUseCase;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.application.port.in.ImpactUseCase;
import dev.cairn.application.port.in.ListScopesUseCase;
import dev.cairn.application.port.in.PredictUseCase;
import dev.cairn.application.port.in.ReviseMetricUseCase;
import dev.cairn.application.port.in.SeparateUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.bootstrap.demo.FirstQuestions;
import dev.cairn.bootstrap.settings.Documents;
import graphql.introspection.Introspection;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** The GraphQL adapter. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class GraphqlConfiguration {
    /** Bytes of memory for documents that clients ask for by their hash. */
    private static final long KEPT_DOCUMENTS = 8L << 20;

    @Bean
    AnalysisController analysisController(
            AnalyzeUseCase analyses, Limits limits, BatchLoaderRegistry loaders) {
        return new AnalysisController(analyses, limits, loaders);
    }

    @Bean
    ShapeController shapeController(AnalyzeUseCase analyses) {
        return new ShapeController(analyses);
    }

    @Bean
    TrustController trustController(TrustUseCase trust) {
        return new TrustController(trust);
    }

    @Bean
    WhyController whyController(WhyUseCase changes) {
        return new WhyController(changes);
    }

    @Bean
    ImpactController impactController(ImpactUseCase impacts) {
        return new ImpactController(impacts);
    }

    @Bean
    SeparationController separationController(SeparateUseCase separations) {
        return new SeparationController(separations);
    }

    @Bean
    PredictionController predictionController(PredictUseCase predictions) {
        return new PredictionController(predictions);
    }

    @Bean
    CalibrationController calibrationController(CalibrateUseCase calibrations) {
        return new CalibrationController(calibrations);
    }

    @Bean
    GuardController guardController(GuardUseCase guards, GuardStandingsUseCase standings) {
        return new GuardController(guards, standings);
    }

    @Bean
    MetricController metricController(BrowseCatalogUseCase catalogs, Seal seal) {
        return new MetricController(catalogs, seal);
    }

    @Bean
    DimensionController dimensionController(
            BrowseCatalogUseCase catalogs, BatchLoaderRegistry loaders) {
        return new DimensionController(catalogs, loaders);
    }

    @Bean
    DefinitionController definitionController(
            DefineUseCase definitions, DefineSourceUseCase sources, ReviseMetricUseCase revisions) {
        return new DefinitionController(definitions, sources, revisions);
    }

    @Bean
    AccountController accountController(BrowseAccountsUseCase accounts, Seal seal) {
        return new AccountController(accounts, seal);
    }

    @Bean
    AccountOverviewController accountOverviewController(
            AccountOverviewUseCase overviews, BrowseCatalogUseCase catalogs) {
        return new AccountOverviewController(overviews, catalogs);
    }

    @Bean
    AccessScopeController accessScopeController(ListScopesUseCase scopes) {
        return new AccessScopeController(scopes);
    }

    @Bean
    AlertController alertController(AlertsUseCase alerts, Seal seal) {
        return new AlertController(alerts, seal);
    }

    @Bean
    AuditController auditController(AuditUseCase audit, Seal seal) {
        return new AuditController(audit, seal);
    }

    @Bean
    CohortController cohortController(BrowseCatalogUseCase catalogs, DefineUseCase definitions) {
        return new CohortController(catalogs, definitions);
    }

    @Bean
    HealthController healthController(AnalyzeUseCase analyses) {
        return new HealthController(analyses);
    }

    @Bean
    SavedQuestionController savedQuestionController(
            BrowseCatalogUseCase catalogs, AnalyzeUseCase analyses) {
        return new SavedQuestionController(catalogs, analyses);
    }

    @Bean
    BaselineController baselineController(BaselineUseCase baselines) {
        return new BaselineController(baselines);
    }

    @Bean
    TargetController targetController(BrowseCatalogUseCase catalogs, DefineUseCase definitions) {
        return new TargetController(catalogs, definitions);
    }

    @Bean
    NodeController nodeController(BrowseCatalogUseCase catalogs, BrowseAccountsUseCase accounts) {
        return new NodeController(catalogs, accounts);
    }

    @Bean
    JsonEndpoint jsonEndpoint(
            WebGraphQlHandler requests, JsonMapper mapper, Limits limits, EventStreams streams) {
        return new JsonEndpoint(requests, mapper, limits, streams);
    }

    @Bean
    AnalyzeEndpoint analyzeEndpoint(
            WebGraphQlHandler questions,
            GraphQlSource schema,
            JsonMapper mapper,
            Limits limits,
            ExportUseCase exports,
            CairnSettings settings) {
        return new AnalyzeEndpoint(
                questions,
                schema,
                mapper,
                limits,
                exports,
                new ExportLimits(settings.exports().time(), settings.exports().patience()));
    }

    @Bean
    CallerArgumentResolver callerArgumentResolver() {
        return new CallerArgumentResolver();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    CallerInterceptor callerInterceptor() {
        return new CallerInterceptor();
    }

    @Bean
    RoleCheck roleCheck() {
        return new RoleCheck();
    }

    @Bean
    SchemaWiring schemaWiring() {
        return new SchemaWiring();
    }

    @Bean
    FailureResolver failureResolver() {
        return new FailureResolver();
    }

    @Bean
    ErrorCodes errorCodes() {
        return new ErrorCodes();
    }

    @Bean
    TextCheck textCheck() {
        return new TextCheck();
    }

    @Bean
    RequestLimits requestLimits(Limits limits) {
        return new RequestLimits(limits);
    }

    @Bean
    GraphQlSourceBuilderCustomizer documents() {
        var kept = new KeptDocuments();
        return builder ->
                builder.configureGraphQl(graphQl -> graphQl.preparsedDocumentProvider(kept));
    }

    @Bean
    KeptResponses keptResponses(
            ObjectProvider<DataFetcherExceptionResolver> failures,
            AnalyzeUseCase analyses,
            CairnSettings settings) {
        return new KeptResponses(
                DataFetcherExceptionResolver.createExceptionHandler(
                        failures.orderedStream().toList()),
                analyses,
                settings.cache().bytesOfResponses());
    }

    @Bean
    GraphQlSourceBuilderCustomizer responses(KeptResponses kept) {
        return builder -> builder.configureGraphQl(graphQl -> graphQl.queryExecutionStrategy(kept));
    }

    /** Looked up when they are read: what answers questions is itself measured. */
    @Bean
    MeterBinder responseMeters(ObjectProvider<KeptResponses> responses) {
        Map<String, ToDoubleFunction<KeptResponses>> ways =
                Map.of(
                        "found", kept -> kept.counts().found(),
                        "made", kept -> kept.counts().made());
        return registry -> {
            ways.forEach((way, count) ->
                    FunctionCounter.builder(
                                    "cairn.responses",
                                    responses,
                                    kept -> count.applyAsDouble(kept.getObject()))
                            .tag("way", way)
                            .description(
                                    "Requests that ask questions and nothing else: those whose response was kept with the same answers, and those whose response was made")
                            .register(registry));
            Gauge.builder(
                            "cairn.responses.kept",
                            responses,
                            kept -> kept.getObject().counts().bytes())
                    .description("Memory that kept responses take, about")
                    .baseUnit("bytes")
                    .strongReference(true)
                    .register(registry);
        };
    }

    @Bean
    GraphQlSourceBuilderCustomizer answersOneByOne(
            ObjectProvider<DataFetcherExceptionResolver> failures,
            BatchLoaderRegistry loaders,
            ObjectProvider<GraphQlSource> source) {
        var answers =
                new AnswersOneByOne(
                        DataFetcherExceptionResolver.createExceptionHandler(
                                failures.orderedStream().toList()),
                        loaders,
                        () -> source.getObject().graphQl());
        return builder ->
                builder.configureGraphQl(graphQl -> graphQl.subscriptionExecutionStrategy(answers));
    }

    /** Before anything looks into a document. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    PersistedDocuments persistedDocuments(
            CairnSettings settings, GraphQlSource schema, Limits limits) {
        return new PersistedDocuments(
                DocumentsAtStart.read(settings, schema.schema(), limits),
                settings.documents() == Documents.REGISTERED,
                KEPT_DOCUMENTS);
    }

    /** Boot's own setting would hold for everything in this JVM. */
    @Bean
    WebGraphQlInterceptor introspection(CairnSettings settings) {
        return (request, chain) -> {
            request.configureExecutionInput((_, input) ->
                    input.graphQLContext(
                                    Map.of(
                                            Introspection.INTROSPECTION_DISABLED,
                                            !settings.introspection()))
                            .build());
            return chain.next(request);
        };
    }

    @Bean
    TimeLimit timeLimit(Limits limits) {
        return new TimeLimit(limits.time());
    }

    @Bean
    @Order(HttpRoutes.ORDER)
    RouterFunction<ServerResponse> routes(
            JsonEndpoint questions,
            AnalyzeEndpoint plainQuestions,
            CairnSettings settings,
            Environment environment,
            BrowseCatalogUseCase catalogs) {
        var path = environment.getRequiredProperty("spring.graphql.http.path");
        return HttpRoutes.of(
                path,
                questions,
                plainQuestions
                        .routes()
                        .and(SchemaFile.routes())
                        .and(
                                settings.hasPageAt(
                                                environment.getRequiredProperty("server.address"))
                                        ? page(path, settings, new FirstQuestions(catalogs))
                                                .routes()
                                        : _ -> Optional.empty()));
    }

    /** The page itself is for everybody, so where people sign in it tells nothing of what is defined. */
    private static GraphiqlPage page(
            String path, CairnSettings settings, FirstQuestions questions) {
        return settings.auth().isOn()
                ? new GraphiqlPage(path, FirstQuestions::ofAny, true)
                : new GraphiqlPage(path, questions::questions, false);
    }
}
