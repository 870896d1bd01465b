/** The OpenAI API for completions and chats, answered with placeholder tokens at the modelled times. */
@org.jspecify.annotations.NullMarked
package dev.infermark.serve.openai;
