/** What each effect of the model brings: errors when it is removed and the rest is fitted again. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate.ablate;
