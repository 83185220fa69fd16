using MLNetNlp.Transformers.Training;

namespace MLNetNlp.Transformers.Tests.Training;

[TestClass]
public sealed class ParameterDepthTests
{
    [TestMethod]
    [DataRow("bert.embeddings.word_embeddings.weight", ParameterDepth.Embeddings)]
    [DataRow("embeddings.LayerNorm.bias", ParameterDepth.Embeddings)]
    [DataRow("bert.encoder.layer.0.attention.self.key.bias", 0)]
    [DataRow("encoder.layer.11.output.dense.weight", 11)]
    [DataRow("bert.pooler.dense.weight", ParameterDepth.Head)]
    [DataRow("classifier.weight", ParameterDepth.Head)]
    public void A_name_tells_the_depth(string name, int depth) => Assert.AreEqual(depth, ParameterDepth.Of(name));
}
