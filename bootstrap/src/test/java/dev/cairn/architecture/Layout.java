package dev.cairn.architecture;

/** The packages of Cairn below a root: the real one, or that of a fixture which breaks a rule. */
record Layout(String root) {
    static final Layout CAIRN = new Layout("dev.cairn");

    static Layout fixture(String name) {
        return new Layout("dev.cairn.fixture." + name);
    }

    String everything() {
        return root + "..";
    }

    String domain() {
        return root + ".domain..";
    }

    String application() {
        return root + ".application..";
    }

    String portsIn() {
        return root + ".application.port.in..";
    }

    String portsOut() {
        return root + ".application.port.out..";
    }

    /** What ports in both directions share. */
    String sharedPorts() {
        return root + ".application.port";
    }

    String ports() {
        return root + ".application.port..";
    }

    String services() {
        return root + ".application.service..";
    }

    String adapters() {
        return root + ".adapters..";
    }

    String eachAdapter() {
        return root + ".adapters.(*)..";
    }

    String graphql() {
        return root + ".adapters.graphql..";
    }

    String terminal() {
        return root + ".adapters.terminal..";
    }

    String persistence() {
        return root + ".adapters.persistence..";
    }

    String generated() {
        return root + ".adapters.persistence.generated..";
    }

    String bootstrap() {
        return root + ".bootstrap..";
    }

    String wiring() {
        return root + ".bootstrap.wiring..";
    }

    /** Starts the embedded database: it has to connect to it before anybody else can. */
    String embeddedDatabase() {
        return root + ".bootstrap.database..";
    }

    String testkit() {
        return root + ".testkit..";
    }

    String testDatabases() {
        return root + ".testkit.database..";
    }

    String reference() {
        return root + ".testkit.reference..";
    }

    String opinion() {
        return root + ".testkit.opinion..";
    }

    String testData() {
        return root + ".testkit.data..";
    }
}
