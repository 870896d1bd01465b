/** How JSON files are read: into records, with every refusal in one line that names file, key and remedy. */
@org.jspecify.annotations.NullMarked
package dev.infermark.json;
