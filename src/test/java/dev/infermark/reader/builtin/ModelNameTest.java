package dev.infermark.reader.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {

    @ParameterizedTest
    @CsvSource({
        "NousResearch/Llama-2-13b-chat-hf,llama-2-13b",
        "llama2_7b,llama-2-7b",
        "Meta-Llama-3.1-70B-Instruct,llama-3.1-70b",
        "unsloth/Llama-3.2-3B-Instruct,llama-3.2-3b",
        "CodeLlama-34b-Instruct-hf,codellama-34b",
        "Mistral-7B-Instruct-v0.3,mistral-7b-v0.3",
        "mistral-7b-instruct,mistral-7b",
        "Qwen2.5-14B-Instruct,qwen2.5-14b",
        "gemma-2-9b-it,gemma-2-9b",
        "FLAN T5 XL,flan-t5-xl",
        "gptj-6B,gpt-j-6b",
        "vit-b/16,vit-base-patch16-224"
    })
    void findsANetworkUnderItsOtherSpellings(String spelling, String name) {
        assertEquals(name, Catalogue.shared().find(spelling).orElseThrow().name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"arcee-ai/Trinity-Mini", "databricks/dbrx-instruct", "DeepMind/Multimodal Perceiver"})
    void refusesByReasonHoweverTheNameIsSpelled(String name) {
        assertThrows(Refusal.class, () -> Catalogue.shared().find(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-3-7b", "t5", "chat", "-hf", "16", "CodeLlama-7b-Python-hf"})
    void takesNoOtherNetworkForOne(String name) {
        assertTrue(Catalogue.shared().find(name).isEmpty());
    }
}
