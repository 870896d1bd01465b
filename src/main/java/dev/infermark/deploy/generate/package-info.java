/** Generating text token by token on a group of cores: prefill, decode, memory, and what of it is fitted. */
@org.jspecify.annotations.NullMarked
package dev.infermark.deploy.generate;
