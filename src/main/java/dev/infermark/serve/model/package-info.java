/** What is served: models with the tensors they take and give, as the protocol names them. */
@org.jspecify.annotations.NullMarked
package dev.infermark.serve.model;
