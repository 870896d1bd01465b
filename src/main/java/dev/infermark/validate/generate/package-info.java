/** Text generation beside what was published of it: scenarios, fits, errors. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate.generate;
