package dev.infermark.runtime.compiled;

import java.util.Optional;

/**
 * Where a compiled network comes from.
 *
 * @param tool name and version of the program that compiled it
 * @param command the command as it was given
 * @param model the model's name, or its file
 * @param modelSha256 SHA-256 of the model's file; empty for built-in models and folders
 * @param parametersSha256 SHA-256 of the fitted parameters that were in use
 */
public record Provenance(
        String tool, String command, String model, Optional<String> modelSha256, String parametersSha256) {}
