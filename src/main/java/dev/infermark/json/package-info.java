/** How JSON files are read: into records, with every refusal in one line that names file, key and mend. */
@org.jspecify.annotations.NullMarked
package dev.infermark.json;
