namespace Microsoft.ML;

/// <summary>What can write itself into a model file.</summary>
public interface ICanSaveModel
{
    /// <summary>Writes.</summary>
    void Save(ModelSaveContext ctx);
}
