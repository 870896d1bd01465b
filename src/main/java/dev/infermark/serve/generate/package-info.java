/** Text generation on the modelled device: requests that share its batches, token by token. */
@org.jspecify.annotations.NullMarked
package dev.infermark.serve.generate;
