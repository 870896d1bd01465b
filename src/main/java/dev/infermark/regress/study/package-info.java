/** Measures how often the rules raise false alarms and how often they find a true change. */
@org.jspecify.annotations.NullMarked
package dev.infermark.regress.study;
