using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Encoders;

[TestClass]
public sealed class BertEncoderTests
{
    private const EncoderFields Everything = EncoderFields.PooledOutput | EncoderFields.HiddenStates | EncoderFields.Attentions;

    [TestMethod]
    public void Hidden_states_attentions_and_pooled_output_equal_transformers()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var encoder = Load(TestPaths.Fixture("bert"));
        using var expected = new ReferenceTensors(TestPaths.Fixture("bert", "expected.safetensors"));
        CompareAll(encoder.Encode(expected.Batch(), Everything), expected, "", 3e-5);
    }

    [TestMethod]
    public void Without_padding_no_mask_is_needed()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var encoder = Load(TestPaths.Fixture("bert"));
        using var expected = new ReferenceTensors(TestPaths.Fixture("bert", "expected.safetensors"));
        using var batch = new TokenBatch(expected["input_ids"].narrow(0, 0, 1), null, expected["token_type_ids"].narrow(0, 0, 1));
        Assert.IsFalse(batch.HasPadding);
        expected.IsClose("no_mask.last_hidden_state", encoder.Encode(batch, EncoderFields.None).LastHiddenState, 3e-5);
    }

    [TestMethod]
    public void MiniLM_equals_transformers_on_a_padded_pair()
    {
        var folder = TestPaths.Shared("models", "all-MiniLM-L6-v2");
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var encoder = Load(folder);
        using var expected = new ReferenceTensors(TestPaths.Shared("reference", "minilm", "expected.safetensors"));
        CompareAll(encoder.Encode(expected.Batch("pair."), Everything), expected, "pair.", 1e-4);
    }

    [TestMethod]
    public void Gradients_do_not_depend_on_what_else_was_asked_for()
    {
        using var scope = NewDisposeScope();
        using var encoder = Load(TestPaths.Fixture("bert"));
        using var expected = new ReferenceTensors(TestPaths.Fixture("bert", "expected.safetensors"));
        using var batch = expected.Batch();
        encoder.Encode(batch, EncoderFields.None).LastHiddenState.square().sum().backward();
        var gradients = encoder.named_parameters().Where(p => p.parameter.grad is not null)
            .ToDictionary(p => p.name, p => ReferenceTensors.Values(p.parameter.grad!));
        encoder.zero_grad();
        encoder.Encode(batch, Everything).LastHiddenState.square().sum().backward();
        Assert.IsGreaterThan(30, gradients.Count);
        foreach (var (name, parameter) in encoder.named_parameters().Where(p => gradients.ContainsKey(p.name)))
            CollectionAssert.AreEqual(gradients[name], ReferenceTensors.Values(parameter.grad!), name);
    }

    [TestMethod]
    public void Parameters_have_the_checkpoints_names()
    {
        using var files = ModelFiles.FromDirectory(TestPaths.Fixture("bert"));
        using var encoder = TextEncoders.Create(ModelConfig.Read(files), pooler: true);
        using var weights = files.OpenSafetensors(ModuleWeights.FileName);
        CollectionAssert.AreEquivalent(weights.Tensors.Keys.ToArray(), encoder.named_parameters().Select(p => p.name).ToArray());
    }

    [TestMethod]
    public void A_text_longer_than_the_positions_is_refused()
    {
        using var scope = NewDisposeScope();
        using var encoder = Load(TestPaths.Fixture("bert"));
        using var batch = new TokenBatch(ones(1, 65, dtype: int64));
        var error = Assert.ThrowsExactly<ArgumentException>(() => encoder.Encode(batch, EncoderFields.None));
        StringAssert.Contains(error.Message, "65 tokens");
        StringAssert.Contains(error.Message, "64 positions");
    }

    [TestMethod]
    public void A_token_outside_the_vocabulary_is_refused()
    {
        using var scope = NewDisposeScope();
        using var encoder = Load(TestPaths.Fixture("bert"));
        using var batch = new TokenBatch(full([1, 3], 1000, dtype: int64));
        var error = Assert.ThrowsExactly<ArgumentException>(() => encoder.Encode(batch, EncoderFields.None));
        StringAssert.Contains(error.Message, "token id 1000");
    }

    [TestMethod]
    public void An_encoder_without_pooler_says_so()
    {
        using var scope = NewDisposeScope();
        using var files = ModelFiles.FromDirectory(TestPaths.Fixture("bert"));
        using var encoder = TextEncoders.Create(ModelConfig.Read(files), pooler: false);
        using var batch = new TokenBatch(ones(1, 3, dtype: int64));
        Assert.ThrowsExactly<InvalidOperationException>(() => encoder.Encode(batch, EncoderFields.PooledOutput));
    }

    [TestMethod]
    public void An_unknown_architecture_is_named_beside_the_known_ones()
    {
        using var files = ModelFiles.FromDirectory(TestPaths.Fixture("bert"));
        var config = ModelConfig.Read(files) with { ModelType = "mamba" };
        var error = Assert.ThrowsExactly<NotSupportedException>(() => TextEncoders.Create(config, pooler: true));
        StringAssert.Contains(error.Message, "mamba");
        StringAssert.Contains(error.Message, "bert");
    }

    private static TextEncoder Load(string folder)
    {
        using var files = ModelFiles.FromDirectory(folder);
        var encoder = TextEncoders.Create(ModelConfig.Read(files), pooler: true);
        ModuleWeights.Load(encoder, files);
        encoder.eval();
        return encoder;
    }

    private static void CompareAll(EncoderOutput actual, ReferenceTensors expected, string prefix, double tolerance)
    {
        expected.IsClose(prefix + "pooler_output", actual.PooledOutput!, tolerance);
        for (var i = 0; i < actual.HiddenStates!.Count; i++)
            expected.IsClose($"{prefix}hidden_states.{i}", actual.HiddenStates[i], tolerance);
        for (var i = 0; i < actual.Attentions!.Count; i++)
            expected.IsClose($"{prefix}attentions.{i}", actual.Attentions[i], Math.Min(tolerance, 1e-5));
        Assert.HasCount(actual.Attentions.Count + 1, actual.HiddenStates);
        Close.AreClose(ReferenceTensors.Values(actual.HiddenStates[^1]), ReferenceTensors.Values(actual.LastHiddenState), 0);
    }
}
