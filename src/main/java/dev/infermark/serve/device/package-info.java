/** The modelled device: requests queue for it in modelled time, and it says what it executed. */
@org.jspecify.annotations.NullMarked
package dev.infermark.serve.device;
