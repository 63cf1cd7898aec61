package dev.cairn.bootstrap;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Everything that makes up Cairn; started by the command line, as a service or for one command. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class CairnApplication {}
