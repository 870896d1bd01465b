package dev.infermark.cli;

import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quoter;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Workload;

/**
 * A call of a model in one deployment, before it is settled which of the model's graphs it runs.
 *
 * @param source the model
 * @param workload what the call carries
 * @param custom operators of the user
 * @param quoter what predicts
 * @param deployment where and how often the network is loaded
 * @param precision the types it computes in
 */
record Call(
        ModelSource source,
        Workload workload,
        CustomSupport custom,
        Quoter quoter,
        Deployment deployment,
        Precision precision) {

    /** The behaviour of a network of the model. */
    Prediction predict(Network network) {
        return quoter.predict(network, deployment, precision);
    }
}
