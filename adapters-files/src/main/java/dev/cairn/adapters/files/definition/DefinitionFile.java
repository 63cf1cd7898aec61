package dev.cairn.adapters.files.definition;

/**
 * A file of definitions.
 *
 * @param name as problems show it
 */
public record DefinitionFile(String name, String text) {}
