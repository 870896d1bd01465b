package dev.infermark.reader.rewrite;

import dev.infermark.graph.Node;
import java.util.List;
import java.util.Optional;

/** Recognises one way in which exporters decompose an operator. */
interface Rule {

    /**
     * What to put in place of a node.
     *
     * @param last the node that a match would end with
     * @param pattern looks at what the node's inputs come from
     * @return nodes of which the last writes what the given one wrote; empty where the rule does not apply
     */
    Optional<List<Node>> apply(Node last, Pattern pattern);
}
