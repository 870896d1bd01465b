/** Transformers described by a Hugging Face {@code config.json}, as graphs of what the forward pass computes. */
@org.jspecify.annotations.NullMarked
package dev.infermark.reader.huggingface;
