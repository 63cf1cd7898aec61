package dev.cairn.adapters.graphql;

import dev.cairn.adapters.graphql.account.AccountController;
import dev.cairn.adapters.graphql.account.AccountOutput;
import dev.cairn.adapters.graphql.account.AccountOverviewController;
import dev.cairn.adapters.graphql.alert.AlertController;
import dev.cairn.adapters.graphql.analysis.AnalysisController;
import dev.cairn.adapters.graphql.analysis.KeptResponses;
import dev.cairn.adapters.graphql.analysis.SavedQuestionController;
import dev.cairn.adapters.graphql.audit.AuditController;
import dev.cairn.adapters.graphql.calibration.CalibrationController;
import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.adapters.graphql.caller.CallerArgumentResolver;
import dev.cairn.adapters.graphql.caller.CallerInterceptor;
import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.adapters.graphql.caller.RoleCheck;
import dev.cairn.adapters.graphql.catalog.DefinitionController;
import dev.cairn.adapters.graphql.catalog.DimensionController;
import dev.cairn.adapters.graphql.catalog.MetricController;
import dev.cairn.adapters.graphql.catalog.MetricOutput;
import dev.cairn.adapters.graphql.cohort.CohortController;
import dev.cairn.adapters.graphql.cohort.CohortOutput;
import dev.cairn.adapters.graphql.document.PersistedDocuments;
import dev.cairn.adapters.graphql.document.RegisteredDocuments;
import dev.cairn.adapters.graphql.guard.GuardController;
import dev.cairn.adapters.graphql.http.CallerPace;
import dev.cairn.adapters.graphql.http.ContentTypeCheck;
import dev.cairn.adapters.graphql.http.EventStreams;
import dev.cairn.adapters.graphql.http.HttpRoutes;
import dev.cairn.adapters.graphql.http.JsonEndpoint;
import dev.cairn.adapters.graphql.http.PlainErrorReport;
import dev.cairn.adapters.graphql.http.SchemaFile;
import dev.cairn.adapters.graphql.impact.ImpactController;
import dev.cairn.adapters.graphql.limit.KeptDocuments;
import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.limit.RequestLimits;
import dev.cairn.adapters.graphql.limit.TimeLimit;
import dev.cairn.adapters.graphql.live.AnswersOneByOne;
import dev.cairn.adapters.graphql.live.LiveController;
import dev.cairn.adapters.graphql.prediction.PredictionController;
import dev.cairn.adapters.graphql.problem.ErrorCodes;
import dev.cairn.adapters.graphql.problem.FailureResolver;
import dev.cairn.adapters.graphql.problem.TextCheck;
import dev.cairn.adapters.graphql.rest.AnalyzeEndpoint;
import dev.cairn.adapters.graphql.rest.ExportLimits;
import dev.cairn.adapters.graphql.scope.AccessScopeController;
import dev.cairn.adapters.graphql.separation.SeparationController;
import dev.cairn.adapters.graphql.shape.ShapeController;
import dev.cairn.adapters.graphql.socket.Credentials;
import dev.cairn.adapters.graphql.socket.GraphqlSockets;
import dev.cairn.adapters.graphql.socket.Times;
import dev.cairn.adapters.graphql.standing.BaselineController;
import dev.cairn.adapters.graphql.standing.HealthController;
import dev.cairn.adapters.graphql.standing.TargetController;
import dev.cairn.adapters.graphql.trust.TrustController;
import dev.cairn.adapters.graphql.why.WhyController;
import dev.cairn.application.port.Seal;
import dev.cairn.application.port.in.AuditUseCase;
import dev.cairn.application.port.in.ListScopesUseCase.Listed;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.model.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.SchemaReport;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** The GraphQL face over fakes, put together as the service does it. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class)
class SliceApplication {
    /** Of most requests: no machine is so slow. */
    private static final Duration PATIENT = Duration.ofMinutes(2);

    /** Of those that say so in a header. */
    private static final Duration BRIEF = Duration.ofSeconds(2);

    /** Header of a request that is given up soon. */
    static final String IN_A_HURRY = "In-A-Hurry";

    /** Header of the role that a request has; without it, the caller is {@link #CALLER}. */
    static final String ROLE = "Role";

    /** Header of the formula over the accounts that a request may see; without it, it sees all. */
    static final String SCOPE = "Scope";

    static final Seal SEAL = new Seal(new byte[32]);

    static final Duration KEEP_ALIVE = Duration.ofMillis(50);
    static final Limits LIVE_LIMITS =
            new Limits(Map.of(Limit.OPERATIONS, 3, Limit.SUBSCRIPTIONS, 4, Limit.MESSAGE, 100_000));
    static final Caller CALLER = new Caller("tester", null);

    @Bean
    Fakes.Analyses analyses() {
        return new Fakes.Analyses();
    }

    @Bean
    Fakes.Exports exports() {
        return new Fakes.Exports();
    }

    @Bean
    Fakes.Catalogs catalogs() {
        return new Fakes.Catalogs();
    }

    @Bean
    Fakes.Accounts accounts() {
        return new Fakes.Accounts();
    }

    @Bean
    Fakes.Definitions definitions() {
        return new Fakes.Definitions();
    }

    @Bean
    AnalysisController analysisController(Fakes.Analyses analyses, BatchLoaderRegistry loaders) {
        return new AnalysisController(analyses, Limits.STANDARD, loaders);
    }

    @Bean
    ShapeController shapeController(Fakes.Analyses analyses) {
        return new ShapeController(analyses);
    }

    @Bean
    Fakes.Changes changes() {
        return new Fakes.Changes();
    }

    @Bean
    WhyController whyController(Fakes.Changes changes) {
        return new WhyController(changes);
    }

    @Bean
    Fakes.Impacts impacts() {
        return new Fakes.Impacts();
    }

    @Bean
    ImpactController impactController(Fakes.Impacts impacts) {
        return new ImpactController(impacts);
    }

    @Bean
    Fakes.Separations separations() {
        return new Fakes.Separations();
    }

    @Bean
    SeparationController separationController(Fakes.Separations separations) {
        return new SeparationController(separations);
    }

    @Bean
    Fakes.Predictions predictions() {
        return new Fakes.Predictions();
    }

    @Bean
    PredictionController predictionController(Fakes.Predictions predictions) {
        return new PredictionController(predictions);
    }

    @Bean
    Fakes.Trust trust() {
        return new Fakes.Trust();
    }

    @Bean
    TrustController trustController(Fakes.Trust trust) {
        return new TrustController(trust);
    }

    @Bean
    Fakes.Calibrations calibrations() {
        return new Fakes.Calibrations();
    }

    @Bean
    CalibrationController calibrationController(Fakes.Calibrations calibrations) {
        return new CalibrationController(calibrations);
    }

    @Bean
    Fakes.Guards guards() {
        return new Fakes.Guards();
    }

    @Bean
    GuardController guardController(Fakes.Guards guards) {
        return new GuardController(guards, guards);
    }

    @Bean
    MetricController metricController(Fakes.Catalogs catalogs) {
        return new MetricController(catalogs, SEAL);
    }

    @Bean
    DimensionController dimensionController(Fakes.Catalogs catalogs, BatchLoaderRegistry loaders) {
        return new DimensionController(catalogs, loaders);
    }

    @Bean
    DefinitionController definitionController(Fakes.Definitions definitions) {
        return new DefinitionController(definitions, definitions, definitions);
    }

    @Bean
    AccountController accountController(Fakes.Accounts accounts) {
        return new AccountController(accounts, SEAL);
    }

    @Bean
    Fakes.Overviews overviews() {
        return new Fakes.Overviews();
    }

    @Bean
    AccountOverviewController accountOverviewController(
            Fakes.Overviews overviews, Fakes.Catalogs catalogs) {
        return new AccountOverviewController(overviews, catalogs);
    }

    @Bean
    AccessScopeController accessScopeController() {
        return new AccessScopeController((caller, _) ->
                caller.isScoped()
                        ? List.of()
                        : List.of(
                                new Listed(
                                        new Scope(
                                                "own",
                                                "Own",
                                                "",
                                                "head of success",
                                                "account.csm = caller.email"),
                                        List.of("email"),
                                        null,
                                        null,
                                        null),
                                new Listed(
                                        new Scope(
                                                "pro",
                                                "Pro",
                                                "Who pays",
                                                null,
                                                "account.plan = 'pro'"),
                                        List.of(),
                                        12L,
                                        "bi_pro",
                                        null)));
    }

    @Bean
    Fakes.Alerts alerts() {
        return new Fakes.Alerts();
    }

    @Bean
    AlertController alertController(Fakes.Alerts alerts) {
        return new AlertController(alerts, SEAL);
    }

    @Bean
    AuditController auditController() {
        return new AuditController(
                (_, _, _) -> new AuditUseCase.Outcome.Page(List.of(), false), SEAL);
    }

    @Bean
    CohortController cohortController(Fakes.Catalogs catalogs, Fakes.Definitions definitions) {
        return new CohortController(catalogs, definitions);
    }

    @Bean
    HealthController healthController(Fakes.Analyses analyses) {
        return new HealthController(analyses);
    }

    @Bean
    Fakes.Baselines baselines() {
        return new Fakes.Baselines();
    }

    @Bean
    BaselineController baselineController(Fakes.Baselines baselines) {
        return new BaselineController(baselines);
    }

    @Bean
    SavedQuestionController savedQuestionController(
            Fakes.Catalogs catalogs, Fakes.Analyses analyses) {
        return new SavedQuestionController(catalogs, analyses);
    }

    @Bean
    TargetController targetController(Fakes.Catalogs catalogs, Fakes.Definitions definitions) {
        return new TargetController(catalogs, definitions);
    }

    @Bean
    NodeController nodeController(Fakes.Catalogs catalogs, Fakes.Accounts accounts) {
        return new NodeController(catalogs, accounts);
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
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    PersistedDocuments persistedDocuments() {
        return new PersistedDocuments(
                new RegisteredDocuments(Map.of(), Map.of("how-many", "{ metrics { totalCount } }")),
                false,
                1 << 20);
    }

    @Bean
    RoleCheck roleCheck() {
        return new RoleCheck();
    }

    @Bean
    KeptDocuments keptDocuments() {
        return new KeptDocuments();
    }

    @Bean
    GraphQlSourceBuilderCustomizer answersOneByOne(
            FailureResolver failures,
            BatchLoaderRegistry loaders,
            ObjectProvider<GraphQlSource> source) {
        var answers =
                new AnswersOneByOne(
                        DataFetcherExceptionResolver.createExceptionHandler(List.of(failures)),
                        loaders,
                        () -> source.getObject().graphQl());
        return builder ->
                builder.configureGraphQl(graphQl -> graphQl.subscriptionExecutionStrategy(answers));
    }

    @Bean
    KeptResponses keptResponses(FailureResolver failures, Fakes.Analyses analyses) {
        return new KeptResponses(
                DataFetcherExceptionResolver.createExceptionHandler(List.of(failures)),
                analyses,
                SliceTest.KEPT_RESPONSES);
    }

    @Bean
    GraphQlSourceBuilderCustomizer responses(KeptResponses kept) {
        return builder -> builder.configureGraphQl(graphQl -> graphQl.queryExecutionStrategy(kept));
    }

    @Bean
    GraphQlSourceBuilderCustomizer documents(KeptDocuments kept) {
        return builder ->
                builder.configureGraphQl(graphQl -> graphQl.preparsedDocumentProvider(kept));
    }

    /** As a filter of the service does for each request. */
    @Bean
    OncePerRequestFilter tester(Fakes.SignIn signIn) {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(
                    HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                if (request.getHeader("Nobody") == null) {
                    var caller = caller(request);
                    Authority authority = () -> signIn.look().map(_ -> caller);
                    request.setAttribute(HttpCaller.ATTRIBUTE, caller);
                    request.setAttribute(Authority.ATTRIBUTE, authority);
                }
                chain.doFilter(request, response);
            }
        };
    }

    private static Caller caller(HttpServletRequest request) {
        var role = request.getHeader(ROLE);
        var scope = request.getHeader(SCOPE);
        return role == null && scope == null
                ? CALLER
                : new Caller(
                        "tester",
                        role == null ? Role.ADMIN : Role.valueOf(role),
                        scope == null ? null : new AccessScope(scope));
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
    RequestLimits requestLimits() {
        return new RequestLimits(Limits.STANDARD);
    }

    @Bean
    EventStreams eventStreams(JsonMapper mapper) {
        return new EventStreams(mapper, KEEP_ALIVE);
    }

    @Bean
    JsonEndpoint jsonEndpoint(WebGraphQlHandler requests, JsonMapper mapper, EventStreams streams) {
        return new JsonEndpoint(requests, mapper, Limits.STANDARD, streams);
    }

    @Bean
    AnalyzeEndpoint analyzeEndpoint(
            WebGraphQlHandler requests,
            GraphQlSource schema,
            JsonMapper mapper,
            Fakes.Exports exports) {
        return new AnalyzeEndpoint(
                requests,
                schema,
                mapper,
                Limits.STANDARD,
                exports,
                new ExportLimits(Duration.ofMinutes(1), Duration.ofSeconds(1)));
    }

    @Bean
    @Order(HttpRoutes.ORDER)
    RouterFunction<ServerResponse> routes(JsonEndpoint questions, AnalyzeEndpoint plainQuestions) {
        return HttpRoutes.of(
                "/graphql", questions, plainQuestions.routes().and(SchemaFile.routes()));
    }

    @Bean
    Fakes.Subscriptions subscriptions() {
        return new Fakes.Subscriptions();
    }

    @Bean
    LiveController liveController(Fakes.Subscriptions subscriptions) {
        return new LiveController(subscriptions, (_, _, _, _) -> () -> {}, LIVE_LIMITS);
    }

    /** The clock of sockets, in nanoseconds, which stands still unless a test moves it. */
    @Bean
    AtomicLong socketClock() {
        return new AtomicLong();
    }

    @Bean
    GraphqlSockets graphqlSockets(
            WebGraphQlHandler requests,
            JsonMapper mapper,
            Fakes.SignIn signIn,
            AtomicLong socketClock) {
        return new GraphqlSockets(
                requests,
                mapper,
                LIVE_LIMITS,
                new Credentials(signIn, null),
                new CallerPace(8, SliceTest.OPERATIONS_OF_ONE, () -> 0),
                new Times(
                        SliceTest.INITIALISATION,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(1)),
                socketClock::get);
    }

    @Bean
    Fakes.SignIn signIn() {
        return new Fakes.SignIn();
    }

    @Bean
    WebSocketHandlerMapping socketMapping(GraphqlSockets sockets) {
        return sockets.at("/graphql");
    }

    @Bean
    ContentTypeCheck contentTypeCheck(JsonMapper mapper) {
        return new ContentTypeCheck(mapper);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> plainErrorReports() {
        return PlainErrorReport::useIn;
    }

    /** A server that by itself would give up before the time limit. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> impatience() {
        return tomcat ->
                tomcat.addConnectorCustomizers(
                        connector -> connector.setAsyncTimeout(BRIEF.toMillis() / 2));
    }

    /** Keeps what Spring found out about the schema and its fetchers. */
    @Bean
    AtomicReference<SchemaReport> schemaReport() {
        return new AtomicReference<>();
    }

    @Bean
    GraphQlSourceBuilderCustomizer inspection(AtomicReference<SchemaReport> schemaReport) {
        return builder ->
                builder.inspectSchemaMappings(
                        types ->
                                types.classMapping("Metric", MetricOutput.class)
                                        .classMapping("Account", AccountOutput.class)
                                        .classMapping("Cohort", CohortOutput.class),
                        schemaReport::set);
    }

    @Bean
    WebGraphQlInterceptor timeLimit() {
        var patient = new TimeLimit(PATIENT);
        var brief = new TimeLimit(BRIEF);
        return (request, chain) ->
                (request.getHeaders().containsHeader(IN_A_HURRY) ? brief : patient)
                        .intercept(request, chain);
    }
}
