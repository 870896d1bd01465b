/** How far predictions may be off. */
@org.jspecify.annotations.NullMarked
package dev.infermark.deploy.uncertainty;
