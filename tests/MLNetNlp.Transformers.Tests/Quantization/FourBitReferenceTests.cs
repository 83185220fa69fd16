using System.Text.Json.Nodes;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Quantization;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Quantization;

/// <summary>What bitsandbytes packs, restores and computes.</summary>
[TestClass]
public sealed class FourBitReferenceTests
{
    [TestMethod]
    public void Codes_and_the_map_of_scales_are_bitsandbytes()
    {
        using var reference = Reference();
        foreach (var kind in Enum.GetValues<QuantizationKind>())
            CollectionAssert.AreEqual(ReferenceTensors.Values(reference[$"{kind.ToString().ToLowerInvariant()}.code_kernel"]), FourBitCode.Of(kind).Values.ToArray());
        CollectionAssert.AreEqual(ReferenceTensors.Values(reference["dynamic_map_signed"]), DynamicMap.Values.ToArray());
    }

    [TestMethod]
    public void Packed_bytes_scales_and_restored_weights_are_bitsandbytes()
    {
        using var scope = NewDisposeScope();
        using var reference = Reference();
        var cases = JsonNode.Parse(File.ReadAllText(TestPaths.Fixture("quantization", "fourbit.json")))!["cases"]!.AsObject();
        Assert.IsGreaterThan(10, cases.Count);
        foreach (var (name, figures) in cases)
        {
            var kind = Enum.Parse<QuantizationKind>((string)figures!["quant_type"]!, ignoreCase: true);
            QuantizationOptions options = new() { Kind = kind, BlockSize = (int)figures["blocksize"]!, DoubleQuantization = false };
            var weight = reference[name.Split('.')[0] + ".weight"];
            using var packed = QuantizedWeight.Create(weight, options);
            var scales = ReferenceTensors.Values(reference[$"{name}.absmax"]);
            CollectionAssert.AreEqual(scales, ReferenceTensors.Values(packed.Scales), $"{name}: scales");
            if (kind == QuantizationKind.Nf4)
                CollectionAssert.AreEqual(reference[$"{name}.packed"].bytes.ToArray(), packed.Packed.bytes.ToArray(), $"{name}: bytes");
            reference.IsClose($"{name}.dequantized", packed.Dequantize(), 1e-6 * scales.Max());

            if (!reference.Names.Contains($"{name}.nested.absmax_u8"))
                continue;
            using var twice = QuantizedWeight.Create(weight, options with { DoubleQuantization = true });
            var nested = twice.Nested!.Value;
            reference.IsClose($"{name}.nested.absmax2", nested.Scales, 1e-7 * scales.Max());
            reference.IsClose($"{name}.nested.offset", nested.Offset, 1e-6 * scales.Max());
            // The library's own rounding of scales is approximate near a middle; the distance is in the figures.
            var expected = reference[$"{name}.nested.absmax_u8"].bytes.ToArray();
            var differing = expected.Zip(nested.Bytes.bytes.ToArray()).Count(pair => pair.First != pair.Second);
            var known = (int)figures["nested_index_mismatches_vs_nearest"]!;
            if (ReferenceTensors.Values(reference[$"{name}.nested.absmax2"]).All(scale => scale > 0))
                Assert.IsLessThanOrEqualTo(known, differing, $"{name}: bytes of the scales");
            if (differing == 0)
            {
                reference.IsClose($"{name}.nested.absmax_restored", twice.Scales, 1e-6 * scales.Max());
                reference.IsClose($"{name}.nested.dequantized", twice.Dequantize(), 1e-6 * scales.Max());
            }
        }
    }

    [TestMethod]
    [DataRow("linear4bit")]
    [DataRow("linear4bit_double")]
    public void A_packed_layer_with_LoRA_computes_and_learns_what_QLoRA_does(string name)
    {
        using var scope = NewDisposeScope();
        using var reference = Reference();
        using var layer = new ReferenceTensors(TestPaths.Fixture("quantization", $"{name}.safetensors"));
        var state = JsonNode.Parse(File.ReadAllText(TestPaths.Fixture("quantization", "fourbit.json")))![name]!["quant_state_json"]!;
        var isDouble = name.EndsWith("double", StringComparison.Ordinal);
        using var dense = new Dense(64, 32);
        using (no_grad())
            dense.get_parameter("bias")!.copy_(layer["bias"]);
        dense.Pack(new QuantizedWeight([32, 64], new QuantizationOptions(), layer["weight"], layer["weight.absmax"],
            isDouble ? (layer["weight.nested_absmax"], tensor(new[] { (float)(double)state["nested_offset"]! })) : null));
        dense.get_parameter("bias")!.requires_grad = false;
        var input = reference[$"{name}.x"].requires_grad_();
        reference.IsClose($"{name}.y", dense.forward(input), 1e-5);

        using var weight = zeros(32, 64);
        var lora = new LoraLayer(new LoraShape(weight, 4, 2, LoraInitialization.Default), 0);
        foreach (var (tensor, value) in lora.Tensors)
        {
            using var noGradients = no_grad();
            value.copy_(reference[$"qlora.{name}.{tensor[5]}"]);
        }

        ((IAdaptableLayer)dense).Adapter = lora;
        var output = dense.forward(input);
        reference.IsClose($"qlora.{name}.y", output, 1e-5);
        (output * reference[$"qlora.{name}.grad_output"]).sum().backward();
        IsNear($"qlora.{name}.grad_x", input.grad!);
        IsNear($"qlora.{name}.grad_A", lora.Tensors[0].Value.grad!);
        IsNear($"qlora.{name}.grad_B", lora.Tensors[1].Value.grad!);
        lora.Dispose();

        void IsNear(string tensor, Tensor actual) => reference.IsClose(tensor, actual, 1e-4 * reference[tensor].abs().max().item<float>());
    }

    private static ReferenceTensors Reference() => new(TestPaths.Fixture("quantization", "fourbit.safetensors"));
}
