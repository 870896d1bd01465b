/** The vendor's timings of single kernels beside the modelled ones. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate.micro;
