/**
 * From a network to the latency, throughput, cost and uncertainty of an instance that serves it.
 *
 * <p>{@link dev.infermark.deploy.Quoter} is the only path to an answer:
 *
 * <pre>{@code
 * Catalog catalog = Catalog.builtIn();
 * Instance instance = catalog.instance("inf2.xlarge");
 * Network network = Network.of(
 *         Models.find("bert-base-uncased"), Workload.ofBatch(4).withSequenceLength(128), CustomSupport.NONE);
 * Quote quote = Quoter.builtIn().quote(
 *         network,
 *         new Deployment(instance, new Parallelism.Replicated(2), 1, SdkVersion.NEWEST),
 *         Precision.compilerDefault(DataType.FP32, instance.chip().core()),
 *         catalog.priceBook("on-demand"));
 * }</pre>
 *
 * <ul>
 *   <li>A {@link dev.infermark.deploy.Network} is a graph with the batch of one call, which is stated nowhere else. It
 *       is lowered once for each core and precision, so keep it to ask again: another instance, more workers or another
 *       release of the SDK then cost microseconds. Another batch is another network; keep one for each.
 *   <li>A {@link dev.infermark.deploy.Deployment} says where and how:
 *       {@link dev.infermark.graph.Parallelism} is a whole copy on each core, or one copy split over several.
 *   <li>A {@link dev.infermark.deploy.Prediction} has {@link dev.infermark.deploy.Phase phases}: one for an encoder.
 *   <li>A {@link dev.infermark.deploy.Quote} adds interval and cost; {@code Quoter.predict} alone needs no price.
 *   <li>What cannot be answered is refused by a {@link dev.infermark.base.UserError} of one line.
 * </ul>
 *
 * <p>Quoter and Network are safe for use by several threads; everything else is immutable.
 */
@org.jspecify.annotations.NullMarked
package dev.infermark.deploy;
