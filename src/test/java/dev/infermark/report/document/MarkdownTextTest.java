package dev.infermark.report.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTextTest {
    @Test
    void namesInSentencesMeanNothingToMarkdown() {
        String words = "Measured on <script>x</script> [a](http://b) @octocat `c`\n# heading";
        String text = MarkdownText.write(new Document(
                "t", "q", "a", List.of(Section.front("s", "s", List.of(new Block.Text(words))))));

        assertFalse(text.contains("<script>"), text);
        assertFalse(text.contains("@octocat"), text);
        assertFalse(text.contains("[a]("), text);
        assertEquals(1, text.lines().filter(line -> line.startsWith("# ")).count());
    }

    @Test
    void longSentencesAreNotCut() {
        String words = "word ".repeat(400).strip() + " end.";
        String text = MarkdownText.write(new Document(
                "t", "q", "a", List.of(Section.front("s", "s", List.of(new Block.Text(words))))));
        assertTrue(text.contains("word end."), text);
    }
}
