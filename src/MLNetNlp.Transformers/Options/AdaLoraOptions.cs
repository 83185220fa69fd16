using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Encoders;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>AdaLoRA: LoRA in the form of a singular value decomposition, whose training gives more ranks to the layers that need them.</summary>
/// <remarks>
/// Zhang et al. 2023, "AdaLoRA: Adaptive Budget Allocation for Parameter-Efficient Fine-Tuning". Each target layer <c>W</c> becomes
/// <c>W + (alpha / initial rank) * B E A</c>. Training begins with <see cref="InitialRank"/> everywhere and takes ranks away where they matter least, until there are
/// <see cref="TargetRank"/> a layer on average. A run that ends early, or goes back to weights from before that, keeps more. Reads and writes Hugging Face PEFT's files.
/// </remarks>
public sealed record AdaLoraOptions : AdapterOptions
{
    /// <summary>Rank of every layer before training takes some away. Default 12.</summary>
    public int InitialRank { get; init; } = 12;

    /// <summary>The rank that is left in the end, on average over the layers. Default 8; at most <see cref="InitialRank"/>.</summary>
    public int TargetRank { get; init; } = 8;

    /// <summary>Scales the update by <c>Alpha / InitialRank</c>. Default 8.</summary>
    public float Alpha { get; init; } = 8;

    /// <summary>Probability with which an input of A is dropped in training. Default 0; below 1.</summary>
    public double Dropout { get; init; }

    /// <summary>Share of a number's past sensitivity in its mean: above 0, below 1. Default 0.85.</summary>
    public double Beta1 { get; init; } = 0.85;

    /// <summary>Share of a number's past uncertainty in its mean: above 0, below 1. Default 0.85.</summary>
    public double Beta2 { get; init; } = 0.85;

    /// <summary>Steps at the beginning in which all ranks stay. Default 0.</summary>
    public int TInit { get; init; }

    /// <summary>Steps at the end in which the ranks that are left train on. Default 0.</summary>
    public int TFinal { get; init; }

    /// <summary>Steps from one allocation to the next. Default 1.</summary>
    public int DeltaT { get; init; } = 1;

    /// <summary>Weight of the loss that keeps A and B orthogonal; at least 0. Default 0.5.</summary>
    public double OrthogonalWeight { get; init; } = 0.5;

    /// <summary>The layers, as in <see cref="LoraOptions.Targets"/>. Default null: the attention's query and value.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>Instead of <see cref="Targets"/>: a regular expression that the whole name of a layer must match. Default null.</summary>
    public string? TargetPattern { get; init; }

    /// <summary>Layers that are left out although they match: full names or ends of names. Default: none.</summary>
    public IReadOnlyList<string> ExcludedTargets { get; init; } = [];

    /// <summary>Numbers of the encoder layers to adapt, from 0; with <see cref="Targets"/> only. Default: all of them.</summary>
    public IReadOnlyList<int> Layers { get; init; } = [];

    /// <summary>The ranks that training left in an adapter that is loaded, by the full name of a layer; others have the initial one.</summary>
    public IReadOnlyDictionary<string, int> Ranks { get; init; } = new Dictionary<string, int>();

    /// <summary>The learning rate where none is given: 2e-2.</summary>
    public override double DefaultLearningRate => 2e-2;

    internal override string PeftType => "ADALORA";

    internal override LayerTargets LayerTargets => AsLora.LayerTargets;

    /// <summary>What it has in common with LoRA.</summary>
    internal LoraOptions AsLora => new()
    {
        Alpha = Alpha,
        Dropout = Dropout,
        Targets = Targets,
        TargetPattern = TargetPattern,
        ExcludedTargets = ExcludedTargets,
        Layers = Layers,
        ModulesToSave = ModulesToSave,
    };

    /// <inheritdoc/>
    public override void Validate()
    {
        OptionCheck.That(InitialRank >= 1, InitialRank, "1 or more", this);
        OptionCheck.That(TargetRank >= 1 && TargetRank <= InitialRank, TargetRank, $"a number from 1 to {nameof(InitialRank)}, {InitialRank},", this);
        OptionCheck.That(float.IsFinite(Alpha) && Alpha != 0, Alpha, "a finite number other than 0", this);
        OptionCheck.That(Dropout is >= 0 and < 1, Dropout, "a number from 0 to below 1", this);
        OptionCheck.That(Beta1 is > 0 and < 1, Beta1, "a number above 0 and below 1", this);
        OptionCheck.That(Beta2 is > 0 and < 1, Beta2, "a number above 0 and below 1", this);
        OptionCheck.That(TInit >= 0, TInit, "0 or more", this);
        OptionCheck.That(TFinal >= 0, TFinal, "0 or more", this);
        OptionCheck.That(DeltaT >= 1, DeltaT, "1 or more", this);
        OptionCheck.That(OrthogonalWeight >= 0 && double.IsFinite(OrthogonalWeight), OrthogonalWeight, "a finite number of at least 0", this);
        AsLora.Validate();
    }

    internal override void CheckLayer(string name, IAdaptableLayer layer) =>
        LoraOptions.CheckRank($"{nameof(AdaLoraOptions)}.{nameof(InitialRank)}", InitialRank, name, layer);

    internal override LayerAdapter Create(string name, IAdaptableLayer layer)
    {
        if (layer is EmbeddingTable)
            throw new ArgumentException($"{nameof(AdaLoraOptions)} is for linear layers, but target '{name}' is an embedding table.", nameof(Targets));
        // PEFT's small number. The scale stays what it was when ranks go.
        return new AdaLoraLayer(new LoraShape(layer.Weight, Ranks.GetValueOrDefault(name, InitialRank), Alpha / (InitialRank + 1e-5f), LoraInitialization.Default), Dropout);
    }

    internal override AdapterTraining BeginTraining(nn.Module module, int totalSteps) => new AdaLoraTraining(module, this, totalSteps);

    /// <summary>Checks that a run has steps for allocation.</summary>
    internal void CheckSteps(int totalSteps)
    {
        if ((long)TInit + TFinal >= totalSteps)
        {
            throw new ArgumentException($"{nameof(AdaLoraOptions)}.{nameof(TInit)} is {TInit} and {nameof(TFinal)} is {TFinal}, but the run has {totalSteps} steps: "
                + "fewer than that in all are needed, so that ranks can be allocated between.");
        }
    }

    internal override bool TrainsBase(string name, bool isOfTarget) => false;
}
