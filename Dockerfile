# syntax=docker/dockerfile:1
# Cairn in a container: docs/operations.md#containers. Built from a checkout: docker build --build-arg COMMIT=$(git describe --always) -t cairn:0.1.0 .

FROM maven:3.9-eclipse-temurin-25 AS build
ARG COMMIT=
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -q -Dmaven.test.skip=true -Dbuilt.commit="$COMMIT" -Psbom -pl bootstrap -am package
# Layers by how often they change: what others made, then Cairn.
RUN java -Djarmode=tools -jar bootstrap/target/cairn.jar extract --layers --destination /layers

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Cairn" \
    org.opencontainers.image.version="0.1.0"
RUN groupadd --gid 10001 cairn \
    && useradd --uid 10001 --gid cairn --home-dir /data --shell /usr/sbin/nologin --no-log-init cairn \
    && install -d -o cairn -g cairn -m 700 /data \
    && install -d -o cairn -g cairn /app
WORKDIR /app
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/spring-boot-loader/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
USER 10001:10001
ENV LC_ALL=C.UTF-8
# What the JVM loads is kept in a cache, made by a run of this very JVM on these very files.
RUN java -XX:AOTCacheOutput=/app/cairn.aot --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -jar /app/cairn.jar rehearse --data-dir /tmp/rehearsal --set server.port=0 --set cairn.postgres.port=0 \
    && rm -rf /tmp/rehearsal
# Others can reach a container, so that Cairn refuses to start until it is set how they sign in. Secrets are files: one named
# spring.datasource.password holds the password.
ENV SERVER_ADDRESS=0.0.0.0 \
    CAIRN_DATADIR=/data \
    SPRING_CONFIG_IMPORT=optional:configtree:/run/secrets/ \
    SPRING_PROFILES_ACTIVE=production
EXPOSE 8080
VOLUME /data
# Time to let requests end: docker stop --time 60.
STOPSIGNAL SIGTERM
# curl is in the base image; a certificate of one's own is no reason to be taken for ill.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["sh", "-c", "curl -fs http://127.0.0.1:8080/health/ready || curl -fsk https://127.0.0.1:8080/health/ready"]
ENTRYPOINT ["java", "-XX:AOTCache=/app/cairn.aot", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/app/cairn.jar"]
CMD ["serve"]
