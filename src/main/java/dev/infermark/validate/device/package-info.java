/** Profiles of language models on the device alone beside the modelled ones. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate.device;
