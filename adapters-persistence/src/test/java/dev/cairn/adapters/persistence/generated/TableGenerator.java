package dev.cairn.adapters.persistence.generated;

import dev.cairn.adapters.persistence.MigratedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Target;

/** Writes the classes of the fixed tables, from the changelog. Run it after a change of the changelog: {@code main} writes what is checked in. */
final class TableGenerator {
    static final Path CHECKED_IN = Path.of("src/generated/java");
    private static final String PACKAGE = TableGenerator.class.getPackageName();

    private TableGenerator() {}

    public static void main(String[] arguments) throws Exception {
        generateInto(arguments.length == 0 ? CHECKED_IN : Path.of(arguments[0]));
        System.exit(0); // the embedded server's threads would keep the program alive
    }

    static void generateInto(Path folder) throws Exception {
        try (var database = new MigratedDatabase();
                Connection connection = database.dataSource().getConnection()) {
            var tool = new GenerationTool();
            tool.setConnection(connection);
            tool.run(new Configuration().withGenerator(new Generator()
                    .withDatabase(new Database()
                            .withName("org.jooq.meta.postgres.PostgresDatabase")
                            .withInputSchema("public")
                            .withOutputSchemaToDefault(true)
                            .withExcludes("databasechangelog.*")
                            .withForcedTypes(
                                    new ForcedType().withName("INSTANT").withIncludeTypes("timestamptz|timestamp with time zone"),
                                    new ForcedType()
                                            .withUserType("java.time.LocalDate")
                                            .withBinding("dev.cairn.adapters.persistence.type.LocalDates")
                                            .withIncludeTypes("date")))
                    .withGenerate(new Generate()
                            .withRecords(false)
                            .withGeneratedAnnotation(false)
                            .withGlobalCatalogReferences(false)
                            .withGlobalSchemaReferences(false)
                            .withIndexes(false)
                            .withRelations(false)
                            .withComments(false))
                    .withTarget(new Target().withPackageName(PACKAGE).withDirectory(folder.toString()))));
        }
        for (Path withClasses : packagesBeneath(folder)) {
            Files.writeString(
                    withClasses.resolve("package-info.java"),
                    """
                    /** Generated: the tables of the changelog. */
                    @NullMarked
                    package %s;

                    import org.jspecify.annotations.NullMarked;
                    """
                            .formatted(folder.relativize(withClasses).toString().replace('/', '.')));
        }
    }

    private static List<Path> packagesBeneath(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(Path::getParent).distinct().toList();
        }
    }
}
