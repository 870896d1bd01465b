package dev.infermark.report.plan;

import dev.infermark.hardware.PriceBook;
import dev.infermark.plan.Plan;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Section;
import java.util.ArrayList;
import java.util.List;

/** What to rent for some models: the choice, the best of each instance, and the Pareto front. */
public final class PlanSection {

    /**
     * A model with what was found for it.
     *
     * @param name of the model
     * @param plan its deployments, at full load
     */
    public record Planned(String name, Plan plan) {}

    private PlanSection() {}

    /** The section, with prices of one book. */
    public static Section of(List<Planned> models, PriceBook book) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text("All instances, cores, clients, batches and types are searched, with " + book.name()
                + " prices of " + book.region() + ". The cheapest deployment of a million inferences is seldom the"
                + " fastest: the front has those that no other beats in both."));
        for (Planned model : models) {
            String name = "plan-" + model.name();
            blocks.add(new Block.Text(model.name() + ": "
                    + PlanReport.answer(model.plan()).strip().replace("\n", ". ") + "."));
            blocks.add(new Block.Figures(List.of(new Block.Figure(
                    ParetoPlot.scatter(name, model.name() + ", deployments of a million inferences", model.plan()),
                    "modelled by Infermark",
                    name + "-front"))));
            blocks.add(new Block.Grid(name + "-instances", "The cheapest deployment of " + model.name()
                    + " on each instance", PlanReport.offers(model.plan().bestOfEachInstance(), model.plan())));
            blocks.add(new Block.Grid(name + "-front", "The Pareto front of " + model.name(),
                    PlanReport.offers(model.plan().front(), model.plan())));
        }
        return Section.detail("plan", "What to rent for the blog's models", blocks);
    }
}
