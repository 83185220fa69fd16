namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>Moves weights between modules and checkpoints.</summary>
public static class ModuleWeights
{
    /// <summary>The weights' file in a model folder.</summary>
    public const string FileName = "model.safetensors";
}
