package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.http.ContentTypeCheck;
import dev.cairn.adapters.graphql.http.HostCheck;
import dev.cairn.adapters.graphql.http.PlainErrorReport;
import dev.cairn.adapters.graphql.http.Proxies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Rules for every answer over HTTP. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class WebConfiguration {

    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders() {
        var registration = new FilterRegistrationBean<>(new SecurityHeaders());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<HostCheck> hostCheck(CairnSettings settings, JsonMapper json) {
        var check =
                new HostCheck(
                        settings.hosts(), settings.origins(), new Proxies(settings.proxy()), json);
        var registration = new FilterRegistrationBean<>(check);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    ContentTypeCheck contentTypeCheck(JsonMapper json) {
        return new ContentTypeCheck(json);
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> plainErrorReports() {
        return PlainErrorReport::useIn;
    }

    /** Answers are private to whoever asked: no sniffing of their type, no caching. */
    static final class SecurityHeaders extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Cache-Control", "private, no-store");
            chain.doFilter(request, response);
        }
    }
}
