/** Infermark: how fast and at what cost a neural network runs on AWS Inferentia. */
@org.jspecify.annotations.NullMarked
package dev.infermark;
