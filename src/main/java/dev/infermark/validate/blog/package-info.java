/** The table of the AWS blog post that introduced Inferentia2: a held-out test that nothing is calibrated on. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate.blog;
